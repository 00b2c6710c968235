// Options of the commands that explore. Knows how they are written, not what they do.
// Throws for main to catch.
#include "checker/cli/check_options.hpp"
#include "checker/cli/numbers.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <filesystem>

#include "checker/cli/build_identity.hpp"
#include "checker/cli/memory_available.hpp"
#include "checker/cli/text_table.hpp"
#include "checker/cli/usage_error.hpp"
#include "checker/cli/z3_asker.hpp"
#include "checker/version.hpp"
#include "model/inputs/library.hpp"
#include "model/inputs/request_error.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace mdcd::checker::cli {
namespace {

constexpr std::array verdicts{Verdict::holds,       Verdict::violated,     Verdict::reached,
                              Verdict::not_reached, Verdict::inconclusive, Verdict::error};

void expect_reachable(const std::string& place, const std::string& name, const model::Scope& scope) {
    expect_property(place, name, model::property_names(scope));
    const auto known = model::all_properties();
    const auto property = std::ranges::find(known, name, &Property::name);
    if (property == known.end() || property->kind != PropertyKind::reachable)
        throw UsageError(place + ": a claim has no witness; its counterexamples are written anyway");
}

// What comes out of it.
void add_report_options(CLI::App& command, CheckArguments& arguments) {
    command.add_option("--format", arguments.format, "Of the report")
        ->check(one_of({"text", "json"}))
        ->type_name("FORMAT")
        ->group("Report");
    command
        .add_option("--traces", arguments.traces,
                    "Up to so many counterexamples of each property, which differ in their last step or in the rules "
                    "that fired in it")
        ->check(within(1, 100))
        ->type_name("N")
        ->group("Report");
    command.add_flag("--whole-states", arguments.whole_states, "Traces hold the whole state after each step")
        ->group("Report");
    command.add_option("--witness", arguments.witnesses, "Write a run that reaches this property, too (repeatable)")
        ->type_name("NAME")
        ->allow_extra_args(false)
        ->group("Report");
    CLI::Option* const quiet = command.add_flag("--quiet", arguments.quiet, "Print the summary only")->group("Report");
    CLI::Option* const full =
        command.add_flag("--full", arguments.full, "Print every counterexample with everything")->group("Report");
    quiet->excludes(full);
    command
        .add_flag("-v,--verbose", arguments.verbose, "A row for each property, and what the search and Z3 did for it")
        ->group("Report");
}

void add_saving_options(CLI::App& command, CheckArguments& arguments) {
    command.add_option("--checkpoint", arguments.checkpoint, "Save the search here while it runs, for --resume")
        ->type_name("DIR")
        ->group("Saving and going on");
    command.add_option("--resume", arguments.resume, "Go on from the checkpoint in this folder, and save there")
        ->type_name("DIR")
        ->group("Saving and going on");
    command.add_option("--checkpoint-seconds", arguments.checkpoint_seconds, "Between one checkpoint and the next")
        ->type_name("S")
        ->group("Saving and going on");
}

} // namespace

void add_options(CLI::App& command, CheckArguments& arguments) {
    command.add_option("SCOPE", arguments.scope, "A shipped scope by name (`mdcd list scopes`), or a file")->required();
    command
        .add_option("--rules", arguments.rules,
                    "A preset by name (`mdcd list presets`), or a file; default: the scope's. Changes may follow: "
                    "published+RULE=VALUE")
        ->type_name("RULES");
    command.add_option("--set", arguments.set, "Change one rule (repeatable)")
        ->type_name("RULE=VALUE")
        ->allow_extra_args(false);
    command
        .add_option("--invariant", arguments.invariants,
                    "Judge this invariant, too: SMT-LIB 2 over `mdcd list vocabulary` (repeatable)")
        ->type_name("[NAME=]FILE")
        ->allow_extra_args(false);
    command.add_option("--expect", arguments.expect, "The verdict that is right for a property (repeatable)")
        ->type_name("NAME=VERDICT")
        ->allow_extra_args(false);
    add_search_options(command, arguments);
    command.add_flag("--check-determinism", arguments.check_determinism, "Run every handler twice and compare");
    command.add_flag("--strict", arguments.strict, "A guard that never fired is a failure (exit 11)");
    command
        .add_option("--stop-at", arguments.stop_at,
                    "End once all is explored, or with the first violation; what is open then is inconclusive")
        ->check(one_of({"end", "first"}))
        ->type_name("WHEN")
        ->group("Limits");
    command
        .add_option("--z3-cache", arguments.z3_cache,
                    "Take answers of Z3 from this file, and save new ones there; made if it does not exist")
        ->type_name("FILE")
        ->group("Z3");
    command.add_option("--dump-smt", arguments.dump_smt, "Write each distinct question to Z3 here, as SMT-LIB 2")
        ->type_name("DIR")
        ->group("Z3");
    add_saving_options(command, arguments);
    add_report_options(command, arguments);
}

void add_search_options(CLI::App& command, CheckArguments& arguments) {
    command.add_option("--property", arguments.properties, "Report only this property (repeatable)")
        ->type_name("NAME")
        ->allow_extra_args(false)
        ->group("Report");
    command.add_option("--workers", arguments.workers, "Threads; 0: all cores. Changes no result")
        ->type_name("N")
        ->group("Limits");
    command.add_option("--max-states", arguments.max_states, "Stop after so many distinct states; 0: no limit")
        ->type_name("N")
        ->group("Limits");
    command.add_option("--max-seconds", arguments.max_seconds, "Stop exploring after so many seconds; 0: no limit")
        ->type_name("S")
        ->group("Limits");
    command
        .add_option("--max-memory", arguments.max_memory,
                    "Stop before the search outgrows this; auto: nine tenths of what is free; 0: no limit")
        ->type_name("BYTES")
        ->group("Limits");
    command
        .add_option("--z3", arguments.z3,
                    "Ask Z3 about each distinct view of the states, about every state, or not at all")
        ->check(one_of({"distinct", "every", "off"}))
        ->type_name("MODE")
        ->group("Z3");
    command.add_option("--z3-timeout", arguments.z3_timeout_ms, "For each attempt at a query")
        ->type_name("MS")
        ->group("Z3");
    command
        .add_option("--z3-effort", arguments.z3_effort,
                    "For each attempt at a query, in Z3's own units: the same on every machine; 0: no limit")
        ->type_name("N")
        ->group("Z3");
    command
        .add_flag("--symmetry{sound}", arguments.symmetry,
                  "Explore one state for all that differ only in which active process and which component is which, "
                  "as far as they are alike; --symmetry=actives, --symmetry=components: in one of the two")
        ->check(one_of({"sound", "actives", "components"}).description(""))
        ->group("Reductions");
    command
        .add_option("--renaming", arguments.renaming,
                    "Explore one state for all that differ only in numbers, once what is settled is forgotten; auto: "
                    "where the scope leaves budgets out")
        ->check(one_of({"auto", "on", "off"}))
        ->type_name("WHEN")
        ->group("Reductions");
    command
        .add_option("--partial-order", arguments.partial_order,
                    "Of two orders of steps that come to the same follow one. edges: all states are explored; states: "
                    "those are left out that the properties given by --property cannot tell from others")
        ->check(one_of({"edges", "states", "off"}))
        ->type_name("WHAT")
        ->group("Reductions");
    command.add_option("--trace-dir", arguments.trace_dir, "Where counterexamples go: SCOPE.RULES.PROPERTY.json")
        ->type_name("DIR")
        ->group("Report");
    command.add_option("--progress", arguments.progress, "A progress line")
        ->check(one_of({"auto", "on", "off"}))
        ->type_name("WHEN")
        ->group("Report");
}

void set_rules(model::NamedRules& rules, const std::vector<std::string>& assignments) {
    for (const std::string& assignment : assignments) {
        try {
            model::set_rule(rules.rules, assignment);
        } catch (const model::RequestError& error) {
            throw UsageError(std::string("--set: ") + error.what());
        }
        rules.name += "+" + assignment;
    }
}

model::NamedRules changed_rules(const std::string& rules, const std::vector<std::string>& set) {
    model::NamedRules changed = model::load_rules(rules);
    set_rules(changed, set);
    return changed;
}

model::NamedRules rules_of(const CheckArguments& arguments, const model::Scope& scope) {
    return changed_rules(arguments.rules.empty() ? scope.rules : arguments.rules, arguments.set);
}

std::vector<model::Scope> load_scopes(const std::vector<std::string>& names) {
    std::vector<model::Scope> scopes;
    for (const std::string& name : names) {
        scopes.push_back(model::load_scope(name));
        for (std::size_t earlier = 0; earlier + 1 < scopes.size(); ++earlier)
            if (scopes[earlier].name == scopes.back().name)
                throw UsageError("SCOPE: two of them are named " + scopes.back().name);
    }
    return scopes;
}

std::uint64_t bytes_of(const std::string& text) {
    if (text == "auto")
        return automatic_limit(memory_available());
    std::size_t end = 0;
    double number = -1;
    try {
        number = std::stod(text, &end);
    } catch (const std::exception&) {
    }
    const std::string unit = text.substr(end);
    const std::string units = "KMGT";
    double factor = 1;
    if (!unit.empty()) {
        const std::size_t power = units.find(static_cast<char>(std::toupper(static_cast<unsigned char>(unit[0]))));
        if (power == std::string::npos || unit.size() > 1)
            number = -1;
        for (std::size_t each = 0; each <= power && power != std::string::npos; ++each)
            factor *= 1024;
    }
    if (!(number >= 0) || number * factor > 1e18)
        throw UsageError("--max-memory " + text +
                         ": expected auto, a number of bytes, or one with K, M, G or T after it");
    return static_cast<std::uint64_t>(number * factor);
}

model::Scope scope_of(const CheckArguments& arguments) {
    model::Scope scope = model::load_scope(arguments.scope);
    for (const std::string& text : arguments.invariants) {
        const std::size_t equals = text.find('=');
        const std::string file = equals == std::string::npos ? text : text.substr(equals + 1);
        const std::string name =
            equals == std::string::npos ? std::filesystem::path(file).stem().string() : text.substr(0, equals);
        model::add_invariant(scope, {.name = name, .text = traces::read_text_file(file), .origin = file});
    }
    return scope;
}

void expect_all_states(const CheckArguments& arguments, const std::string& reason) {
    if (arguments.partial_order == "states")
        throw UsageError("--partial-order states: " + reason);
}

model::CheckOptions options_of(const CheckArguments& arguments, const model::Scope& scope) {
    if (!arguments.checkpoint.empty() && !arguments.resume.empty())
        throw UsageError("--checkpoint and --resume exclude each other: a resumed search saves where it came from");
    if (!(arguments.checkpoint.empty() && arguments.resume.empty()))
        expect_all_states(arguments, "a checkpoint does not say which states were left out; leave out --checkpoint and "
                                     "--resume");
    if (arguments.z3 == "off" && !(arguments.dump_smt.empty() && arguments.z3_cache.empty()))
        throw UsageError("--dump-smt and --z3-cache are about questions to Z3, which --z3 off does not ask");
    for (const std::string& property : arguments.properties)
        expect_property("--property " + property, property, model::property_names(scope));
    for (const std::string& property : arguments.witnesses)
        expect_reachable("--witness " + property, property, scope);
    model::CheckOptions options;
    options.search = search_options_of(arguments);
    options.symmetry = arguments.symmetry == "sound"        ? model::Symmetry::sound
                       : arguments.symmetry == "actives"    ? model::Symmetry::actives
                       : arguments.symmetry == "components" ? model::Symmetry::components
                                                            : model::Symmetry::none;
    if (arguments.renaming != "auto")
        options.renumbering = arguments.renaming == "on";
    options.leave_out_states = arguments.partial_order == "states";
    options.search.use_sleep_sets = arguments.partial_order != "off";
    options.search.paths_max = arguments.traces;
    options.search.checkpoint_dir = arguments.resume.empty() ? arguments.checkpoint : arguments.resume;
    options.search.resume = !arguments.resume.empty();
    options.search.checkpoint_seconds = arguments.checkpoint_seconds;
    if (!options.search.checkpoint_dir.empty())
        options.build = build_identity().value_or(version);
    options.z3 = arguments.z3 == "off"     ? model::Z3Use::off
                 : arguments.z3 == "every" ? model::Z3Use::every
                                           : model::Z3Use::distinct;
    options.z3_timeout_ms = arguments.z3_timeout_ms;
    options.z3_effort_max = arguments.z3_effort;
    options.z3_cache = arguments.z3_cache;
    options.z3_asker = z3_asker();
    options.properties = arguments.properties;
    options.stop_at_first = arguments.stop_at == "first";
    options.whole_states = arguments.whole_states;
    options.tool_version = version;
    return options;
}

SearchOptions search_options_of(const CheckArguments& arguments) {
    SearchOptions options;
    options.workers = arguments.workers;
    options.limits = {.states_max = arguments.max_states,
                      .memory_bytes_max = bytes_of(arguments.max_memory),
                      .seconds_max = arguments.max_seconds};
    options.check_determinism = arguments.check_determinism;
    return options;
}

void expect_property(const std::string& place, const std::string& name, const std::vector<std::string>& known) {
    if (std::ranges::find(known, name) == known.end())
        throw UsageError(place + ": no such property" + traces::did_you_mean(name, known));
}

void expect_reported(const Expectations& expectations, const std::vector<std::string>& witnesses,
                     const std::vector<std::string>& reported) {
    const auto expect = [&](const std::string& property, const std::string& option) {
        if (std::ranges::find(reported, property) == reported.end())
            throw UsageError(option + ": this property is not reported here (--property, or the scope, leaves it out)");
    };
    for (const auto& [property, verdict] : expectations)
        expect(property, "--expect " + property + "=" + checker::name_of(verdict));
    for (const std::string& property : witnesses)
        expect(property, "--witness " + property);
}

Expectations expectations_of(const CheckArguments& arguments, const model::Scope& scope) {
    return expectations_of(arguments, model::property_names(scope));
}

Expectations expectations_of(const CheckArguments& arguments, const std::vector<std::string>& known) {
    std::vector<std::string> names;
    for (const Verdict verdict : verdicts)
        names.push_back(checker::name_of(verdict));
    Expectations expectations;
    for (const std::string& text : arguments.expect) {
        const std::size_t equals = text.find('=');
        const std::string property = text.substr(0, equals);
        const std::string verdict = equals == std::string::npos ? "" : text.substr(equals + 1);
        expect_property("--expect " + text, property, known);
        const auto found = std::ranges::find(names, verdict);
        if (found == names.end())
            throw UsageError("--expect " + text + ": expected one of " + joined(names) +
                             traces::did_you_mean(verdict, names));
        const Verdict expected = verdicts[static_cast<std::size_t>(found - names.begin())];
        if (!expectations.emplace(property, expected).second && expectations[property] != expected)
            throw UsageError("--expect " + text + ": another verdict of it is expected, too");
    }
    return expectations;
}

} // namespace mdcd::checker::cli
