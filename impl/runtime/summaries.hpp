// What is the same of processes of all kinds: which contents a state refers to, whether what it keeps is full, and what
// people are told of it. Knows no handler and no agreement.
#pragma once

#include <string_view>

#include "impl/process_states.hpp"
#include "impl/runtime/handlers.hpp"

namespace mdcd::impl::runtime {

inline constexpr std::string_view queue_is_full = "the queue of a halted process is full";
inline constexpr std::string_view checkpoints_are_full =
    "the checkpoint array is full: a test that succeeds will empty it";
inline constexpr std::string_view receiver_log_is_full = "the receiver log is full: a test that succeeds will empty it";
inline constexpr std::string_view no_room_to_send = "what the application wants to send has no room";

// Visits like a writer; keeps the digests.
class DigestCollector {
public:
    explicit DigestCollector(DigestSet& digests) : digests_(digests) {}

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
    DigestSet& digests_;
};

template <class Process> [[nodiscard]] std::string_view guarded_is_full(const Process& process) {
    if constexpr (requires { process.guarded; }) {
        if (process.guarded.checkpoints.size() == checkpoint_count_max)
            return checkpoints_are_full;
        if (process.guarded.input_log.size() == log_entry_count_max)
            return receiver_log_is_full;
    }
    return "";
}

[[nodiscard]] inline bool has_room(const ShadowProcess<StoredApplication>& shadow) {
    return shadow.output_log.size() < log_entry_count_max && shadow.external_log.size() < log_entry_count_max;
}

template <class Process> void summarise(const Process& process, StateSummary& summary) {
    if constexpr (requires { process.guarded; }) {
        const auto& guarded = process.guarded;
        summary.application = guarded.application;
        summary.dirty = guarded.dirty;
        summary.low_sn = guarded.low_sn;
        summary.valid_sn = guarded.valid_sn;
        summary.checkpoints = guarded.checkpoints.size();
        summary.inputs_logged = guarded.input_log.size();
    } else if constexpr (requires { process.application; }) {
        summary.application = process.application;
        summary.dirty = true; // new versions are, always
        summary.low_sn = process.low_sn;
        summary.valid_sn = process.valid_sn;
    }
    if constexpr (requires { process.output_log; })
        summary.outputs_logged = process.output_log.size() + process.external_log.size();
}

} // namespace mdcd::impl::runtime
