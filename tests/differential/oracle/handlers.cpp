// Figures 3 and 4, incoming side, and memory reclamation. Each `if` on a reading names the value that is not the first
// of its rule.
#include "tests/differential/oracle/handlers.hpp"

#include <algorithm>

namespace oracle {
namespace {

// Is one of the states that the process could be put into, or is in, free of what is beyond `limit`?
bool keeps_state_free_of(const Process& process, const Number& limit) {
    const auto is_free = [&](const Checkpoint& checkpoint) { return covers(limit, checkpoint.application.depends); };
    return covers(limit, process.application.depends) || std::ranges::any_of(process.checkpoints, is_free);
}

void drop_checkpoints(const World& world, Process& process, const Number& limit) {
    std::vector<Checkpoint> kept;
    for (std::size_t i = 0; i < process.checkpoints.size(); ++i) {
        const Checkpoint& checkpoint = process.checkpoints[i];
        const bool last = i + 1 == process.checkpoints.size();
        const Number& absorbed_after = last ? process.low_sn : process.checkpoints[i + 1].low_sn;
        const Number& decisive = world.readings.reclaim_by_cover ? absorbed_after : checkpoint.index;
        if (!covers(limit, decisive))
            kept.push_back(checkpoint);
    }
    process.checkpoints = kept;
}

// Removes entry `position` of the receiver log; checkpoints keep pointing at the same entries.
void purge_input(Process& process, std::size_t position) {
    const Identity id = process.input_log[position].message.id;
    process.input_log.erase(process.input_log.begin() + static_cast<std::ptrdiff_t>(position));
    for (Checkpoint& checkpoint : process.checkpoints) {
        if (static_cast<int>(position) < checkpoint.log_length)
            --checkpoint.log_length;
    }
    const bool needed = !process.checkpoints.empty() && !process.checkpoints.front().application.received.contains(id);
    if (needed)
        process.purged.insert(id);
}

void purge_input_log(const World& world, Process& process, const Number& limit) {
    if (world.readings.log_while_dirty) {
        std::size_t old = process.input_log.size();
        if (!process.checkpoints.empty())
            old = static_cast<std::size_t>(process.checkpoints.front().log_length);
        for (; old > 0; --old)
            purge_input(process, 0);
        return;
    }
    for (std::size_t position = process.input_log.size(); position-- > 0;) {
        if (covers(limit, process.input_log[position].index))
            purge_input(process, position);
    }
}

void purge_suppressed(const World& world, Process& process, const Number& limit) {
    std::erase_if(process.output_log, [&](const Suppressed& entry) { return covers(limit, entry.index); });
    std::erase_if(process.external_log, [&](const Suppressed& entry) {
        return world.readings.external_own_counter ? entry.number <= process.valid_external
                                                   : covers(limit, entry.index);
    });
}

void forget_purged_that_need_not_come_back(Process& process) {
    std::erase_if(process.purged, [&](const Identity& id) {
        return process.checkpoints.empty() || process.checkpoints.front().application.received.contains(id);
    });
}

bool is_news(const World& world, const Process& process, const Message& message) {
    // With a number for each component what counts is what both say together: an entry above neither is no news.
    const bool everywhere = world.readings.register_everywhere;
    const Number known = everywhere ? join(process.low_sn, process.valid_sn) : process.low_sn;
    return !covers(known, message.low_sn);
}

bool must_checkpoint(const World& world, const Process& process, bool shadow, const Message& message) {
    if (!message.dirty)
        return false;
    const bool news = is_news(world, process, message);
    if (!process.dirty)
        return news || world.readings.first_checkpoint_dirty_only;
    return news && (shadow || world.readings.checkpoint_every_new_sn || process.propagating);
}

void take_checkpoint(const World& world, Process& process, const Message& message) {
    Checkpoint checkpoint;
    checkpoint.index = world.readings.index_local_sn ? process.low_sn : message.low_sn;
    checkpoint.low_sn = process.low_sn;
    checkpoint.propagating = process.propagating;
    checkpoint.shadow_sn = process.shadow_sn;
    checkpoint.external_sn = process.external_sn;
    checkpoint.log_length = static_cast<int>(process.input_log.size());
    checkpoint.application = process.application;
    process.checkpoints.push_back(checkpoint);
    process.dirty = true;
    process.propagating = !message.from_low;
}

} // namespace

Number as_number(const World& world, int component, int counter) {
    Number number{};
    number[world.readings.vectors() ? static_cast<std::size_t>(component) : 0] = counter;
    return number;
}

void reclaim(const World& world, Process& process, const Number& validated) {
    drop_checkpoints(world, process, validated);
    purge_input_log(world, process, validated);
    purge_suppressed(world, process, validated);
    forget_purged_that_need_not_come_back(process);
    process.dirty = !process.checkpoints.empty();
}

void learn_validated(const World& world, Process& process, const Number& validated) {
    process.valid_sn = join(process.valid_sn, validated);
    const bool had_free_state = keeps_state_free_of(process, process.valid_sn);
    // With one counter the notification at hand says all; with several, two of them may only say it together.
    reclaim(world, process, world.readings.vectors() ? process.valid_sn : validated);
    const bool has_free_state = keeps_state_free_of(process, process.valid_sn);
    if (had_free_state && !has_free_state)
        process.dropped = true;
    if (has_free_state)
        process.dropped = false;
}

void deliver(Application& application, const Message& message) {
    application.depends = join(application.depends, message.depends);
    application.received.insert(message.id);
}

void receive_application_message(const World& world, Process& process, int component, const Message& message) {
    const bool shadow = component >= 0;
    const bool was_dirty = process.dirty;
    const bool by_shadow_sn = shadow && world.readings.input_index_shadow_sn;
    const Number index = by_shadow_sn ? as_number(world, component, process.shadow_sn) : process.low_sn;
    const bool checkpoint = must_checkpoint(world, process, shadow, message);
    if (checkpoint)
        take_checkpoint(world, process, message);
    const bool log = world.readings.log_while_dirty ? process.dirty : !checkpoint && was_dirty && !message.dirty;
    if (log)
        process.input_log.push_back({index, message});
    const bool withheld = checkpoint && !shadow && world.readings.literal_delivery;
    if (!withheld)
        deliver(process.application, message);
    process.low_sn = join(process.low_sn, message.low_sn);
}

void receive_passed_at(const World& world, Process& process, int component, const Message& message) {
    if (component >= 0 && message.component == component) {
        process.valid_external = std::max(process.valid_external, message.outputs);
    }
    learn_validated(world, process, message.low_sn);
    const bool active = component < 0;
    if (active && !world.readings.keep_on_notification)
        process.low_sn = join(process.low_sn, message.low_sn);
}

} // namespace oracle
