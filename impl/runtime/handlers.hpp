// The handlers of one process as the core calls them: a message, an intention of the application, a word of the
// operator; and what comes of it. Two kinds: a process of one upgrade that has begun (recovery_protocol.hpp), and a
// seat in which versions come and go (upgrade_protocol.hpp). Knows no link, storage, socket or time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "impl/notes.hpp"
#include "impl/runtime/bytes.hpp"
#include "impl/runtime/packet.hpp"

namespace mdcd::impl::runtime {

// An operator's word to one process, for all. Of a begin: the components.
struct Command {
    Intent intent = Intent::begin;
    ComponentSet components{};
};

// What happened, by its name, as the log has it. Of what the protocol notes: with the number that it is about.
struct NamedNote {
    std::string_view name;
    std::optional<Note> note; // none: of the life of an upgrade
};

// What a call has to send and to give to the device, in this order, and what happened.
struct Effects {
    struct Sending {
        ProcessId to; // or the device: then `output`
        StoredChange message;
        std::string output;
    };
    std::vector<Sending> sent;
    std::vector<NamedNote> notes;
};

// For people, and to explain differences.
struct StateSummary {
    std::string_view phase;  // running, halted, coordinating, ..
    std::string_view tenant; // of a seat: ordinary, old, new, nobody
    std::uint32_t version = 0;
    std::string endings; // of a seat: how each incarnation ended, in order
    Incarnation incarnation = 0;
    bool dirty = false;
    SequenceVector low_sn;
    SequenceVector valid_sn;
    std::size_t checkpoints = 0;
    std::size_t inputs_logged = 0;
    std::size_t outputs_logged = 0;
    std::size_t held = 0;
    Digest application;
};

class Handlers : public PlaceSource {
public:
    virtual void receive(ProcessId from, const StoredChange& message, Effects& effects) = 0;
    // Whether it has been sent, or logged. If not, a recovery has begun.
    virtual bool send(const Intention& intention, Contents& contents, Effects& effects) = 0;
    virtual std::string_view command(const Command& command, Effects& effects) = 0;
    [[nodiscard]] virtual std::uint32_t next_version() const = 0; // of the program, that the next upgrade would bring

    [[nodiscard]] virtual Digest* application() = 0; // none: nobody is here
    [[nodiscard]] virtual bool can_send() const = 0; // the application may send
    [[nodiscard]] virtual bool has_room_to_send() const = 0;
    [[nodiscard]] virtual bool has_stopped() const = 0;
    // Why it cannot take that message now; "" if it can. `waits_before`: an earlier one of that sender has not been
    // taken. `pending`: the application has something to send.
    [[nodiscard]] virtual std::string_view blocked(const StoredChange& message, bool waits_before,
                                                   bool pending) const = 0;

    [[nodiscard]] virtual StateSummary summary() const = 0;
    virtual void write(ByteWriter& writer) const = 0;
    virtual void read(ByteReader& reader) = 0; // throws MalformedBytes
    virtual void collect(DigestSet& alive) const = 0;
};

// Of a system of one upgrade; of one in which upgrades begin and end. `system` must outlive them.
[[nodiscard]] std::unique_ptr<Handlers> one_upgrade_handlers(const SystemDescription& system, ProcessId self);
[[nodiscard]] std::unique_ptr<Handlers> seat_handlers(const SystemDescription& system, ProcessId self);

// "begin C1 C2", "commit", "abort". What is wrong with it, or "".
[[nodiscard]] std::string parse_command(const SystemDescription& system, std::string_view text, Command& command);

} // namespace mdcd::impl::runtime
