// A whole system of node cores in memory: frames go by hand or by chance, and a node can die and come back from what
// was stored. No socket, no disk. Knows no application.
#pragma once

#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "impl/runtime/log_line.hpp"
#include "impl/runtime/node_core.hpp"

namespace mdcd::tests::unit::impl_runtime {

using namespace mdcd::impl; // NOLINT: the tests of one folder
using namespace mdcd::impl::runtime;

class Net {
public:
    Net(SystemDescription system, const Program& program) : system_(std::move(system)), program_(program) {
        for (std::size_t position = 0; position < process_count(system_.members); ++position) {
            nodes_.emplace_back();
            nodes_.back().self = process_at(system_.members, position);
            boot(position);
        }
    }

    // Dies, and comes back from its last transaction.
    void crash(std::size_t position) {
        ++crashes;
        boot(position);
        for (std::size_t peer = 0; peer < nodes_.size(); ++peer)
            break_session(position, peer);
    }

    void break_session(std::size_t one, std::size_t other) {
        if (one == other)
            return;
        nodes_[one].core->begin_session(other);
        nodes_[other].core->begin_session(one);
    }

    // It makes no steps. A position that there is not: everybody does.
    void stand_still(std::size_t position) { still_ = position; }

    // One step of one node, stored or not: what is not stored yet dies with it.
    bool step(std::size_t position, std::uint64_t time) {
        if (position == still_)
            return false;
        Node& node = nodes_[position];
        node.core->tick_at(time);
        const std::optional<StepRecord> record = node.core->step();
        if (!record)
            return false;
        note(node, *record);
        return true;
    }

    void store(std::size_t position) {
        Node& node = nodes_[position];
        const NodeSnapshot snapshot = node.core->snapshot();
        node.state = snapshot.state;
        for (const Digest& each : snapshot.contents.added)
            node.contents[each] = *node.core->core().contents().at(each);
        for (const Digest& each : snapshot.contents.removed)
            node.contents.erase(each);
        node.core->was_stored(snapshot);
        node.lines.insert(node.lines.end(), node.new_lines.begin(), node.new_lines.end());
        node.outputs.insert(node.outputs.end(), node.new_outputs.begin(), node.new_outputs.end());
        node.new_lines.clear();
        node.new_outputs.clear();
    }

    // One frame from one to the other, if there is one.
    bool carry(std::size_t from, std::size_t to) {
        const std::optional<NodeFrame> frame = nodes_[from].core->next_frame(to);
        if (!frame)
            return false;
        const LinkReceipt receipt = nodes_[to].core->receive(from, frame->number, frame->acknowledged, frame->confirmed,
                                                             frame->packet ? *frame->packet : std::string());
        forgotten |= receipt == LinkReceipt::forgotten;
        return true;
    }

    // An operator's word to one node, stored before it is answered.
    std::string command(std::size_t position, const std::string& words) {
        Command command;
        const std::string wrong = parse_command(system_, words, command);
        if (!wrong.empty())
            return wrong;
        const StepRecord record = nodes_[position].core->command(command);
        note(nodes_[position], record);
        store(position);
        return std::string(record.result);
    }

    // Until nothing moves; or so many rounds.
    void settle(std::size_t rounds = ~std::size_t{0}) {
        for (bool moved = true; moved && rounds > 0; --rounds) {
            moved = false;
            for (std::size_t one = 0; one < nodes_.size(); ++one) {
                moved |= step(one, ++time_);
                if (nodes_[one].core->may_store())
                    store(one);
                for (std::size_t other = 0; other < nodes_.size(); ++other)
                    if (one != other)
                        moved |= carry(one, other);
            }
        }
    }

    // Moves of chance, with crashes and broken sessions; then calm.
    void disturb(std::uint32_t seed, std::size_t moves, std::uint32_t crashes_per_thousand) {
        std::mt19937 random(seed);
        const auto any = [&](std::size_t count) { return static_cast<std::size_t>(random() % count); };
        for (std::size_t move = 0; move < moves; ++move) {
            const std::size_t one = any(nodes_.size());
            const std::size_t other = any(nodes_.size());
            if (random() % 1000 < crashes_per_thousand)
                crash(one);
            else if (random() % 1000 < crashes_per_thousand)
                break_session(one, other);
            else if (random() % 3 == 0)
                (void)step(one, ++time_);
            else if (random() % 2 == 0 && nodes_[one].core->may_store())
                store(one);
            else if (one != other)
                (void)carry(one, other);
        }
    }

    [[nodiscard]] NodeCore& core(std::size_t position) { return *nodes_[position].core; }
    [[nodiscard]] const std::vector<std::string>& lines(std::size_t position) const { return nodes_[position].lines; }
    [[nodiscard]] const std::vector<std::string>& outputs(std::size_t position) const {
        return nodes_[position].outputs;
    }
    [[nodiscard]] std::size_t stored_contents(std::size_t position) const { return nodes_[position].contents.size(); }
    [[nodiscard]] std::size_t size() const { return nodes_.size(); }
    [[nodiscard]] const SystemDescription& system() const { return system_; }

    std::size_t crashes = 0;
    bool forgotten = false;

private:
    struct Node {
        ProcessId self;
        std::unique_ptr<NodeCore> core;
        std::string state; // stored
        std::map<Digest, std::string> contents;
        std::vector<std::string> lines;
        std::vector<std::string> outputs;
        std::vector<std::string> new_lines; // not stored yet
        std::vector<std::string> new_outputs;
    };

    void boot(std::size_t position) {
        Node& node = nodes_[position];
        node.core = std::make_unique<NodeCore>(system_, program_, node.self);
        node.new_lines.clear();
        node.new_outputs.clear();
        if (node.state.empty()) {
            note(node, node.core->start());
        } else {
            for (const auto& [digest, bytes] : node.contents)
                node.core->put_content(bytes);
            node.core->restore_from(node.state);
            note(node, node.core->restart());
        }
        store(position);
    }

    void note(Node& node, const StepRecord& record) {
        node.new_lines.push_back(log_line(node.core->core(), record));
        for (const DeviceOutput& each : record.outputs)
            node.new_outputs.push_back(each.content);
    }

    SystemDescription system_;
    const Program& program_;
    std::vector<Node> nodes_;
    std::uint64_t time_ = 0;
    std::size_t still_ = ~std::size_t{0};
};

} // namespace mdcd::tests::unit::impl_runtime
