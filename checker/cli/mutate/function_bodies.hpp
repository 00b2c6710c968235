// Where the bodies of functions begin and end in C++ text, as far as mutants need it.
// Knows braces, strings and comments, and no more of the language: no types, no templates beyond their brackets.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mdcd::checker::cli::mutate {

struct FunctionBody {
    std::string name;      // with the classes around it: "RecoveryHandler::receive"
    std::size_t open = 0;  // offset of its "{"
    std::size_t close = 0; // offset of its "}"
};

// Of functions that are members of namespaces and classes, in their order; not of functions in functions.
[[nodiscard]] std::vector<FunctionBody> function_bodies(std::string_view text);

} // namespace mdcd::checker::cli::mutate
