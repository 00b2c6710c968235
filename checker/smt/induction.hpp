// Inductive proofs: one question for each step and each lemma, whether the step can lead from a state in which all
// lemmas hold to one in which this one does not. Knows neither states nor steps: they are formulas.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "checker/smt/answer.hpp"
#include "checker/smt/formula.hpp"

namespace mdcd::checker::smt {

struct InductionOptions {
    unsigned timeout_ms = 10000; // for each attempt at a question
    unsigned effort_max = 0;     // Z3's own resource units, the same on every machine; 0: no limit
    // Which questions to ask, by the names of group and obligation; null: all. The others are `unknown`.
    std::function<bool(const std::string&, const std::string&)> wanted = {};
};

// What is to be asked: whether `premise` implies each of the conclusions.
struct Obligation {
    std::string name;
    Truth conclusion;
    bool wants_witness = true;
};
struct ObligationGroup {
    std::string name;
    std::vector<Truth> premises;
    std::vector<Obligation> obligations;
};

struct Finding {
    enum class Verdict : std::uint8_t { proved, refuted, unknown };
    Verdict verdict = Verdict::unknown;
    std::string reason;                // of `unknown`
    std::vector<std::int64_t> witness; // of `refuted`: a value for each unknown; its numbers are kept small
    double seconds = 0;
};

struct Findings {
    std::vector<std::vector<Finding>> groups; // for each group one finding for each obligation
    Statistics statistics;
};

// Does not throw for anything that Z3 does: that is `unknown`, with the reason. Same question, same answer, as far as
// time is no limit.
[[nodiscard]] Findings prove(Formulas& formulas, const std::vector<ObligationGroup>& groups,
                             const InductionOptions& options);

} // namespace mdcd::checker::smt
