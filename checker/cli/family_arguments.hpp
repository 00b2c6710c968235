// What every command that explores scopes of families shares: which options mean something there, what the family is
// asked, where its runs go. Knows no particular command.
#pragma once

#include <string>
#include <vector>

#include "checker/cli/check_options.hpp"
#include "checker/cli/trace_files.hpp"
#include "model/families/family.hpp"

namespace CLI {
class App;
}

namespace mdcd::checker::cli {

// Throws UsageError for an option that was given and means nothing for a family, or if there are several ranks.
void expect_meaningful_for_family(const CLI::App& command, const CheckArguments& arguments, const std::string& scope);

// The scope under these rules ("": its own) with these changes. Throws UsageError where they do not fit.
[[nodiscard]] model::FamilyCase family_case_of(const std::string& scope, const std::string& rules,
                                               const std::vector<std::string>& set);

[[nodiscard]] model::FamilyOptions family_options_of(const CheckArguments& arguments);

// Leaves only those; all if there are none.
void keep_asked(model::FamilyCheck& check, const std::vector<std::string>& properties);

// One path for each property in order; "" where there is no run.
[[nodiscard]] TraceFiles add_family_traces(PendingFiles& pending, const model::FamilyCase& what,
                                           const model::FamilyCheck& check, const std::string& directory);

} // namespace mdcd::checker::cli
