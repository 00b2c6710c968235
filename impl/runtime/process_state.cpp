// What a process core keeps: as bytes and back, which contents it refers to, whether there is room for another step,
// and what people are told of it. Knows no step.
#include <algorithm>

#include "impl/recovery_protocol.hpp"
#include "impl/runtime/bytes.hpp"
#include "impl/runtime/process_core.hpp"

namespace mdcd::impl::runtime {
namespace {

// Visits like a writer; keeps the digests.
class DigestCollector {
public:
    explicit DigestCollector(std::set<Digest>& digests) : digests_(digests) {}

    template <class T> void operator()(const char*, const T& value) { put(value); }

    void put(const Digest& digest) {
        if (digest != Digest{})
            digests_.insert(digest);
    }
    template <Visitable T> void put(const T& value) { T::visit_fields(value, *this); }
    template <class T, std::size_t Capacity> void put(const FixedVector<T, Capacity>& items) {
        for (const T& each : items)
            put(each);
    }
    template <class T> void put(const T&) {} // numbers

private:
    std::set<Digest>& digests_;
};

template <class Process> const Guarded<StoredApplication>* guarded_of(const Process& process) {
    if constexpr (std::is_same_v<Process, LowProcess<StoredApplication>>)
        return nullptr;
    else
        return &process.guarded;
}

} // namespace

std::string ProcessCore::bytes() const {
    ByteWriter writer;
    writer.put(steps_);
    writer.put(outputs_);
    writer.put(clock_);
    writer.put(sent_);
    writer.put(taken_);
    writer.put(recovery_);
    std::visit([&](const auto& process) { writer.put(process); }, process_);
    return writer.take();
}

void ProcessCore::restore_from(std::string_view bytes) {
    ByteReader reader(bytes);
    reader.get(steps_, "steps");
    reader.get(outputs_, "outputs");
    reader.get(clock_, "clock");
    reader.get(sent_, "sent");
    reader.get(taken_, "taken");
    reader.get(recovery_, "recovery");
    std::visit(
        [&](auto& process) {
            reader.get(process, "process");
            if (process.id != self_)
                throw MalformedBytes("the state is of " + name_of(process.id) + ", not of " + name_of(self_));
        },
        process_);
    reader.expect_end();
}

void ProcessCore::collect(std::set<Digest>& alive) const {
    DigestCollector collector(alive);
    collector.put(recovery_);
    std::visit([&](const auto& process) { collector.put(process); }, process_);
}

// A step receives one message, and a recovery that ends in it goes through what was held.
std::string_view ProcessCore::blocked(MessageKind kind) const {
    const bool ordinary =
        kind == MessageKind::application || kind == MessageKind::passed_at || kind == MessageKind::low_number;
    if (!ordinary && recovery_.decided.size() == recovery_count_max)
        return "the list of recoveries is full";
    if (!is_running(recovery_))
        return recovery_.held.size() == held_count_max && (ordinary || kind == MessageKind::recovery_announcement)
                   ? "the queue of a halted process is full"
                   : "";
    if (kind != MessageKind::application)
        return "";
    if (next())
        return "what the application wants to send has no room";
    return std::visit(
        [](const auto& process) -> std::string_view {
            const auto* guarded = guarded_of(process);
            if (guarded == nullptr)
                return "";
            if (guarded->checkpoints.size() == checkpoint_count_max)
                return "the checkpoint array is full: a test that succeeds will empty it";
            if (guarded->input_log.size() == log_entry_count_max)
                return "the receiver log is full: a test that succeeds will empty it";
            return "";
        },
        process_);
}

bool ProcessCore::has_room_to_send() const {
    const auto* shadow = std::get_if<Shadow>(&process_);
    return shadow == nullptr || is_in_service(recovery_) ||
           (shadow->output_log.size() < log_entry_count_max && shadow->external_log.size() < log_entry_count_max);
}

bool ProcessCore::can_tick() const {
    return is_running(recovery_) && program_.wants_ticks(self_, *contents_.at(application())) && !next();
}

bool ProcessCore::wants_to_go_on() const {
    return is_running(recovery_) && has_room_to_send() && next();
}

bool ProcessCore::is_quiet() const {
    if (recovery_.phase == RecoveryPhase::stopped)
        return true;
    return is_running(recovery_) && !next() && !program_.wants_ticks(self_, *contents_.at(application()));
}

StateSummary ProcessCore::summary() const {
    StateSummary summary;
    summary.phase = recovery_.phase;
    summary.incarnation = recovery_.incarnation;
    summary.held = recovery_.held.size();
    summary.application = application();
    std::visit(
        [&](const auto& process) {
            summary.valid_sn = validated_by(process);
            const auto* guarded = guarded_of(process);
            if (guarded == nullptr) {
                summary.dirty = true; // new versions are, always
                return;
            }
            summary.dirty = guarded->dirty;
            summary.low_sn = guarded->low_sn;
            summary.checkpoints = guarded->checkpoints.size();
            summary.inputs_logged = guarded->input_log.size();
        },
        process_);
    if (const auto* low = std::get_if<Low>(&process_))
        summary.low_sn = low->low_sn;
    if (const auto* shadow = std::get_if<Shadow>(&process_))
        summary.outputs_logged = shadow->output_log.size() + shadow->external_log.size();
    return summary;
}

} // namespace mdcd::impl::runtime
