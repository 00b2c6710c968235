// Gathers the questions while the search runs, and asks them afterwards, in an order that does not depend on workers.
// Knows no claim.
#include "model/families/asked_states.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <utility>

#include "checker/invariant.hpp"
#include "checker/smt/remote_prover.hpp"

namespace mdcd::model {

namespace smt = checker::smt;

namespace {

constexpr unsigned asking_workers_max = 1024; // more than a search ever has
constexpr std::size_t asked_at_once = 16;     // between two looks at the clock

using FoundByGroup = std::vector<std::vector<smt::Finding>>;

// Where questions are put to Z3: to a process of their own, or to this one where no other can be started; but not once
// another has died.
class Solver {
public:
    explicit Solver(const std::vector<std::string>& command) {
        if (command.empty())
            return;
        remote_.emplace(command);
        if (!remote_->opens())
            remote_.reset();
    }
    [[nodiscard]] FoundByGroup prove(smt::Formulas& formulas, const std::vector<smt::ObligationGroup>& groups,
                                     const FamilyZ3Options& options) {
        const smt::InductionOptions limits{.timeout_ms = options.timeout_ms, .effort_max = options.effort_max};
        return remote_ ? remote_->prove(formulas, groups, limits) : smt::prove(formulas, groups, limits).groups;
    }

private:
    std::optional<smt::RemoteProver> remote_;
};

FoundByGroup findings_of(const Questions& what, std::span<const Question> questions, const FamilyZ3Options& options,
                         bool wants_witness, Solver& solver) {
    smt::Formulas formulas;
    const std::unique_ptr<QuestionFormulas> written = what.formulas(formulas);
    std::vector<smt::ObligationGroup> groups;
    for (const Question& each : questions)
        groups.push_back(
            {.name = what.claims[each.claim],
             .premises = written->premises(each),
             .obligations = {
                 {.name = "it holds", .conclusion = written->holds(each), .wants_witness = wants_witness}}});
    return solver.prove(formulas, groups, options);
}

void note(FamilyZ3& sum, const std::string& claim, bool violated, const smt::Finding& finding) {
    ++sum.questions;
    if (finding.verdict == smt::Finding::Verdict::unknown) {
        ++sum.unknowns;
        if (sum.unknown_reason.empty())
            sum.unknown_reason = finding.reason;
        return;
    }
    const bool z3_violated = finding.verdict == smt::Finding::Verdict::refuted;
    sum.violated += z3_violated ? 1 : 0;
    if (z3_violated != violated)
        throw std::logic_error("Z3 and the native evaluation disagree about " + claim + ": Z3 says that it " +
                               (z3_violated ? "fails" : "holds") + ", natively it " + (violated ? "fails" : "holds"));
}

} // namespace

AskedStates::AskedStates(const Questions& what) : what_(what), workers_(asking_workers_max) {}

void AskedStates::begin() {
    for (auto& each : workers_)
        each.reset();
}

void AskedStates::see(unsigned worker, const checker::actors::SystemState& state) {
    invariant(worker < asking_workers_max, "a search has fewer workers");
    auto& mine = workers_[worker];
    if (!mine)
        mine = std::make_unique<SeenQuestions>();
    for (Question& each : what_.posed_in(state)) {
        Seen& seen = (*mine)[{each.claim, std::move(each.key)}];
        seen.violated += each.violated ? 1 : 0;
        ++seen.states;
    }
}

AskedStates::SeenQuestions AskedStates::all() const {
    SeenQuestions sum;
    for (const auto& worker : workers_)
        for (const auto& [question, seen] : worker ? *worker : SeenQuestions{}) {
            Seen& of_all = sum[question];
            of_all.violated += seen.violated;
            of_all.states += seen.states;
        }
    return sum;
}

std::vector<FamilyZ3> AskedStates::ask(const FamilyOptions& options, double seconds_left) const {
    const auto start = std::chrono::steady_clock::now();
    const bool is_limited = options.search.limits.seconds_max > 0;
    const auto left = [&] {
        return seconds_left - std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    const auto reason_to_stop = [&]() -> std::string {
        if (options.search.interrupt != nullptr && *options.search.interrupt)
            return "interrupted";
        return is_limited && left() <= 0 ? "seconds" : "";
    };
    std::vector<FamilyZ3> sums(what_.claims.size());
    std::vector<Question> questions;
    for (const auto& [question, seen] : all()) {
        if (seen.violated != 0 && seen.violated != seen.states)
            throw std::logic_error("two states that ask the same about " + what_.claims[question.first] +
                                   " differ in whether it fails");
        questions.push_back({question.first, question.second, seen.violated != 0});
        sums[question.first].views += seen.states;
    }
    Solver solver(options.z3.asker);
    for (std::size_t begin = 0; begin < questions.size(); begin += asked_at_once) {
        const std::span<const Question> some =
            std::span(questions).subspan(begin, std::min(asked_at_once, questions.size() - begin));
        const std::string reason = reason_to_stop();
        FamilyZ3Options in_time = options.z3;
        if (is_limited && reason.empty()) // all of them together take no longer than there is
            in_time.timeout_ms = static_cast<unsigned>(std::clamp(1000 * left() / static_cast<double>(some.size()), 1.0,
                                                                  std::max(1.0, 1.0 * options.z3.timeout_ms)));
        const FoundByGroup findings =
            reason.empty() ? findings_of(what_, some, in_time, false, solver) : FoundByGroup{};
        for (std::size_t each = 0; each < some.size(); ++each) {
            FamilyZ3& sum = sums[some[each].claim];
            const smt::Finding finding =
                reason.empty() ? findings[each].front() : smt::Finding{.reason = reason, .witness = {}};
            sum.seconds += finding.seconds;
            note(sum, what_.claims[some[each].claim], some[each].violated, finding);
        }
    }
    return sums;
}

std::optional<traces::Hypothesis> AskedStates::why(std::size_t claim, const checker::actors::SystemState& state,
                                                   const FamilyOptions& options) const {
    Solver solver(options.z3.asker);
    for (const Question& each : what_.posed_in(state)) {
        if (each.claim != claim || !each.violated)
            continue;
        const smt::Finding finding = findings_of(what_, std::span(&each, 1), options.z3, true, solver)[0][0];
        if (finding.verdict == smt::Finding::Verdict::refuted)
            return what_.told(finding.witness);
    }
    return {};
}

} // namespace mdcd::model
