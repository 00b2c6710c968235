// Checks a scope of a family: which options mean something there, and what the family is asked.
// Decides nothing itself: the family explores, the report prints.
#include "checker/cli/check_family.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <iostream>

#include <unistd.h>

#include "checker/cli/interrupt.hpp"
#include "checker/cli/progress_line.hpp"
#include "checker/cli/ranks.hpp"
#include "checker/cli/terminal.hpp"
#include "checker/cli/usage_error.hpp"
#include "model/inputs/families.hpp"
#include "traces/file_error.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::checker::cli {
namespace {

struct MeaninglessOption {
    const char* name;
    const char* reason;
};
constexpr const char* not_asked = "nothing of a family is put to Z3";
constexpr const char* not_saved = "a search of a family is not saved";
constexpr std::array meaningless{
    MeaninglessOption{"--invariant", "invariants speak of what other scopes are made of (`mdcd list vocabulary`)"},
    MeaninglessOption{"--strict", "a family does not say which guards can fire under which rules"},
    MeaninglessOption{"--z3", not_asked},
    MeaninglessOption{"--z3-timeout", not_asked},
    MeaninglessOption{"--z3-effort", not_asked},
    MeaninglessOption{"--z3-cache", not_asked},
    MeaninglessOption{"--dump-smt", not_asked},
    MeaninglessOption{"--symmetry", "no two actors of a family are interchangeable"},
    MeaninglessOption{"--renaming", "no numbers of a family are interchangeable"},
    MeaninglessOption{"--partial-order", "the claims of a family do not say which actors they read"},
    MeaninglessOption{"--checkpoint", not_saved},
    MeaninglessOption{"--resume", not_saved},
    MeaninglessOption{"--checkpoint-seconds", not_saved},
    MeaninglessOption{"--traces", "one run is told of each claim"},
    MeaninglessOption{"--whole-states", "traces of families hold what changes"},
};

void expect_meaningful(const CLI::App& command, const std::string& scope) {
    for (const MeaninglessOption& each : meaningless)
        if (command.count(each.name) > 0)
            throw UsageError(std::string(each.name) + " means nothing for " + scope + ": " + each.reason);
    if (Ranks::world() != nullptr)
        throw UsageError(scope + ": scopes of families are not for several ranks; leave mpirun out");
}

model::FamilyCase case_of(const CheckArguments& arguments) {
    const model::Family& family = model::family_of(arguments.scope);
    const auto as_usage = [](const std::string& option, const auto& make) {
        try {
            return make();
        } catch (const traces::FileError& error) {
            throw UsageError(option + error.what());
        }
    };
    model::FamilyCase what =
        as_usage("--rules: ", [&] { return model::family_case(arguments.scope, arguments.rules); });
    for (const std::string& assignment : arguments.set)
        as_usage("--set: ", [&] { model::change_rule(what, assignment); });
    as_usage("", [&] { static_cast<void>(family.rules_in_force(what)); });
    return what;
}

model::FamilyOptions family_options_of(const CheckArguments& arguments) {
    model::FamilyOptions options;
    options.search.workers = arguments.workers;
    options.search.limits = {.states_max = arguments.max_states,
                             .memory_bytes_max = bytes_of(arguments.max_memory),
                             .seconds_max = arguments.max_seconds};
    options.search.check_determinism = arguments.check_determinism;
    options.search.interrupt = &interrupt_flag();
    options.search.progress = progress_line(arguments.progress);
    options.stop_at_first = arguments.stop_at == "first";
    options.witnesses = arguments.witnesses;
    return options;
}

std::vector<std::string> names_of(const std::vector<Property>& properties) {
    std::vector<std::string> names;
    for (const Property& each : properties)
        names.push_back(each.name);
    return names;
}

// Throws UsageError for a name that is none, or for a witness of a claim.
void expect_known(const CheckArguments& arguments, const std::vector<Property>& properties) {
    const std::vector<std::string> known = names_of(properties);
    for (const std::string& name : arguments.properties)
        expect_property("--property " + name, name, known);
    for (const std::string& name : arguments.witnesses) {
        expect_property("--witness " + name, name, known);
        if (std::ranges::find(properties, name, &Property::name)->kind != PropertyKind::reachable)
            throw UsageError("--witness " + name + ": a claim has no witness; its counterexamples are written anyway");
    }
}

TraceFiles add_family_traces(PendingFiles& pending, const model::FamilyCase& what, const model::FamilyCheck& check,
                             const std::string& directory) {
    TraceFiles files;
    for (const model::FamilyProperty& each : check.properties) {
        files.emplace_back();
        if (each.trace)
            files.back() =
                pending.add(path_of(directory, {what.scope, model::rules_name(what), each.property.name + ".json"}),
                            traces::write_trace(*each.trace));
    }
    return files;
}

} // namespace

ExitCode check_family(const CLI::App& command, const CheckArguments& arguments) {
    expect_meaningful(command, arguments.scope);
    const model::FamilyCase what = case_of(arguments);
    const model::Family& family = model::family_of(what.scope);
    const std::vector<Property> properties = family.properties(what);
    expect_known(arguments, properties);
    const Expectations expectations = expectations_of(arguments, names_of(properties));
    expect_reported(expectations, arguments.witnesses,
                    arguments.properties.empty() ? names_of(properties) : arguments.properties);
    const model::FamilyOptions options = family_options_of(arguments);
    try_trace_folder(arguments.trace_dir);
    model::FamilyCheck check = family.explore(what, options);
    end_progress_line(options.search.progress);
    if (!arguments.properties.empty())
        std::erase_if(check.properties, [&](const model::FamilyProperty& each) {
            return std::ranges::find(arguments.properties, each.property.name) == arguments.properties.end();
        });
    PendingFiles pending;
    const TraceFiles files = add_family_traces(pending, what, check, arguments.trace_dir);
    if (arguments.format == "json")
        print_json(std::cout, what, check, expectations, files);
    else
        print_text(std::cout, what, check, expectations, files,
                   {.color = wants_color(),
                    .verbose = arguments.verbose,
                    .runs = arguments.quiet  ? Runs::none
                            : arguments.full ? Runs::all
                                             : Runs::first,
                    .width = terminal_width(STDOUT_FILENO),
                    .trace_dir = arguments.trace_dir});
    std::cout.flush();
    pending.write();
    return exit_code_of(check, expectations);
}

} // namespace mdcd::checker::cli
