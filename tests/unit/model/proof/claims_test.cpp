// The claims of the proof say of windows what the checker judges of whole states: on every state of a small scope, and
// on states met at random in a large one, both come to the same answer, under every value of every rule.
#include <doctest/doctest.h>

#include <algorithm>

#include "checker/random.hpp"
#include "model/inputs/library.hpp"
#include "model/proof/claims.hpp"
#include "tests/support/reached_states.hpp"

namespace mdcd::model::proof {
namespace {

impl::ProcessId source_of(MessageId message) {
    return message.source == 0 ? impl::ProcessId{impl::Group::shadow, 0}
                               : impl::ProcessId{impl::Group::active, static_cast<std::uint8_t>(message.source - 1)};
}

struct Answer {
    bool containment = true;
    bool recoverability = true;
    friend bool operator==(const Answer&, const Answer&) = default;
};

// Asks the proof's claims about every message and every choice of checkpoints to show.
Answer by_windows(Reading& reading, const ExplicitState& state) {
    Answer answer;
    for (Subject subject : subjects_of(state)) {
        if (subject.older || subject.notified)
            continue;
        Transition<Concrete> transition;
        transition.before = window_of(state, subject);
        subject.process = source_of(subject.message);
        const std::size_t count = state.guarded(subject.process).checkpoints.size();
        for (std::size_t focus = 0; focus < std::max<std::size_t>(count, 1); ++focus) {
            subject.focus = count == 0 ? std::nullopt : std::optional(focus);
            transition.happening.other = process_window_of(state, subject);
            for (const std::string& claim : reading.false_claims(transition))
                (claim == "containment" ? answer.containment : answer.recoverability) = false;
        }
    }
    return answer;
}

Answer by_judge(const System& system, const checker::GlobalState& state) {
    const checker::PropertyBits bits = checker::judge(system, state);
    const auto holds = [&](PropertyId id) { return (bits >> static_cast<unsigned>(id) & 1) != 0; };
    return {holds(PropertyId::containment), holds(PropertyId::recoverability)};
}

struct Count {
    std::size_t states = 0;
    std::size_t violated = 0;
    std::size_t differ = 0;
};

void compare(const System& system, Reading& reading, const checker::GlobalState& state, const Sent& sent,
             Count& count) {
    const Answer judged = by_judge(system, state);
    ++count.states;
    count.violated += !judged.containment || !judged.recoverability;
    count.differ += by_windows(reading, decode_state(system.layout(), state, sent)) != judged;
}

Count compare_on_walks(const impl::Rules& rules, std::uint64_t walks) {
    const System system(tie_scope(), rules);
    Reading reading(rules);
    Count count;
    for (std::uint64_t walk = 0; walk < walks; ++walk) {
        checker::Random random(5, walk);
        checker::GlobalState state = system.initial_states().front();
        Sent sent;
        for (unsigned step = 0; step < 40; ++step) {
            const std::vector<checker::Enabled> all = checker::enabled(system, state);
            if (all.empty())
                break;
            const checker::Enabled& chosen = all[random.below(all.size())];
            sent = sent_after(system.layout(), sent, chosen.outcome);
            state = checker::apply(system, state, chosen.firing, chosen.outcome);
            compare(system, reading, state, sent, count);
        }
    }
    return count;
}

} // namespace

TEST_CASE("on every state of tiny, as published and repaired") {
    for (const std::string name : {"published", "repaired"}) {
        CAPTURE(name);
        const impl::Rules& rules = preset(name).rules;
        const System system(load_scope("tiny"), rules);
        Reading reading(rules);
        Count count;
        for_each_reached(
            system, [&](const ReachedState& reached) { compare(system, reading, reached.state, reached.sent, count); });
        CHECK(count.differ == 0);
        CHECK((count.violated > 0) == (name == "published"));
        CHECK(count.states >= 3000);
    }
}

TEST_CASE("on random runs, under every value of every rule") {
    for (const std::string name : {"published", "repaired"})
        for (const impl::RuleDescription& rule : impl::rule_table())
            for (std::uint8_t value = 0; value < rule.values.size(); ++value) {
                impl::Rules rules = preset(name).rules;
                rule.set(rules, value);
                CAPTURE(std::string(rule.name) + "=" + std::string(rule.values[value]));
                CHECK(compare_on_walks(rules, 4).differ == 0);
            }
}

} // namespace mdcd::model::proof
