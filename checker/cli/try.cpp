// `mdcd try`: a set of rules on every shipped scope, those of known size first, up to the first that it breaks. What
// holds on one scope may break on the next, so the first question about a changed rule is about all of them.
// Decides nothing itself: the library checks.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <limits>
#include <map>
#include <memory>
#include <set>

#include "checker/cli/check_options.hpp"
#include "checker/cli/check_report.hpp"
#include "checker/cli/interrupt.hpp"
#include "checker/cli/progress_line.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/cli/terminal.hpp"
#include "checker/cli/text_table.hpp"
#include "checker/cli/trace_files.hpp"
#include "model/gate/gate_file.hpp"
#include "model/inputs/library.hpp"
#include "model/steps/coverage.hpp"
#include "traces/render_brief.hpp"

namespace mdcd::checker::cli {
namespace {

struct TryArguments {
    CheckArguments shared; // rules, set, limits, workers, Z3, traces
    std::vector<std::string> scopes;
    bool all = false;
};

// As many states as the shipped gate pins, under whichever rules have fewest there; scopes that no gate runs come last.
std::vector<std::string> smallest_first() {
    std::map<std::string, std::uint64_t> sizes;
    for (const std::string& gate : model::gate_names())
        for (const model::GateCheck& check : model::load_gate(gate).checks) {
            const std::uint64_t states = check.distinct_states.value_or(std::numeric_limits<std::uint64_t>::max());
            const auto [known, is_new] = sizes.emplace(check.scope.name, states);
            known->second = std::min(known->second, states);
        }
    std::vector<std::string> names = model::scope_names();
    std::ranges::stable_sort(names, {}, [&sizes](const std::string& name) {
        const auto known = sizes.find(name);
        return known == sizes.end() ? std::numeric_limits<std::uint64_t>::max() : known->second;
    });
    return names;
}

// What came of the scopes so far.
struct Tally {
    std::size_t held = 0, broken = 0, open = 0;
    bool interrupted = false;
    std::set<std::string> reached;     // twins, on any scope
    std::set<std::string> not_reached; // .. on those that were exhausted
    std::set<std::string> fired;       // guards
    std::set<std::string> could_fire;
};

bool is_broken(const model::CheckedProperty& each) {
    return each.verdict == Verdict::violated || each.verdict == Verdict::error; // a twin is never violated
}

// Why it cannot be said that the scope holds, though nothing is broken; "" if it can.
std::string why_open(const model::Check& check) {
    if (!check.report.exhaustive)
        return extent(check.report);
    std::vector<std::string> open;
    for (const model::CheckedProperty& each : check.properties)
        if (each.verdict == Verdict::inconclusive)
            open.push_back(each.property.name + (each.reason.empty() ? "" : " (" + each.reason + ")"));
    return joined(open);
}

// Why it cannot be said that the scope holds, though nothing is broken; "" if it can.
std::string why_open(const model::Check& check) {
    if (!check.report.exhaustive)
        return extent(check.report);
    std::vector<std::string> open;
    for (const model::CheckedProperty& each : check.properties)
        if (each.verdict == Verdict::inconclusive)
            open.push_back(each.property.name + (each.reason.empty() ? "" : " (" + each.reason + ")"));
    return joined(open);
}

void count(Tally& tally, const model::Check& check) {
    const bool broken = std::ranges::any_of(check.properties, is_broken);
    (broken ? tally.broken : why_open(check).empty() ? tally.held : tally.open) += 1;
    tally.interrupted |= check.report.limit == "interrupted";
    for (const model::CheckedProperty& each : check.properties) {
        if (each.verdict == Verdict::reached)
            tally.reached.insert(each.property.name);
        if (each.verdict == Verdict::not_reached)
            tally.not_reached.insert(each.property.name);
    }
    for (std::size_t point = 0; point < check.coverage_points.size(); ++point) {
        if (check.report.coverage[point] > 0)
            tally.fired.insert(check.coverage_points[point]);
        if (model::can_fire(point, check.scope, check.rules.rules))
            tally.could_fire.insert(check.coverage_points[point]);
    }
}

std::vector<std::string> without(const std::set<std::string>& all, const std::set<std::string>& some) {
    std::vector<std::string> rest;
    std::ranges::set_difference(all, some, std::back_inserter(rest));
    return rest;
}

void print_row(const model::Check& check, std::size_t width) {
    std::vector<std::string> broken;
    for (const model::CheckedProperty& each : check.properties)
        if (is_broken(each))
            broken.push_back(each.property.name +
                             (each.trace ? " in " + std::to_string(each.trace->steps.size()) : ""));
    const Report& report = check.report;
    std::cout << "  " << padded(check.scope.name, width + 2) << padded(plural(report.distinct_states, "state"), 20);
    if (!broken.empty())
        std::cout << "violated: " << joined(broken) << '\n';
    else
        std::cout << (why_open(check).empty() ? "holds" : "open: " + why_open(check)) << std::endl;
}

// The shortest run of the scope that is broken.
void print_break(const model::Check& check, const TraceFiles& files) {
    const model::CheckedProperty* shortest = nullptr;
    for (const model::CheckedProperty& each : check.properties)
        if (is_broken(each) && each.trace &&
            (shortest == nullptr || each.trace->steps.size() < shortest->trace->steps.size()))
            shortest = &each;
    if (shortest == nullptr)
        return;
    std::cout << '\n'
              << traces::render_brief(*shortest->trace,
                                      {.color = wants_color(), .width = output_width(), .lines_max = 30})
              << "\nAll of it: mdcd show " << files[static_cast<std::size_t>(shortest - check.properties.data())]
              << '\n';
}

ExitCode exit_code_of(const Tally& tally, bool twins_reached) {
    if (tally.interrupted)
        return ExitCode::interrupted;
    if (tally.broken > 0)
        return ExitCode::violated;
    if (tally.open > 0)
        return ExitCode::inconclusive;
    return twins_reached ? ExitCode::as_expected : ExitCode::not_reached;
}

ExitCode conclude(const Tally& tally, std::size_t scopes) {
    const std::size_t tried = tally.held + tally.broken + tally.open;
    const std::vector<std::string> silent = without(tally.could_fire, tally.fired);
    const std::vector<std::string> unreached = without(tally.not_reached, tally.reached);
    std::cout << "\nguards that never fired on these scopes: " << (silent.empty() ? "none" : joined(silent)) << '\n';
    if (!unreached.empty())
        std::cout << "not reached on any of them: " << joined(unreached) << '\n';
    std::cout << "verdict: of " << plural(scopes, "scope") << " " << tally.held << " hold, " << tally.broken
              << " broken, " << tally.open << " open, " << scopes - tried << " not tried\n";
    return exit_code_of(tally, unreached.empty());
}

ExitCode try_rules(const TryArguments& arguments) {
    const std::vector<std::string> names = arguments.scopes.empty() ? smallest_first() : arguments.scopes;
    const std::vector<model::Scope> scopes = load_scopes(names);
    const model::NamedRules rules =
        changed_rules(arguments.shared.rules.empty() ? "published" : arguments.shared.rules, arguments.shared.set);
    try_trace_folder(arguments.shared.trace_dir);
    std::size_t width = 0;
    for (const model::Scope& scope : scopes)
        width = std::max(width, scope.name.size());
    const std::string changed = model::changes(model::preset("published").rules, rules.rules);
    std::cout << "rules " << rules.name << (changed.empty() ? "" : ": published with " + changed) << std::endl;
    Tally tally;
    PendingFiles pending;
    for (const model::Scope& scope : scopes) {
        if (interrupt_flag() || (tally.broken > 0 && !arguments.all))
            break;
        model::CheckOptions options = options_of(arguments.shared, scope);
        options.search.interrupt = &interrupt_flag();
        options.search.progress = progress_line(arguments.shared.progress);
        const model::Check check = model::check(scope, rules, options);
        end_progress_line(options.search.progress);
        count(tally, check);
        print_row(check, width);
        const TraceFiles files =
            add_traces(pending, check.properties, scope.name, rules.name, arguments.shared.trace_dir);
        if (tally.broken == 1 && std::ranges::any_of(check.properties, is_broken))
            print_break(check, files);
    }
    tally.interrupted |= interrupt_flag();
    const ExitCode code = conclude(tally, scopes.size());
    std::cout.flush();
    pending.write();
    return code;
}

} // namespace

void add_try(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command = program.add_subcommand(
        "try", "Checks rules on every shipped scope, those of known size first, up to the first that they break");
    const auto arguments = std::make_shared<TryArguments>();
    arguments->shared.max_states = 2'000'000;
    command->add_option("SCOPE", arguments->scopes, "Only these, in this order; by name, or files")->type_name("SCOPE");
    command
        ->add_option("--rules", arguments->shared.rules,
                     "A preset by name, or a file; changes may follow: published+RULE=VALUE; default: published")
        ->type_name("RULES");
    command->add_option("--set", arguments->shared.set, "Change one rule (repeatable)")
        ->type_name("RULE=VALUE")
        ->allow_extra_args(false);
    command->add_flag("--all", arguments->all, "Go on after a scope that is broken");
    add_search_options(*command, arguments->shared);
    command->footer(
        "Examples:\n"
        "  mdcd try --rules ./mine.json\n"
        "  mdcd try --rules repaired --set receiver_log=clean_only\n"
        "  mdcd try tiny relay low-test --rules repaired\n"
        "Each scope may have 2,000,000 states; --max-states 0: as many as there are. Exit 10 if a claim is\n"
        "broken, 20 if a limit left something open, 11 if something was reached on none of the scopes.");
    command->callback([arguments, &exit_code] { exit_code = try_rules(*arguments); });
}

} // namespace mdcd::checker::cli
