// What nobody in a system with a hostile cluster knows, as questions to Z3: which of the cluster's messages were
// hostile, and which of those the detector missed. Neither what the search knows of a message nor the hardest choice is
// said to Z3. The native answer is that of hostile_claims.hpp. Knows no search.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/families/asked_states.hpp"
#include "model/hostile/hostile_system.hpp"

namespace mdcd::model::hostile {

inline constexpr std::size_t word_count = 16; // of all components: places of scripts, then other words
static_assert(word_count == 8 * sizeof(Words));

[[nodiscard]] constexpr std::size_t component_of_word(std::size_t word) {
    return word < components_max * positions_max ? word / positions_max
                                                 : (word - components_max * positions_max) / words_max;
}
// "what L1 sent as message 2 of its script", "word 1 of L1"
[[nodiscard]] inline std::string name_of_word(std::size_t word) {
    const std::string component = "L" + std::to_string(component_of_word(word) + 1);
    if (word < components_max * positions_max)
        return "message " + std::to_string(word % positions_max + 1) + " of " + component;
    return "word " + std::to_string((word - components_max * positions_max) % words_max + 1) + " of " + component;
}

inline void put(std::string& key, Words words) {
    key.push_back(static_cast<char>(words & 0xff));
    key.push_back(static_cast<char>(words >> 8 & 0xff));
}
[[nodiscard]] inline Words words_at(const std::string& key, std::size_t place) {
    return static_cast<Words>(static_cast<unsigned char>(key[2 * place]) |
                              static_cast<unsigned>(static_cast<unsigned char>(key[2 * place + 1])) << 8);
}

enum AskedClaim : std::size_t { asked_contained, asked_eradicated, asked_device_safety };

// Of one process: what is proved, whether it is dirty, what it depends on, what each checkpoint does.
[[nodiscard]] inline Question contained_question(const View& view, const HighState& process) {
    Question question{.claim = asked_contained, .key = {}, .violated = !is_contained(view, process)};
    put(question.key, view.proved());
    put(question.key, process.guarded().dirty ? 1 : 0);
    put(question.key, process.history().depends);
    std::vector<Words> kept;
    for (const impl::Checkpoint<Ghost>& checkpoint : process.guarded().checkpoints)
        kept.push_back(checkpoint.application.depends);
    std::ranges::sort(kept);
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
    for (const Words each : kept)
        put(question.key, each);
    return question;
}

// Of all that is left somewhere: what is proved, and what is left.
[[nodiscard]] inline Question left_question(std::size_t claim, const View& view, Words left, bool holds) {
    Question question{.claim = claim, .key = {}, .violated = !holds};
    put(question.key, view.proved());
    put(question.key, left);
    return question;
}

[[nodiscard]] inline std::vector<Question> questions_of(const View& view) {
    std::vector<Question> all;
    Words untested = 0;
    for (const HighState* const each : view.all()) {
        all.push_back(contained_question(view, *each));
        untested |= each->record.untested;
    }
    all.push_back(left_question(asked_eradicated, view, left_after_recovery(view), eradicated(view)));
    all.push_back(left_question(asked_device_safety, view, untested, device_safety(view)));
    return all;
}

class HostileFormulas final : public QuestionFormulas {
public:
    using Truth = checker::smt::Truth;
    using Number = checker::smt::Number;

    HostileFormulas(checker::smt::Formulas& formulas, const Scope& scope) : formulas_(formulas), scope_(scope) {
        for (std::size_t word = 0; word < word_count; ++word)
            hostile_.push_back(formulas.unknown_truth("hostile_" + std::to_string(word)));
        for (std::size_t word = 0; word < word_count; ++word)
            missed_.push_back(formulas.unknown_truth("missed_" + std::to_string(word)));
    }

    // A test that has passed has proved what was in its past. What was delivered and is hostile, the detector has
    // missed, if there is one; it misses so many of each component.
    [[nodiscard]] std::vector<Truth> premises(const Question& question) override {
        std::vector<Truth> all;
        const Words proved = words_at(question.key, 0);
        for (std::size_t word = 0; word < word_count; ++word)
            if ((proved >> word & 1U) != 0)
                all.push_back(!hostile_[word]);
        if (!has_detector(scope_))
            return all;
        for (std::size_t component = 0; component < components_max; ++component) {
            Number misses = formulas_.number(0);
            for (std::size_t word = 0; word < word_count; ++word)
                if (component_of_word(word) == component) {
                    all.push_back(implies(hostile_[word], missed_[word]));
                    misses = misses + choose(missed_[word], formulas_.number(1), formulas_.number(0));
                }
            all.push_back(misses <= formulas_.number(scope_.misses));
        }
        return all;
    }

    [[nodiscard]] Truth holds(const Question& question) override {
        if (question.claim != asked_contained)
            return is_free(words_at(question.key, 1));
        const bool dirty = words_at(question.key, 1) != 0;
        Truth keeps_state_before = formulas_.constant(false);
        for (std::size_t place = 3; 2 * place < question.key.size(); ++place)
            keeps_state_before = keeps_state_before || is_free(words_at(question.key, place));
        return is_free(words_at(question.key, 2)) || (formulas_.constant(dirty) && keeps_state_before);
    }

private:
    [[nodiscard]] Truth is_free(Words words) {
        Truth free = formulas_.constant(true);
        for (std::size_t word = 0; word < word_count; ++word)
            if ((words >> word & 1U) != 0)
                free = free && !hostile_[word];
        return free;
    }

    checker::smt::Formulas& formulas_;
    const Scope& scope_;
    std::vector<Truth> hostile_;
    std::vector<Truth> missed_;
};

// "hostile: message 1 of L1; missed by the detector: message 1 of L1"
[[nodiscard]] inline traces::Hypothesis told_words(std::span<const std::int64_t> unknowns) {
    const auto list = [&](std::size_t begin, std::string& text) {
        traces::Value::List names;
        for (std::size_t word = 0; word < word_count; ++word)
            if (unknowns[begin + word] != 0) {
                names.emplace_back(name_of_word(word));
                text += (names.size() == 1 ? "" : ", ") + name_of_word(word);
            }
        return names;
    };
    std::string hostile;
    std::string missed;
    traces::Value::List hostile_names = list(0, hostile);
    traces::Value::List missed_names = list(word_count, missed);
    return {.text = "hostile: " + hostile + (missed.empty() ? "" : "; missed by the detector: " + missed),
            .assignment =
                traces::Value::Record{{"hostile", std::move(hostile_names)}, {"missed", std::move(missed_names)}},
            .found_by = "z3"};
}

// Where the detector misses nothing, nothing hostile gets in, and there is nothing to ask.
inline Questions questions_for(const Scope& scope) {
    if (has_detector(scope) && scope.misses == 0)
        return {};
    const auto kept = std::make_shared<const Scope>(scope);
    return {.claims = {"contained", "eradicated", "device_safety"},
            .posed_in = [kept](const actors::SystemState& state) { return questions_of(view_of(state, *kept)); },
            .formulas =
                [kept](checker::smt::Formulas& formulas) { return std::make_unique<HostileFormulas>(formulas, *kept); },
            .told = &told_words};
}

} // namespace mdcd::model::hostile
