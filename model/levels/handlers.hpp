// The handlers of a system with levels of trust, as the frame (steps.hpp) asks for them: each calls one of impl.
// The protocol of the paper has a class of the same shape in the tests, which a system with one level is compared with.
// Knows no channel and no truth.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "model/levels/world.hpp"

namespace mdcd::model::levels {

class LevelHandlers {
public:
    using App = impl::Levelled<Ghost>;
    using New = impl::LevelProcess<Ghost>;
    using Active = impl::LevelProcess<Ghost>;
    using Old = impl::LevelShadow<Ghost>;
    using Message = impl::Message<App>;
    using Outbox = impl::Outbox<App>;

    explicit LevelHandlers(const Scope& scope) : constants_(constants_of(scope)) {}

    [[nodiscard]] New version(std::size_t component) const {
        New process;
        process.level = constants_.levels.of_component[component];
        process.process.id = id_of(new_version(component));
        return process;
    }
    [[nodiscard]] Old shadow(std::size_t component) const {
        Old process;
        process.process.id = id_of(old_version(component));
        return process;
    }
    [[nodiscard]] Active active_process(std::size_t index) const {
        Active process;
        process.process.id = id_of(active(index));
        return process;
    }

    template <class P> static decltype(auto) history(P& process) { return (process.process.guarded.application); }
    static const Said& said(const Message& message) { return message.payload.content; }
    static impl::Level level(const New& process) { return process.level; }
    static impl::Level level(const Old&) { return impl::above_all; }
    template <class P> static impl::Level mark(const P& process) { return process.mark; }
    template <class P> static impl::SequenceVector validated(const P& process) {
        return process.process.guarded.valid_sn;
    }

    // Of active processes.
    Message send(Active& process, impl::ProcessId receiver, const Said& said, impl::Notes& notes) const {
        return impl::send(process, receiver, said, constants_, notes);
    }
    static bool needs_test(const Active& process) { return impl::needs_acceptance_test(process.process); }

    // Of new versions.
    Message send_from_version(New& process, bool leaves_level, const Said& said, impl::Notes& notes) const {
        return impl::send_from_version(process, leaves_level, said, constants_, notes);
    }
    static impl::SequenceNumber outputs(const New& process) { return process.external_sn; }
    // .. which are told that a test has passed if there is something below them.
    static bool is_told(const New& process) { return process.level > 0; }

    // Of old versions.
    void generate(Old& process, impl::ProcessId receiver, const Said& said, Outbox& outbox, impl::Notes& notes) const {
        const auto payload = impl::marked(process, said);
        impl::generate(process.process, impl::service_of(process), receiver, payload, constants_.rules, outbox, notes);
    }
    void generate_external(Old& process, const Said& said, Outbox& outbox, impl::Notes& notes) const {
        const auto payload = impl::marked(process, said);
        impl::generate_external(process.process, impl::service_of(process), payload, constants_.rules, outbox, notes);
    }
    std::optional<Message> send_in_level(Old& process, impl::ProcessId receiver, const Said& said,
                                         impl::Notes& notes) const {
        const App::Payload payload{said, process.mark, {}};
        return impl::send_to_component(process.process, receiver, payload, constants_.rules, notes);
    }
    [[nodiscard]] static bool suppresses_later(const Old& process, impl::SequenceNumber number) {
        return number > process.process.shadow_sn && number <= process.suppress_through;
    }

    Message pass(New& process, impl::Notes& notes) const { return impl::pass_test(process, constants_, notes); }
    template <class P> void receive(P& process, const Message& message, impl::Notes& notes) const {
        impl::receive(process, message, constants_, notes);
    }

    // Recovery. `mark`: of the process whose test has failed.
    [[nodiscard]] impl::Level level_of_recovery(impl::Level mark, impl::Level next) const {
        return impl::level_of_recovery(constants_.levels, mark, next, constants_.level_rules);
    }
    [[nodiscard]] bool is_replaced(std::size_t component, impl::Level level) const {
        return impl::is_replaced(constants_.levels.of_component[component], level, constants_.level_rules);
    }
    [[nodiscard]] impl::SequenceVector decided(const impl::SequenceVector& agreed,
                                               const impl::SequenceVector& own) const {
        return impl::guards::recovers_by(own, agreed, constants_.rules);
    }
    [[nodiscard]] bool survives(const Message& message, impl::Level level,
                                const impl::SequenceVector& validated) const {
        return impl::survives_recovery(message, {level, validated}, constants_);
    }
    void recover(New& process, impl::Level level, const impl::SequenceVector& validated, impl::Notes& notes) const {
        impl::roll_back(process, {level, validated}, constants_, notes);
    }
    // What it sends when it takes over, and puts out.
    using Resent = std::vector<std::pair<impl::ProcessId, Message>>;
    Resent recover(Old& process, impl::Level level, const impl::SequenceVector& validated, bool takes_over,
                   impl::SequenceNumber outputs, impl::Notes& notes) const {
        const auto take_over = impl::recover(process, {level, validated}, takes_over, outputs, constants_, notes);
        Resent all;
        for (const auto* log : {&take_over.resent, &take_over.resent_external})
            for (const impl::OutputEntry<App>& entry : *log)
                all.emplace_back(entry.receiver, impl::resent(process, entry, level, constants_));
        return all;
    }

private:
    impl::LevelConstants constants_;
};

} // namespace mdcd::model::levels
