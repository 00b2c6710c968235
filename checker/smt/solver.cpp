// Two attempts, and nothing that Z3 can do ends the program: z3::exception, std::bad_alloc and "unknown" are all the
// same answer with different reasons.
#include "checker/smt/solver.hpp"

#include <chrono>
#include <new>

namespace mdcd::checker::smt {
namespace {

constexpr unsigned second_seed = 7919; // any other than the default, 0

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::uint64_t value_of(const z3::model& model, const z3::expr& term) {
    const z3::expr value = model.eval(term, true);
    return value.is_bool() ? (value.is_true() ? 1 : 0) : value.get_numeral_uint64();
}

} // namespace

Solver::Solver(SolverOptions options) : options_(options), kept_(context_, z3::solver::simple()) {
    z3::params params(context_);
    params.set("timeout", options.timeout_ms);
    kept_.set(params);
}

Result Solver::check(const Query& query) {
    const auto start = std::chrono::steady_clock::now();
    Result result;
    attempt(query, Strategy::incremental, result);
    const bool again = result.answer == Answer::unknown;
    if (again)
        attempt(query, Strategy::from_scratch, result);
    result.seconds = seconds_since(start);
    statistics_.note(query.name(), result, again);
    return result;
}

void Solver::attempt(const Query& query, Strategy strategy, Result& result) {
    std::string reason;
    try {
        if (strategy == Strategy::incremental) {
            kept_.push();
            ask(kept_, query, result);
            kept_.pop();
        } else {
            z3::solver fresh(context_, "QF_BV");
            z3::params params(context_);
            params.set("timeout", options_.timeout_ms);
            params.set("random_seed", second_seed);
            fresh.set(params);
            ask(fresh, query, result);
        }
    } catch (const z3::exception& error) {
        reason = error.msg();
        result.answer = Answer::unknown;
    } catch (const std::bad_alloc&) {
        reason = "out of memory";
        result.answer = Answer::unknown;
    }
    if (!reason.empty())
        result.reason += (result.reason.empty() ? "" : "; then ") + reason;
    if (result.answer != Answer::unknown)
        result.reason.clear();
    if (strategy == Strategy::incremental && !reason.empty())
        kept_.reset(); // it threw half way: what it still holds is not to be trusted
}

void Solver::ask(z3::solver& solver, const Query& query, Result& result) const {
    const z3::expr_vector assertions = query.assertions();
    for (unsigned i = 0; i < assertions.size(); ++i)
        solver.add(assertions[static_cast<int>(i)]);
    switch (solver.check()) {
    case z3::unsat:
        result.answer = Answer::unsatisfiable;
        break;
    case z3::unknown:
        result.reason += (result.reason.empty() ? "" : "; then ") + solver.reason_unknown();
        break;
    case z3::sat: {
        const z3::model model = solver.get_model();
        result.unknowns.clear();
        result.parts.clear();
        for (const z3::expr& unknown : query.unknowns())
            result.unknowns.push_back(value_of(model, unknown));
        for (const Query::Part& part : query.parts())
            result.parts.push_back(value_of(model, part.term));
        result.answer = Answer::satisfiable; // last: evaluating may throw
        break;
    }
    }
}

} // namespace mdcd::checker::smt
