// A node without input or output: the process core and, for each peer, one end of a link and what waits for room in it.
// It says which step is possible, runs it, gives what must be stored together, and, once it was, the frames.
// Knows no storage, socket or time; knows no rule of the protocol.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "impl/link.hpp"
#include "impl/runtime/process_core.hpp"

namespace mdcd::impl::runtime {

inline constexpr std::size_t node_window = 16; // of each link, both ways

using NodeLink = LinkEnd<Digest, node_window>;
using NodeLinkStable = LinkStable<Digest, node_window>;

// What one transaction holds.
struct NodeSnapshot {
    std::string state; // core, links and what waits for them
    std::vector<NodeLinkStable> links;
    Contents::Change contents;
};

// A frame of the wire, without its length. The packet follows the numbers.
struct NodeFrame {
    LinkNumber number = 0;
    LinkNumber acknowledged = 0;
    LinkNumber confirmed = 0;
    Contents::Bytes packet; // none if number is 0
};

class NodeCore {
public:
    // Both must outlive it.
    NodeCore(const SystemDescription& system, const Program& program, ProcessId self);

    // After a crash or a stop. Contents first. Throws MalformedBytes.
    void put_content(std::string bytes) { contents_.put_stored(std::move(bytes)); }
    void restore_from(std::string_view state);

    // The application's own next step is due at that time.
    void tick_at(std::uint64_t time) { tick_ = time; }

    // The next step that is possible, or none. What it did has to be stored before any frame leaves.
    [[nodiscard]] std::optional<StepRecord> step();
    [[nodiscard]] StepRecord start(); // the first
    [[nodiscard]] StepRecord restart();
    [[nodiscard]] StepRecord command(const Command& command); // an operator's word, a step as any other

    // Whether something changed since the last snapshot: a step, or only what peers acknowledged.
    [[nodiscard]] bool must_store() const { return stepped_; }
    [[nodiscard]] bool may_store() const { return stepped_ || changed_; }
    [[nodiscard]] NodeSnapshot snapshot();
    void was_stored(const NodeSnapshot& snapshot);

    // Of the sessions. Peers are counted by position; there is no link to the process itself.
    void begin_session(std::size_t peer);
    [[nodiscard]] std::optional<NodeFrame> next_frame(std::size_t peer);
    // Throws MalformedBytes if the packet in it is not one of that peer. Nothing has changed then.
    [[nodiscard]] LinkReceipt receive(std::size_t peer, LinkNumber number, LinkNumber acknowledged,
                                      LinkNumber confirmed, std::string_view packet);

    [[nodiscard]] const ProcessCore& core() const { return core_; }
    [[nodiscard]] bool is_idle() const;          // nothing is under way here, and nothing will be by itself
    [[nodiscard]] std::string waits_for() const; // "" if it waits for nothing but messages
    [[nodiscard]] std::uint64_t sent() const;
    [[nodiscard]] std::uint64_t taken() const;

private:
    struct Arrived {
        Digest packet; // that `change` was read from
        StoredChange change;
    };
    struct Peer {
        ProcessId id;
        NodeLink link;
        std::deque<Digest> waiting;                         // for room in the link
        mutable std::array<Arrived, node_window> decoded{}; // message n in entry n modulo the window
    };

    [[nodiscard]] StepRecord run(const Input& input);
    void fill_links();
    [[nodiscard]] bool has_backlog() const;
    [[nodiscard]] bool must_wait() const; // the application, for room
    [[nodiscard]] std::optional<Input> next_input();
    [[nodiscard]] const StoredChange* arrived(const Peer& peer, LinkNumber number) const; // none: it has not
    [[nodiscard]] std::optional<LinkNumber> first_to_take(const Peer& peer, bool wait) const;
    bool drop_taken(Peer& peer);

    const SystemDescription& system_;
    Contents contents_;
    ProcessCore core_;
    std::vector<Peer> peers_; // by position; that of the process itself stays empty
    std::size_t own_;
    std::size_t turn_ = 0; // who is asked first for the next message
    std::optional<std::uint64_t> tick_;
    bool stepped_ = false;
    bool changed_ = false;
    LinkRules link_rules_;
};

} // namespace mdcd::impl::runtime
