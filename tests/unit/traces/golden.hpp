// Compares what a renderer made with the reviewed files in tests/golden/traces. With MDCD_REWRITE_GOLDEN=1 in the
// environment the files are rewritten instead: review the difference before it is committed.
#pragma once

#include <string>

namespace mdcd::traces::examples {

// "" if the file holds that text (or was rewritten), else the first line that differs.
[[nodiscard]] std::string golden_difference(const std::string& file_name, const std::string& text);

} // namespace mdcd::traces::examples
