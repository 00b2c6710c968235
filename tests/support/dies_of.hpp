// Makes the programs that ask Z3 in tests (asker.cpp, z3_asker.cpp) die of a question: those that are started while it
// lives.
#pragma once

#include <cstdlib>
#include <string>

namespace mdcd::tests {

class DiesOf {
public:
    explicit DiesOf(const std::string& questions) { setenv("MDCD_DIES_OF", questions.c_str(), 1); }
    ~DiesOf() { unsetenv("MDCD_DIES_OF"); }
    DiesOf(const DiesOf&) = delete;
    DiesOf& operator=(const DiesOf&) = delete;
};

} // namespace mdcd::tests
