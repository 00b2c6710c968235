// Whatever can be replayed can be shown: random walks through every shipped scope, written as traces, replayed, and
// given to every renderer. What a renderer must keep is counted: no state and no step may be lost on the way.
// Knows no format but by what must be in it.
#include <doctest/doctest.h>

#include <random>
#include <string>

#include "model/inputs/library.hpp"
#include "model/runs/trace_writer.hpp"
#include "model/scenario/scenario.hpp"
#include "model/state/state_value.hpp"
#include "tests/unit/model/run.hpp"
#include "traces/json.hpp"
#include "traces/render_html.hpp"
#include "traces/render_itf.hpp"
#include "traces/render_mermaid.hpp"
#include "traces/render_shiviz.hpp"
#include "traces/render_svg.hpp"
#include "traces/render_text.hpp"
#include "traces/states.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::tests {

using namespace model;
using traces::Trace;
using traces::Value;

namespace {

constexpr unsigned walks = 4; // through each scope
constexpr std::size_t steps_max = 48;

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++found;
    return found;
}

// A walk as a trace about any of the properties, with what is true of it at the end.
Trace walked(const Scope& scope, const NamedRules& rules, std::mt19937_64& random) {
    Run run(scope, rules.rules);
    checker::Path path;
    while (path.firings.size() < steps_max) {
        const auto moves = run.writer.moves();
        if (moves.empty())
            break;
        const Move& move = moves[random() % moves.size()];
        path.firings.push_back(move.firing);
        run.writer.advance(move);
    }
    auto property = static_cast<PropertyId>(random() % property_count);
    if (property == PropertyId::recovery_terminates)
        property = PropertyId::recoverability; // asks about what could follow, which takes a search
    const bool is_twin = all_properties()[static_cast<std::size_t>(property)].kind == checker::PropertyKind::reachable;
    const bool truth = run.is_true(property);
    const auto verdict = is_twin ? (truth ? checker::Verdict::reached : checker::Verdict::not_reached)
                                 : (truth ? checker::Verdict::holds : checker::Verdict::violated);
    return make_trace(run.system, path, property, verdict, {.tool_version = "test", .rules_name = rules.name});
}

void expect_all_states(const Trace& trace) {
    const Value itf = traces::parse_json(traces::render_itf(trace, "walk.json"), "itf");
    CHECK(itf.find("states")->list()->size() == trace.steps.size() + 1);

    const std::string page = traces::render_html(trace);
    const std::string start = "<script id=\"data\" type=\"application/json\">";
    const std::size_t from = page.find(start) + start.size();
    const Value data = traces::parse_json(page.substr(from, page.find("</script>", from) - from), "page");
    const Value::List& entries = *(data.list() != nullptr ? data.list() : data.find("steps")->list());
    REQUIRE(entries.size() == trace.steps.size() + 1);
    for (const Value& entry : entries)
        CHECK(!entry.find("state")->is_null());
}

void expect_all_steps(const Trace& trace) {
    CHECK(count(traces::render_svg(trace), "class=\"step\"") == trace.steps.size());
    const std::string text = traces::render_text(trace, {.width = 0});
    const std::string mermaid = traces::render_mermaid(trace);
    CHECK(mermaid.starts_with("%%") != mermaid.starts_with("sequenceDiagram"));
    for (const traces::Step& step : trace.steps)
        for (const std::string& fired : step.action.fired)
            CHECK(text.find(fired) != std::string::npos);
    CHECK(!traces::render_shiviz(trace).empty());
    CHECK(count(scenario_of(trace, "walk.json"), "\n") > trace.steps.size());
}

} // namespace

TEST_CASE("every renderer takes every trace that a replay takes") {
    std::uint64_t seed = 0;
    for (const std::string& name : scope_names()) {
        CAPTURE(name);
        const Scope scope = load_scope(name);
        std::mt19937_64 random(++seed);
        for (unsigned walk = 0; walk < walks; ++walk) {
            CAPTURE(walk);
            const std::vector<std::string> presets = preset_names();
            const Trace trace = walked(scope, preset(presets[random() % presets.size()]), random);
            CHECK(traces::read_trace(traces::write_trace(trace), "walk.json") == trace);
            const auto difference = replay(trace, "walk.json");
            REQUIRE_MESSAGE(!difference.has_value(), difference->text);
            CHECK(traces::states_of(trace).size() == trace.steps.size() + 1);
            expect_all_states(trace);
            expect_all_steps(trace);
        }
    }
}

// The known case: a notification arrives before a message that is then received, and what the process knows of
// validated numbers afterwards is a record with its fields in another order.
TEST_CASE("whole states are kept after a notification") {
    const std::string file = std::string(MDCD_SOURCE_DIR) + "/tests/scenario/itf-after-notification.scenario";
    const ScenarioResult run = run_scenario(traces::read_text_file(file), file, "");
    const System system(run.scope, run.rules.rules);
    const Trace trace = make_trace(system, run.path, PropertyId::recoverability, checker::Verdict::holds,
                                   {.tool_version = "test", .rules_name = run.rules.name});
    expect_all_states(trace);
    expect_all_steps(trace);
}

} // namespace mdcd::tests
