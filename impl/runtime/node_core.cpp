// Steps are chosen so that no capacity is exceeded: messages of the application wait while something that was sent has
// no room in its link, so that back-pressure reaches whoever sends too much. Protocol messages do not wait for that.
// What waits stays in its link, which therefore acknowledges nothing behind it; what goes past it is remembered by the
// core, and skipped when the link comes to it. Knows no storage, socket or time.
#include "impl/runtime/node_core.hpp"

#include <algorithm>
#include <stdexcept>

#include "impl/runtime/bytes.hpp"

namespace mdcd::impl::runtime {

namespace {

// Of the messages only those that are kept: most links keep few.
void write_link(ByteWriter& writer, const NodeLinkStable& stable) {
    writer.put(stable.accepted);
    writer.put(stable.acknowledged);
    writer.put(stable.taken);
    for (LinkNumber number = stable.acknowledged; number < stable.accepted; ++number)
        writer.put(stable.unacknowledged[(number + 1) % node_window]);
}

NodeLinkStable read_link(ByteReader& reader) {
    NodeLinkStable stable;
    reader.get(stable.accepted, "accepted");
    reader.get(stable.acknowledged, "acknowledged");
    reader.get(stable.taken, "taken");
    if (stable.acknowledged > stable.accepted || stable.accepted - stable.acknowledged > node_window)
        throw MalformedBytes("a link keeps more messages than it can");
    for (LinkNumber number = stable.acknowledged; number < stable.accepted; ++number)
        reader.get(stable.unacknowledged[(number + 1) % node_window], "unacknowledged");
    return stable;
}

} // namespace

NodeCore::NodeCore(const SystemDescription& system, const Program& program, ProcessId self)
    : system_(system), core_(system, program, contents_, self), own_(position_of(system.members, self)) {
    for (std::size_t position = 0; position < process_count(system.members); ++position) {
        peers_.emplace_back();
        peers_.back().id = process_at(system.members, position);
    }
}

void NodeCore::restore_from(std::string_view state) {
    ByteReader reader(state);
    core_.restore_from(reader.get_text("the core", state.size()));
    for (Peer& peer : peers_) {
        peer.link = restarted<node_window>(read_link(reader));
        std::uint32_t count = 0;
        reader.get(count, "waiting");
        for (std::uint32_t each = 0; each < count; ++each)
            reader.get(peer.waiting.emplace_back(), "waiting");
    }
    reader.expect_end();
    DigestSet alive;
    core_.collect(alive);
    for (const Peer& peer : peers_) {
        alive.insert(peer.waiting.begin(), peer.waiting.end());
        for (LinkNumber number = peer.link.stable.acknowledged; number < peer.link.stable.accepted; ++number)
            alive.insert(peer.link.stable.unacknowledged[(number + 1) % node_window]);
    }
    for (const Digest& digest : alive)
        if (!contents_.contains(digest))
            throw MalformedBytes("the content " + hex(digest) + " is missing");
}

StepRecord NodeCore::run(const Input& input) {
    StepRecord record = core_.step(input);
    for (const Sent& each : record.sent)
        peers_[position_of(system_.members, each.to)].waiting.push_back(each.packet);
    fill_links();
    stepped_ = true;
    return record;
}

StepRecord NodeCore::start() {
    return run({.kind = Input::Kind::start});
}

StepRecord NodeCore::restart() {
    return run({.kind = Input::Kind::restart});
}

StepRecord NodeCore::command(const Command& command) {
    return run({.kind = Input::Kind::command, .command = command});
}

std::optional<StepRecord> NodeCore::step() {
    const std::optional<Input> input = next_input();
    if (!input)
        return std::nullopt;
    if (input->kind == Input::Kind::tick)
        tick_.reset();
    StepRecord record = run(*input);
    if (input->kind == Input::Kind::receive)
        (void)drop_taken(peers_[position_of(system_.members, input->from)]);
    return record;
}

// The link goes on over what the process has taken. Whether there was something.
bool NodeCore::drop_taken(Peer& peer) {
    bool any = false;
    while (has_arrived(peer.link) && core_.has_taken(peer.id, peer.link.stable.taken + 1)) {
        (void)take(peer.link);
        any = true;
    }
    return any;
}

// What has arrived first, peer by peer in turn; then what the application does by itself.
std::optional<Input> NodeCore::next_input() {
    const bool wait = must_wait();
    for (std::size_t each = 0; each < peers_.size(); ++each) {
        const std::size_t position = (turn_ + each) % peers_.size();
        const Peer& peer = peers_[position];
        const std::optional<LinkNumber> number = first_to_take(peer, wait);
        if (!number)
            continue;
        turn_ = position + 1;
        return Input{.kind = Input::Kind::receive,
                     .from = peer.id,
                     .number = *number,
                     .packet = *peer.link.arrived[*number % node_window]};
    }
    if (wait)
        return std::nullopt;
    if (core_.wants_to_go_on())
        return Input{.kind = Input::Kind::go_on};
    if (tick_ && core_.can_tick())
        return Input{.kind = Input::Kind::tick, .time = *tick_};
    return std::nullopt;
}

// Behind those that wait, one that may go past them.
std::optional<LinkNumber> NodeCore::first_to_take(const Peer& peer, bool wait) const {
    bool waits_before = false;
    const LinkNumber first = peer.link.stable.taken + 1;
    for (LinkNumber number = first; number < first + node_window; ++number) {
        const StoredChange* const message = arrived(peer, number);
        if (message == nullptr)
            return std::nullopt;
        if (core_.has_taken(peer.id, number))
            continue;
        const bool backs_up = wait && is_of_application(*message);
        if (!backs_up && core_.blocked(*message, waits_before).empty())
            return number;
        waits_before = true;
    }
    return std::nullopt;
}

const StoredChange* NodeCore::arrived(const Peer& peer, LinkNumber number) const {
    const std::optional<Digest>& packet = peer.link.arrived[number % node_window];
    if (!packet)
        return nullptr;
    Arrived& decoded = peer.decoded[number % node_window];
    if (decoded.packet != *packet) {
        decoded.change = decode(system_, peer.id, *contents_.at(*packet)).change;
        decoded.packet = *packet;
    }
    return &decoded.change;
}

bool NodeCore::has_backlog() const {
    return std::ranges::any_of(peers_, [](const Peer& peer) { return !peer.waiting.empty(); });
}

// For room in the links; and, where a change of the system can halt a peer, for it to take what is on its way to it, so
// that its queue holds what comes from all.
bool NodeCore::must_wait() const {
    if (has_backlog())
        return true;
    if (!system_.upgrades)
        return false;
    const std::size_t most = under_way_max(system_.members) - actions_per_step(system_);
    return std::ranges::any_of(peers_, [&](const Peer& peer) { return node_window - room(peer.link) > most; });
}

void NodeCore::fill_links() {
    for (Peer& peer : peers_)
        while (!peer.waiting.empty() && room(peer.link) > 0) {
            switch (submit(peer.link, peer.waiting.front(), link_rules_)) {
            case LinkSubmission::accepted:
                break;
            case LinkSubmission::full:
            case LinkSubmission::exhausted:
                throw std::logic_error("a link with room refuses a message");
            }
            peer.waiting.pop_front();
            stepped_ = true; // it leaves when this is stored
        }
}

NodeSnapshot NodeCore::snapshot() {
    NodeSnapshot snapshot;
    DigestSet alive;
    DigestSet held; // arrived and not taken: after a crash the peer sends them again
    core_.collect(alive);
    ByteWriter writer;
    writer.put_text(core_.bytes());
    for (const Peer& peer : peers_) {
        snapshot.links.push_back(to_store(peer.link, link_rules_));
        write_link(writer, snapshot.links.back());
        writer.put(static_cast<std::uint32_t>(peer.waiting.size()));
        for (const Digest& each : peer.waiting)
            writer.put(each);
        alive.insert(peer.waiting.begin(), peer.waiting.end());
        alive.insert(peer.link.stable.unacknowledged.begin(), peer.link.stable.unacknowledged.end());
        for (const std::optional<Digest>& each : peer.link.arrived)
            if (each)
                held.insert(*each);
    }
    alive.erase(Digest{});
    snapshot.state = writer.take();
    snapshot.contents = contents_.keep_only(alive, held);
    stepped_ = changed_ = false;
    return snapshot;
}

void NodeCore::was_stored(const NodeSnapshot& snapshot) {
    for (std::size_t position = 0; position < peers_.size(); ++position)
        impl::was_stored(peers_[position].link, snapshot.links[position]);
}

void NodeCore::begin_session(std::size_t peer) {
    impl::begin_session(peers_[peer].link, link_rules_);
}

std::optional<NodeFrame> NodeCore::next_frame(std::size_t peer) {
    const auto frame = impl::next_frame(peers_[peer].link, link_rules_);
    if (!frame)
        return std::nullopt;
    NodeFrame result{frame->number, frame->acknowledged, frame->confirmed, nullptr};
    if (frame->number > 0)
        result.packet = contents_.at(frame->payload);
    return result;
}

LinkReceipt NodeCore::receive(std::size_t peer, LinkNumber number, LinkNumber acknowledged, LinkNumber confirmed,
                              std::string_view packet) {
    LinkFrame<Digest> frame{number, acknowledged, confirmed, {}};
    if (number > 0) {
        (void)decode(system_, peers_[peer].id, packet);
        frame.payload = contents_.put(packet);
    }
    NodeLink& link = peers_[peer].link;
    const LinkNumber before = link.stable.acknowledged;
    const LinkReceipt receipt = impl::receive(link, frame, link_rules_);
    if (link.stable.acknowledged != before) {
        changed_ = true;
        fill_links();
    }
    if (drop_taken(peers_[peer])) // after a crash it comes again
        stepped_ = true;          // the peer is told when this is stored
    return receipt;
}

bool NodeCore::is_idle() const {
    return core_.is_quiet() && !stepped_ && !has_backlog() &&
           std::ranges::all_of(peers_, [](const Peer& peer) { return impl::is_idle(peer.link); });
}

std::string NodeCore::waits_for() const {
    for (const Peer& peer : peers_) {
        if (!peer.waiting.empty())
            return "room in the link to " + name_in(system_, peer.id);
        const StoredChange* const message = arrived(peer, peer.link.stable.taken + 1);
        if (message != nullptr && !core_.blocked(*message, false).empty())
            return std::string(core_.blocked(*message, false)) + " (a message of " + name_in(system_, peer.id) +
                   " waits)";
    }
    return "";
}

std::uint64_t NodeCore::sent() const {
    std::uint64_t count = 0;
    for (const Peer& peer : peers_)
        count += core_.sent_to(peer.id);
    return count;
}

std::uint64_t NodeCore::taken() const {
    std::uint64_t count = 0;
    for (const Peer& peer : peers_)
        count += core_.taken_from(peer.id);
    return count;
}

} // namespace mdcd::impl::runtime
