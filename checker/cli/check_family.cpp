// Checks a scope of a family: what the family is asked, and of which properties.
// Decides nothing itself: the family explores, the report prints.
#include "checker/cli/check_family.hpp"

#include <algorithm>
#include <iostream>

#include <unistd.h>

#include "checker/cli/family_arguments.hpp"
#include "checker/cli/progress_line.hpp"
#include "checker/cli/terminal.hpp"
#include "checker/cli/usage_error.hpp"
#include "model/inputs/families.hpp"

namespace mdcd::checker::cli {
namespace {

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

} // namespace

ExitCode check_family(const CLI::App& command, const CheckArguments& arguments) {
    expect_meaningful_for_family(command, arguments, arguments.scope);
    const model::FamilyCase what = family_case_of(arguments.scope, arguments.rules, arguments.set);
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
    keep_asked(check, arguments.properties);
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
