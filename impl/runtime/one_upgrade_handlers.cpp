// A process of a system that runs one upgrade, from after its beginning to a recovery or for ever: what travels goes to
// the recovery handler, what the application wants to send to the handler of its kind (figures 2 to 4). No guard of the
// protocol is here. Knows no link, storage, socket or time.
#include <algorithm>

#include "impl/enumerator_names.hpp"
#include "impl/output.hpp"
#include "impl/recovery_protocol.hpp"
#include "impl/recovery_room.hpp"
#include "impl/runtime/handlers.hpp"
#include "impl/runtime/summaries.hpp"

namespace mdcd::impl::runtime {
namespace {

using A = StoredApplication;

class OneUpgradeHandlers : public Handlers {
public:
    OneUpgradeHandlers(const SystemDescription& system, ProcessId self) : system_(system), self_(self) {
        if (self.group == Group::low)
            process_.emplace<Low>();
        else if (self.group == Group::shadow)
            process_.emplace<Shadow>();
        else
            process_.emplace<Active>();
        std::visit([&](auto& process) { process.id = self; }, process_);
    }

    [[nodiscard]] Place place() const override { return {self_, self_.group == Group::low ? 1U : 0U}; }

    void receive(ProcessId, const StoredChange& message, Effects& effects) override {
        StoredOutbox outbox;
        Notes notes;
        std::visit(
            [&](auto& process) {
                RecoveryHandler(process, recovery_, system_.members, system_.rules, outbox, notes)
                    .receive(message.message);
            },
            process_);
        add(outbox, notes, effects);
    }

    bool send(const Intention& intention, Contents& contents, Effects& effects) override {
        StoredOutbox outbox;
        Notes notes;
        const bool done = std::visit(
            [&](auto& process) { return perform(process, intention, contents, outbox, notes, effects); }, process_);
        add(outbox, notes, effects);
        return done;
    }

    std::string_view command(const Command&, Effects&) override { return "not_upgradable"; }
    [[nodiscard]] std::uint32_t next_version() const override { return 2; }

    [[nodiscard]] Digest* application() override {
        if (auto* low = std::get_if<Low>(&process_))
            return &low->application;
        if (auto* shadow = std::get_if<Shadow>(&process_))
            return &shadow->guarded.application;
        return &std::get<Active>(process_).guarded.application;
    }
    [[nodiscard]] bool can_send() const override { return is_running(recovery_); }
    [[nodiscard]] bool has_stopped() const override { return recovery_.phase == RecoveryPhase::stopped; }
    [[nodiscard]] bool has_room_to_send() const override {
        const auto* shadow = std::get_if<Shadow>(&process_);
        return shadow == nullptr || is_in_service(recovery_) || impl::has_room_to_send(*shadow, {});
    }

    // A step receives one message, and a recovery that ends in it goes through what was held.
    [[nodiscard]] std::string_view blocked(const StoredChange& change, bool waits_before, bool pending) const override {
        return std::visit(
            [&](const auto& process) -> std::string_view {
                if (!may_take(change.message, waits_before, process, recovery_))
                    return text_of(shortage_for(change.message, process, recovery_));
                return is_running(recovery_) && is_of_application(change) && pending ? no_room_to_send : "";
            },
            process_);
    }

    [[nodiscard]] StateSummary summary() const override {
        StateSummary summary;
        std::visit([&](const auto& process) { summarise(process, summary); }, process_);
        summary.phase = enumerator_name(recovery_.phase);
        summary.version = place().version;
        summary.incarnation = recovery_.incarnation;
        summary.held = recovery_.held.size();
        return summary;
    }
    void write(ByteWriter& writer) const override {
        writer.put(recovery_);
        std::visit([&](const auto& process) { writer.put(process); }, process_);
    }
    void read(ByteReader& reader) override {
        reader.get(recovery_, "recovery");
        std::visit(
            [&](auto& process) {
                reader.get(process, "process");
                if (process.id != self_)
                    throw MalformedBytes("the state is of " + name_of(process.id) + ", not of " + name_of(self_));
            },
            process_);
    }
    void collect(DigestSet& alive) const override {
        DigestCollector collector(alive);
        collector.put(recovery_);
        std::visit([&](const auto& process) { collector.put(process); }, process_);
    }

private:
    using Low = LowProcess<A>;
    using Shadow = ShadowProcess<A>;
    using Active = ActiveProcess<A>;
    using StoredOutbox = Outbox<A>;

    static void post(StoredOutbox& outbox, ProcessId to, const StoredMessage& message) {
        outbox.push_back({to, message}, "the list of messages to send");
    }

    bool perform(Low& process, const Intention& intention, Contents& contents, StoredOutbox& outbox, Notes& notes,
                 Effects& effects) {
        if (intention.to == Intention::To::device)
            return output(process, intention, outbox, notes, effects);
        const Digest payload = contents.put(intention.content);
        if (intention.to == Intention::To::active)
            post(outbox, {Group::active, intention.index},
                 stamped<A>(recovery_, send_to_active(process, payload, system_.rules, notes)));
        else
            post(outbox, {Group::low, intention.index},
                 stamped<A>(recovery_, send_to_component(process, payload, notes)));
        return true;
    }

    bool perform(Shadow& process, const Intention& intention, Contents& contents, StoredOutbox& outbox, Notes& notes,
                 Effects&) {
        const Digest payload = contents.put(intention.content);
        switch (intention.to) {
        case Intention::To::active:
            generate<A>(process, recovery_, {Group::active, intention.index}, payload, system_.rules, outbox, notes);
            break;
        case Intention::To::component: {
            const ProcessId receiver{Group::shadow, intention.index};
            if (const auto message = send_to_component<A>(process, receiver, payload, system_.rules, notes))
                post(outbox, receiver, stamped<A>(recovery_, *message));
            break;
        }
        case Intention::To::device:
            generate_external<A>(process, recovery_, payload, system_.rules, outbox, notes);
            break;
        }
        return true;
    }

    bool perform(Active& process, const Intention& intention, Contents& contents, StoredOutbox& outbox, Notes& notes,
                 Effects& effects) {
        if (intention.to == Intention::To::device)
            return output(process, intention, outbox, notes, effects);
        const bool active = intention.to == Intention::To::active;
        const Group group = active ? Group::active : Group::low;
        const StoredMessage message =
            stamped<A>(recovery_, send_internal(process, group, contents.put(intention.content), system_.rules, notes));
        if (active) {
            post(outbox, {Group::active, intention.index}, message);
            return true;
        }
        for (const ProcessId version :
             {ProcessId{Group::low, intention.index}, ProcessId{Group::shadow, intention.index}})
            if (reaches(recovery_, version)) // a component: both of its versions
                post(outbox, version, message);
        return true;
    }

    // An external message of a process in service.
    template <class Process>
    bool output(Process& process, const Intention& intention, StoredOutbox& outbox, Notes& notes, Effects& effects) {
        A::Output external{intention.content};
        const OutputResult<A> result = try_output<A>(process, external, system_.rules, notes);
        if (result.verdict == OutputVerdict::failed) {
            RecoveryHandler(process, recovery_, system_.members, system_.rules, outbox, notes).fail_acceptance_test();
            return false;
        }
        effects.sent.push_back({device, {}, external.content});
        if (result.notification)
            system_.members.for_each([&](ProcessId each) {
                if (each.group != Group::low && each != self_)
                    post(outbox, each, stamped<A>(recovery_, *result.notification));
            });
        return true;
    }

    static void add(const StoredOutbox& outbox, const Notes& notes, Effects& effects) {
        for (const Note& each : notes)
            effects.notes.push_back({note_name(each.kind), each});
        for (const Outgoing<A>& each : outbox) {
            StoredChange change;
            change.message = each.message;
            effects.sent.push_back({each.receiver, change, {}});
        }
    }

    const SystemDescription& system_;
    ProcessId self_;
    std::variant<Low, Shadow, Active> process_;
    RecoveryState<A> recovery_;
};

} // namespace

std::unique_ptr<Handlers> one_upgrade_handlers(const SystemDescription& system, ProcessId self) {
    return std::make_unique<OneUpgradeHandlers>(system, self);
}

} // namespace mdcd::impl::runtime
