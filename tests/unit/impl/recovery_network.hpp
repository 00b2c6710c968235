// A system in memory for tests of the recovery protocol: new versions, shadows and active processes with a queue for
// each pair, in which the test says who receives next.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "impl/recovery_protocol.hpp"
#include "recorder.hpp"

namespace mdcd::tests {

using State = impl::RecoveryState<Recorder>;
using Outbox = impl::Outbox<Recorder>;

class Network {
public:
    Network(std::uint8_t components, std::uint8_t actives, const impl::Rules& rules = {})
        : members_{components, actives}, rules_(rules) {
        members_.for_each([&](impl::ProcessId id) {
            ids_.push_back(id);
            states_[id] = {};
            if (id.group == impl::Group::low)
                low_[id].id = id;
            else if (id.group == impl::Group::shadow)
                shadows_[id].id = id;
            else
                actives_[id].id = id;
        });
    }

    Low& low(impl::ProcessId id) { return low_.at(id); }
    Shadow& shadow(impl::ProcessId id) { return shadows_.at(id); }
    Active& active(impl::ProcessId id) { return actives_.at(id); }
    State& state(impl::ProcessId id) { return states_.at(id); }
    const std::vector<impl::ProcessId>& ids() const { return ids_; }

    // Puts a message of its sender's incarnation under way.
    void send(impl::ProcessId receiver, const Message& message) {
        channels_[{message.sender, receiver}].push_back(impl::stamped(state(message.sender), message));
    }

    void fail_test(impl::ProcessId id) {
        with_handler(id, [](auto& handler) { handler.fail_acceptance_test(); });
    }

    // The oldest message from one to the other arrives. Returns what was noted.
    std::vector<impl::NoteKind> deliver(impl::ProcessId sender, impl::ProcessId receiver) {
        auto& channel = channels_.at({sender, receiver});
        const Message message = channel.front();
        channel.pop_front();
        return receive(receiver, message);
    }

    // One arrives that was never put under way, as it is. Returns what was noted.
    std::vector<impl::NoteKind> receive(impl::ProcessId receiver, const Message& message) {
        return with_handler(receiver, [&](auto& handler) { handler.receive(message); });
    }

    // The shadow's application has the next message for an active process.
    void generate(impl::ProcessId id, impl::ProcessId receiver, char letter) {
        impl::Notes notes;
        Outbox outbox;
        impl::generate(shadow(id), state(id), receiver, letter, rules_, outbox, notes);
        post(id, outbox);
    }

    // The pairs (sender, receiver) with something under way.
    std::vector<std::pair<impl::ProcessId, impl::ProcessId>> under_way() const {
        std::vector<std::pair<impl::ProcessId, impl::ProcessId>> pairs;
        for (const auto& [pair, channel] : channels_)
            if (!channel.empty() && pair.second != impl::device)
                pairs.push_back(pair);
        return pairs;
    }

    // Everything arrives, one pair after the other.
    void deliver_all() {
        for (auto pairs = under_way(); !pairs.empty(); pairs = under_way())
            deliver(pairs.front().first, pairs.front().second);
    }

    // The letters of what is under way, "xy".
    std::string letters_under_way(impl::ProcessId sender, impl::ProcessId receiver) {
        std::string text;
        for (const Message& message : channels_[{sender, receiver}])
            if (message.kind == impl::MessageKind::application)
                text += message.payload;
        return text;
    }
    const std::deque<Message>& channel(impl::ProcessId sender, impl::ProcessId receiver) {
        return channels_[{sender, receiver}];
    }

private:
    template <class Use> std::vector<impl::NoteKind> with_handler(impl::ProcessId id, Use use) {
        impl::Notes notes;
        Outbox outbox;
        const auto handle = [&](auto& process) {
            impl::RecoveryHandler handler(process, state(id), members_, rules_, outbox, notes);
            use(handler);
        };
        if (id.group == impl::Group::low)
            handle(low(id));
        else if (id.group == impl::Group::shadow)
            handle(shadow(id));
        else
            handle(active(id));
        post(id, outbox);
        return kinds(notes);
    }

    void post(impl::ProcessId sender, const Outbox& outbox) {
        for (const auto& each : outbox)
            channels_[{sender, each.receiver}].push_back(each.message);
    }

    impl::Members members_;
    impl::Rules rules_;
    std::vector<impl::ProcessId> ids_;
    std::map<impl::ProcessId, Low> low_;
    std::map<impl::ProcessId, Shadow> shadows_;
    std::map<impl::ProcessId, Active> actives_;
    std::map<impl::ProcessId, State> states_;
    std::map<std::pair<impl::ProcessId, impl::ProcessId>, std::deque<Message>> channels_;
};

} // namespace mdcd::tests
