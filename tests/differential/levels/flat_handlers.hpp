// The protocol of the paper in the frame of the systems with levels: the handlers of figures 2, 3 and 4 and of
// recovery, as they are. What a system with one level is compared with. Knows no mark: a process is dirty or clean.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "impl/output.hpp"
#include "model/levels/steps.hpp"

namespace mdcd::tests::levels {

using model::levels::Ghost;
using model::levels::Said;
using model::levels::Scope;

struct FlatNew {
    bool stopped = false;
    impl::LowProcess<Ghost> process;
    friend bool operator==(const FlatNew&, const FlatNew&) = default;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("stopped", self.stopped);
        visit("process", self.process);
    }
};
struct FlatOld {
    bool in_service = false;
    impl::SequenceNumber suppress_through = 0;
    impl::SequenceNumber suppress_external_through = 0;
    impl::ShadowProcess<Ghost> process;
    friend bool operator==(const FlatOld&, const FlatOld&) = default;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("in_service", self.in_service);
        visit("suppress_through", self.suppress_through);
        visit("suppress_external_through", self.suppress_external_through);
        visit("process", self.process);
    }
};
struct FlatActive {
    impl::ActiveProcess<Ghost> process;
    friend bool operator==(const FlatActive&, const FlatActive&) = default;
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("process", self.process);
    }
};

class FlatHandlers {
public:
    using New = FlatNew;
    using Old = FlatOld;
    using Active = FlatActive;
    using Message = impl::Message<Ghost>;
    using Outbox = impl::Outbox<Ghost>;

    explicit FlatHandlers(const Scope& scope) : rules_(scope.rules) {}

    [[nodiscard]] New version(std::size_t component) const {
        New process;
        process.process.id = model::levels::id_of(model::levels::new_version(component));
        return process;
    }
    [[nodiscard]] Old shadow(std::size_t component) const {
        Old process;
        process.process.id = model::levels::id_of(model::levels::old_version(component));
        return process;
    }
    [[nodiscard]] Active active_process(std::size_t index) const {
        Active process;
        process.process.id = model::levels::id_of(model::levels::active(index));
        return process;
    }

    template <class P> static decltype(auto) history(P& process) {
        if constexpr (std::is_same_v<std::remove_const_t<P>, New>)
            return (process.process.application);
        else
            return (process.process.guarded.application);
    }
    static const Said& said(const Message& message) { return message.payload; }
    static impl::Level level(const New&) { return 0; }
    static impl::Level level(const Old&) { return impl::above_all; }
    static impl::Level level(const Active&) { return impl::above_all; }
    static impl::Level mark(const New&) { return 0; }
    template <class P> static impl::Level mark(const P& process) {
        return process.process.guarded.dirty ? impl::Level{0} : impl::above_all;
    }
    template <class P> static impl::SequenceVector validated(const P& process) {
        return impl::validated_by(process.process);
    }

    Message send(Active& process, impl::ProcessId receiver, const Said& said, impl::Notes& notes) const {
        return impl::send_internal(process.process, receiver.group, said, rules_, notes);
    }
    static bool needs_test(const Active& process) { return impl::needs_acceptance_test(process.process); }

    Message send_from_version(New& process, bool leaves_level, const Said& said, impl::Notes& notes) const {
        return leaves_level ? impl::send_to_active(process.process, said, rules_, notes)
                            : impl::send_to_component(process.process, said, notes);
    }
    static impl::SequenceNumber outputs(const New& process) { return process.process.external_sn; }
    static bool is_told(const New&) { return false; }

    void generate(Old& process, impl::ProcessId receiver, const Said& said, Outbox& outbox, impl::Notes& notes) const {
        impl::generate(process.process, service_of(process), receiver, said, rules_, outbox, notes);
    }
    void generate_external(Old& process, const Said& said, Outbox& outbox, impl::Notes& notes) const {
        impl::generate_external(process.process, service_of(process), said, rules_, outbox, notes);
    }
    std::optional<Message> send_in_level(Old& process, impl::ProcessId receiver, const Said& said,
                                         impl::Notes& notes) const {
        return impl::send_to_component(process.process, receiver, said, rules_, notes);
    }
    [[nodiscard]] static bool suppresses_later(const Old& process, impl::SequenceNumber number) {
        return number > process.process.shadow_sn && number <= process.suppress_through;
    }

    Message pass(New& process, impl::Notes& notes) const { return impl::pass_acceptance_test(process.process, notes); }
    Message pass(Active& process, impl::Notes& notes) const {
        return impl::pass_acceptance_test(process.process, rules_, notes);
    }
    template <class P> void receive(P& process, const Message& message, impl::Notes& notes) const {
        impl::receive(process.process, message, rules_, notes);
    }

    static impl::Level level_of_recovery(impl::Level, impl::Level) { return 0; }
    static bool is_replaced(std::size_t, impl::Level) { return true; }
    [[nodiscard]] impl::SequenceVector decided(const impl::SequenceVector& agreed,
                                               const impl::SequenceVector& own) const {
        return rules_.recovery_line == impl::RecoveryLine::local ? own : agreed;
    }
    [[nodiscard]] bool survives(const Message& message, impl::Level, const impl::SequenceVector& validated) const {
        return impl::survives_recovery(message, validated, rules_);
    }
    static void recover(New&, impl::Level, const impl::SequenceVector&, impl::Notes&) {} // all have stopped
    void recover(Active& process, impl::Level, const impl::SequenceVector& validated, impl::Notes& notes) const {
        impl::recover(process.process, validated, rules_, notes);
    }
    using Resent = std::vector<std::pair<impl::ProcessId, Message>>;
    Resent recover(Old& old, impl::Level, const impl::SequenceVector& validated, bool takes_over,
                   impl::SequenceNumber outputs, impl::Notes& notes) const {
        old.process.valid_external = std::max(old.process.valid_external, outputs);
        const auto take_over = impl::recover(old.process, validated, rules_, notes);
        Resent all;
        if (!takes_over)
            return all;
        old.in_service = true;
        old.suppress_through = take_over.suppress_through;
        old.suppress_external_through = take_over.suppress_external_through;
        for (const auto* log : {&take_over.resent, &take_over.resent_external})
            for (const auto& entry : *log)
                all.emplace_back(entry.receiver, impl::send_in_service(old.process, entry.payload));
        old.process.output_log.clear();
        old.process.external_log.clear();
        return all;
    }

private:
    static impl::RecoveryState<Ghost> service_of(const Old& process) {
        impl::RecoveryState<Ghost> state;
        state.incarnation = process.in_service ? 1 : 0;
        state.suppress_through = process.suppress_through;
        state.suppress_external_through = process.suppress_external_through;
        return state;
    }

    impl::Rules rules_;
};

} // namespace mdcd::tests::levels
