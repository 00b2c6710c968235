// Rank 0 goes through the states twice: to count those of each shard, so that all know how much room they need; and to
// hand them out. What is wrong with the file is found here, as in engine/checkpoint.cpp.
// Knows no property.
#include "checker/distributed/shared_loading.hpp"

#include <algorithm>
#include <bit>
#include <new>
#include <optional>
#include <span>
#include <vector>

#include "checker/distributed/halves.hpp"
#include "checker/engine/slot_tables.hpp"

namespace mdcd::checker::distributed {
namespace {

using engine::Finding;
using engine::require_fit;
using engine::Standing;
using engine::State;
using engine::StateNumber;

constexpr std::uint64_t handed_out_at_once = std::uint64_t{1} << 16;

// What all must know before states come.
struct Head {
    Stop stop = Stop::none;
    Standing standing;
    std::uint64_t states = 0;
    std::uint64_t part = 0;   // table entries for each shard
    ShardCounts all{};        // states of each shard
    ShardCounts unlabelled{}; // .. of these, expanded before
};

std::string to_bytes(const Head& head) {
    Writer out;
    const Standing& standing = head.standing;
    for (const std::uint64_t number :
         {static_cast<std::uint64_t>(head.stop), head.states, head.part, standing.position.initial_count,
          standing.position.next, standing.position.level_end, standing.position.depth, standing.firings,
          standing.followed, standing.dead_ends, standing.outside, standing.handler_calls,
          std::bit_cast<std::uint64_t>(standing.seconds), standing.coverage.size()})
        out.number(number);
    for (const std::uint64_t count : standing.coverage)
        out.number(count);
    out.number(standing.findings.size());
    for (const Finding& finding : standing.findings)
        for (const std::uint64_t number : {finding.state, static_cast<std::uint64_t>(finding.kind), finding.bits})
            out.number(number);
    for (const ShardCounts& counts : {head.all, head.unlabelled})
        for (const std::uint64_t count : counts)
            out.number(count);
    return out.take();
}

Head head_from(std::string_view bytes) {
    Reader in(bytes);
    Head head;
    Standing& standing = head.standing;
    head.stop = static_cast<Stop>(in.number());
    for (std::uint64_t* const number :
         {&head.states, &head.part, &standing.position.initial_count, &standing.position.next,
          &standing.position.level_end, &standing.position.depth, &standing.firings, &standing.followed,
          &standing.dead_ends, &standing.outside, &standing.handler_calls})
        *number = in.number();
    standing.seconds = std::bit_cast<double>(in.number());
    standing.coverage.resize(in.number());
    for (std::uint64_t& count : standing.coverage)
        count = in.number();
    standing.findings.resize(in.number());
    for (Finding& finding : standing.findings) {
        finding.state = in.number();
        finding.kind = static_cast<Finding::Kind>(in.number());
        finding.bits = in.number();
    }
    for (ShardCounts* const counts : {&head.all, &head.unlabelled})
        for (std::uint64_t& count : *counts)
            count = in.number();
    return head;
}

// Levels, from the parents in the order of states: a state is of the next level if its parent is of this one.
class Levels {
public:
    Levels(std::uint64_t initial_count, std::uint64_t next) : end_(initial_count), next_(next) {}
    void add(std::uint64_t number, std::uint64_t parent) {
        if (end_ < next_ && parent >= end_)
            go_on_to(number);
    }
    // Before the level that is being expanded.
    [[nodiscard]] std::uint64_t complete_end(std::uint64_t states) {
        if (end_ < next_)
            go_on_to(states);
        return end_ == next_ ? end_ : begin_;
    }

private:
    void go_on_to(std::uint64_t end) {
        begin_ = end_;
        end_ = end;
    }
    std::uint64_t begin_ = 0; // of a level
    std::uint64_t end_;
    std::uint64_t next_;
};

// The file, on rank 0.
class Source {
public:
    Source(const std::string& path, const std::string& identity, engine::SlotSpace& space, engine::StopWatch& watch)
        : path_(path), space_(space), watch_(watch), file_(path, [&watch] { watch.expect_time(0); }) {
        head_.standing = engine::read_beginning(file_, path, identity);
        engine::read_tables(file_, path, space, [&watch] { watch.expect_time(0); });
        head_.part = file_.number();
        head_.states = file_.number();
        const std::uint64_t next = head_.standing.position.next;
        require_fit(next <= head_.states, path, "its counters contradict each other");
        labels_ = head_.states - next;
        require_fit(head_.states <= engine::state_count_max &&
                        head_.states * (sizeof(State) + sizeof(StateNumber)) + labels_ == file_.bytes_left(),
                    path, "it has another number of states than it says");
        engine::expect_consistent(head_.standing, head_.states, path);
        count_shards();
    }

    [[nodiscard]] const Head& head() const { return head_; }

    // States [begin, end).
    void read(std::uint64_t begin, std::uint64_t end) {
        watch_.expect_time(0);
        const std::uint64_t length = end - begin;
        const std::uint64_t next = head_.standing.position.next;
        states.resize(length);
        parents.resize(length);
        file_.go_to(labels_ + head_.states * sizeof(StateNumber) + (head_.states - begin) * sizeof(State));
        file_.items(std::span(states));
        file_.go_to(labels_ + (head_.states - begin) * sizeof(StateNumber));
        file_.items(std::span(parents));
        labels.assign(length, 0);
        if (end > next) {
            const std::uint64_t first = std::max(begin, next);
            file_.go_to(head_.states - first);
            file_.items(std::span(labels).subspan(first - begin));
        }
        for (std::uint64_t number = std::max(begin, head_.standing.position.initial_count); number < end; ++number)
            require_fit(parents[number - begin] < number, path_, "a state has no parent");
    }

    // What was read.
    std::vector<State> states;
    std::vector<StateNumber> parents;
    std::vector<std::uint8_t> labels;

private:
    void count_shards() {
        for (std::uint64_t begin = 0; begin < head_.states; begin += handed_out_at_once) {
            watch_.expect_time(0);
            states.resize(std::min(handed_out_at_once, head_.states - begin));
            file_.items(std::span(states));
            for (std::uint64_t i = 0; i < states.size(); ++i) {
                require_fit(space_.knows(engine::left_half, states[i].left) &&
                                space_.knows(engine::right_half, states[i].right),
                            path_, "a state has no half");
                const std::size_t shard = engine::StateStore::shard_of(engine::upper_half(space_.hash(states[i])));
                ++head_.all[shard];
                head_.unlabelled[shard] += begin + i < head_.standing.position.next ? 1 : 0;
            }
        }
        for (const std::uint64_t count : head_.all)
            require_fit(count * 16 <= head_.part * 15, path_, "its table has no such size");
    }

    const std::string& path_;
    engine::SlotSpace& space_;
    engine::StopWatch& watch_;
    engine::CheckedReader file_;
    Head head_;
    std::uint64_t labels_ = 0; // bytes
};

// This rank's states, as they come.
class Sink {
public:
    Sink(const Head& head, RankStates mine) : mine_(mine) {
        std::uint64_t count = 0;
        for (std::size_t shard = mine.shards.begin; shard < mine.shards.end; ++shard) {
            count += head.all[shard];
            unlabelled_ += head.unlabelled[shard];
        }
        require_fit(mine.store.restore(count, unlabelled_, head.part), "of several ranks",
                    "its table has no such size");
    }

    void keep(std::uint64_t number, State state, StateNumber parent, std::uint8_t label) {
        mine_.store.states()[count_] = state;
        mine_.store.parents()[count_] = parent;
        if (count_ >= unlabelled_)
            mine_.store.labels()[count_ - unlabelled_] = label;
        mine_.numbering.add(number, 1);
        ++count_;
    }

private:
    RankStates mine_;
    std::uint64_t unlabelled_ = 0;
    std::uint64_t count_ = 0;
};

// One stretch for each rank: how much further than the last state, the halves, the parent, the label.
std::vector<std::string> hand_out(const Source& source, std::uint64_t begin, std::vector<HalfSender>& senders,
                                  const engine::SlotSpace& space, Sink& own) {
    const auto ranks = static_cast<unsigned>(senders.size());
    std::vector<Writer> out(ranks);
    std::vector<std::uint64_t> before(ranks, begin);
    for (Writer& each : out)
        each.number(static_cast<std::uint64_t>(Stop::none));
    for (std::uint64_t i = 0; i < source.states.size(); ++i) {
        const State state = source.states[i];
        const std::size_t shard = engine::StateStore::shard_of(engine::upper_half(space.hash(state)));
        const unsigned rank = owner_of(shard, ranks);
        if (rank == 0) {
            own.keep(begin + i, state, source.parents[i], source.labels[i]);
            continue;
        }
        out[rank].number(begin + i - before[rank]);
        before[rank] = begin + i;
        senders[rank].write(engine::left_half, state.left, out[rank]);
        senders[rank].write(engine::right_half, state.right, out[rank]);
        out[rank].number(source.parents[i]);
        out[rank].number(source.labels[i]);
    }
    std::vector<std::string> messages;
    for (Writer& each : out)
        messages.push_back(each.take());
    return messages;
}

void receive(Reader& in, std::uint64_t begin, HalfReceiver& halves, Sink& own) {
    for (std::uint64_t number = begin; !in.at_end();) {
        number += in.number();
        const engine::Id left = halves.read(engine::left_half, in).id;
        const engine::Id right = halves.read(engine::right_half, in).id;
        const auto parent = static_cast<StateNumber>(in.number());
        own.keep(number, {.left = left, .right = right}, parent, static_cast<std::uint8_t>(in.number()));
    }
}

// What `action` ends with, but for CheckpointError.
template <class Action> Stop stop_of(engine::StopWatch& watch, Action action) {
    try {
        action();
        return Stop::none;
    } catch (const engine::OutOfTime&) {
        return stop_for(watch.reason());
    } catch (const std::bad_alloc&) {
        return Stop::out_of_memory;
    }
}

// The worst that any rank says.
Stop agree(World& world, Stop here) {
    Writer mine;
    mine.number(static_cast<std::uint64_t>(here));
    Stop worst = Stop::none;
    for (const std::string& each : world.gather(mine.take()))
        worst = std::max(worst, static_cast<Stop>(Reader(each).number()));
    return worst;
}

} // namespace

Saved load_shared(const std::string& path, const std::string& identity, RankStates mine, World& world,
                  engine::StopWatch& watch) {
    const bool leads = world.rank() == 0;
    std::optional<Source> source;
    Head head;
    if (leads) {
        head.stop = stop_of(watch, [&] { source.emplace(path, identity, mine.space, watch); });
        if (head.stop == Stop::none)
            head = source->head();
    }
    head = head_from(world.gather(leads ? to_bytes(head) : "").front());
    std::optional<Sink> own;
    if (head.stop == Stop::none)
        head.stop = agree(world, stop_of(watch, [&] { own.emplace(head, mine); }));
    std::vector<HalfSender> senders(leads ? world.size() : 0, HalfSender(mine.space));
    HalfReceiver halves(mine.space);
    Levels levels(head.standing.position.initial_count, head.standing.position.next);
    Stop here = Stop::none; // of this rank; what comes after it is not looked at
    for (std::uint64_t begin = 0; begin < head.states && head.stop == Stop::none; begin += handed_out_at_once) {
        std::vector<std::string> messages(world.size());
        if (leads) {
            head.stop = stop_of(watch, [&] {
                source->read(begin, std::min(head.states, begin + handed_out_at_once));
                for (std::uint64_t i = 0; i < source->states.size(); ++i)
                    if (begin + i >= head.standing.position.initial_count)
                        levels.add(begin + i, source->parents[i]);
                messages = hand_out(*source, begin, senders, mine.space, *own);
            });
            Writer alone;
            alone.number(static_cast<std::uint64_t>(head.stop));
            if (head.stop != Stop::none)
                messages.assign(world.size(), alone.take());
        }
        const std::vector<std::string> received = world.exchange(messages);
        if (leads)
            continue;
        Reader in(received.front());
        head.stop = static_cast<Stop>(in.number());
        if (head.stop == Stop::none && here == Stop::none)
            here = stop_of(watch, [&] { receive(in, begin, halves, *own); });
    }
    Writer end;
    end.number(levels.complete_end(head.states));
    const std::uint64_t complete_end = Reader(world.gather(end.take()).front()).number();
    return {.standing = head.standing,
            .states = head.states,
            .complete_levels_end = complete_end,
            .stop = agree(world, std::max(head.stop, here))};
}

} // namespace mdcd::checker::distributed
