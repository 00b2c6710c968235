// The application that a process guards, as the runtime sees it: states and messages are bytes of any size. It takes
// what arrives into its state, and says there what it wants to send next; the runtime asks, sends, and tells it.
// So a state that was rolled back wants to send again what it had not sent then. Knows no protocol.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "impl/process_id.hpp"

namespace mdcd::impl::runtime {

// Something that the application wants to send.
struct Intention {
    enum class To : std::uint8_t {
        active,    // an internal message to that active process
        component, // an internal message to that component of the cluster
        device,    // an external message
    };
    To to = To::device;
    std::uint8_t index = 0; // of the active process or component, from 0
    std::string content;
};

// Where the program runs, and which version of it. In a system of one upgrade the new version of a component is a
// process of group low and version 1, the old one its shadow and version 0. Where upgrades begin and end, version n
// came with the n-th that began, and the group says nothing but for active processes: those are no component that is
// upgraded.
struct Place {
    ProcessId process;
    std::uint32_t version = 0;
};

// A function of its arguments: no clock, no chance, nothing kept between calls. All versions are one program, told
// apart by `self`.
class Program {
public:
    virtual ~Program() = default;

    // From 0: version n is what the n-th upgrade brings.
    [[nodiscard]] virtual std::uint32_t versions() const { return 2; }
    [[nodiscard]] virtual std::string first_state(const Place& self) const = 0;
    virtual void deliver(const Place& self, std::string& state, std::string_view message) const = 0;

    // Whether it has something to do by itself now and then, as sensors have. `time`: milliseconds since 1970.
    [[nodiscard]] virtual bool wants_ticks(const Place& self, std::string_view state) const = 0;
    virtual void tick(const Place& self, std::string& state, std::uint64_t time) const = 0;

    // What it wants to send next, if anything; and that this has been sent, or logged by a shadow.
    [[nodiscard]] virtual std::optional<Intention> next(const Place& self, std::string_view state) const = 0;
    virtual void was_sent(const Place& self, std::string& state) const = 0;

    // Of external messages: whether this one of this state is plausible, and whether it could be corrected.
    [[nodiscard]] virtual bool acceptance_test(const Place& self, std::string_view state,
                                               std::string_view output) const = 0;
    [[nodiscard]] virtual bool compensate(const Place& self, std::string_view state, std::string& output) const = 0;
};

} // namespace mdcd::impl::runtime
