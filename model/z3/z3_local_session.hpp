// A session in this process: a crash of Z3 ends this process too. Includes the solver's headers, so it is for sources
// that open a session only. Remembers no answer.
#pragma once

#include "checker/smt/solver.hpp"
#include "checker/smt/z3_context.hpp"
#include "model/z3/z3_session.hpp"

namespace mdcd::model {

class Z3LocalSession final : public Z3Session {
public:
    explicit Z3LocalSession(const checker::smt::SolverOptions& options) : options_(options), solver_(options) {}

    [[nodiscard]] checker::smt::Result answer(PropertyId property, const View& view) override;
    [[nodiscard]] std::optional<std::uint64_t> text_hash(PropertyId property, const View& view) override;
    [[nodiscard]] Z3Explanation explain(PropertyId property, const View& view) override;
    [[nodiscard]] std::string text(PropertyId property, const View& view, const QuestionNotes& notes) override;

    // One of the two attempts that make an answer, 1 or 2.
    [[nodiscard]] checker::smt::Result attempt(PropertyId property, const View& view, unsigned number);

private:
    checker::smt::SolverOptions options_;
    checker::smt::Solver solver_;
    checker::smt::Context texts_; // for the content of questions
};

} // namespace mdcd::model
