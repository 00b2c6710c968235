// What the solver does at its limits: no answer is told from an answer, and nothing is thrown.
// Knows no property.
#include "checker/smt/solver.hpp"

#include <doctest/doctest.h>

#include <new>
#include <string>
#include <vector>

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
    const auto build = [](Query& query) {
        const z3::expr second = query.unknown("b", 8, 0, 9);
        const z3::expr first = query.unknown("a", 8, 0, 9);
        const z3::expr sum = query.name_part("sum", first + second);
        const z3::expr small = query.name_part("small", z3::ule(sum, query.context().bv_val(3, 8)));
        const z3::expr none = query.name_part("sum", first - first);
        query.require(first == query.context().bv_val(7, 8) && sum == query.context().bv_val(9, 8) && !small);
        query.require(none == query.context().bv_val(0, 8));
    };
    for (const Parts parts : {Parts::ignored, Parts::inlined, Parts::defined}) {
        const Result result = solver.check("test", build, parts);
        REQUIRE(result.answer == Answer::satisfiable);
        CHECK(result.unknowns == std::vector<std::uint64_t>{2, 7});
        CHECK(result.parts == (parts == Parts::ignored ? std::vector<Valued>{}
                                                       : std::vector<Valued>{{"sum", 9}, {"small", 0}, {"sum_2", 0}}));
        CHECK(result.reason.empty());
    }
}

TEST_CASE("queries do not see each other") {
    Solver solver;
    const auto number_is = [](unsigned value) {
        return [value](Query& query) {
            query.require(query.unknown("number", 8, 0, 9) == query.context().bv_val(value, 8));
        };
    };
    for (const unsigned value : {1U, 2U, 1U}) {
        CHECK(solver.check("test", number_is(value)).unknowns == std::vector<std::uint64_t>{value});
        CHECK(solver.check("test", number_is(10)).answer == Answer::unsatisfiable);
    }
    CHECK(solver.statistics().queries == 6);
    CHECK(solver.statistics().second_attempts == 0);
}

namespace {

void require_nothing(Query& query) {
    query.require(query.unknown("number", 8, 1, 1) == query.context().bv_val(1, 8));
}

} // namespace

TEST_CASE("time or effort: two attempts, then unknown with the reasons, and the solver goes on") {
    for (const SolverOptions& options : {SolverOptions{.timeout_ms = 50}, SolverOptions{.effort_max = 10000}}) {
        Solver solver(options);
        const Result result = solver.check("factors", require_factors);
        CHECK(result.answer == Answer::unknown);
        CHECK(result.reason.find("; then ") != std::string::npos);
        CHECK(result.seconds < 30);
        CHECK(solver.statistics().second_attempts == 1);
        CHECK(solver.statistics().unknowns == 1);
        CHECK(solver.statistics().slowest == "factors");
        CHECK(solver.check("easy", require_nothing).answer == Answer::satisfiable);
        CHECK(solver.statistics().unknowns == 1);
    }
}

TEST_CASE("what Z3 throws is an unknown with the reason, and the solver goes on") {
    Solver solver;
    const auto asserts_a_number = [](Query& query) { query.require(query.context().int_val(1)); };
    const auto mixes_sorts = [](Query& query) {
        query.require(query.context().bv_val(1, 8) == query.unknown("a", 9, 0, 1));
    };
    for (const Solver::Build& build : {Solver::Build(asserts_a_number), Solver::Build(mixes_sorts)}) {
        const Result result = solver.check("no truth", build);
        CHECK(result.answer == Answer::unknown);
        CHECK(result.reason.find("; then ") != std::string::npos);
        CHECK(solver.check("easy", require_nothing).answer == Answer::satisfiable);
    }
}

TEST_CASE("a first attempt that fails, in whatever way, is made good by the second; a second that fails is told") {
    const auto fail = [](int way) {
        if (way == 0)
            throw z3::exception("smash of the stack");
        throw std::bad_alloc();
    };
    for (const int way : {0, 1}) {
        for (const unsigned failing : {1U, 2U}) {
            std::vector<unsigned> attempts;
            Solver solver({.before_attempt = [&](unsigned attempt) {
                attempts.push_back(attempt);
                if (attempt <= failing)
                    fail(way);
            }});
            const Result result = solver.check("test", require_nothing);
            CHECK(attempts == std::vector<unsigned>{1, 2});
            CHECK(result.answer == (failing == 1 ? Answer::satisfiable : Answer::unknown));
            const std::string reason = way == 0 ? "smash of the stack" : "out of memory";
            CHECK(result.reason == (failing == 1 ? "" : reason + "; then " + reason));
        }
    }
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
