// What a process core keeps: as bytes and back, which contents it refers to, and whether there is something to do.
// Knows no step.
#include "impl/runtime/process_core.hpp"

namespace mdcd::impl::runtime {

std::string ProcessCore::bytes() const {
    ByteWriter writer;
    writer.put(steps_);
    writer.put(outputs_);
    writer.put(clock_);
    writer.put(sent_);
    writer.put(taken_);
    handlers_->write(writer);
    for (std::size_t peer = 0; peer < ahead_.size(); ++peer) // most often nothing
        for (const std::uint64_t number : ahead_[peer]) {
            writer.put(static_cast<std::uint8_t>(peer));
            writer.put(number);
        }
    return writer.take();
}

void ProcessCore::restore_from(std::string_view bytes) {
    ByteReader reader(bytes);
    reader.get(steps_, "steps");
    reader.get(outputs_, "outputs");
    reader.get(clock_, "clock");
    reader.get(sent_, "sent");
    reader.get(taken_, "taken");
    handlers_->read(reader);
    while (!reader.is_at_end()) {
        std::uint8_t peer = 0;
        std::uint64_t number = 0;
        reader.get(peer, "whose message went past others");
        reader.get(number, "which message went past others");
        if (peer >= ahead_.size() || number <= taken_[peer] + 1)
            throw MalformedBytes("a message is said to have gone past others that has not");
        ahead_[peer].insert(number);
    }
}

void ProcessCore::collect(DigestSet& alive) const {
    handlers_->collect(alive);
}

std::string_view ProcessCore::blocked(const StoredChange& message, bool waits_before) const {
    return handlers_->blocked(message, waits_before, is_of_application(message) && next().has_value());
}

std::uint64_t ProcessCore::taken_from(ProcessId peer) const {
    const std::size_t position = position_of(system_.members, peer);
    return taken_[position] + ahead_[position].size();
}

bool ProcessCore::has_taken(ProcessId peer, std::uint64_t number) const {
    const std::size_t position = position_of(system_.members, peer);
    return number <= taken_[position] || ahead_[position].contains(number);
}

bool ProcessCore::can_tick() const {
    return handlers_->can_send() && program_.wants_ticks(handlers_->place(), *contents_.at(application())) && !next();
}

bool ProcessCore::wants_to_go_on() const {
    return handlers_->can_send() && handlers_->has_room_to_send() && next();
}

bool ProcessCore::is_quiet() const {
    if (handlers_->has_stopped())
        return true;
    return handlers_->can_send() && !next() && !program_.wants_ticks(handlers_->place(), *contents_.at(application()));
}

} // namespace mdcd::impl::runtime
