// Random walks of scopes of every family, as traces: each is written, read, repeated to the last digit and taken by
// every renderer; a random edit of it is noticed; one that violates or reaches its property can be shortened.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "checker/version.hpp"
#include "model/inputs/families.hpp"
#include "model/inputs/family_trace.hpp"
#include "model/runs/shorten.hpp"
#include "model/runs/trace_writer.hpp"
#include "traces/file_error.hpp"
#include "traces/render_brief.hpp"
#include "traces/render_html.hpp"
#include "traces/render_itf.hpp"
#include "traces/render_mermaid.hpp"
#include "traces/render_shiviz.hpp"
#include "traces/render_svg.hpp"
#include "traces/render_text.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::model {
namespace {

constexpr std::size_t walked_steps_max = 40;

// A scope under its own rules, or with one of those that it reads changed to another value.
FamilyCase some_case(const Family& family, std::mt19937& random) {
    const std::vector<FamilyScope> scopes = family.scopes();
    FamilyCase what{.scope = scopes[random() % scopes.size()].name, .changes = {}};
    const std::vector<std::string> read = family.rules_read(what);
    const std::string rule = read[random() % read.size()];
    for (const FamilyRule& each : family.rules())
        if (each.name == rule && random() % 3 != 0) {
            const std::string change = rule + "=" + each.values[random() % each.values.size()];
            if (fits(what, change))
                change_rule(what, change);
        }
    return what;
}

traces::Trace walked_trace(const Family& family, const FamilyCase& what, std::mt19937& random) {
    const std::unique_ptr<FamilyWalk> walk = family.walk(what);
    for (std::size_t steps = random() % walked_steps_max; steps > 0; --steps) {
        const std::size_t possible = walk->possible().size();
        if (possible == 0)
            break;
        walk->take(random() % possible);
    }
    std::vector<checker::Property> properties = family.properties(what);
    std::ranges::shuffle(properties, random);
    const bool seeks = random() % 2 == 0; // what the walk has come to, if it has to anything
    for (const checker::Property& each : properties)
        if (traces::Trace trace = walk->trace(each.name);
            !seeks || trace.verdict == "violated" || trace.verdict == "reached")
            return trace;
    return walk->trace(properties.front().name);
}

void check_renderers(const traces::Trace& trace) {
    for (const std::string& drawn :
         {traces::render_text(trace), traces::render_text(trace, {.color = true, .width = 20}),
          traces::render_brief(trace, {.color = false, .width = 60, .lines_max = 30}), traces::render_mermaid(trace),
          traces::render_svg(trace), traces::render_html(trace), traces::render_itf(trace, "run"),
          traces::render_shiviz(trace)})
        CHECK(!drawn.empty());
    CHECK(traces::render_html(trace).ends_with("</html>\n"));
}

// Whether the edit makes another run, or says something else of this one.
std::string edit(traces::Trace& trace, std::mt19937& random) {
    const std::size_t at = trace.steps.empty() ? 0 : random() % trace.steps.size();
    switch (trace.steps.empty() ? 5 : random() % 8) {
    case 0:
        trace.steps[at].digest = "0123456789abcdef";
        return "a digest";
    case 1:
        trace.steps[at].action.text += " twice";
        return "a sentence";
    case 2:
        trace.steps[at].action.sent.push_back({.message = "m999", .peer = "1a", .label = "nothing"});
        return "a message";
    case 3:
        trace.steps[at].changes.push_back({.path = "nobody", .before = traces::Value(1), .after = traces::Value(2)});
        return "a change";
    case 4:
        trace.verdict = trace.verdict == "holds"      ? "violated"
                        : trace.verdict == "violated" ? "holds"
                        : trace.verdict == "reached"  ? "not_reached"
                                                      : "reached";
        return "the verdict";
    case 5:
        trace.initial_digest = "0123456789abcdef";
        return "the start";
    case 6:
        trace.findings.push_back({.kind = "lost", .process = "", .message = "", .text = "Something is lost."});
        return "a finding";
    default:
        trace.claim += " Always.";
        return "the claim";
    }
}

} // namespace

TEST_CASE("whatever is walked in a scope of a family repeats, and every renderer takes it") {
    std::mt19937 random(20261201);
    std::size_t of_verdict[4] = {};
    for (int number = 0; number < 24; ++number) {
        const Family& family = *families()[static_cast<std::size_t>(number) % families().size()];
        const FamilyCase what = some_case(family, random);
        const traces::Trace trace = walked_trace(family, what, random);
        CAPTURE(what.scope);
        CAPTURE(trace.rules_name);
        CAPTURE(trace.property);
        CAPTURE(trace.steps.size());
        const traces::Trace read = traces::read_trace(traces::write_trace(trace), "run.json");
        REQUIRE(read == trace);
        CHECK(is_of_a_family(read));
        const auto difference = replay(read, "run.json");
        CHECK_MESSAGE(!difference, difference->text);
        check_renderers(read);
        of_verdict[trace.verdict == "holds"      ? 0
                   : trace.verdict == "violated" ? 1
                   : trace.verdict == "reached"  ? 2
                                                 : 3]++;

        traces::Trace edited = read;
        const std::string what_is_edited = edit(edited, random);
        CHECK_MESSAGE(replay(edited, "run.json"), what_is_edited);
    }
    for (const std::size_t each : of_verdict)
        CHECK(each > 0);
}

TEST_CASE("a walk that comes to something is cut down, and still does") {
    std::mt19937 random(7);
    std::size_t shortened = 0;
    for (int number = 0; number < 24 && shortened < 4; ++number) {
        const Family& family = *families()[static_cast<std::size_t>(number) % families().size()];
        const traces::Trace trace = walked_trace(family, some_case(family, random), random);
        CAPTURE(trace.scope_name);
        CAPTURE(trace.property);
        if (trace.verdict == "holds" || trace.verdict == "not_reached") {
            CHECK_THROWS_AS((void)shorten(trace, "run.json", 0, 1), traces::FileError);
            continue;
        }
        ++shortened;
        const Shortened cut = shorten(trace, "run.json", 0, 1);
        CHECK(cut.trace.steps.size() <= trace.steps.size());
        CHECK(cut.trace.verdict == trace.verdict);
        CHECK(cut.trace.rules == trace.rules);
        CHECK(!replay(cut.trace, "run.json"));
    }
    CHECK(shortened == 4);
}

TEST_CASE("what a trace says of its scope and its rules is read as strictly as a file") {
    const Family& family = family_of("upgrade/commit_plain");
    const traces::Trace good = family.walk({"upgrade/commit_plain", {}})->trace("one_outcome");
    CHECK(!replay(good, "run.json"));
    struct Bad {
        std::function<void(traces::Trace&)> edit;
        std::string said;
    };
    const auto rules_with = [](traces::Trace& trace, const std::string& rule, const traces::Value& value) {
        traces::Value::Record rules;
        for (const auto& [name, was] : *trace.rules.record())
            rules.emplace_back(name, name == rule ? value : was);
        trace.rules = std::move(rules);
    };
    const std::string about = *good.scope.find("description")->text();
    const std::vector<Bad> table = {
        {[&](traces::Trace& t) {
             t.scope = traces::Value::Record{{"name", "upgrade/commit_plian"}, {"description", about}};
         },
         "run.json: $.scope.name: there is no scope 'upgrade/commit_plian' (did you mean 'upgrade/commit_plain'?)"},
        {[&](traces::Trace& t) {
             t.scope = traces::Value::Record{{"name", "upgrade/commit_plain"}, {"description", "another one"}};
         },
         "run.json: $.scope.description: another scope than upgrade/commit_plain is here; expected \"" + about},
        {[&](traces::Trace& t) {
             t.scope = traces::Value::Record{{"name", "upgrade/commit_plain"}};
         },
         "run.json: $.scope: missing field \"description\""},
        {[&](traces::Trace& t) {
             t.scope = traces::Value::Record{
                 {"name", "upgrade/commit_plain"}, {"description", about}, {"budgets", traces::Value::Record{}}};
         },
         "unknown field \"budgets\""},
        {[&](traces::Trace& t) { rules_with(t, "rivals", "lowest_id"); },
         "run.json: $.rules.rivals: expected one of lower_id_wins, first_come, found \"lowest_id\""},
        {[&](traces::Trace& t) { rules_with(t, "rivals", traces::Value(1)); }, "run.json: $.rules.rivals: expected"},
        {[&](traces::Trace& t) { t.rules = traces::Value::Record{}; }, "run.json: $.rules: missing field"},
        {[&](traces::Trace& t) { t.verdict = "reached"; }, "run.json: $.verdict: expected one of violated, holds"},
    };
    for (const Bad& each : table) {
        traces::Trace bad = good;
        each.edit(bad);
        CAPTURE(each.said);
        for (const bool replays : {true, false})
            try {
                if (replays)
                    (void)replay(bad, "run.json");
                else
                    (void)shorten(bad, "run.json", 0, 1);
                FAIL("it is taken");
            } catch (const traces::FileError& error) {
                CHECK_MESSAGE(std::string(error.what()).find(each.said) != std::string::npos, error.what());
            }
    }
    traces::Trace other = good; // other rules than their name says; under a name of its own it is another protocol
    rules_with(other, "rivals", "first_come");
    CHECK(replay(other, "run.json")->text == "the rules are not those of upgrade");
    other.rules_name = "edited";
    CHECK(!replay(other, "run.json"));
}

} // namespace mdcd::model
