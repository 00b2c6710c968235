// The program of a real process with the ghost in its states and messages: the handlers carry both alike. What the
// program does with its own bytes is what it does without.
// Knows no claim and no log.
#pragma once

#include <optional>
#include <string>

#include "checker/cli/node/ghost_history.hpp"
#include "impl/runtime/packet.hpp"
#include "impl/runtime/program.hpp"

namespace mdcd::checker::cli::node {

class GhostProgram : public impl::runtime::Program {
public:
    using Place = impl::runtime::Place;
    using Intention = impl::runtime::Intention;

    // Both must outlive it.
    GhostProgram(const impl::runtime::Program& program, const impl::runtime::SystemDescription& system)
        : program_(program), system_(system) {}

    [[nodiscard]] std::uint32_t versions() const override { return program_.versions(); }
    [[nodiscard]] std::string first_state(const Place& self) const override;
    void deliver(const Place& self, std::string& state, std::string_view message) const override;
    [[nodiscard]] bool wants_ticks(const Place& self, std::string_view state) const override;
    void tick(const Place& self, std::string& state, std::uint64_t time) const override;
    [[nodiscard]] std::optional<Intention> next(const Place& self, std::string_view state) const override;
    void was_sent(const Place& self, std::string& state) const override;
    [[nodiscard]] bool acceptance_test(const Place& self, std::string_view state,
                                       std::string_view output) const override;
    [[nodiscard]] bool compensate(const Place& self, std::string_view state, std::string& output) const override;

    // What tests have proved since it was asked last: all that the tested states depend on.
    [[nodiscard]] NewNumbers take_proved() const { return std::exchange(proved_, {}); }

    // Which component a process is a version of: those that are upgraded first.
    [[nodiscard]] std::uint8_t component_of(impl::ProcessId process) const;

private:
    // Of what the application wants to send next.
    [[nodiscard]] GhostHistory after(const Place& self, const GhostHistory& history, const Intention& next) const;
    [[nodiscard]] std::uint8_t receiver_of(const Intention& next) const;

    const impl::runtime::Program& program_;
    const impl::runtime::SystemDescription& system_;
    mutable NewNumbers proved_{};
};

} // namespace mdcd::checker::cli::node
