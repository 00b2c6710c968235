// Claims of a family that speak of what nobody knows, judged once more by Z3: each distinct question that the states of
// a search pose is asked, with the unknowns left open. Knows no family and no solver.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/actors/check.hpp"
#include "checker/smt/formula.hpp"
#include "model/families/family.hpp"
#include "traces/document.hpp"

namespace mdcd::model {

// What one state asks about one claim.
struct Question {
    std::size_t claim = 0; // of Questions::claims
    std::string key;       // all that is asked; equal keys are one question
    bool violated = false; // natively
};

// The unknowns of some questions, declared, and what each question says of them.
class QuestionFormulas {
public:
    virtual ~QuestionFormulas() = default;
    // What the unknowns must fit.
    [[nodiscard]] virtual std::vector<checker::smt::Truth> premises(const Question& question) = 0;
    // The claim.
    [[nodiscard]] virtual checker::smt::Truth holds(const Question& question) = 0;
};

struct Questions {
    std::vector<std::string> claims; // by name
    std::function<std::vector<Question>(const checker::actors::SystemState& state)> posed_in;
    std::function<std::unique_ptr<QuestionFormulas>(checker::smt::Formulas& formulas)> formulas;
    // A choice of the unknowns, in the order in which they were declared, in words and as values.
    std::function<traces::Hypothesis(std::span<const std::int64_t> unknowns)> told;
};

class AskedStates final : public checker::actors::StateObserver {
public:
    // `what` must outlive it.
    explicit AskedStates(const Questions& what);

    void begin() override;
    void see(unsigned worker, const checker::actors::SystemState& state) override;

    // After the search: what came of each claim, in their order. Throws std::logic_error if Z3 and the native judgement
    // disagree, or the native judgement with itself about one question. `seconds_left` counts where the search has a
    // limit on time; no question is given more than what is left.
    [[nodiscard]] std::vector<FamilyZ3> ask(const FamilyOptions& options, double seconds_left) const;

    // Why the claim fails in that state: a choice of the unknowns with as few of them as will do. None if Z3 knows
    // none.
    [[nodiscard]] std::optional<traces::Hypothesis> why(std::size_t claim, const checker::actors::SystemState& state,
                                                        const FamilyOptions& options) const;

private:
    struct Seen {
        std::uint64_t violated = 0; // in so many of the states, natively: all or none, or the key leaves something out
        std::uint64_t states = 0;
    };
    using SeenQuestions = std::map<std::pair<std::size_t, std::string>, Seen>; // by claim and key

    [[nodiscard]] SeenQuestions all() const;

    const Questions& what_;
    std::vector<std::unique_ptr<SeenQuestions>> workers_; // by number; made by the worker itself
};

} // namespace mdcd::model
