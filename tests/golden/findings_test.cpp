// docs/findings.md is made here, from the pinned verdicts and from the traces in docs/findings, each of which is run
// again: text, traces and pins cannot drift apart. With MDCD_REWRITE_GOLDEN set, traces whose pin has changed are found
// anew, and the text is written.
#include <algorithm>
#include <filesystem>
#include <map>

#include "impl/rules.hpp"
#include "model/check/check.hpp"
#include "model/claims/properties.hpp"
#include "model/gate/gate_file.hpp"
#include "model/inputs/families.hpp"
#include "model/runs/trace_writer.hpp"
#include "tests/support/verdict_lines.hpp"
#include "traces/trace_file.hpp"

using namespace mdcd;

namespace {

struct Pin {
    std::string scope;
    std::string rules;
    std::string states;
    std::map<std::string, std::size_t> violated; // claim -> steps of a shortest counterexample
};

std::string file_at(const std::string& path) {
    return std::string(MDCD_SOURCE_DIR) + "/" + path;
}

std::string contents(const std::string& path) {
    std::ifstream in(file_at(path), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<Pin> pins_in(const std::string& file) {
    std::istringstream in(contents("tests/" + file));
    std::vector<Pin> pins;
    for (std::string text; std::getline(in, text);) {
        if (text.empty() || text.front() == '#')
            continue;
        Pin pin;
        std::istringstream words(text);
        words >> pin.scope >> pin.rules >> pin.states;
        std::string word;
        for (words >> word; words >> word && word != "|";) {
            const std::size_t equals = word.find('=');
            pin.violated[word.substr(0, equals)] = std::stoul(word.substr(equals + 1));
        }
        pins.push_back(std::move(pin));
    }
    REQUIRE(!pins.empty());
    return pins;
}

bool rewriting() {
    return std::getenv("MDCD_REWRITE_GOLDEN") != nullptr;
}

std::string found_anew(const Pin& pin, const std::string& claim) {
    model::CheckOptions options;
    options.properties = {claim};
    const model::Check check = model::check(tests::scope_named(pin.scope), model::load_rules(pin.rules), options);
    REQUIRE(check.properties.front().trace.has_value());
    return traces::write_trace(*check.properties.front().trace);
}

bool is_of(const traces::Trace& trace, const Pin& pin, const std::string& claim) {
    return trace.scope_name == pin.scope && trace.rules_name == pin.rules && trace.property == claim &&
           trace.verdict == "violated" && trace.steps.size() == pin.violated.at(claim);
}

// The committed counterexample of a pin. It must be what the pin says, and must happen when it is run.
traces::Trace committed(const std::string& file, const Pin& pin, const std::string& claim) {
    CAPTURE(file);
    std::string text = contents(file);
    const auto is_stale = [&] {
        const traces::Trace kept = traces::read_trace(text, file);
        return !is_of(kept, pin, claim) || model::replay(kept, file).has_value();
    };
    if (rewriting() && (text.empty() || is_stale())) {
        text = found_anew(pin, claim);
        std::filesystem::create_directories(std::filesystem::path(file_at(file)).parent_path());
        std::ofstream(file_at(file), std::ios::binary) << text;
    }
    traces::Trace trace = traces::read_trace(text, file);
    CHECK(is_of(trace, pin, claim));
    const auto difference = model::replay(trace, file);
    CHECK_MESSAGE(!difference.has_value(), difference->text);
    return trace;
}

std::string wrapped(const std::string& text) {
    constexpr std::size_t columns_max = 118;
    std::istringstream words(text);
    std::string all;
    std::size_t column = 0;
    for (std::string word; words >> word; column += word.size() + 1) {
        if (column > 0 && column + word.size() > columns_max) {
            all += "\n";
            column = 0;
        } else if (column > 0) {
            all += " ";
        }
        all += word;
    }
    return all + "\n";
}

std::string joined(const std::vector<std::string>& parts, const std::string& between) {
    std::string all;
    for (const std::string& part : parts)
        all += (all.empty() ? "" : between) + part;
    return all;
}

// The run as a list: who did what; then what is wrong, and under which hypothesis.
std::string told(const traces::Trace& trace, const std::string& file) {
    std::string run = "The run ([trace](" + file.substr(file.find('/') + 1) + ")):\n\n";
    for (std::size_t step = 0; step < trace.steps.size(); ++step)
        run += std::to_string(step + 1) + ". " + trace.steps[step].action.text + "\n";
    std::vector<std::string> wrong;
    for (const traces::Finding& finding : trace.findings)
        wrong.push_back(finding.text);
    std::string text = wrong.empty() ? "" : "Then: " + joined(wrong, "; ") + ".";
    if (trace.hypothesis)
        text += " Found under: " + trace.hypothesis->text.substr(0, trace.hypothesis->text.find(';')) + ".";
    return run + "\n" + wrapped(text);
}

// "29,409"
std::string grouped(std::string digits) {
    for (std::size_t at = digits.size(); at > 3;)
        digits.insert(at -= 3, ",");
    return digits;
}

struct Shortest {
    const Pin* pin = nullptr;
    std::string claim;
    std::size_t steps = 0;
};

// The shortest counterexample among some pins; of equal ones the first claim in the order of the reports.
template <class Wanted> Shortest shortest(const std::vector<const Pin*>& pins, Wanted wanted) {
    Shortest best;
    for (const Pin* pin : pins)
        for (const checker::Property& property : model::all_properties()) {
            const auto place = pin->violated.find(property.name);
            if (place != pin->violated.end() && wanted(property.name) && (!best.pin || place->second < best.steps))
                best = {pin, property.name, place->second};
        }
    return best;
}

std::string sentence_of(const Shortest& found) {
    return "With `" + found.pin->rules + "` on scope `" + found.pin->scope + "`, `" + found.claim + "` fails after " +
           std::to_string(found.steps) + (found.steps == 1 ? " step." : " steps.");
}

std::string others_of(const std::vector<const Pin*>& pins, const Shortest& shown) {
    std::vector<std::string> others;
    for (const Pin* pin : pins) {
        std::vector<std::string> claims;
        for (const auto& [claim, steps] : pin->violated)
            if (pin != shown.pin || claim != shown.claim)
                claims.push_back("`" + claim + "` (" + std::to_string(steps) + ")");
        if (!claims.empty())
            others.push_back("on `" + pin->scope + "` with `" + pin->rules + "` " + joined(claims, ", "));
    }
    return others.empty() ? "" : "\n" + wrapped("Also, after so many steps: " + joined(others, "; ") + ".");
}

// Every claim that fails under some pins, each with a shortest run; where one component is enough, with one.
std::string claims_of(const std::vector<Pin>& pins, const std::string& prefix,
                      bool (*wanted)(const std::string& rules)) {
    std::vector<const Pin*> mine;
    std::vector<const Pin*> small;
    for (const Pin& pin : pins) {
        if (!wanted(pin.rules))
            continue;
        mine.push_back(&pin);
        if (tests::scope_named(pin.scope).components == 1)
            small.push_back(&pin);
    }
    REQUIRE(!mine.empty());
    std::string text;
    for (const checker::Property& property : model::all_properties()) {
        const auto is_it = [&](const std::string& claim) { return claim == property.name; };
        Shortest found = shortest(small, is_it);
        if (!found.pin)
            found = shortest(mine, is_it);
        if (!found.pin)
            continue;
        const std::string file = "docs/findings/" + prefix + "." + property.name + ".json";
        text += "\n### " + property.name + "\n\n" + wrapped(sentence_of(found)) + "\n" +
                told(committed(file, *found.pin, found.claim), file);
    }
    return text;
}

std::string value_of_rule(const impl::RuleDescription& rule, const std::string& value,
                          const std::vector<const Pin*>& pins) {
    // A line that could be later is the least of what may be wrong.
    Shortest found = shortest(pins, [](const std::string& claim) { return claim != "minimal_rollback"; });
    if (!found.pin)
        found = shortest(pins, [](const std::string&) { return true; });
    std::string text = "\n**`" + value + "`**\n";
    if (!found.pin) {
        std::vector<std::string> harmless;
        for (const Pin* pin : pins)
            harmless.push_back("`" + pin->scope + "` with `" + pin->rules + "` (" + grouped(pin->states) + " states)");
        return text + "\n" + wrapped("No claim fails on " + joined(harmless, ", ") + ": exhausted.");
    }
    const std::string file = "docs/findings/" + std::string(rule.name) + "." + value + ".json";
    return text + "\n" + wrapped(sentence_of(found)) + "\n" + told(committed(file, *found.pin, found.claim), file) +
           others_of(pins, found);
}

// Each value that takes the place of another in rules that hold; the last assignment of a pin is the one in question.
std::string readings() {
    const std::vector<Pin> pins = pins_in("mutants/mutants.txt");
    std::string text;
    for (const impl::RuleDescription& rule : impl::rule_table()) {
        text += "\n### " + std::string(rule.name) + "\n\n" +
                wrapped(std::string(rule.gap) + " (" + std::string(rule.source) + ")");
        for (const std::string_view value : rule.values) {
            const std::string assignment = "+" + std::string(rule.name) + "=" + std::string(value);
            std::vector<const Pin*> mine;
            for (const Pin& pin : pins)
                if (pin.rules.ends_with(assignment))
                    mine.push_back(&pin);
            if (!mine.empty())
                text += value_of_rule(rule, std::string(value), mine);
        }
    }
    return text;
}

constexpr const char* opening = R"(# Findings

What each reading of the paper breaks, with a shortest run. A claim is about the published text under a stated reading,
never about an implementation of its authors; the paper leaves out `memory_reclamation` and its proofs. This page is
written by the test `golden.findings` from pinned verdicts (`tests/golden/verdicts/scopes.txt`,
`tests/mutants/mutants.txt`, `model/gates/lives.json`) and from the traces in [findings](findings), which it runs again:
`mdcd show` draws any of them, `mdcd replay` runs it. What the readings mean is in [readings.md](readings.md).

## Under `published`

Every claim that fails on a shipped scope.
)";

constexpr const char* second_part = R"(
## Reading by reading

Rules under which every claim holds, with one reading changed. `repaired` and `repaired_fewest_checkpoints` are for
clusters of one component, `repaired_vector` for several.
)";

constexpr const char* third_part = R"(
## Unordered channels

The claims that fail under repaired rules when channels do not keep the order of messages
(`tests/golden/verdicts/unordered.txt` has all that was run); with channels in order they hold.
)";

constexpr const char* fourth_part = R"(
## What no setting of the rules repairs

Scope `two-in-order`: a cluster of two that fails as a whole, with one total order of its messages, which is all that
the paper asks for. Under each of the 1,179,648 sets of values of the rules that act there some claim fails
(`mdcd repair two-in-order --from repaired --max-changes 0`, with a `--rule` for each rule but `stop_low` and
`external_index`; `tests/golden/repair_long_test.cpp` asks again). With a counter that the shadows share, one that rolls
back takes the others' counter along. With a counter for each component the tests have proved more than the numbers say,
so that a rollback may go further than it must; nothing else fails with `repaired_vector`.
)";

constexpr const char* fifth_part = R"(
## Families of scopes

What is pinned in the gate `lives` of rules of the life of an upgrade ([upgrades.md](upgrades.md)), of a line of defence
against a hostile cluster ([trust.md](trust.md)) and of levels of trust ([levels.md](levels.md)): other values than the
right ones, and the protocol without that line, each in the smallest shipped scope that shows it. `mdcd check SCOPE
--rules RULES --full` tells the runs.
)";

// "`contained` 2, `eradicated` 6"
std::string violated_in(const model::GateCheck& check) {
    std::string text;
    for (const model::Expectation& each : check.expected)
        if (each.verdict == checker::Verdict::violated)
            text += (text.empty() ? "`" : ", `") + each.property + "`" +
                    (each.steps ? " " + std::to_string(*each.steps) : "");
    return text;
}

std::string rules_of_families() {
    const model::Gate gate = model::load_gate("lives");
    std::string text;
    for (const model::Family* const family : model::families()) {
        text += "\n### " + family->name() + "\n\n| scope | rules | fails, after so many steps |\n|---|---|---|\n";
        for (const model::GateCheck& check : gate.checks)
            if (check.family && check.scope.name.starts_with(family->name() + "/") &&
                check.rules.name != family->presets().front().name)
                text += "| `" + check.scope.name + "` | `" + check.rules.name + "` | " + violated_in(check) + " |\n";
    }
    return text;
}

std::vector<Pin> of_scope(const std::vector<Pin>& pins, const std::string& scope) {
    std::vector<Pin> mine;
    std::ranges::copy_if(pins, std::back_inserter(mine), [&](const Pin& pin) { return pin.scope == scope; });
    return mine;
}

} // namespace

TEST_CASE("the findings are what the traces and pins say") {
    const std::string published = claims_of(pins_in("golden/verdicts/scopes.txt"), "published",
                                            [](const std::string& rules) { return rules == "published"; });
    const std::string unordered =
        claims_of(pins_in("golden/verdicts/unordered.txt"), "unordered", [](const std::string& rules) {
            return rules.starts_with("repaired") && rules.find('+') == std::string::npos;
        });
    const std::string unrepaired =
        claims_of(of_scope(pins_in("golden/verdicts/scopes.txt"), "two-in-order"), "two-in-order",
                  [](const std::string& rules) { return rules == "repaired" || rules == "repaired_vector"; });
    const std::string text = opening + published + second_part + readings() + third_part + unordered + fourth_part +
                             unrepaired + fifth_part + rules_of_families();
    if (rewriting())
        std::ofstream(file_at("docs/findings.md"), std::ios::binary) << text;
    CHECK_MESSAGE(contents("docs/findings.md") == text, "run again with MDCD_REWRITE_GOLDEN=1 and review the change");
}

TEST_CASE("every trace of the findings is told") {
    const std::string text = contents("docs/findings.md");
    for (const auto& entry : std::filesystem::directory_iterator(file_at("docs/findings"))) {
        const std::string name = entry.path().filename().string();
        CHECK_MESSAGE(text.find("(findings/" + name + ")") != std::string::npos, name);
    }
}
