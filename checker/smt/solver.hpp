// The one owner of Z3: a context, a time limit for each query, a second attempt with another strategy, and what the
// solver throws turned into an answer. One for each thread: a context must not be shared. Knows no protocol.
#pragma once

#include <z3++.h>

#include "checker/smt/answer.hpp"
#include "checker/smt/query.hpp"

namespace mdcd::checker::smt {

class Solver {
public:
    explicit Solver(SolverOptions options = {});
    Solver(const Solver&) = delete;
    Solver& operator=(const Solver&) = delete;

    // For the queries that this solver is to be asked; whatever refers to it must be gone before the solver is.
    [[nodiscard]] z3::context& context() { return context_; }

    // Does not throw for anything that Z3 does: that is Answer::unknown, with the reason.
    [[nodiscard]] Result check(const Query& query);

    [[nodiscard]] const Statistics& statistics() const { return statistics_; }

private:
    enum class Strategy {
        incremental,  // one solver kept from query to query: starting one costs more than most queries
        from_scratch, // a fresh one that translates to propositional logic first, with another seed
    };
    void attempt(const Query& query, Strategy strategy, Result& result);
    void ask(z3::solver& solver, const Query& query, Result& result) const;

    SolverOptions options_;
    z3::context context_;
    z3::solver kept_;
    Statistics statistics_;
};

} // namespace mdcd::checker::smt
