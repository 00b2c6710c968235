// Two-phase commit (Gray and Lamport, "Consensus on transaction commit", section 3): a transaction
// manager and n resource managers agree to commit or to abort. What was sent stays readable for ever,
// so messages are values here, not channels. A benchmark: other tools' counts for it are known.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/model.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::textbook {

class TwoPhaseCommit {
public:
    // `managers` resource managers, 1 to 16. The transaction manager commits once `votes_needed` of them
    // have told it that they are prepared: fewer than all is a mistake, there to be found.
    TwoPhaseCommit(unsigned managers, unsigned votes_needed) : votes_needed_(votes_needed) {
        if (managers < 1 || managers > 16 || votes_needed > managers)
            throw ModelError("two-phase commit wants 1 to 16 resource managers, and no more votes than managers");
        slots_ = {{.name = "transaction_manager"}, {.name = "decision"}};
        add_step("decide to commit", {transaction_manager});
        add_step("decide to abort", {transaction_manager});
        for (unsigned manager = 0; manager < managers; ++manager) {
            const std::string name = std::string("R").append(std::to_string(manager + 1));
            const SlotIndex state = slot_of(manager);
            slots_.push_back({.name = name});
            slots_.push_back({.name = name + ".vote"});
            add_step("receive the vote of " + name, {transaction_manager, vote_after(state)});
            add_step(name + " prepares", {state});
            add_step(name + " chooses to abort", {state});
            add_step(name + " is told to commit", {decision});
            add_step(name + " is told to abort", {decision});
        }
    }
    explicit TwoPhaseCommit(unsigned managers) : TwoPhaseCommit(managers, managers) {}

    using Summary = char; // a resource manager's state; 0 for any other slot

    std::span<const Slot> slots() const { return slots_; }
    std::span<const Step> steps() const { return steps_; }
    std::span<const Property> properties() const { return properties_; }
    std::span<const std::string> coverage_points() const { return coverage_; }

    std::vector<GlobalState> initial_states() const {
        GlobalState state = {{working, 0, 0}, {working}};
        state.resize(slots_.size(), {working});
        return {state};
    }

    void fire(StepIndex step, const Inputs& inputs, Outcomes& outcomes) const {
        if (step < 2)
            return decide(step == 0 ? committed : aborted, inputs.values[0], outcomes);
        const unsigned manager = (step - 2U) / 5;
        const SlotIndex state = slot_of(manager);
        const char seen = inputs.values[0][0];
        switch ((step - 2) % 5) {
        case 0:
            return receive_vote(manager, inputs, outcomes);
        case 1:
            if (seen == working)
                outcomes.push_back({{{state, {prepared}}, {vote_after(state), {prepared}}}, {}, prepare});
            return;
        case 2:
            if (seen == working)
                outcomes.push_back({{{state, {aborted}}}, {}, choose_abort});
            return;
        case 3:
            if (seen == committed)
                outcomes.push_back({{{state, {committed}}}, {}, obey_commit});
            return;
        default:
            if (seen == aborted)
                outcomes.push_back({{{state, {aborted}}}, {}, obey_abort});
        }
    }

    Summary summarise(SlotIndex slot, std::string_view bytes) const {
        return slot >= 2 && slot % 2 == 0 ? bytes[0] : Summary{0};
    }

    PropertyBits judge(std::span<const Summary* const> summaries) const {
        unsigned commits = 0;
        unsigned aborts = 0;
        for (std::size_t slot = 2; slot < summaries.size(); slot += 2) {
            commits += *summaries[slot] == committed ? 1 : 0;
            aborts += *summaries[slot] == aborted ? 1 : 0;
        }
        const unsigned managers = static_cast<unsigned>(slots_.size()) / 2 - 1;
        return (commits == 0 || aborts == 0 ? 1U : 0U) | (commits == managers ? 2U : 0U) |
               (aborts == managers ? 4U : 0U);
    }

private:
    // States of a manager, and values of a decision or a vote (`working`: none yet).
    static constexpr char working = 'w';
    static constexpr char prepared = 'p';
    static constexpr char committed = 'c';
    static constexpr char aborted = 'a';

    enum Point : std::uint64_t {
        decide_commit = 1,
        decide_abort = 2,
        prepare = 4,
        choose_abort = 8,
        obey_commit = 16,
        obey_abort = 32,
        vote = 64,
    };

    // The transaction manager's slot: its state, then the set of votes received, low byte first.
    static constexpr SlotIndex transaction_manager = 0;
    static constexpr SlotIndex decision = 1;
    static SlotIndex slot_of(unsigned manager) { return static_cast<SlotIndex>(2 + 2 * manager); }
    static SlotIndex vote_after(SlotIndex state) { return static_cast<SlotIndex>(state + 1); }

    static unsigned votes_in(std::string_view transaction) {
        return static_cast<unsigned char>(transaction[1]) |
               static_cast<unsigned>(static_cast<unsigned char>(transaction[2])) << 8;
    }

    void add_step(std::string name, std::vector<SlotIndex> reads) {
        steps_.push_back({.name = std::move(name), .reads = std::move(reads), .takes = {}, .room = {}});
    }

    void decide(char verdict, std::string_view transaction, Outcomes& outcomes) const {
        const auto votes = static_cast<unsigned>(std::popcount(votes_in(transaction)));
        if (transaction[0] != working || (verdict == committed && votes < votes_needed_))
            return;
        const std::string after = {verdict, transaction[1], transaction[2]};
        outcomes.push_back({{{transaction_manager, after}, {decision, {verdict}}},
                            {},
                            verdict == committed ? decide_commit : decide_abort});
    }

    static void receive_vote(unsigned manager, const Inputs& inputs, Outcomes& outcomes) {
        if (inputs.values[0][0] != working || inputs.values[1][0] != prepared)
            return;
        const unsigned votes = votes_in(inputs.values[0]) | 1U << manager;
        const std::string after = {working, static_cast<char>(votes & 0xff), static_cast<char>(votes >> 8)};
        outcomes.push_back({{{transaction_manager, after}}, {}, vote});
    }

    unsigned votes_needed_;
    std::vector<Slot> slots_;
    std::vector<Step> steps_;
    std::vector<Property> properties_ = {
        {"consistent", PropertyKind::always, "No two resource managers decide differently."},
        {"all_commit", PropertyKind::reachable, "The transaction can be committed everywhere."},
        {"all_abort", PropertyKind::reachable, "The transaction can be aborted everywhere."}};
    std::vector<std::string> coverage_ = {"decide_commit", "decide_abort", "prepare", "choose_abort",
                                          "obey_commit",   "obey_abort",   "vote"};
};
static_assert(Model<TwoPhaseCommit>);

} // namespace mdcd::checker::textbook
