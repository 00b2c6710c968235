// What the solver does at its limits: no answer is told from an answer, and nothing is thrown.
// Knows no property.
#include "checker/smt/solver.hpp"

#include <doctest/doctest.h>

using namespace mdcd::checker::smt;

namespace {

// Two factors of a product of two large primes: far more than a moment's work.
void require_factors(Query& query) {
    const unsigned width = 96;
    z3::context& context = query.context();
    const z3::expr one = context.bv_const("one", width);
    const z3::expr other = context.bv_const("other", width);
    const z3::expr bound = context.bv_val("140737488355327", width);
    query.require(one * other == context.bv_val("7427640237075851989707301943", width));
    query.require(z3::ult(one, bound) && z3::ult(other, bound));
    query.require(z3::ugt(one, context.bv_val(1, width)) && z3::ugt(other, context.bv_val(1, width)));
}

} // namespace

TEST_CASE("values come in the order of declaration, parts in the order of naming") {
    Solver solver;
    for (const Parts parts : {Parts::inlined, Parts::defined}) {
        Query query(solver.context(), "test", parts);
        const z3::expr second = query.unknown("b", 8, 0, 9);
        const z3::expr first = query.unknown("a", 8, 0, 9);
        const z3::expr sum = query.name_part("sum", first + second);
        const z3::expr small = query.name_part("small", z3::ule(sum, solver.context().bv_val(3, 8)));
        const z3::expr none = query.name_part("sum", first - first);
        query.require(first == solver.context().bv_val(7, 8) && sum == solver.context().bv_val(9, 8) && !small);
        query.require(none == solver.context().bv_val(0, 8));
        const Result result = solver.check(query);
        REQUIRE(result.answer == Answer::satisfiable);
        CHECK(result.unknowns == std::vector<std::uint64_t>{2, 7});
        CHECK(result.parts == std::vector<std::uint64_t>{9, 0, 0});
        CHECK(query.parts()[2].name == "sum_2");
        CHECK(result.reason.empty());
    }
}

TEST_CASE("queries do not see each other") {
    Solver solver;
    for (const unsigned value : {1U, 2U, 1U}) {
        Query query(solver.context(), "test");
        const z3::expr number = query.unknown("number", 8, 0, 9);
        query.require(number == solver.context().bv_val(value, 8));
        CHECK(solver.check(query).unknowns == std::vector<std::uint64_t>{value});
        Query contradiction(solver.context(), "test");
        contradiction.require(contradiction.unknown("number", 8, 0, 9) == solver.context().bv_val(10, 8));
        CHECK(solver.check(contradiction).answer == Answer::unsatisfiable);
    }
    CHECK(solver.statistics().queries == 6);
    CHECK(solver.statistics().second_attempts == 0);
}

TEST_CASE("time: two attempts, then unknown with the reasons, and the solver goes on") {
    Solver solver({.timeout_ms = 50});
    Query query(solver.context(), "factors");
    require_factors(query);
    const Result result = solver.check(query);
    CHECK(result.answer == Answer::unknown);
    CHECK(result.reason.find("; then ") != std::string::npos);
    CHECK(result.seconds < 30);
    CHECK(solver.statistics().second_attempts == 1);
    CHECK(solver.statistics().unknowns == 1);
    CHECK(solver.statistics().slowest == "factors");

    Query easy(solver.context(), "easy");
    easy.require(easy.unknown("number", 8, 1, 1) == solver.context().bv_val(1, 8));
    CHECK(solver.check(easy).answer == Answer::satisfiable);
    CHECK(solver.statistics().unknowns == 1);
}

TEST_CASE("what Z3 throws is an unknown with the reason, and the solver goes on") {
    Solver solver;
    Query query(solver.context(), "no truth");
    query.require(solver.context().int_val(1)); // asserting it is refused
    const Result result = solver.check(query);
    CHECK(result.answer == Answer::unknown);
    CHECK_FALSE(result.reason.empty());
    Query easy(solver.context(), "easy");
    easy.require(solver.context().bool_val(false));
    CHECK(solver.check(easy).answer == Answer::unsatisfiable);
}

TEST_CASE("statistics add up, and keep the slowest") {
    Statistics sum;
    sum.note("one", {.answer = Answer::satisfiable, .reason = {}, .unknowns = {}, .parts = {}, .seconds = 2}, false);
    Statistics more;
    more.note("two", {.answer = Answer::unknown, .reason = {}, .unknowns = {}, .parts = {}, .seconds = 3}, true);
    sum.add(more);
    CHECK(sum.queries == 2);
    CHECK(sum.second_attempts == 1);
    CHECK(sum.unknowns == 1);
    CHECK(sum.seconds == 5);
    CHECK(sum.slowest_seconds == 3);
    CHECK(sum.slowest == "two");
}
