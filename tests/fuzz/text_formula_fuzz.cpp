// The reader of users' formulas either returns a formula that can be evaluated or throws FormulaError with a place that
// is in the text.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "checker/smt/text_formula.hpp"

namespace {

using namespace mdcd::checker::smt;

struct AllOne final : Interpretation {
    [[nodiscard]] std::int64_t value(std::size_t, std::span<const std::int64_t>) const override { return 1; }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Vocabulary vocabulary{.sorts = {{"Process", {"S1", "A1"}}, {"Message", {"c1", "A1.1"}}},
                                .symbols = {{"dirty", {first_finite_sort}, boolean_sort},
                                            {"number", {first_finite_sort}, integer_sort},
                                            {"validated", {}, integer_sort},
                                            {"sent", {first_finite_sort + 1}, boolean_sort}}};
    try {
        const TextFormula formula(text, vocabulary);
        if (!formula.is_true(AllOne{}))
            (void)formula.counterexample(AllOne{});
    } catch (const FormulaError& error) {
        const auto lines = static_cast<std::size_t>(1 + std::ranges::count(text, '\n'));
        if (error.line < 1 || error.line > lines || error.column < 1)
            std::abort();
    }
    return 0;
}
