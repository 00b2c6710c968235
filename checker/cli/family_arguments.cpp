// Which options mean something in scopes of families, and what a family is asked for them.
// Knows no command and no family by name.
#include "checker/cli/family_arguments.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>

#include "checker/cli/interrupt.hpp"
#include "checker/cli/progress_line.hpp"
#include "checker/cli/ranks.hpp"
#include "checker/cli/usage_error.hpp"
#include "checker/cli/z3_asker.hpp"
#include "model/inputs/families.hpp"
#include "traces/file_error.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::checker::cli {
namespace {

struct MeaninglessOption {
    const char* name;
    const char* reason;
};
constexpr const char* not_saved = "a search of a family is not saved";
constexpr const char* not_weighed = "what the processes of a family keep is counted, not weighed";
constexpr const char* not_in_parts = "a comparison of scopes of a family is made at once";
constexpr std::array meaningless{
    MeaninglessOption{"--invariant", "invariants speak of what other scopes are made of (`mdcd list vocabulary`)"},
    MeaninglessOption{"--strict", "a family does not say which guards can fire under which rules"},
    MeaninglessOption{"--z3-cache", "answers about a family are not saved"},
    MeaninglessOption{"--dump-smt", "questions about a family are not written out"},
    MeaninglessOption{"--symmetry", "no two actors of a family are interchangeable"},
    MeaninglessOption{"--renaming", "no numbers of a family are interchangeable"},
    MeaninglessOption{"--partial-order", "the claims of a family do not say which actors they read"},
    MeaninglessOption{"--checkpoint", not_saved},
    MeaninglessOption{"--resume", not_saved},
    MeaninglessOption{"--checkpoint-seconds", not_saved},
    MeaninglessOption{"--traces", "one run is told of each claim"},
    MeaninglessOption{"--whole-states", "traces of families hold what changes"},
    MeaninglessOption{"--state-bytes", not_weighed},
    MeaninglessOption{"--payload-bytes", not_weighed},
    MeaninglessOption{"--shard", not_in_parts},
    MeaninglessOption{"--results", not_in_parts},
    MeaninglessOption{"--known", not_in_parts},
};

// .. where no claim is put to Z3.
constexpr std::array of_z3{"--z3", "--z3-timeout", "--z3-effort"};

bool is_given(const CLI::App& command, const char* name) {
    const CLI::Option* const option = command.get_option_no_throw(name);
    return option != nullptr && option->count() > 0;
}

} // namespace

void expect_meaningful_for_family(const CLI::App& command, const CheckArguments& arguments, const std::string& scope) {
    for (const MeaninglessOption& each : meaningless)
        if (is_given(command, each.name))
            throw UsageError(std::string(each.name) + " means nothing for " + scope + ": " + each.reason);
    const bool asks_z3 = !model::family_of(scope).judged_by_z3({scope, {}}).empty();
    for (const char* const name : of_z3)
        if (!asks_z3 && is_given(command, name))
            throw UsageError(std::string(name) + " means nothing for " + scope + ": no claim of it is put to Z3");
    if (arguments.z3 == "every")
        throw UsageError("--z3 every means nothing for " + scope +
                         ": a question about a family has no names to lose, so equal ones are asked once");
    if (Ranks::world() != nullptr)
        throw UsageError(scope + ": scopes of families are not for several ranks; leave mpirun out");
}

model::FamilyCase family_case_of(const std::string& scope, const std::string& rules,
                                 const std::vector<std::string>& set) {
    const model::Family& family = model::family_of(scope);
    const auto as_usage = [](const std::string& option, const auto& make) {
        try {
            return make();
        } catch (const traces::FileError& error) {
            throw UsageError(option + error.what());
        }
    };
    model::FamilyCase what = as_usage("--rules: ", [&] { return model::family_case(scope, rules); });
    for (const std::string& assignment : set)
        as_usage("--set: ", [&] { model::change_rule(what, assignment); });
    as_usage("", [&] { static_cast<void>(family.rules_in_force(what)); });
    return what;
}

model::FamilyOptions family_options_of(const CheckArguments& arguments) {
    model::FamilyOptions options;
    options.search = search_options_of(arguments);
    options.search.interrupt = &interrupt_flag();
    options.search.progress = progress_line(arguments.progress);
    options.stop_at_first = arguments.stop_at == "first";
    options.witnesses = arguments.witnesses;
    options.z3 = {.ask = arguments.z3 != "off",
                  .timeout_ms = arguments.z3_timeout_ms,
                  .effort_max = arguments.z3_effort,
                  .asker = z3_asker()};
    return options;
}

void keep_asked(model::FamilyCheck& check, const std::vector<std::string>& properties) {
    if (!properties.empty())
        std::erase_if(check.properties, [&](const model::FamilyProperty& each) {
            return std::ranges::find(properties, each.property.name) == properties.end();
        });
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

} // namespace mdcd::checker::cli
