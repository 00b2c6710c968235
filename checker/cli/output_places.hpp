// Where results are to go, looked at before the work: no result takes the place of what it was made from, of another
// result, or of a folder that holds something else.
// Knows no command.
#pragma once

#include <string>
#include <vector>

#include "checker/cli/usage_error.hpp"

namespace mdcd::checker::cli {

// Throws UsageError if an output is one of the inputs (the same file, whatever it is called), or another output. Empty
// names and names of what is not there are no inputs; devices may be named as often as one likes.
void expect_distinct(const std::vector<std::string>& inputs, const std::vector<std::string>& outputs);

// A folder that only this program fills: it is not there, or empty, or holds nothing but what is `own` (names of files
// and folders directly in it, no symbolic links). Throws UsageError that names what else is there.
void expect_own_folder(const std::string& folder, const std::vector<std::string>& own);

// A folder that this program has made: it is not there, or empty, or has the file `mark`. Throws UsageError.
void expect_made_folder(const std::string& folder, const std::string& mark);

} // namespace mdcd::checker::cli
