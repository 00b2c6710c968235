// Where questions about views are put to Z3: in a session in this process (z3_local_session.hpp), or at one in a
// process of its own, which may die of it (z3_remote_session.hpp). Remembers no answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "checker/smt/answer.hpp"
#include "model/claims/properties.hpp"
#include "model/claims/view.hpp"
#include "model/z3/z3_answer.hpp"
#include "model/z3/z3_text.hpp"

namespace mdcd::model {

// The answer that the values of the unknowns say; they are in the order in which pose() declares them.
[[nodiscard]] Z3Answer answer_of(PropertyId property, const View& view, const checker::smt::Result& result);

// How many unknowns pose() declares.
[[nodiscard]] unsigned unknown_count(PropertyId property, const View& view);

// For one thread at a time.
class Z3Session {
public:
    Z3Session() = default;
    virtual ~Z3Session() = default;
    Z3Session(const Z3Session&) = delete;
    Z3Session& operator=(const Z3Session&) = delete;

    // `satisfiable`: the property is violated. Two attempts. Does not throw for anything that Z3 does.
    [[nodiscard]] virtual checker::smt::Result answer(PropertyId property, const View& view) = 0;

    // Of the formula as it would be asserted, printed by Z3, so that a change of predicate or translation shows; none
    // if it could not be printed.
    [[nodiscard]] virtual std::optional<std::uint64_t> text_hash(PropertyId property, const View& view) = 0;

    // As Z3Judge::explain. Throws Disagreement.
    [[nodiscard]] virtual Z3Explanation explain(PropertyId property, const View& view) = 0;

    // As to_smt_lib. Throws a std::exception if it cannot be printed.
    [[nodiscard]] virtual std::string text(PropertyId property, const View& view, const QuestionNotes& notes) = 0;
};

} // namespace mdcd::model
