// What rules cost: the figures that a search folds, against the same figures counted by hand over every state, one at a
// time, from the implementation's own structures.
#include <doctest/doctest.h>

#include <bit>
#include <set>

#include "checker/channel.hpp"
#include "checker/search.hpp"
#include "impl/recovery.hpp"
#include "model/check/cost.hpp"
#include "model/inputs/library.hpp"
#include "tests/unit/model/run.hpp"
#include "traces/file_error.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

constexpr CostSizes sizes{.state_bytes = 1000, .payload_bytes = 10};

Cost measured(const System& system, unsigned workers, std::uint64_t states_max = 0) {
    CostCollector collector(system, sizes);
    checker::SearchOptions options;
    options.workers = workers;
    options.limits.states_max = states_max;
    const checker::Report report = checker::search(system, options, collector);
    CHECK(collector.cost(report).states == report.distinct_states);
    return collector.cost(report);
}

// One state, by hand.
class ByHand {
public:
    explicit ByHand(const System& system) : system_(system) {}

    Cost count() {
        cost_.complete = true;
        std::set<checker::GlobalState> seen;
        std::vector<checker::GlobalState> open = system_.initial_states();
        seen.insert(open.begin(), open.end());
        while (!open.empty()) {
            const checker::GlobalState state = open.back();
            open.pop_back();
            look(state);
            for (const checker::Enabled& next : checker::enabled(system_, state)) {
                const checker::GlobalState after = checker::apply(system_, state, next.firing, next.outcome);
                look(state, next.firing, after);
                if (seen.insert(after).second)
                    open.push_back(after);
            }
        }
        return cost_;
    }

private:
    struct Sums {
        std::uint64_t checkpoints = 0, inputs = 0, outputs = 0, undone = 0, rolled_back = 0, replayed = 0;
    };

    static std::uint64_t bits(MessageSet set) { return static_cast<std::uint64_t>(std::popcount(set)); }

    impl::SequenceVector agreed(const checker::GlobalState& state) const {
        impl::SequenceVector agreed;
        for (const impl::ProcessId id : system_.layout().processes()) {
            const std::string& bytes = state[system_.layout().slot_of(id)];
            if (id.group == impl::Group::low)
                agreed = join(agreed, decode<LowProcess>(bytes).valid_sn);
            else if (id.group == impl::Group::active)
                agreed = join(agreed, decode<ActiveLocal>(bytes).process.guarded.valid_sn);
            else
                agreed = join(agreed, decode<ShadowLocal>(bytes).process.guarded.valid_sn);
        }
        return agreed;
    }

    static void note(Sums& sums, const Guarded& before, const Guarded& after, const impl::Notes& notes) {
        sums.checkpoints += before.checkpoints.size();
        sums.inputs += before.input_log.size();
        sums.undone += bits(before.application.received & ~after.application.received) +
                       (before.application.sent > after.application.sent
                            ? std::uint64_t{before.application.sent} - after.application.sent
                            : 0);
        for (const impl::Note& each : notes) {
            sums.rolled_back += each.kind == impl::NoteKind::rolled_back;
            sums.replayed += each.kind == impl::NoteKind::replayed;
        }
    }

    void look(const checker::GlobalState& state) {
        ++cost_.states;
        Sums sums;
        const impl::SequenceVector validated = agreed(state);
        for (const impl::ProcessId id : system_.layout().processes()) {
            const std::string& bytes = state[system_.layout().slot_of(id)];
            impl::Notes notes;
            if (id.group == impl::Group::active) {
                const auto before = decode<ActiveLocal>(bytes).process;
                auto after = before;
                impl::recover(after, validated, system_.rules(), notes);
                note(sums, before.guarded, after.guarded, notes);
            } else if (id.group == impl::Group::shadow) {
                const auto before = decode<ShadowLocal>(bytes).process;
                auto after = before;
                static_cast<void>(impl::recover(after, validated, system_.rules(), notes));
                note(sums, before.guarded, after.guarded, notes);
                sums.outputs += before.output_log.size();
            }
        }
        cost_.checkpoints_kept.add(sums.checkpoints);
        cost_.entries_kept.add(sums.inputs + sums.outputs);
        // numbers are of 4 bytes; checkpoint: index, low_sn, mark, shadow_sn, external_sn, log_length; message: kind,
        // sender (2), dirty, low_sn, external_sn, incarnation; input: index and message; output: index, number,
        // receiver (2)
        cost_.bytes_kept.add(sums.checkpoints * (4 + 4 + 1 + 4 + 4 + 4 + sizes.state_bytes) +
                             sums.inputs * (4 + 1 + 2 + 1 + 4 + 4 + 4 + sizes.payload_bytes) +
                             sums.outputs * (4 + 4 + 2 + sizes.payload_bytes));
        ++cost_.before_recovery; // which is atomic here
        cost_.events_undone.add(sums.undone);
        cost_.rolled_back.add(sums.rolled_back);
        cost_.replayed.add(sums.replayed);
    }

    [[nodiscard]] const Guarded guarded(const checker::GlobalState& state, impl::ProcessId id) const {
        const std::string& bytes = state[system_.layout().slot_of(id)];
        return id.group == impl::Group::active ? decode<ActiveLocal>(bytes).process.guarded
                                               : decode<ShadowLocal>(bytes).process.guarded;
    }

    void look(const checker::GlobalState& state, const checker::Firing& firing, const checker::GlobalState& after) {
        const StepPlace& place = system_.layout().step_places()[firing.step];
        if (place.kind != StepKind::deliver || place.process.group == impl::Group::low)
            return;
        const auto messages = checker::messages_to_take(system_.slots(), system_.steps()[firing.step], state);
        if (decode<Message>(messages[firing.taken]).kind != impl::MessageKind::application)
            return;
        ++cost_.messages;
        const Guarded now = guarded(state, place.process), later = guarded(after, place.process);
        cost_.checkpoints += later.checkpoints.size() - now.checkpoints.size();
        cost_.logged += later.input_log.size() - now.input_log.size();
    }

    const System& system_;
    Cost cost_;
};

Scope unordered(Scope scope) {
    scope.channels = ChannelModel::unordered;
    return scope;
}

} // namespace

TEST_CASE("the cost is what counting by hand gives, for any number of workers") {
    struct Case {
        std::string rules;
        Scope scope;
    };
    const std::vector<Case> cases{
        {"published", scope_of(2, {.cluster_messages = 2, .active_messages = 1, .active_acceptance_tests = 1})},
        {"repaired", scope_of(1, {.cluster_messages = 2, .messages_to_cluster = 1, .active_acceptance_tests = 1})},
        {"repaired", unordered(scope_of(1, {.cluster_messages = 2, .messages_to_cluster = 2}))},
    };
    Cost all;
    for (const Case& each : cases) {
        CAPTURE(each.rules);
        const System system(each.scope, preset(each.rules).rules);
        const Cost by_hand = ByHand(system).count();
        CHECK(traces::to_text(to_value(measured(system, 1))) == traces::to_text(to_value(by_hand)));
        CHECK(measured(system, 3) == by_hand);
        all = together(all, by_hand);
    }
    CHECK(all.checkpoints > 0); // nothing is equal only because nothing happened
    CHECK(all.logged > 0);
    CHECK(all.events_undone.worst > 1);
    CHECK(all.rolled_back.worst > 1);
    CHECK(all.replayed.worst > 0);
}

TEST_CASE("what a recovery would undo is asked before one by messages has begun, and then is what it was") {
    Scope scope = scope_of(1, {.cluster_messages = 2, .messages_to_cluster = 1, .low_acceptance_tests = 1});
    const Cost atomic = measured(System(scope, preset("repaired").rules), 1);
    scope.recovery = RecoveryMode::asynchronous;
    scope.budgets.detections = 1;
    const Cost by_messages = measured(System(scope, preset("repaired").rules), 1);
    CHECK(atomic.before_recovery == atomic.states);
    CHECK(by_messages.before_recovery == atomic.states);
    CHECK(by_messages.states > atomic.states);
    CHECK(by_messages.events_undone == atomic.events_undone);
    CHECK(by_messages.rolled_back == atomic.rolled_back);
    CHECK(by_messages.replayed == atomic.replayed);
    CHECK(atomic.events_undone.worst > 0);
}

TEST_CASE("a search that was cut off says so, and is about the states it judged") {
    const System system(load_scope("tiny"), preset("published").rules);
    const Cost cost = measured(system, 2, 1000);
    CHECK(!cost.complete);
    CHECK(cost.states == 1000);
}

TEST_CASE("sizes of the application count once for each checkpoint and each log entry") {
    const ItemBytes none = item_bytes({.state_bytes = 0, .payload_bytes = 0});
    const ItemBytes some = item_bytes({.state_bytes = 1000, .payload_bytes = 10});
    CHECK(some.checkpoint - none.checkpoint == 1000);
    CHECK(some.input - none.input == 10);
    CHECK(some.output - none.output == 10);
}

TEST_CASE("costs add up, and survive being written") {
    const Cost one = measured(System(load_scope("tiny"), preset("published").rules), 1);
    const Cost other = measured(System(load_scope("relay"), preset("repaired").rules), 1);
    const Cost sum = together(one, other);
    CHECK(sum.states == one.states + other.states);
    CHECK(sum.checkpoints == one.checkpoints + other.checkpoints);
    CHECK(sum.bytes_kept.sum == one.bytes_kept.sum + other.bytes_kept.sum);
    CHECK(sum.bytes_kept.worst == std::max(one.bytes_kept.worst, other.bytes_kept.worst));
    CHECK(sum.complete);
    CHECK(cost_from(to_value(sum), "written", "$") == sum);
    CHECK_THROWS_AS(static_cast<void>(cost_from(traces::Value::Record{{"complete", true}}, "written", "$")),
                    traces::FileError);
    CHECK(mean(1, 0) == 0);
    CHECK(mean(1, 2) == 0.5);
}

} // namespace mdcd::tests
