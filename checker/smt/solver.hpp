// The one owner of Z3: a context, limits for each query, a second attempt with another strategy, and what the solver
// throws turned into an answer. One for each thread: a context must not be shared. Knows no protocol.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <z3++.h>

#include "checker/smt/answer.hpp"
#include "checker/smt/query.hpp"
#include "checker/smt/z3_context.hpp"

namespace mdcd::checker::smt {

// Of all solvers of this process together; what would need more is an unknown. Before the first is made.
void limit_memory(std::uint64_t bytes);

class Solver {
public:
    // States a question: declares unknowns and requires. Called once for each attempt, with an empty query.
    using Build = std::function<void(Query&)>;

    explicit Solver(SolverOptions options = {});
    Solver(const Solver&) = delete;
    Solver& operator=(const Solver&) = delete;

    // Does not throw for anything that Z3 does, while the question is stated or answered: that is Answer::unknown, with
    // the reason.
    [[nodiscard]] Result check(const std::string& name, const Build& build, Parts parts = Parts::inlined);

    // One of the two attempts that check() makes, 1 or 2, by itself; not counted.
    [[nodiscard]] Result attempt(const std::string& name, const Build& build, Parts parts, unsigned number);

    [[nodiscard]] const Statistics& statistics() const { return statistics_; }

private:
    enum class Strategy {
        incremental,  // one solver kept from query to query: starting one costs more than most queries
        from_scratch, // a fresh context and solver, which translates to propositional logic first, with another seed
    };
    struct Session {
        Context context;
        z3::solver solver;
        explicit Session(Strategy strategy);
    };
    void ask_by(Strategy strategy, const std::string& name, const Build& build, Parts parts, Result& result);
    void limit(Session& session, Strategy strategy) const;

    SolverOptions options_;
    std::unique_ptr<Session>
        kept_; // made when first needed, and again when Z3 threw: what it holds is not to be trusted
    Statistics statistics_;
};

} // namespace mdcd::checker::smt
