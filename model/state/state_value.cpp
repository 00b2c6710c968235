// Decodes each slot by its role and writes it as a value.
// Knows no step.
#include "model/state/state_value.hpp"

#include <array>

#include "checker/channel.hpp"
#include "model/state/encoding.hpp"
#include "model/state/local.hpp"
#include "model/state/recovery_local.hpp"
#include "model/state/script.hpp"
#include "model/state/value_writer.hpp"

namespace mdcd::model {

using impl::Group;
using traces::Value;

namespace {

Value message_value(std::string_view bytes, std::size_t entries) {
    const auto message = decode<Message>(bytes);
    Value::Record record{{"kind", ValueWriter::write(message.kind)}};
    if (message.kind == impl::MessageKind::application) {
        record.emplace_back("message", ValueWriter::write(message.payload.id));
        record.emplace_back("dirty", message.dirty);
    }
    record.emplace_back("low_sn", to_value(message.low_sn, entries));
    if (message.kind == impl::MessageKind::application)
        record.emplace_back("depends", to_value(message.payload.depends, entries));
    if (message.incarnation > 0)
        record.emplace_back("incarnation", static_cast<std::int64_t>(message.incarnation));
    return record;
}

// Only what says something in the phase in which the process is.
Value recovery_value(const RecoveryLocal& local, std::size_t entries) {
    const RecoveryState& state = local.state;
    constexpr std::array phases{"running", "halted", "coordinating", "stopped"};
    Value::Record record{{"incarnation", static_cast<std::int64_t>(state.incarnation)},
                         {"phase", phases[static_cast<std::size_t>(state.phase)]}};
    if (state.phase == impl::RecoveryPhase::halted)
        record.emplace_back("coordinator", ValueWriter::write(state.coordinator));
    if (state.phase == impl::RecoveryPhase::coordinating) {
        Value::List replied;
        for (const Group group : {Group::low, Group::shadow, Group::active})
            for (std::uint8_t index = 0; index < 8; ++index)
                if (state.replied.contains({group, index}))
                    replied.emplace_back(name_of(impl::ProcessId{group, index}));
        record.emplace_back("replied", std::move(replied));
        record.emplace_back("known", to_value(state.known, entries));
    }
    if (!state.held.empty()) {
        Value::List held;
        for (const Message& message : state.held)
            held.emplace_back(name_of(message.sender) + ": " + describe_message(encode(message), entries));
        record.emplace_back("held", std::move(held));
    }
    if (!state.decided.empty())
        record.emplace_back("decided", ValueWriter(entries).write(state.decided));
    if (state.suppress_through > 0)
        record.emplace_back("suppress_through", static_cast<std::int64_t>(state.suppress_through));
    if (state.suppress_external_through > 0)
        record.emplace_back("suppress_external_through", static_cast<std::int64_t>(state.suppress_external_through));
    return record;
}

Value slot_value(const SlotPlace& place, const std::string& bytes, std::size_t components, std::size_t entries) {
    const ValueWriter writer(entries);
    switch (place.role) {
    case SlotRole::process:
        if (place.process.group == Group::low)
            return writer.write(decode<LowProcess>(bytes));
        if (place.process.group == Group::shadow)
            return writer.write(decode<ShadowLocal>(bytes));
        return writer.write(decode<ActiveLocal>(bytes));
    case SlotRole::channel: {
        Value::List messages;
        for (const std::string_view message : checker::messages_of(bytes))
            messages.push_back(message_value(message, entries));
        return messages;
    }
    case SlotRole::script: {
        Value::List script;
        for (const ScriptEntry& entry : decode<Script>(bytes).entries) {
            const std::string to =
                entry.external() ? "device" : name_of(impl::ProcessId{Group::active, entry.receiver});
            script.emplace_back(components == 1 ? to
                                                : name_of(impl::ProcessId{Group::low, entry.component}) + ">" + to);
        }
        return script;
    }
    case SlotRole::recovery:
        return recovery_value(decode<RecoveryLocal>(bytes), entries);
    case SlotRole::detections:
        return writer.write(decode<Detections>(bytes));
    case SlotRole::validated:
        return writer.write(decode<Validated>(bytes));
    case SlotRole::tests_passed: {
        Value::List proved;
        for (const impl::SequenceVector& each : decode<TestsPassed>(bytes).proved)
            proved.push_back(to_value(each, entries));
        return proved;
    }
    default:
        return static_cast<int>(decode<Budget>(bytes).left);
    }
}

} // namespace

Value state_value(const Layout& layout, std::size_t entries, const checker::GlobalState& state) {
    Value::Record record;
    const std::size_t components = 1 + layout.others({Group::low, 0}).size();
    for (std::size_t slot = 0; slot < state.size(); ++slot)
        record.emplace_back(layout.slots()[slot].name,
                            slot_value(layout.places()[slot], state[slot], components, entries));
    return record;
}

std::string digest_of(const checker::GlobalState& state) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    const auto add = [&](unsigned char byte) { hash = (hash ^ byte) * 0x100000001b3U; };
    for (const std::string& bytes : state) {
        for (unsigned shift = 0; shift < 32; shift += 8)
            add(static_cast<unsigned char>(bytes.size() >> shift));
        for (const char byte : bytes)
            add(static_cast<unsigned char>(byte));
    }
    std::string digits(16, '0');
    for (std::size_t position = digits.size(); position-- > 0; hash >>= 4)
        digits[position] = "0123456789abcdef"[hash & 15];
    return digits;
}

std::string describe_message(std::string_view bytes, std::size_t entries) {
    const auto number = [entries](const impl::SequenceVector& numbers) { return to_text(numbers, entries); };
    const auto message = decode<Message>(bytes);
    if (message.kind == impl::MessageKind::passed_at)
        return "passed_AT(" + number(message.low_sn) + ")";
    if (message.kind == impl::MessageKind::low_number)
        return "the counter " + number(message.low_sn);
    const std::string incarnation = std::to_string(message.incarnation);
    if (message.kind == impl::MessageKind::recovery_announcement)
        return "the announcement of recovery " + incarnation;
    if (message.kind == impl::MessageKind::recovery_reply)
        return "a reply (" + number(message.low_sn) + ") for recovery " + incarnation;
    if (message.kind == impl::MessageKind::recovery_decision)
        return "the decision (" + number(message.low_sn) + ") of recovery " + incarnation;
    if (message.payload.id.number == 0)
        return "a message inside the cluster";
    if (message.payload.id.source == 0)
        return "cluster message " + std::to_string(message.payload.id.number);
    return name_of(message.payload.id);
}

} // namespace mdcd::model
