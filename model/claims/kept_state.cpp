// Compares histories; has impl's handler receive the notifications that there could be at most.
// Knows no slot.
#include "model/claims/kept_state.hpp"

#include "impl/active_process.hpp"
#include "impl/cluster_counter.hpp"
#include "impl/shadow_process.hpp"
#include "model/state/numbers.hpp"

namespace mdcd::model {
namespace {

bool is_later(const History& later, const History& earlier) {
    return (earlier.received & ~later.received) == 0 && earlier.sent <= later.sent &&
           earlier.sent_inside <= later.sent_inside && is_within(earlier.depends, later.depends);
}

bool keeps(const Guarded& process) {
    return process.dirty || !process.checkpoints.empty() || !process.input_log.empty();
}

// `numbers`: all that is to be told. With a counter for each component each tells of its own and of nothing else.
template <class Process>
void tell_all(Process& process, const impl::SequenceVector& numbers, std::uint32_t outputs, const Scope& scope,
              const impl::Rules& rules) {
    for (std::uint8_t component = 0; component < scope.components; ++component) {
        Message message;
        message.kind = impl::MessageKind::passed_at;
        message.sender = {impl::Group::low, component};
        const std::size_t entry = impl::counter_entry(rules, message.sender);
        message.low_sn[entry] = numbers[entry];
        message.external_sn = component == process.id.index ? outputs : 0;
        impl::Notes notes;
        impl::receive_notification(process, message, rules, notes);
    }
}

} // namespace

bool checkpoints_out_of_order(const Guarded& process) {
    const auto& all = process.checkpoints;
    for (std::size_t position = 0; position < all.size(); ++position) {
        const bool last = position + 1 == all.size();
        const History& later = last ? process.application : all[position + 1].application;
        if (!is_later(later, all[position].application) ||
            !is_within(all[position].low_sn, last ? process.low_sn : all[position + 1].low_sn))
            return true;
    }
    return false;
}

bool log_fails(const Guarded& process) {
    for (const Checkpoint& checkpoint : process.checkpoints) {
        MessageSet held = checkpoint.application.received;
        if (checkpoint.log_length > process.input_log.size())
            return true;
        for (std::size_t position = checkpoint.log_length; position < process.input_log.size(); ++position) {
            const MessageSet message = as_set(process.input_log[position].message.payload.id);
            if ((held & message) != 0)
                return true;
            held |= message;
        }
        if (held != process.application.received)
            return true;
    }
    return false;
}

bool logs_after_checkpoint(const Guarded& process) {
    for (const Checkpoint& checkpoint : process.checkpoints)
        if (checkpoint.log_length < process.input_log.size())
            return true;
    return false;
}

bool keeps_anything(const ActiveProcess& process) {
    return keeps(process.guarded);
}

bool keeps_anything(const ShadowProcess& process) {
    return keeps(process.guarded) || !process.output_log.empty() || !process.external_log.empty();
}

bool keeps_when_told(ActiveProcess process, const Scope& scope, const impl::Rules& rules) {
    const impl::SequenceVector numbers = process.guarded.low_sn;
    tell_all(process, numbers, 0, scope, rules);
    return keeps_anything(process);
}

bool keeps_when_told(ShadowProcess process, const Scope& scope, const impl::Rules& rules) {
    impl::SequenceVector generated;
    generated[impl::counter_entry(rules, process.id)] = process.shadow_sn;
    const impl::SequenceVector numbers = together(process.guarded.low_sn, generated);
    tell_all(process, numbers, process.external_sn, scope, rules);
    return keeps_anything(process);
}

} // namespace mdcd::model
