// A tiny application for the protocol to guard: it remembers which letters it was given, in order.
// Also the messages, processes and short texts that the tests of the protocol are made of.
#pragma once

#include <string>
#include <vector>

#include "impl/active_process.hpp"
#include "impl/fixed_vector.hpp"
#include "impl/low_process.hpp"
#include "impl/recovery.hpp"
#include "impl/shadow_process.hpp"

namespace mdcd::tests {

struct Recorder {
    struct State {
        impl::FixedVector<char, 128> letters;
        friend bool operator==(const State&, const State&) = default;
    };
    using Payload = char;
    static void deliver(State& state, const Payload& letter) { state.letters.push_back(letter, "the record"); }
};

using Message = impl::Message<Recorder>;
using Guarded = impl::Guarded<Recorder>;
using Low = impl::LowProcess<Recorder>;
using Active = impl::ActiveProcess<Recorder>;
using Shadow = impl::ShadowProcess<Recorder>;
using TakeOver = impl::TakeOver<Recorder>;

inline constexpr impl::ProcessId l1{impl::Group::low, 0};
inline constexpr impl::ProcessId l2{impl::Group::low, 1};
inline constexpr impl::ProcessId s1{impl::Group::shadow, 0};
inline constexpr impl::ProcessId s2{impl::Group::shadow, 1};
inline constexpr impl::ProcessId a1{impl::Group::active, 0};
inline constexpr impl::ProcessId a2{impl::Group::active, 1};

inline Message dirty(impl::ProcessId sender, impl::SequenceNumber number, char letter) {
    return {.kind = impl::MessageKind::application,
            .sender = sender,
            .dirty = true,
            .low_sn = impl::shared_number(number),
            .payload = letter};
}

inline Message clean(impl::ProcessId sender, impl::SequenceNumber number, char letter) {
    return {.kind = impl::MessageKind::application,
            .sender = sender,
            .dirty = false,
            .low_sn = impl::shared_number(number),
            .payload = letter};
}

inline Message passed_at(impl::ProcessId sender, impl::SequenceNumber number) {
    return {.kind = impl::MessageKind::passed_at,
            .sender = sender,
            .dirty = false,
            .low_sn = impl::shared_number(number),
            .payload = {}};
}

// The process receives them in this order; returns everything that was noted.
template <class Process>
impl::Notes receive_all(Process& process, const std::vector<Message>& messages, const impl::Rules& rules = {}) {
    impl::Notes notes;
    for (const Message& message : messages)
        receive(process, message, rules, notes);
    return notes;
}

inline std::vector<impl::NoteKind> kinds(const impl::Notes& notes) {
    std::vector<impl::NoteKind> all;
    for (const impl::Note& note : notes)
        all.push_back(note.kind);
    return all;
}

inline std::string letters(const Recorder::State& state) {
    return {state.letters.begin(), state.letters.end()};
}

// The indices of the checkpoints, "1 3".
inline std::string checkpoints(const Guarded& process) {
    std::string text;
    for (const auto& checkpoint : process.checkpoints)
        text += (text.empty() ? "" : " ") + std::to_string(checkpoint.index[0]);
    return text;
}

// The logged messages, each as its letter and its index, "b2 c2".
inline std::string input_log(const Guarded& process) {
    std::string text;
    for (const auto& entry : process.input_log)
        text.append(text.empty() ? "" : " ").append(1, entry.message.payload) += std::to_string(entry.index[0]);
    return text;
}

inline std::string output_log(const impl::OutputLog<Recorder>& log) {
    std::string text;
    for (const auto& entry : log)
        text.append(text.empty() ? "" : " ").append(1, entry.payload) += std::to_string(entry.index[0]);
    return text;
}

// "dirty, low 2, checkpoints 1, log c2, letters abc"
inline std::string summary(const Guarded& process) {
    return std::string(process.dirty ? "dirty" : "clean") + ", low " + std::to_string(process.low_sn[0]) +
           ", checkpoints " + checkpoints(process) + ", log " + input_log(process) + ", letters " +
           letters(process.application);
}

} // namespace mdcd::tests
