// Z3 and our own reader of users' formulas read the same. A text that we accept is put to Z3 as it is: Z3 refuses it,
// or sees as many assertions, and they mean what the text means that is written anew from what we read. Writing it anew
// never gives anything that Z3 refuses.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <sys/resource.h>
#include <z3++.h>

#include "checker/smt/text_formula.hpp"
#include "tests/support/formula_text.hpp"

namespace {

using namespace mdcd;
using namespace mdcd::checker::smt;

Vocabulary vocabulary() {
    return {.sorts = {{"Process", {"S1", "A1"}}, {"Message", {"c1", "A1.1"}}},
            .symbols = {{"dirty", {first_finite_sort}, boolean_sort},
                        {"number", {first_finite_sort}, integer_sort},
                        {"validated", {}, integer_sort},
                        {"sent", {first_finite_sort + 1}, boolean_sort}}};
}

[[noreturn]] void fail(const std::string& what, const std::string& text) {
    std::fprintf(stderr, "%s:\n%s\n", what.c_str(), text.c_str());
    std::abort();
}

// Throws z3::exception for what Z3 refuses. `prefix` is ours.
void compare(const TextFormula& formula, const std::string& prefix, std::string_view text) {
    z3::context context;
    z3::solver solver(context);
    solver.from_string((prefix + std::string(text) + "\n(assert mdcd_anew)\n").c_str());
    const z3::expr_vector all = solver.assertions();
    // The last node joins what is asserted.
    if (all.size() != formula.nodes().back().operands.size() + 1)
        fail("Z3 sees " + std::to_string(all.size() - 1) + " assertions", std::string(text));
    z3::expr_vector theirs(context);
    for (unsigned i = 0; i + 1 < all.size(); ++i)
        theirs.push_back(all[static_cast<int>(i)]);
    z3::solver other(context);
    z3::params limits(context);
    limits.set("rlimit", 200'000U); // and no clock: a run can be repeated
    other.set(limits);
    other.add(z3::mk_and(theirs) != all[static_cast<int>(all.size() - 1)]);
    if (other.check() == z3::sat)
        fail("Z3 reads something else", std::string(text));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Vocabulary known = vocabulary();
    static const std::string declarations = tests::declarations_of(known);
    static const bool prepared = [] { // what is read wrong may be a command that writes
        const rlimit none{.rlim_cur = 0, .rlim_max = 0};
        Z3_toggle_warning_messages(false);
        return setrlimit(RLIMIT_FSIZE, &none) == 0;
    }();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        const TextFormula formula(text, known);
        const std::string prefix = declarations + tests::definition_of(formula, known, "mdcd_anew");
        try {
            z3::context context;
            z3::solver solver(context);
            solver.from_string(prefix.c_str());
        } catch (const z3::exception& error) {
            fail(std::string("Z3 refuses what was written anew: ") + error.msg(), prefix);
        }
        try {
            compare(formula, prefix, text);
        } catch (const z3::exception&) { // refused, or too much for it
        }
    } catch (const FormulaError&) {
    }
    return prepared ? 0 : 1;
}
