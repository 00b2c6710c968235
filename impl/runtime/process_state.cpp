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
    reader.expect_end();
}

void ProcessCore::collect(DigestSet& alive) const {
    handlers_->collect(alive);
}

std::string_view ProcessCore::blocked(const StoredChange& message) const {
    return handlers_->blocked(message, is_of_application(message) && next().has_value());
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
