// Takes the ghost off, asks the program, and puts it back.
// Knows no claim and no log.
#include "checker/cli/node/ghost_program.hpp"

#include <utility>

namespace mdcd::checker::cli::node {

using impl::Group;

std::uint8_t GhostProgram::component_of(impl::ProcessId process) const {
    const unsigned before = process.group == Group::active ? system_.members.components : 0U;
    return static_cast<std::uint8_t>(before + process.index);
}

std::uint8_t GhostProgram::receiver_of(const Intention& next) const {
    return component_of({next.to == Intention::To::active ? Group::active : Group::low, next.index});
}

// A message that leaves the components that are upgraded is numbered if a new version sends it; one to the device is
// known by its own count.
GhostHistory GhostProgram::after(const Place& self, const GhostHistory& history, const Intention& next) const {
    GhostHistory later = history;
    if (next.to == Intention::To::device) {
        ++later.outputs;
        return later;
    }
    ++later.sent[receiver_of(next)];
    if (self.version > 0 && self.version <= upgrade_count_max && self.process.group != Group::active &&
        next.to == Intention::To::active)
        ++later.depends[self.version][component_of(self.process)];
    return later;
}

std::string GhostProgram::first_state(const Place& self) const {
    return with(GhostHistory{}, program_.first_state(self));
}

void GhostProgram::deliver(const Place& self, std::string& state, std::string_view message) const {
    std::string_view own = state;
    GhostHistory history = split_history(own);
    history.deliver(split_message(message));
    std::string inner(own);
    program_.deliver(self, inner, message);
    state = with(history, inner);
}

bool GhostProgram::wants_ticks(const Place& self, std::string_view state) const {
    (void)split_history(state);
    return program_.wants_ticks(self, state);
}

void GhostProgram::tick(const Place& self, std::string& state, std::uint64_t time) const {
    std::string_view own = state;
    const GhostHistory history = split_history(own);
    std::string inner(own);
    program_.tick(self, inner, time);
    state = with(history, inner);
}

std::optional<impl::runtime::Intention> GhostProgram::next(const Place& self, std::string_view state) const {
    const GhostHistory history = split_history(state);
    std::optional<Intention> next = program_.next(self, state);
    if (!next)
        return next;
    const GhostHistory later = after(self, history, *next);
    const std::uint64_t number = next->to == Intention::To::device ? later.outputs : later.sent[receiver_of(*next)];
    next->content = with(GhostMessage{component_of(self.process), number, later.depends}, next->content);
    return next;
}

void GhostProgram::was_sent(const Place& self, std::string& state) const {
    std::string_view own = state;
    GhostHistory history = split_history(own);
    const std::optional<Intention> next = program_.next(self, own);
    std::string inner(own);
    program_.was_sent(self, inner);
    if (next)
        history = after(self, history, *next);
    state = with(history, inner);
}

bool GhostProgram::acceptance_test(const Place& self, std::string_view state, std::string_view output) const {
    const GhostHistory history = split_history(state);
    (void)split_message(output);
    const bool passed = program_.acceptance_test(self, state, output);
    if (passed)
        join(proved_, history.depends);
    return passed;
}

bool GhostProgram::compensate(const Place& self, std::string_view state, std::string& output) const {
    (void)split_history(state);
    std::string_view own = output;
    const GhostMessage message = split_message(own);
    std::string inner(own);
    const bool done = program_.compensate(self, state, inner);
    output = with(message, inner);
    return done;
}

} // namespace mdcd::checker::cli::node
