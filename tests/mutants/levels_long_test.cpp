// Hand-made faults in the handlers of levels of trust: a claim breaks under each that matters, not only a count. They
// are compiled once, against a copy of impl that holds all mutants (tests/CMakeLists.txt).
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

ChildResult levels_under(const std::string& mutant) {
    return run_child(
        {.words = {MDCD_LEVELS_UNDER_MUTANT}, .environment = {{mutant_variable, mutant}}, .seconds_max = 300}, nullptr);
}

} // namespace

TEST_CASE(
    "small scopes with levels of trust are as they should be, and a claim breaks under every mutant that matters") {
    const ChildResult without = levels_under("");
    CHECK(without.code == 0);
    CHECK(without.out == "survived: 1746 684 960 38 351 2807 3038 2488 2316 8445 \n");
    for (const SourceMutant& each : checker::cli::mutate::read_mutants(MDCD_SOURCE_DIR "/tests/mutants/levels")) {
        CAPTURE(each.name);
        CAPTURE(each.fault);
        const ChildResult result = levels_under(each.name);
        CAPTURE(result.out);
        if (each.matters)
            CHECK(result.code == 10); // a claim is violated
        else
            CHECK(result.code == 0); // the list says why
    }
}

} // namespace mdcd::tests
