// The unit tests of impl say what the handlers' contract is: under each mutant that matters one of them fails. They are
// compiled once, against a copy of impl that holds all mutants (tests/CMakeLists.txt).
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "checker/cli/mutate/child_process.hpp"
#include "checker/cli/mutate/mutant_list.hpp"
#include "checker/cli/mutate/mutated_copy.hpp"

namespace mdcd::tests {
namespace {

using checker::cli::mutate::ChildResult;
using checker::cli::mutate::mutant_variable;
using checker::cli::mutate::read_mutants;
using checker::cli::mutate::run_child;
using checker::cli::mutate::SourceMutant;

ChildResult unit_tests_under(const std::string& mutant) {
    return run_child(
        {.words = {MDCD_UNIT_IMPL_MUTATED, "--minimal"}, .environment = {{mutant_variable, mutant}}, .seconds_max = 60},
        nullptr);
}

bool passes(const ChildResult& result) {
    return result.end == ChildResult::End::exited && result.code == 0;
}

} // namespace

TEST_CASE("the unit tests of impl pass without a mutant, and the program knows the mutants of the list") {
    CHECK(passes(unit_tests_under("")));
    std::string names;
    for (const SourceMutant& each : read_mutants(MDCD_SOURCE_DIR "/tests/mutants/source"))
        names += each.name + "\n";
    CHECK(unit_tests_under("?").out == names);
    CHECK(unit_tests_under("no_such_mutant").code == 64);
}

TEST_CASE("the unit tests of impl fail under every mutant that matters") {
    for (const SourceMutant& each : read_mutants(MDCD_SOURCE_DIR "/tests/mutants/source")) {
        if (!each.matters)
            continue;
        CAPTURE(each.name);
        CAPTURE(each.fault);
        CHECK_FALSE(passes(unit_tests_under(each.name)));
    }
}

} // namespace mdcd::tests
