// What is the same of processes of all kinds: which contents a state refers to, and what people are told of it and of
// what it waits for. Knows no handler and no agreement.
#pragma once

#include <string_view>

#include "impl/process_states.hpp"
#include "impl/runtime/handlers.hpp"
#include "impl/upgrade_room.hpp"

namespace mdcd::impl::runtime {

inline constexpr std::string_view no_room_to_send = "what the application wants to send has no room";

// Why a message is not taken.
[[nodiscard]] constexpr std::string_view text_of(Shortage shortage) {
    switch (shortage) {
    case Shortage::queue:
        return "the queue of a halted process is full";
    case Shortage::checkpoints:
        return "the checkpoint array is full: a test that succeeds will empty it";
    case Shortage::receiver_log:
        return "the receiver log is full: a test that succeeds will empty it";
    case Shortage::endings:
        return "the list of recoveries is full";
    case Shortage::none:
        break;
    }
    return "an earlier message of the same sender waits, and this one may not go past it";
}

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
