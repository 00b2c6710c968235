// Two attempts, and nothing that Z3 can do ends the program: z3::exception, std::bad_alloc and "unknown" are all the
// same answer with different reasons. Knows no property.
#include "checker/smt/solver.hpp"

#include <algorithm>
#include <chrono>
#include <new>
#include <utility>

#include "checker/loaded_code.hpp"

namespace mdcd::checker::smt {
namespace {

constexpr unsigned retry_seed = 7919; // any other than the default, 0

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::uint64_t value_of(const z3::model& model, const z3::expr& term) {
    const z3::expr value = model.eval(term, true);
    return value.is_bool() ? (value.is_true() ? 1 : 0) : value.get_numeral_uint64();
}

void ask(z3::solver& solver, const Query& query, Result& result) {
    const z3::expr_vector assertions = query.assertions();
    for (unsigned i = 0; i < assertions.size(); ++i)
        solver.add(assertions[static_cast<int>(i)]);
    switch (solver.check()) {
    case z3::unsat:
        result.answer = Answer::unsatisfiable;
        break;
    case z3::unknown:
        result.reason = solver.reason_unknown();
        break;
    case z3::sat: {
        const z3::model model = solver.get_model();
        for (const Query::Unknown& unknown : query.unknowns())
            result.unknowns.push_back(value_of(model, unknown.term));
        for (const Query::Part& part : query.parts())
            result.parts.push_back({part.name, value_of(model, part.term)});
        result.answer = Answer::satisfiable; // last: evaluating may throw
        break;
    }
    }
}

} // namespace

std::string solver_version() {
    unsigned major = 0, minor = 0, build = 0, revision = 0;
    Z3_get_version(&major, &minor, &build, &revision);
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(build);
}

const std::string& solver_identity() {
    static const std::string identity = [] {
        const auto library = loaded_code_at(reinterpret_cast<const void*>(&Z3_get_version));
        return solver_version() + ", " +
               (library ? (library->name.empty() ? "mdcd" : library->name) + " " + library->hash : "library unknown");
    }();
    return identity;
}

void limit_memory(std::uint64_t bytes) {
    Z3_global_param_set("memory_max_size", std::to_string(std::max<std::uint64_t>(bytes >> 20, 1)).c_str());
}

Solver::Session::Session(Strategy strategy)
    : solver(strategy == Strategy::incremental ? z3::solver(context, z3::solver::simple())
                                               : z3::solver(context, "QF_BV")) {}

Solver::Solver(SolverOptions options) : options_(std::move(options)) {}

void Solver::limit(Session& session, Strategy strategy) const {
    z3::params params(session.context);
    params.set("timeout", options_.timeout_ms);
    if (options_.effort_max > 0)
        params.set("rlimit", options_.effort_max);
    if (strategy == Strategy::from_scratch)
        params.set("random_seed", retry_seed);
    session.solver.set(params);
}

Result Solver::check(const std::string& name, const Build& build, Parts parts) {
    unsigned attempts = 0;
    Result result = in_two_attempts([&](unsigned number) {
        attempts = number;
        return attempt(name, build, parts, number);
    });
    statistics_.note(name, result, attempts > 1);
    return result;
}

Result Solver::attempt(const std::string& name, const Build& build, Parts parts, unsigned number) {
    const auto start = std::chrono::steady_clock::now();
    const Strategy strategy = number == 1 ? Strategy::incremental : Strategy::from_scratch;
    Result result;
    std::string failure;
    try {
        if (options_.before_attempt)
            options_.before_attempt(number);
        ask_by(strategy, name, build, parts, result);
    } catch (const z3::exception& error) {
        failure = error.msg();
    } catch (const std::bad_alloc&) {
        failure = "out of memory";
    }
    if (!failure.empty()) {
        result = {};
        result.reason = failure;
        if (strategy == Strategy::incremental)
            kept_.reset();
    }
    result.seconds = seconds_since(start);
    return result;
}

void Solver::ask_by(Strategy strategy, const std::string& name, const Build& build, Parts parts, Result& result) {
    std::unique_ptr<Session> only_for_this;
    std::unique_ptr<Session>& place = strategy == Strategy::incremental ? kept_ : only_for_this;
    if (!place) {
        auto fresh = std::make_unique<Session>(strategy);
        limit(*fresh, strategy);
        place = std::move(fresh);
    }
    Session& session = *place;
    Query query(session.context, name, parts);
    build(query);
    if (strategy == Strategy::incremental) // on the fresh one it would only choose the same strategy again
        session.solver.push();
    ask(session.solver, query, result);
    if (strategy == Strategy::incremental)
        session.solver.pop();
}

} // namespace mdcd::checker::smt
