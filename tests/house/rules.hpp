// The rules of the house as data: each has a name, a reason, and a check over the whole tree.
// Knows no file of the tree but by its place.
#pragma once

#include <string>
#include <vector>

#include "tests/house/tree.hpp"

namespace mdcd::tests::house {

struct Complaint {
    std::string file;
    std::size_t line = 0; // from 1; 0: the file as a whole
    std::string text;
};

struct Rule {
    std::string name;
    std::string reason; // one sentence
    void (*check)(const Tree& tree, std::vector<Complaint>& complaints) = nullptr;
};

[[nodiscard]] std::vector<Rule> include_rules();  // who may include whom
[[nodiscard]] std::vector<Rule> text_rules();     // what a file looks like
[[nodiscard]] std::vector<Rule> name_rules();     // what files and types are called
[[nodiscard]] std::vector<Rule> founding_rules(); // what the model may not say
[[nodiscard]] std::vector<Rule> all_rules();      // all of these, in that order

} // namespace mdcd::tests::house
