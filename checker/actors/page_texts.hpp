// The script, the style and the body of the page to walk through a system (page/), built into the library.
// Not for headers that users compile.
#pragma once

#include <string_view>

namespace mdcd::checker::actors {

[[nodiscard]] std::string_view explore_script();
[[nodiscard]] std::string_view explore_style();
[[nodiscard]] std::string_view explore_body();

} // namespace mdcd::checker::actors
