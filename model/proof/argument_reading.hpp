// The formulas of an argument, computed on the values of real steps: whether an action allows what happened, which
// lemmas are false, what the claims say. Knows no window, and no state.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "model/proof/argument.hpp"
#include "model/proof/occurrence.hpp"

namespace mdcd::model::proof {

// Values are those of a whole step (values_of).
class ArgumentReading {
public:
    using Values = std::span<const std::int64_t>;

    // The argument's formulas must outlive it.
    explicit ArgumentReading(const Argument& argument);

    // Why the action, or what every question about it takes for granted, does not allow the step; "" if it is allowed.
    [[nodiscard]] std::string objection(std::size_t action, Values values);
    [[nodiscard]] std::vector<std::string> false_lemmas(Values values);  // after the step
    [[nodiscard]] std::vector<std::string> broken_lemmas(Values values); // true before it, and false after it
    [[nodiscard]] bool is_initial(Values values);                        // before the step
    struct ClaimReading {
        bool holds = true;
        std::vector<bool> cases; // that it is there for
    };
    [[nodiscard]] std::vector<ClaimReading> claims_of(Values values);   // before the step
    [[nodiscard]] std::vector<std::string> false_claims(Values values); // .. their names

private:
    std::vector<std::string> structure_names_;
    std::vector<std::string> lemma_names_;
    std::vector<std::string> claim_names_;
    std::vector<std::size_t> case_counts_; // of each claim
    std::vector<checker::smt::Evaluation> actions_;
    checker::smt::Evaluation kept_;
    checker::smt::Evaluation held_;
    checker::smt::Evaluation initial_;
    checker::smt::Evaluation claims_;
};

// The same of windows; whoever derives from it fills it.
template <class Seen> class ReadingOf {
public:
    using Shown = decltype(Seen::before);

    [[nodiscard]] std::string objection(std::size_t action, const Seen& seen) {
        return read_->objection(action, values_of(seen));
    }
    [[nodiscard]] std::vector<std::string> false_lemmas(const Seen& seen) {
        return read_->false_lemmas(values_of(seen));
    }
    [[nodiscard]] std::vector<std::string> broken_lemmas(const Seen& seen) {
        return read_->broken_lemmas(values_of(seen));
    }
    [[nodiscard]] bool is_initial(const Shown& window) { return read_->is_initial(values_of(alone(window))); }
    [[nodiscard]] std::vector<ArgumentReading::ClaimReading> read_claims(const Seen& seen) {
        return read_->claims_of(values_of(seen));
    }

    // After the step, as far as they are about the window alone.
    [[nodiscard]] std::vector<std::string> false_claims(const Seen& seen) {
        return read_->false_claims(values_of(alone(seen.after)));
    }

protected:
    static Seen alone(const Shown& window) {
        Seen seen;
        seen.before = window;
        return seen;
    }

    checker::smt::Formulas formulas_;
    std::optional<ArgumentReading> read_;
};

// Whether what a proof fails at happens in the random runs of a comparison.
class FailureWatch {
public:
    explicit FailureWatch(const std::vector<std::string>& failures) : failures_(failures) {}

    // After a step: what it was, and the events up to it.
    template <class Seen>
    void look(ReadingOf<Seen>& reading, const std::string& action, const Seen& seen,
              const std::vector<std::string>& run) {
        if (failures_.empty())
            return;
        for (const std::string& lemma : reading.broken_lemmas(seen))
            note(action + ": " + lemma, run);
        for (const std::string& claim : reading.false_claims(seen))
            note(claim, run);
    }
    // Those that were not met, too.
    [[nodiscard]] Occurrences found(const std::string& place, std::uint64_t states) const;

private:
    void note(const std::string& failure, const std::vector<std::string>& run);

    std::vector<std::string> failures_;
    std::map<std::string, std::vector<std::string>> runs_; // the shortest
};

// What formulas make of a part of a window, computed.
template <class Part> class PartReading {
public:
    template <class SymbolicPart> explicit PartReading(const SymbolicPart& part) {
        std::vector<Symbolic::Truth> truths;
        std::vector<Symbolic::Number> numbers;
        visit_leaves(part, [&](const auto& field) {
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, Symbolic::Truth>)
                truths.push_back(field);
            else
                numbers.push_back(field);
        });
        evaluation_.emplace(truths, numbers);
    }

    [[nodiscard]] Part operator()(std::span<const std::int64_t> values) {
        const std::vector<bool> truths = (*evaluation_)(values);
        const std::vector<std::int64_t> numbers = evaluation_->numbers();
        Part result;
        std::size_t truth = 0;
        std::size_t number = 0;
        visit_leaves(result, [&](auto& field) {
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(field)>, bool>)
                field = truths[truth++];
            else
                field = numbers[number++];
        });
        return result;
    }

private:
    std::optional<checker::smt::Evaluation> evaluation_;
};

} // namespace mdcd::model::proof
