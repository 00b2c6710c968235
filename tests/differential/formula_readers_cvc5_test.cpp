// cvc5 and our own reader of users' formulas read the same, as the fuzz target formula_readers says of Z3: texts made
// of the pieces that two lexers could split differently. What we accept, cvc5 refuses, or it means the same to it.
#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "checker/random.hpp"
#include "checker/smt/text_formula.hpp"
#include "tests/support/formula_text.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests {
namespace {

using namespace checker::smt;

Vocabulary processes() {
    return {.sorts = {{"Process", {"S1", "A1"}}},
            .symbols = {{"dirty", {first_finite_sort}, boolean_sort},
                        {"number", {first_finite_sort}, integer_sort},
                        {"validated", {}, integer_sort}}};
}

std::string output_of(const std::string& command) {
    std::string text;
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    REQUIRE(pipe);
    for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get()))
        text += static_cast<char>(c);
    return text;
}

// A text that is nearly right: between its words stands what separates them, or what seems to.
std::string random_text(checker::Random& random) {
    static const std::array truths{"(dirty S1)",
                                   "(|dirty| A1)",
                                   "(= validated 0)",
                                   "(<= (number S1) validated)",
                                   "(forall ((p Process)) (dirty p))",
                                   "(exists ((|p q| Process)) (dirty |p q|))",
                                   "(let ((|;| true)) |;|)",
                                   "(let ((x 1) (|y| 2)) (< x y))",
                                   "(! (dirty A1) :named |a b|)",
                                   "(ite (dirty S1) true false)",
                                   "(mine S1)",
                                   "(distinct 1 2 03)",
                                   "(= \"a\"\"b\" \"a\")",
                                   "(= |S1| S1)",
                                   "(- 1)",
                                   "(= #b1 #x1)",
                                   "(|dirty\\| S1)",
                                   "(xor (dirty S1) (dirty A1))"};
    static const std::array blanks{" ", "\n", "\t", "\r\n", " ;c\n", ";|\n", " ; \"\n", ";c\r\n", "  ", "\r", "\f", ""};
    const auto any = [&](const auto& of) { return std::string(of[random.below(of.size())]); };
    std::string text =
        random.below(2) == 0 ? "(define-fun mine ((|p| Process)) Bool (not (dirty p)))" + any(blanks) : "";
    for (std::uint64_t assertions = 1 + random.below(2); assertions > 0; --assertions) {
        text += "(assert" + any(blanks) + "(" + (random.below(2) == 0 ? "and" : "or");
        for (std::uint64_t operands = 2 + random.below(2); operands > 0; --operands)
            text += any(blanks) + any(truths);
        text += any(blanks) + "))" + any(blanks);
    }
    return text;
}

// What cvc5 says: is the text possible, what we have read of it, and can it be true where that is not.
std::string questions(const std::string& text, const std::string& anew) {
    return "(set-logic ALL)\n" + anew + "(push 1)\n" + text + "\n(check-sat)\n(pop 1)\n(push 1)\n(assert mdcd_anew)\n" +
           "(check-sat)\n(pop 1)\n(push 1)\n" + text + "\n(assert (not mdcd_anew))\n(check-sat)\n(pop 1)\n";
}

} // namespace

TEST_CASE("what we accept means the same to cvc5, or it refuses it") {
    if (output_of("command -v cvc5").empty()) {
        const char* const wish = std::getenv("MDCD_OTHER_SOLVERS");
        MESSAGE("cvc5 is not installed: its comparison is left out");
        CHECK_MESSAGE((wish == nullptr || std::string(wish) != "required"), "cvc5 is required here");
        return;
    }
    constexpr int accepted_max = 120;
    const ScratchFolder folder;
    const Vocabulary known = processes();
    checker::Random random(1);
    int accepted = 0;
    int same = 0;
    int refused_here = 0;
    for (int tried = 0; accepted < accepted_max && tried < 10'000; ++tried) {
        const std::string text = random_text(random);
        std::string anew;
        try {
            anew = declarations_of(known) + definition_of(TextFormula(text, known), known, "mdcd_anew");
        } catch (const FormulaError&) {
            ++refused_here;
            continue;
        }
        ++accepted;
        const std::string file = folder.write("both.smt2", questions(text, anew));
        const std::string said = output_of("cvc5 --lang=smt2 --incremental --finite-model-find " + file + " 2>&1");
        CAPTURE(text);
        CAPTURE(said);
        const bool is_same = said == "sat\nsat\nunsat\n" || said == "unsat\nunsat\nunsat\n";
        CHECK((is_same || said.find("error") != std::string::npos || said.find("Error") != std::string::npos));
        same += is_same ? 1 : 0;
    }
    MESSAGE(accepted, " texts accepted, ", refused_here, " refused; to cvc5 ", same, " mean the same");
    CHECK(accepted == accepted_max);
    CHECK(refused_here > 100);
    CHECK(same > accepted_max / 2);
}

} // namespace mdcd::tests
