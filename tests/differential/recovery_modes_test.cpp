// Atomic recovery and recovery by messages are the same where nothing comes in between: from every state that a small
// scope reaches, by every process that may detect, whatever the order of the recovery's own messages.
#include <doctest/doctest.h>

#include <deque>
#include <set>
#include <string>
#include <vector>

#include "checker/channel.hpp"
#include "checker/path.hpp"
#include "model/inputs/library.hpp"
#include "model/state/encoding.hpp"
#include "model/state/ghost.hpp"
#include "model/state/recovery_local.hpp"
#include "model/system.hpp"

using namespace mdcd;
using namespace mdcd::model;
using checker::GlobalState;
using impl::Group;
using impl::ProcessId;

namespace {

// The states before any test fails, breadth-first, as far as `states_max`.
std::vector<GlobalState> states_of(const System& system, std::size_t states_max) {
    std::vector<GlobalState> states = system.initial_states();
    std::set<GlobalState> seen(states.begin(), states.end());
    for (std::size_t next = 0; next < states.size() && states.size() < states_max; ++next)
        for (const checker::Enabled& each : checker::enabled(system, states[next])) {
            if (system.layout().step_places()[each.firing.step].kind == StepKind::detect)
                continue;
            const GlobalState after = checker::apply(system, states[next], each.firing, each.outcome);
            if (seen.insert(after).second)
                states.push_back(after);
        }
    return states;
}

// Calls `use` with the process's decoded local state and its recovery state, and writes both back.
template <class Use> void with_process(const System& system, GlobalState& state, ProcessId id, Use use) {
    std::string& bytes = state[system.layout().slot_of(id)];
    std::string& recovery_bytes = state[system.layout().recovery_of(id)];
    auto recovery = decode<RecoveryLocal>(recovery_bytes);
    const auto with = [&](auto local, auto& process) {
        use(process(local), recovery.state);
        bytes = encode(local);
    };
    auto inside = [](auto& local) -> auto& {
        return local.process;
    };
    auto itself = [](auto& local) -> auto& {
        return local;
    };
    if (id.group == Group::low)
        with(decode<LowProcess>(bytes), itself);
    else if (id.group == Group::shadow)
        with(decode<ShadowLocal>(bytes), inside);
    else
        with(decode<ActiveLocal>(bytes), inside);
    recovery_bytes = encode(recovery);
}

class Uninterrupted {
public:
    Uninterrupted(const System& system, GlobalState state)
        : system_(system),
          state_(std::move(state)), members_{system.scope().components, system.scope().active_processes} {}

    void fail_test(ProcessId id) {
        handle(id, [](auto& handler) { handler.fail_acceptance_test(); });
    }

    // The messages of the recovery, past everything that is under way; those that are re-sent go after it.
    void run(bool newest_first, bool hold_everything) {
        bool held = false;
        while (!under_way_.empty()) {
            const bool deciding = under_way_.front().message.kind == impl::MessageKind::recovery_decision;
            if (hold_everything && deciding && !held) {
                held = true;
                hold_all();
            }
            const auto next = newest_first ? under_way_.back() : under_way_.front();
            newest_first ? under_way_.pop_back() : under_way_.pop_front();
            handle(next.receiver, [&](auto& handler) { handler.receive(next.message); });
        }
    }

    // Everything arrives that is under way to processes of high confidence, channel by channel.
    void deliver_all() {
        for (std::size_t slot = 0; slot < system_.layout().places().size(); ++slot)
            take_all(slot);
    }

    [[nodiscard]] const GlobalState& state() const { return state_; }

private:
    template <class Use> void handle(ProcessId id, Use use) {
        Outbox outbox;
        impl::Notes notes;
        with_process(system_, state_, id, [&](auto& process, RecoveryState& recovery) {
            impl::RecoveryHandler handler(process, recovery, members_, system_.rules(), outbox, notes);
            use(handler);
        });
        std::string& validated_bytes = state_[system_.layout().shared(SlotRole::validated)];
        auto validated = decode<Validated>(validated_bytes);
        note_outputs(validated, outbox);
        validated_bytes = encode(validated);
        for (const auto& each : outbox) {
            if (each.receiver == impl::device)
                continue;
            if (each.message.kind == impl::MessageKind::application)
                checker::append_message(state_[system_.layout().channel(id, each.receiver)], encode(each.message));
            else
                under_way_.push_back(each);
        }
    }

    // Only to those who have halted: a coordinator that decides is running again.
    void hold_all() {
        for (std::size_t slot = 0; slot < system_.layout().places().size(); ++slot) {
            const SlotPlace& place = system_.layout().places()[slot];
            if (place.role != SlotRole::channel || place.process.group == Group::low)
                continue;
            const auto recovery = decode<RecoveryLocal>(state_[system_.layout().recovery_of(place.process)]);
            if (recovery.state.phase == impl::RecoveryPhase::halted)
                take_all(slot);
        }
    }

    void take_all(std::size_t slot) {
        const SlotPlace& place = system_.layout().places()[slot];
        if (place.role != SlotRole::channel || place.process.group == Group::low)
            return;
        const std::string channel = std::exchange(state_[slot], {});
        for (const std::string_view bytes : checker::messages_of(channel)) {
            const auto message = decode<Message>(bytes);
            handle(place.process, [&](auto& handler) { handler.receive(message); });
        }
    }

    const System& system_;
    GlobalState state_;
    impl::Members members_;
    std::deque<impl::Outgoing<GhostApplication>> under_way_;
};

// Every process that may run a test in that state.
std::vector<ProcessId> detectors(const System& system, const GlobalState& state) {
    std::vector<ProcessId> all;
    for (const ProcessId id : system.layout().processes()) {
        const std::string& bytes = state[system.layout().slot_of(id)];
        if (id.group == Group::low ||
            (id.group == Group::active && impl::needs_acceptance_test(decode<ActiveLocal>(bytes).process)))
            all.push_back(id);
    }
    return all;
}

View view_of(const System& system, const GlobalState& state) {
    return checker::ask(system, state, [&](auto summaries) { return system.view(summaries); });
}

bool holds(const System& system, const GlobalState& state, PropertyId property) {
    return (checker::judge(system, state) >> static_cast<unsigned>(property) & 1) != 0;
}

void expect_same(const View& atomic, const View& messages) {
    for (unsigned process = 0; process < atomic.process_count; ++process) {
        CHECK(messages.processes[process].received == atomic.processes[process].received);
        CHECK(messages.processes[process].recovered_depends == atomic.processes[process].recovered_depends);
    }
    CHECK(messages.active_sent == atomic.active_sent);
    CHECK(messages.surviving == (atomic.surviving | atomic.resent));
    CHECK(messages.generated_later == atomic.generated_later);
    CHECK(messages.resolved == atomic.resolved);
    CHECK(messages.duplicated == (atomic.duplicated | (atomic.surviving & atomic.resent)));
    CHECK((messages.output | messages.output_later) == (atomic.output | atomic.output_later));
}

// How many states were compared, and in how many of them each of two claims fails.
struct Compared {
    std::size_t states = 0;
    std::size_t unrecoverable = 0;
    std::size_t not_once = 0;
};

// Both claims are asked of both ways, in each of the first states of the scope.
void compare_ways(const std::string& scope, const std::string& rules, std::size_t states_max, Compared& compared) {
    CAPTURE(scope);
    CAPTURE(rules);
    const System system(load_scope(scope), load_rules(rules).rules);
    for (const GlobalState& state : states_of(system, states_max)) {
        const View atomic = view_of(system, state);
        const bool recoverable = holds(system, state, PropertyId::recoverability);
        const bool once = holds(system, state, PropertyId::output_exactly_once);
        compared.unrecoverable += !recoverable;
        compared.not_once += !once;
        for (const ProcessId detector : detectors(system, state)) {
            Uninterrupted recovery(system, state);
            recovery.fail_test(detector);
            recovery.run(compared.states % 2 == 0, false);
            expect_same(atomic, view_of(system, recovery.state()));
            CHECK(holds(system, recovery.state(), PropertyId::recovered_consistently) == recoverable);
            CHECK(holds(system, recovery.state(), PropertyId::output_exactly_once) == once);
            ++compared.states;
        }
    }
}

} // namespace

TEST_CASE("atomic recovery and an uninterrupted recovery by messages agree") {
    Compared compared;
    for (const std::string scope : {"async-tiny", "async-relay", "async-output"})
        for (const std::string rules :
             {"published", "literal+stop_low=all_first", "repaired", "repaired_fewest_checkpoints", "repaired_vector"})
            compare_ways(scope, rules, 400, compared);
    CHECK(compared.states > 1000);
    CHECK(compared.unrecoverable > 100);
    CHECK(compared.not_once > 10);
}

// Not with new versions that nobody has stopped: atomic recovery stops them all.
TEST_CASE("they agree under every other value of every rule") {
    Compared compared;
    for (const std::string scope : {"async-tiny", "async-output"})
        for (const std::string base : {"published", "repaired"}) {
            const impl::Rules rules = load_rules(base).rules;
            for (const impl::RuleDescription& rule : impl::rule_table())
                for (std::size_t value = 0; value < rule.values.size(); ++value)
                    if (value != rule.get(rules) && rule.values[value] != "detector_only")
                        compare_ways(scope, base + "+" + std::string(rule.name) + "=" + std::string(rule.values[value]),
                                     120, compared);
        }
    CHECK(compared.states > 5000);
    CHECK(compared.unrecoverable > 500);
    CHECK(compared.not_once > 50);
}

// With an external message, too, and with counters that are shared or not. `async-two` has a test, `async-two-outputs`
// an output in one total order.
TEST_CASE("they agree for clusters of two, under every value of every rule") {
    Compared compared;
    for (const std::string scope : {"async-two", "async-two-outputs"})
        for (const std::string base : {"published", "repaired", "repaired_vector"}) {
            compare_ways(scope, base, 300, compared);
            const impl::Rules rules = load_rules(base).rules;
            for (const impl::RuleDescription& rule : impl::rule_table())
                for (std::size_t value = 0; value < rule.values.size(); ++value)
                    if (value != rule.get(rules) && rule.values[value] != "detector_only")
                        compare_ways(scope, base + "+" + std::string(rule.name) + "=" + std::string(rule.values[value]),
                                     60, compared);
        }
    CHECK(compared.states > 5000);
    CHECK(compared.unrecoverable > 300);
    CHECK(compared.not_once > 50);
}

TEST_CASE("what a halted process held makes no difference") {
    for (const std::string rules : {"published", "repaired", "repaired+in_transit=deliver"}) {
        const System system(load_scope("async-relay"), load_rules(rules).rules);
        std::size_t held = 0;
        for (const GlobalState& state : states_of(system, 800))
            for (const ProcessId detector : detectors(system, state)) {
                Uninterrupted plain(system, state);
                plain.fail_test(detector);
                plain.run(false, false);
                plain.deliver_all();
                Uninterrupted holding(system, state);
                holding.fail_test(detector);
                holding.run(false, true);
                holding.deliver_all();
                const View one = view_of(system, plain.state());
                const View other = view_of(system, holding.state());
                for (unsigned process = 0; process < one.process_count; ++process)
                    CHECK(one.processes[process].received == other.processes[process].received);
                CHECK(one.duplicated == other.duplicated);
                ++held;
            }
        CHECK(held > 100);
    }
}
