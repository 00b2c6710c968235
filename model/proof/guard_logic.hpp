// The guards of impl (impl/guards.hpp) over formulas: the windows of a proof call what the handlers call.
// Of a vector a window shows one entry, or a few; what is said of a cover is said of these.
#pragma once

#include "checker/smt/formula.hpp"
#include "impl/guards.hpp"
#include "impl/link_rules.hpp"

namespace mdcd::model::proof {

// The vectors of windows that show one entry, or one entry of vectors that show several.
struct OneEntry {
    using Truth = checker::smt::Truth;
    using Number = checker::smt::Number;
    using Vector = checker::smt::Number;

    static Truth constant(const Truth& like, bool truth) { return like.owner().constant(truth); }
    static Number successor(const Number& number) { return number + 1; }
    static Number predecessor(const Number& number) { return number + -1; }
    static Number larger(const Number& one, const Number& other) { return checker::smt::larger(one, other); }
    static Truth covers(const Vector& larger, const Vector& smaller) { return smaller <= larger; }
    static Vector join(const Vector& one, const Vector& other) { return checker::smt::larger(one, other); }
};
static_assert(impl::GuardLogic<OneEntry>);

// The numbers of a link, which have no bound here.
struct LinkFormulas {
    using Truth = checker::smt::Truth;
    using Number = checker::smt::Number;

    static Number sum(const Number& one, const Number& other) { return one + other; }
};
static_assert(impl::LinkLogic<LinkFormulas>);

} // namespace mdcd::model::proof
