// Hand-made faults in the handlers of the life of an upgrade: a claim breaks under each that matters, not only a count.
// They are compiled once, against a copy of impl that holds all mutants (tests/CMakeLists.txt).
#include <doctest/doctest.h>

#include <string>

#include "checker/cli/mutate/child_process.hpp"
#include "checker/cli/mutate/mutant_list.hpp"
#include "checker/cli/mutate/mutated_copy.hpp"

namespace mdcd::tests {
namespace {

using checker::cli::mutate::ChildResult;
using checker::cli::mutate::mutant_variable;
using checker::cli::mutate::run_child;
using checker::cli::mutate::SourceMutant;

ChildResult explored_under(const std::string& mutant) {
    return run_child(
        {.words = {MDCD_UPGRADE_UNDER_MUTANT}, .environment = {{mutant_variable, mutant}}, .seconds_max = 300},
        nullptr);
}

} // namespace

TEST_CASE("small scopes of upgrades are as they should be, and a claim breaks under every mutant that matters") {
    const ChildResult without = explored_under("");
    CHECK(without.code == 0);
    CHECK(without.out ==
          "survived: 881 1090 1663 369 9307 21546 10234 8252 5949 2695 268 612 22068 35603 40529 224720 424 3093 5243 "
          "257 104 13302 5458 36090 18869 98933 183847 \n");
    for (const SourceMutant& each : checker::cli::mutate::read_mutants(MDCD_SOURCE_DIR "/tests/mutants/upgrade")) {
        CAPTURE(each.name);
        CAPTURE(each.fault);
        const ChildResult result = explored_under(each.name);
        CAPTURE(result.out);
        if (each.matters)
            CHECK(result.code == 10); // a claim is violated
        else
            CHECK(result.code == 0); // the list says why
    }
}

} // namespace mdcd::tests
