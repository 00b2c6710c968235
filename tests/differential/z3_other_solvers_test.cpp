// A sample of the queries as text, put to other solvers.
// Knows the command lines of those programs.
#include "tests/differential/other_solvers.hpp"

#include <doctest/doctest.h>

using mdcd::tests::compare_with_solver;

TEST_CASE("cvc5 gives the same answers") {
    compare_with_solver("cvc5", "--lang=smt2", 200);
}

TEST_CASE("the z3 program gives the same answers") {
    compare_with_solver("z3", "-smt2", 200);
}
