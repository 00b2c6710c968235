// The layout: which slots and steps there are for what the system consists of. What steps do is in
// compiled_events.cpp, what predicates see and renamings do in compiled_views.cpp. Knows no search.
#include "checker/actors/compiled_system.hpp"

#include <algorithm>
#include <utility>

#include "checker/channel.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::actors {
namespace {

constexpr std::uint16_t unbounded = 0xffff;

SlotKind kind_of(const Network& network) {
    if (network.order == Order::fifo)
        return SlotKind::fifo;
    return network.duplicating ? SlotKind::set : SlotKind::bag;
}

} // namespace

CompiledSystem::CompiledSystem(const SystemParts& parts, Findings findings)
    : parts_(parts), findings_(std::move(findings)), points_(findings_.points.begin(), findings_.points.end()) {
    findings_.timers.resize(parts.actors.size());
    for (std::size_t claim = 0; claim < parts.claims.size(); ++claim) {
        const Claim& each = parts.claims[claim];
        if (each.kind == ClaimKind::no_deadlock) {
            no_deadlock_ = &each;
            continue;
        }
        if (each.kind >= ClaimKind::eventually) {
            whole_runs_.push_back(claim);
            continue;
        }
        properties_.push_back({each.name,
                               each.kind == ClaimKind::reachable ? PropertyKind::reachable : PropertyKind::always,
                               each.rationale});
        claim_of_property_.push_back(claim);
    }
    add_slots();
    for (std::uint16_t actor = 0; actor < parts.actors.size(); ++actor)
        add_steps_of(actor);
    add_network_steps();
    for (const std::size_t claim : claim_of_property_)
        add_reads(parts.claims[claim]);
    if (!parts.alike.empty())
        add_renamings(all_renamings(parts.actors.size(), parts.alike));
    start_all();
}

// A claim that does not say what it looks at may look at everything.
void CompiledSystem::add_reads(const Claim& claim) {
    PropertyReads& reads = reads_.emplace_back();
    reads.each_by_itself = claim.reads_each;
    if (claim.reads)
        for (const Id actor : *claim.reads)
            reads.slots.push_back(static_cast<SlotIndex>(actor.index()));
    for (std::size_t slot = 0; !claim.reads && slot < slots_.size(); ++slot)
        reads.slots.push_back(static_cast<SlotIndex>(slot));
}

bool CompiledSystem::can_crash(std::uint16_t actor) const {
    return parts_.crashes > 0 &&
           (parts_.who_crashes.empty() || std::ranges::find(parts_.who_crashes, Id(actor)) != parts_.who_crashes.end());
}

void CompiledSystem::add_slots() {
    const std::size_t actors = parts_.actors.size();
    for (const std::string& actor : parts_.names)
        slots_.push_back({.name = actor});
    shape_.channels.assign(actors * actors, SystemShape::no_slot);
    links_.assign(actors * actors, SystemShape::no_slot);
    for (const std::shared_ptr<const AnyActor>& actor : parts_.actors) {
        shape_.actors.push_back(actor->actor_tag());
        shape_.keeps_some.push_back(actor->keeps_some());
        shape_.message = actor->message_tag();
    }
    shape_.channel_begin = slots_.size();
    for (const auto& [from, to] : findings_.channels) {
        shape_.channels[from * actors + to] = static_cast<SlotIndex>(slots_.size());
        slots_.push_back({.name = name(from) + " -> " + name(to),
                          .kind = kind_of(parts_.network),
                          .capacity = parts_.network.capacity == 0 ? unbounded : parts_.network.capacity});
    }
    shape_.channel_end = slots_.size();
    if (parts_.records_history) { // sent to, and never taken from
        shape_.history = static_cast<SlotIndex>(slots_.size());
        slots_.push_back({.name = "history", .kind = SlotKind::fifo, .capacity = unbounded});
    }
    if (parts_.network.partitions > 0) {
        for (const auto& [from, to] : findings_.channels)
            add_links(from, to);
        cuts_left_ = static_cast<SlotIndex>(slots_.size());
        slots_.push_back({.name = "cuts left"});
    }
    if (parts_.crashes > 0) {
        crashes_left_ = static_cast<SlotIndex>(slots_.size());
        slots_.push_back({.name = "crashes left"});
    }
}

void CompiledSystem::add_links(std::uint16_t from, std::uint16_t to) {
    if (from == to || is_linked(from, to))
        return;
    const std::size_t actors = parts_.actors.size();
    links_[from * actors + to] = links_[to * actors + from] = static_cast<SlotIndex>(slots_.size());
    slots_.push_back({.name = name(std::min(from, to)) + " - " + name(std::max(from, to))});
}

void CompiledSystem::add_step(Event event, std::string name, std::vector<SlotIndex> reads) {
    Step step{.name = std::move(name), .reads = std::move(reads), .takes = {}, .room = {}};
    const bool runs_handler = event.kind != EventKind::crash && event.kind < EventKind::loss;
    if (runs_handler && parts_.network.overflow == Overflow::wait && parts_.network.capacity > 0)
        for (std::size_t to = 0; to < parts_.actors.size(); ++to)
            if (const SlotIndex slot = channel(event.actor, to); slot != SystemShape::no_slot)
                step.fits.push_back(slot);
    steps_.push_back(std::move(step));
    events_.push_back(std::move(event));
}

void CompiledSystem::add_deliveries(std::uint16_t actor) {
    const bool fifo = parts_.network.order == Order::fifo;
    const auto add = [&](EventKind kind, std::uint16_t from, const char* what) {
        std::vector<SlotIndex> reads = {actor};
        if (is_linked(from, actor))
            reads.push_back(link(from, actor));
        add_step({.kind = kind, .actor = actor, .peer = from, .timer = {}},
                 name(actor) + " receives from " + name(from) + what, std::move(reads));
        steps_.back().takes = channel(from, actor);
        steps_.back().keeps = parts_.network.duplicating && (!fifo || kind == EventKind::repeated_delivery);
    };
    for (const auto& [from, to] : findings_.channels) {
        if (to != actor)
            continue;
        add(EventKind::delivery, from, "");
        if (fifo && parts_.network.duplicating)
            add(EventKind::repeated_delivery, from, ", and a copy stays under way");
    }
}

void CompiledSystem::add_steps_of(std::uint16_t actor) {
    add_deliveries(actor);
    for (const std::string& timer : findings_.timers[actor])
        add_step({.kind = EventKind::timeout, .actor = actor, .peer = actor, .timer = timer},
                 name(actor) + ": timeout " + to_text(parts_.actors[actor]->picture_of_timer(timer, parts_.names)),
                 {actor});
    if (!can_crash(actor))
        return;
    add_step({.kind = EventKind::crash, .actor = actor, .peer = actor, .timer = {}}, name(actor) + " crashes",
             {actor, crashes_left_});
    add_step({.kind = EventKind::restart, .actor = actor, .peer = actor, .timer = {}}, name(actor) + " restarts",
             {actor});
}

void CompiledSystem::add_network_steps() {
    const auto actors = static_cast<std::uint16_t>(parts_.actors.size());
    for (const auto& [from, to] : findings_.channels) {
        if (!parts_.network.lossy && !is_linked(from, to))
            continue;
        std::vector<SlotIndex> reads;
        if (is_linked(from, to) && !parts_.network.lossy)
            reads.push_back(link(from, to));
        add_step({.kind = EventKind::loss, .actor = to, .peer = from, .timer = {}},
                 "a message from " + name(from) + " to " + name(to) + " is lost", std::move(reads));
        steps_.back().takes = channel(from, to);
    }
    for (std::uint16_t a = 0; a < actors; ++a) {
        for (std::uint16_t b = a; b < actors; ++b) {
            if (!is_linked(a, b))
                continue;
            add_step({.kind = EventKind::cut, .actor = a, .peer = b, .timer = {}},
                     name(a) + " and " + name(b) + " are cut off from each other", {link(a, b), cuts_left_});
            add_step({.kind = EventKind::heal, .actor = a, .peer = b, .timer = {}},
                     name(a) + " and " + name(b) + " are connected again", {link(a, b)});
        }
    }
}

void CompiledSystem::add_renamings(const std::vector<actors::Places>& all) {
    const std::size_t actors = parts_.actors.size();
    for (const actors::Places& places : all) {
        std::vector<SlotIndex> moved(slots_.size());
        for (std::size_t slot = 0; slot < slots_.size(); ++slot)
            moved[slot] = static_cast<SlotIndex>(slot);
        for (std::size_t a = 0; a < actors; ++a) {
            moved[a] = places[a];
            for (std::size_t b = 0; b < actors; ++b) {
                if (channel(a, b) != SystemShape::no_slot)
                    moved[channel(a, b)] = channel(places[a], places[b]);
                if (is_linked(a, b))
                    moved[link(a, b)] = link(places[a], places[b]);
            }
        }
        renamings_.push_back({.actors = places, .slots = std::move(moved)});
    }
}

GlobalState CompiledSystem::started(const GlobalState& before, const Outcome& outcome) const {
    GlobalState state = before;
    for (const Outcome::Change& write : outcome.writes)
        state[write.slot] = write.bytes;
    for (const Outcome::Change& sent : outcome.sends) {
        const Slot& slot = slots_[sent.slot];
        std::string& channel = state[sent.slot];
        if (slot.kind == SlotKind::fifo)
            append_message(channel, sent.bytes);
        else if (slot.kind == SlotKind::bag)
            insert_message(channel, sent.bytes);
        else
            include_message(channel, sent.bytes);
        if (messages_of(channel).size() > slot.capacity)
            fail("at the start more is sent from " + slot.name +
                 " than the channel holds: " + std::to_string(slot.capacity));
    }
    return state;
}

void CompiledSystem::start_all() {
    try {
        GlobalState state(slots_.size());
        if (crashes_left_ != SystemShape::no_slot)
            state[crashes_left_] = encode(parts_.crashes);
        if (cuts_left_ != SystemShape::no_slot) {
            state[cuts_left_] = encode(parts_.network.partitions);
            for (const SlotIndex each : links_)
                if (each != SystemShape::no_slot)
                    state[each] = encode(false);
        }
        std::vector<GlobalState> states = {std::move(state)};
        for (std::uint16_t actor = 0; actor < parts_.actors.size(); ++actor) {
            std::vector<GlobalState> more;
            const std::vector<Result> results = start(actor);
            for (const GlobalState& before : states)
                for (const Result& result : results)
                    more.push_back(started(before, result.outcome));
            states = std::move(more);
        }
        std::ranges::sort(states);
        states.erase(std::unique(states.begin(), states.end()), states.end());
        initial_states_ = std::move(states);
        count_start_events();
        expect_alike_starts();
    } catch (const ModelError& error) {
        start_failure_ = error.what();
    }
}

// What clients record at the start they record at once. If it is not as much in all initial states, it counts as
// ordered; clients that are interchangeable are refused then.
void CompiledSystem::count_start_events() {
    if (shape_.history == SystemShape::no_slot)
        return;
    const auto count_in = [&](const GlobalState& state) { return messages_of(state[shape_.history]).size(); };
    start_events_ = initial_states_.empty() ? 0 : count_in(initial_states_.front());
    if (std::ranges::any_of(initial_states_, [&](const GlobalState& each) { return count_in(each) != start_events_; }))
        start_events_ = 0;
}

// What interchangeable actors start with is alike too: or some states are left out.
void CompiledSystem::expect_alike_starts() const {
    for (Renaming renaming = 0; renaming < renamings_.size(); ++renaming) {
        const actors::Places& places = renamings_[renaming].actors;
        std::size_t moved = 0;
        for (std::size_t actor = 0; actor < places.size(); ++actor)
            moved += places[actor] != actor ? 1 : 0;
        if (moved != 2) // all others are made of those that let two change places
            continue;
        for (const GlobalState& state : initial_states_) {
            GlobalState renamed(state.size());
            for (SlotIndex slot = 0; slot < state.size(); ++slot)
                renamed[renamed_slot(renaming, slot)] = renamed_bytes(renaming, slot, state[slot]);
            if (!std::ranges::binary_search(initial_states_, renamed))
                fail("actors that are said to be interchangeable do not start alike");
        }
    }
}

std::vector<GlobalState> CompiledSystem::initial_states() const {
    if (!start_failure_.empty())
        throw ModelError(start_failure_);
    return initial_states_;
}

} // namespace mdcd::checker::actors
