// A query as text is the same query: Z3 reads it back and gives the same answer.
// Other programs read it in tests/differential.
#include "checker/smt/query.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

using namespace mdcd::checker::smt;

namespace {

std::string text_of(unsigned wanted, Parts parts) {
    z3::context context;
    Query query(context, "test", parts);
    const z3::expr number = query.unknown("number", 8, 2, 5, "of things");
    const z3::expr twice = query.name_part("twice", number + number, "two of them");
    query.require(twice == context.bv_val(wanted, 8));
    const std::array<std::string, 2> comments = {"first", "second\nthird"};
    return query.to_smt_lib(comments, wanted == 8 ? Answer::satisfiable : Answer::unknown);
}

} // namespace

TEST_CASE("named parts and requirements can be found in the text") {
    const std::string text = text_of(8, Parts::defined);
    CHECK(text.starts_with("; first\n; second\n; third\n(set-info :status sat)\n(set-option :produce-models true)\n"
                           "(set-logic QF_BV)\n"));
    CHECK(text_of(3, Parts::defined).find(":status") == std::string::npos);
    CHECK(text.find("; of things\n(declare-const number (_ BitVec 8))\n") != std::string::npos);
    CHECK(text.find("; two of them\n(define-fun twice () (_ BitVec 8) (bvadd number number))\n") != std::string::npos);
    CHECK(text.find("(assert (! (= twice #x08) :named requirement_3))\n") != std::string::npos);
    CHECK(text.ends_with("(check-sat)\n"));
}

TEST_CASE("the text says the same as the query") {
    for (const unsigned wanted : {3U, 4U, 10U, 12U}) {
        for (const Parts parts : {Parts::inlined, Parts::defined}) {
            z3::context context;
            z3::solver solver(context);
            solver.from_string(text_of(wanted, parts).c_str());
            const bool possible = wanted % 2 == 0 && wanted >= 4 && wanted <= 10;
            CHECK(solver.check() == (possible ? z3::sat : z3::unsat));
        }
    }
}
