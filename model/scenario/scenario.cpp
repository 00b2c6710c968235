// Runs scenarios and writes them.
// Knows no property but by name.
#include "model/scenario/scenario.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>

#include "checker/report.hpp"
#include "model/inputs/library.hpp"
#include "model/inputs/property_table.hpp"
#include "model/runs/conclusion.hpp"
#include "model/runs/trace_writer.hpp"
#include "model/scenario/scenario_expectation.hpp"
#include "model/scenario/scenario_text.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace mdcd::model {

using traces::FileError;

namespace {

std::string counted(std::size_t number, const std::string& what) {
    return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

class ScenarioRunner {
public:
    ScenarioRunner(std::string file, std::string folder) : file_(std::move(file)), folder_(std::move(folder)) {}

    ScenarioResult run(const std::string& text) {
        for (const ScenarioLine& line : scenario_lines(text, file_))
            take(line);
        if (!scope_named_)
            throw FileError(file_, "", "expected a scope first: scope NAME");
        start(); // a scenario without a step is about the initial state
        conclude();
        return std::move(result_);
    }

private:
    [[noreturn]] void fail(const ScenarioLine& line, const std::string& what) const {
        throw FileError(file_, place_of(line), what);
    }

    void take(const ScenarioLine& line) {
        const bool heading =
            line.verb == ScenarioVerb::scope || line.verb == ScenarioVerb::rules || line.verb == ScenarioVerb::set;
        if (heading && system_ != nullptr)
            fail(line, "scope, rules and set stand before the first step and the first expectation");
        if (line.verb != ScenarioVerb::scope && !scope_named_)
            fail(line, "expected a scope first: scope NAME");
        if (!heading)
            start();
        switch (line.verb) {
        case ScenarioVerb::scope:
            read_scope(line);
            break;
        case ScenarioVerb::rules:
            result_.rules = at(line, [&] { return load_rules(found(line.text)); });
            break;
        case ScenarioVerb::set:
            at(line, [&] { set_rule(result_.rules.rules, line.text); });
            result_.rules.name += "+" + line.text;
            break;
        case ScenarioVerb::step:
            step(line);
            break;
        case ScenarioVerb::expect:
            expect(line, line.text, [&](const Questions& questions) { return questions.ask(line.text); });
            break;
        case ScenarioVerb::note:
            expect(line, "* " + line.text, [&](const Questions& questions) { return questions.noted(line.text); });
            break;
        }
    }

    // What goes wrong while a name or file is loaded, told with the line that names it.
    template <class Load> auto at(const ScenarioLine& line, Load load) const -> decltype(load()) {
        try {
            return load();
        } catch (const FileError& error) {
            fail(line, error.what());
        }
    }

    [[nodiscard]] std::string found(const std::string& name) const {
        return is_path(name) ? path_beside(folder_, name) : name;
    }

    void read_scope(const ScenarioLine& line) {
        if (scope_named_)
            fail(line, "there is a scope already");
        result_.scope = at(line, [&] {
            if (line.text.starts_with('{'))
                return scope_from(traces::parse_json(line.text, "scope"), "scope");
            return load_scope(found(line.text));
        });
        scope_named_ = true;
        result_.rules = at(line, [&] { return load_rules(result_.scope.rules); });
    }

    void start() {
        if (system_ != nullptr)
            return;
        system_ = std::make_unique<System>(result_.scope, result_.rules.rules);
        run_ = std::make_unique<RunWriter>(*system_);
        result_.report = "scope " + result_.scope.name + ", rules " + result_.rules.name + "\n";
    }

    void step(const ScenarioLine& line) {
        const std::vector<Move> moves = run_->moves();
        const Move& move = moves[chosen(line, moves)];
        result_.path.firings.push_back(move.firing);
        run_->advance(move);
        const traces::Action& action = run_->steps().back().action;
        const bool dirty =
            (action.taken && action.taken->dirty) || std::ranges::any_of(action.sent, &traces::MessageEvent::dirty);
        const std::string number = std::to_string(run_->steps().size());
        result_.report += "\n" + std::string(number.size() < 3 ? 3 - number.size() : 0, ' ') + number + "  " +
                          action.text + (dirty ? " (dirty)" : "") + "\n";
        for (const std::string& note : action.fired)
            result_.report += "       * " + note + "\n";
        if (line.dirty && !dirty)
            unmet(line, "the step is not dirty");
    }

    // The enabled action that the line names, in full or in short.
    [[nodiscard]] std::size_t chosen(const ScenarioLine& line, const std::vector<Move>& moves) const {
        const std::vector<std::string> words = words_of(line.text);
        std::vector<std::string> texts;
        std::vector<std::size_t> possible;
        for (std::size_t position = 0; position < moves.size(); ++position) {
            texts.push_back(moves[position].action.text);
            if (words_of(texts.back()) == words)
                return position;
            if (abbreviates(line.text, texts.back()))
                possible.push_back(position);
        }
        if (possible.size() == 1)
            return possible.front();
        const auto list = [](const std::vector<std::string>& lines) {
            std::string text;
            for (const std::string& each : lines)
                text += "\n    " + each;
            return text.empty() ? " nothing" : text;
        };
        if (possible.empty())
            fail(line, "'" + line.text + "' is not enabled" + traces::did_you_mean(line.text, texts) + "; enabled are" +
                           list(texts));
        std::vector<std::string> several;
        for (const std::size_t position : possible)
            several.push_back(texts[position]);
        fail(line, "'" + line.text + "' could be" + list(several));
    }

    template <class Ask> void expect(const ScenarioLine& line, const std::string& text, Ask ask) {
        try {
            const Expected expected = ask(Questions(*system_, *run_));
            ++result_.expectations;
            result_.report += "       " + std::string(expected.met ? "ok  " : "NOT ") + text + "\n";
            if (!expected.met)
                unmet(line, "not so: " + text + (expected.found.empty() ? "" : "; found: " + expected.found));
        } catch (const ExpectationError& error) {
            fail(line, error.what());
        }
    }

    void unmet(const ScenarioLine& line, const std::string& what) {
        result_.unmet.push_back(file_ + ": " + place_of(line) + ": " + what);
    }

    // What the last state means.
    void conclude() {
        const Questions questions(*system_, *run_);
        const checker::PropertyBits truths = questions.truths();
        const auto properties = all_properties();
        std::string names;
        for (std::size_t position = 0; position < properties.size(); ++position) {
            if (!applies(static_cast<PropertyId>(position), result_.scope, result_.rules.rules))
                continue;
            const bool truth = (truths >> position & 1) != 0;
            const bool always = properties[position].kind != checker::PropertyKind::reachable;
            if (always && !truth) {
                result_.violated.push_back(static_cast<PropertyId>(position));
                names += (names.empty() ? "" : ", ") + properties[position].name;
            } else if (!always && truth) {
                result_.reached.push_back(static_cast<PropertyId>(position));
            }
        }
        result_.report += "\nRecovery from here\n";
        for (const traces::RecoveredProcess& each :
             model::conclude(*system_, *run_, PropertyId::recoverability).recovery)
            result_.report += "  " + each.process + "  " + each.text + "\n";
        for (const traces::Finding& each : questions.findings())
            result_.report += "  - " + each.text + "\n";
        result_.report += names.empty() ? "Nothing is violated.\n" : "Violated: " + names + ".\n";
        result_.report += counted(run_->steps().size(), "step") + ", " + counted(result_.expectations, "expectation") +
                          ", " + std::to_string(result_.unmet.size()) + " not met\n";
    }

    std::string file_;
    std::string folder_;
    bool scope_named_ = false;
    ScenarioResult result_;
    std::unique_ptr<System> system_;
    std::unique_ptr<RunWriter> run_;
};

} // namespace

ScenarioResult run_scenario(const std::string& text, const std::string& file, const std::string& folder) {
    return ScenarioRunner(file, folder).run(text);
}

traces::Trace trace_of(const ScenarioResult& result, const std::optional<std::string>& property,
                       const std::string& tool_version, const std::string& file) {
    std::vector<PropertyId> settled = result.violated;
    settled.insert(settled.end(), result.reached.begin(), result.reached.end());
    std::vector<std::string> names;
    for (const PropertyId each : settled)
        names.push_back(all_properties()[static_cast<std::size_t>(each)].name);
    const auto wanted = property ? std::ranges::find(names, *property) : names.begin();
    if (wanted == names.end()) {
        std::string list;
        for (const std::string& name : names)
            list += (list.empty() ? "" : ", ") + name;
        throw FileError(
            file, "",
            "a trace is about a property, and the last state neither violates nor reaches " + property.value_or("any") +
                (list.empty() ? "" : traces::did_you_mean(property.value_or(""), names) + "; it does " + list));
    }
    const PropertyId id = settled[static_cast<std::size_t>(wanted - names.begin())];
    const bool violated = std::ranges::find(result.violated, id) != result.violated.end();
    const System system(result.scope, result.rules.rules);
    return make_trace(system, result.path, id, violated ? checker::Verdict::violated : checker::Verdict::reached,
                      {.tool_version = tool_version, .rules_name = result.rules.name});
}

namespace {

// Shipped scopes by name; others in full, on one line.
std::string scope_line(const Scope& scope) {
    const traces::Value value = to_value(scope);
    const std::vector<std::string> names = scope_names();
    const bool shipped = std::ranges::find(names, scope.name) != names.end();
    return "scope " + (shipped && to_value(load_scope(scope.name)) == value ? scope.name : traces::to_text(value)) +
           "\n";
}

// The preset that differs least, the first of several; then what differs.
std::string rules_lines(const impl::Rules& rules) {
    const auto count = [&](const std::string& name) {
        const std::string changed = changes(preset(name).rules, rules);
        return changed.empty() ? 0 : 1 + std::ranges::count(changed, ',');
    };
    std::vector<std::string> names = preset_names();
    std::stable_partition(names.begin(), names.end(), [](const std::string& name) { return name == "published"; });
    const std::string nearest = *std::ranges::min_element(names, {}, count);
    std::string text = "rules " + nearest + "\n";
    std::string rest = changes(preset(nearest).rules, rules);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(", "), rest.size());
        text += "set " + rest.substr(0, end) + "\n";
        rest.erase(0, std::min(end + 2, rest.size()));
    }
    return text;
}

// Texts of a trace come from anywhere: no line of them may become a line of its own.
std::string one_line(const std::string& text) {
    std::string line = text;
    std::ranges::replace_if(
        line, [](char each) { return static_cast<unsigned char>(each) < ' '; }, ' ');
    return line;
}

} // namespace

std::string scenario_of(const traces::Trace& trace, const std::string& file) {
    const Scope scope = scope_from(trace.scope, file, "$.scope");
    const impl::Rules rules = all_rules_from(trace.rules, file, "$.rules");
    std::string text = "# " + one_line(trace.property) + " is " + one_line(trace.verdict) + ": " +
                       one_line(trace.claim) + "\n" + scope_line(scope) + rules_lines(rules) + "\n";
    for (const traces::Step& step : trace.steps)
        text += one_line(step.action.text) + "\n";
    if (trace.verdict == "error")
        return text;
    text += "\nexpect " + one_line(trace.property) + " " + one_line(trace.verdict) + "\n";
    for (const traces::Finding& each : trace.findings) {
        const std::string& subject = each.message.empty() ? each.process : each.message;
        text += "expect " + one_line(each.kind) + (subject.empty() ? "" : " " + one_line(subject)) + "\n";
    }
    return text;
}

} // namespace mdcd::model
