// Three processes in memory through an upgrade: L1, the new version of a component, in service; S1, its old version, in
// the shadow; A1, which uses it. First the new version is correct, then it is not: a test fails, S1 takes over.
// This is what embedding the protocol takes; docs/embedding.md walks through it. No model, no ghost state.
#include <cstdio>
#include <deque>
#include <vector>

#include "tests/example/heating.hpp"
#include <mdcd/impl/output.hpp>
#include <mdcd/impl/recovery_protocol.hpp>

namespace mdcd::example {
namespace {

using Message = impl::Message<Heating>;
using Payload = Heating::Payload;

constexpr impl::ProcessId l1{impl::Group::low, 0};
constexpr impl::ProcessId s1{impl::Group::shadow, 0};
constexpr impl::ProcessId a1{impl::Group::active, 0};

impl::Rules repaired() { // model/rules/repaired.json
    impl::Rules rules;
    rules.checkpoint_trigger = impl::CheckpointTrigger::every_new_sn;
    rules.receiver_log = impl::ReceiverLog::while_dirty;
    return rules;
}

// A process with what it keeps of recovery.
template <class Process> struct Node {
    Process process;
    impl::RecoveryState<Heating> recovery;
};

class System {
public:
    explicit System(bool faulty) : faulty_(faulty) {
        new_version_.process.id = l1;
        old_version_.process.id = s1;
        regulator_.process.id = a1;
    }

    // One reading: from the regulator's sensor to the component, smoothed, and back; then the valve is set.
    void measure(int reading) {
        auto& state = regulator_.process.guarded.application;
        ++state.readings;
        state.latest = reading;
        const Message message = impl::send_internal(regulator_.process, impl::Group::low,
                                                    {Payload::Kind::reading, reading}, rules_, notes_);
        for (const impl::ProcessId version : {l1, s1}) // to the component: to both of its versions
            if (impl::reaches(regulator_.recovery, version))
                post(version, impl::stamped(regulator_.recovery, message));
        deliver_all();
        filter();
        deliver_all();
        set_valve();
        deliver_all();
        notes_ = {};
    }

    [[nodiscard]] const std::vector<int>& valve() const { return valve_; }
    [[nodiscard]] bool taken_over() const { return impl::is_in_service(old_version_.recovery); }
    [[nodiscard]] bool new_version_runs() const { return impl::is_running(new_version_.recovery); }

private:
    // Whichever version is in service sends what it has smoothed; the shadow generates the same message and logs it.
    void filter() {
        if (impl::is_running(new_version_.recovery)) {
            auto& process = new_version_.process;
            const int value = smooth_anew(process.application, faulty_);
            post(a1, impl::stamped(new_version_.recovery,
                                   impl::send_to_active(process, {Payload::Kind::smoothed, value}, rules_, notes_)));
        }
        auto& process = old_version_.process;
        impl::Outbox<Heating> outbox;
        impl::generate(process, old_version_.recovery, a1,
                       {Payload::Kind::smoothed, smooth(process.guarded.application)}, rules_, outbox, notes_);
        post(outbox);
    }

    void set_valve() {
        Heating::Output output = regulate(regulator_.process.guarded.application);
        const auto result = impl::try_output(regulator_.process, output, rules_, notes_);
        if (result.verdict == impl::OutputVerdict::failed) {
            std::printf("  A1: the test of heating %d fails, recovery begins\n", output.heating);
            impl::Outbox<Heating> outbox;
            impl::RecoveryHandler handler(regulator_.process, regulator_.recovery, members_, rules_, outbox, notes_);
            handler.fail_acceptance_test();
            post(outbox);
            deliver_all();
            return set_valve(); // from the state after the recovery
        }
        std::printf("  A1: heating %d %s\n", output.heating,
                    result.verdict == impl::OutputVerdict::passed ? "(tested)" : "(from a clean state)");
        valve_.push_back(output.heating);
        if (result.notification)
            post(s1, impl::stamped(regulator_.recovery, *result.notification));
    }

    void post(impl::ProcessId receiver, const Message& message) { under_way_.push_back({receiver, message}); }
    void post(const impl::Outbox<Heating>& outbox) {
        for (const auto& each : outbox)
            post(each.receiver, each.message);
    }

    // The network: here a queue, in a real system sockets. It must keep the order of each pair of processes.
    void deliver_all() {
        while (!under_way_.empty()) {
            const auto [receiver, message] = under_way_.front();
            under_way_.pop_front();
            if (receiver == l1)
                receive(new_version_, message);
            else if (receiver == s1)
                receive(old_version_, message);
            else
                receive(regulator_, message);
        }
    }

    template <class Process> void receive(Node<Process>& node, const Message& message) {
        impl::Outbox<Heating> outbox;
        impl::RecoveryHandler handler(node.process, node.recovery, members_, rules_, outbox, notes_);
        handler.receive(message);
        post(outbox);
    }

    bool faulty_;
    impl::Rules rules_ = repaired();
    impl::Members members_{.components = 1, .actives = 1};
    impl::Notes notes_;
    Node<impl::LowProcess<Heating>> new_version_;
    Node<impl::ShadowProcess<Heating>> old_version_;
    Node<impl::ActiveProcess<Heating>> regulator_;
    std::deque<impl::Outgoing<Heating>> under_way_;
    std::vector<int> valve_;
};

// Whether the upgrade went as it should.
bool run(bool faulty) {
    std::printf("The new version is %s:\n", faulty ? "faulty" : "correct");
    System system(faulty);
    for (const int reading : {200, 204, 208, 212})
        system.measure(reading);
    std::printf("  %s\n", system.taken_over() ? "the old version has taken over" : "the new version stays in service");
    const std::vector<int> right{40, 36, 32, 28}; // whatever version filters: the mean of the readings so far
    return system.valve() == right && system.taken_over() == faulty && system.new_version_runs() != faulty;
}

} // namespace
} // namespace mdcd::example

int main() {
    const bool succeeded = mdcd::example::run(false);
    const bool failed_well = mdcd::example::run(true);
    std::puts(succeeded && failed_well ? "both upgrades went as they should" : "something went wrong");
    return succeeded && failed_well ? 0 : 1;
}
