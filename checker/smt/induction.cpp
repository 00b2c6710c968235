// Each question: premises and the negated conclusion, over integers without bounds; the premises of a group are
// asserted once. Counterexamples are made small, for people to read.
#include "checker/smt/induction.hpp"
#include "checker/smt/z3_context.hpp"

#include <chrono>
#include <new>
#include <optional>

#include <z3++.h>

namespace mdcd::checker::smt {
namespace {

constexpr unsigned second_seed = 7919; // any other than the default, 0
constexpr int small_number_max = 8;    // witnesses are tried with numbers up to 1, 2, .. this

class Prover {
public:
    Prover(const Formulas& formulas, const InductionOptions& options) : formulas_(formulas), options_(options) {
        for (const Node& node : formulas.nodes())
            terms_.push_back(translate(node));
    }

    // Two attempts, the second with a fresh solver and another seed.
    void ask(const ObligationGroup& group, const Obligation& obligation, Finding& finding) {
        std::string reason;
        for (const unsigned seed : {0U, second_seed}) {
            const std::string failure = attempt(group, obligation, seed, finding);
            if (finding.verdict != Finding::Verdict::unknown)
                return;
            reason += (reason.empty() ? "" : "; then ") + failure;
            ++failed_attempts_;
        }
        finding.reason = reason;
    }

    [[nodiscard]] std::uint64_t failed_attempts() const { return failed_attempts_; }

private:
    z3::expr translate(const Node& node) {
        const auto operand = [&](std::size_t position) { return terms_[node.operands[position]]; };
        switch (node.operation) {
        case Operation::constant:
            return node.is_truth ? context_.bool_val(node.value != 0) : context_.int_val(node.value);
        case Operation::unknown: {
            const std::string& name = formulas_.unknowns()[static_cast<std::size_t>(node.value)].name;
            const z3::expr term = node.is_truth ? context_.bool_const(name.c_str()) : context_.int_const(name.c_str());
            unknowns_.push_back(term);
            return term;
        }
        case Operation::negation:
            return !operand(0);
        case Operation::both:
            return operand(0) && operand(1);
        case Operation::either:
            return operand(0) || operand(1);
        case Operation::equal:
            return operand(0) == operand(1);
        case Operation::at_most:
            return operand(0) <= operand(1);
        case Operation::plus:
            return operand(0) + context_.int_val(node.value);
        case Operation::sum:
            return operand(0) + operand(1);
        case Operation::choice:
            break;
        }
        return z3::ite(operand(0), operand(1), operand(2));
    }

    z3::solver make_solver(unsigned seed) {
        z3::solver solver(context_, z3::solver::simple());
        z3::params params(context_);
        params.set("timeout", options_.timeout_ms);
        params.set("random_seed", seed);
        if (options_.effort_max > 0)
            params.set("rlimit", options_.effort_max);
        solver.set(params);
        return solver;
    }

    void add_premises(z3::solver& solver, const ObligationGroup& group) {
        for (const z3::expr& unknown : unknowns_)
            if (unknown.is_int())
                solver.add(unknown >= 0);
        for (const Truth& premise : group.premises)
            solver.add(terms_[premise.node()]);
    }

    // The first attempt shares a solver with the other questions of the group. Returns why there is no answer.
    std::string attempt(const ObligationGroup& group, const Obligation& obligation, unsigned seed, Finding& finding) {
        try {
            const bool fresh = seed != 0 || group_ != &group;
            if (fresh) {
                solver_.emplace(make_solver(seed));
                group_ = seed == 0 ? &group : nullptr;
                add_premises(*solver_, group);
            }
            solver_->push();
            solver_->add(!terms_[obligation.conclusion.node()]);
            const z3::check_result result = solver_->check();
            if (result == z3::unknown) {
                group_ = nullptr;
                return solver_->reason_unknown();
            }
            if (result == z3::sat && obligation.wants_witness)
                finding.witness = small_witness(*solver_);
            solver_->pop();
            finding.verdict = result == z3::sat ? Finding::Verdict::refuted : Finding::Verdict::proved;
        } catch (const z3::exception& error) {
            group_ = nullptr; // it threw half way: what the solver holds is not to be trusted
            return error.msg();
        } catch (const std::bad_alloc&) {
            group_ = nullptr;
            return "out of memory";
        }
        return "";
    }

    // Of a solver that has a model: one with small numbers, in which whatever can be 0 is 0.
    std::vector<std::int64_t> small_witness(z3::solver& solver) {
        std::vector<std::int64_t> witness = values(solver.get_model());
        bool bounded = false;
        for (int bound = 1; bound <= small_number_max && !bounded; ++bound) {
            solver.push();
            for (const z3::expr& unknown : unknowns_)
                if (unknown.is_int())
                    solver.add(unknown <= bound);
            bounded = solver.check() == z3::sat;
            if (bounded)
                witness = values(solver.get_model());
            else
                solver.pop();
        }
        for (std::size_t place = 0; place < unknowns_.size(); ++place) {
            const z3::expr zero = unknowns_[place].is_bool() ? !unknowns_[place] : unknowns_[place] == 0;
            if (witness[place] != 0) {
                solver.push();
                solver.add(zero);
                if (solver.check() == z3::sat)
                    witness = values(solver.get_model());
                solver.pop();
            }
            if (witness[place] == 0)
                solver.add(zero);
        }
        if (bounded)
            solver.pop();
        return witness;
    }

    std::vector<std::int64_t> values(const z3::model& model) {
        std::vector<std::int64_t> result;
        for (const z3::expr& unknown : unknowns_) {
            const z3::expr value = model.eval(unknown, true);
            result.push_back(value.is_bool() ? (value.is_true() ? 1 : 0) : value.get_numeral_int64());
        }
        return result;
    }

    const Formulas& formulas_;
    InductionOptions options_;
    Context context_;
    std::vector<z3::expr> terms_; // one for each node
    std::vector<z3::expr> unknowns_;
    std::optional<z3::solver> solver_;
    const ObligationGroup* group_ = nullptr; // whose premises `solver_` holds
    std::uint64_t failed_attempts_ = 0;
};

} // namespace

Findings prove(Formulas& formulas, const std::vector<ObligationGroup>& groups, const InductionOptions& options) {
    Findings findings;
    Prover prover(formulas, options);
    for (const ObligationGroup& group : groups) {
        std::vector<Finding>& row = findings.groups.emplace_back();
        for (const Obligation& obligation : group.obligations) {
            const auto start = std::chrono::steady_clock::now();
            Finding& finding = row.emplace_back();
            if (options.wanted && !options.wanted(group.name, obligation.name)) {
                finding.reason = "not asked";
                continue;
            }
            const std::uint64_t before = prover.failed_attempts();
            prover.ask(group, obligation, finding);
            finding.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
            Result result;
            result.answer = finding.verdict == Finding::Verdict::proved    ? Answer::unsatisfiable
                            : finding.verdict == Finding::Verdict::refuted ? Answer::satisfiable
                                                                           : Answer::unknown;
            result.seconds = finding.seconds;
            findings.statistics.note(group.name + ", " + obligation.name, result, prover.failed_attempts() > before);
        }
    }
    return findings;
}

} // namespace mdcd::checker::smt
