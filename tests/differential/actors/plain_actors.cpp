// One function for each thing that can happen.
// Knows no slot, no step and no byte.
#include "tests/differential/actors/plain_actors.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

namespace mdcd::tests {

using namespace checker::actors;

namespace {

using Pair = PlainState::Pair;

Pair ends_of_link(std::size_t a, std::size_t b) {
    return {std::min(a, b), std::max(a, b)};
}

struct HashOfState {
    std::size_t operator()(const PlainState& state) const {
        std::size_t hash = std::size_t{state.crashes_left} << 16 | state.cuts_left;
        const auto mix = [&](std::size_t word) {
            hash = (hash ^ word) * 0x9e3779b97f4a7c15U;
            hash ^= hash >> 32;
        };
        const auto mix_name = [&](Id id) { mix(id.is_nobody() ? 255 : id.index()); };
        for (const PlainState::Node& node : state.nodes) {
            mix(node.up ? node.up->durable.kept : 256U + node.kept.kept);
            if (node.up) {
                mix(std::size_t{node.up->phase} << 8 | node.up->sends_left);
                mix_name(node.up->friendly);
            }
            for (const std::uint8_t timer : node.timers)
                mix(timer);
        }
        for (const auto& [ends, words] : state.channels) {
            mix(ends.first << 8 | ends.second);
            for (const Word& word : words) {
                mix(word.kind);
                mix_name(word.about);
            }
        }
        for (const auto& [a, b] : state.cuts)
            mix(a << 8 | b);
        return hash;
    }
};

class Interpreter {
public:
    Interpreter(const RandomSystem& system, bool with_boundary, std::size_t states_max)
        : system_(system), with_boundary_(with_boundary), states_max_(states_max) {}

    PlainResult run() {
        do { // pairs that never send to each other are not cut: who does is known only after a search
            links_ = system_.network.partitions > 0 ? used_ : std::set<Pair>();
            result_ = {};
            seen_.clear();
            order_.clear();
            if (!search())
                return result_;
        } while (system_.network.partitions > 0 && links_ != used_);
        result_.finished = true;
        result_.states = order_.size();
        result_.depth = depth_of(*order_.back());
        result_.orbits = system_.alike.empty() ? result_.states : count_orbits();
        return result_;
    }

private:
    using Handler = std::function<void(RandomActor::State&, RandomActor::Here&)>;

    [[nodiscard]] std::size_t size() const { return system_.actors.size(); }
    [[nodiscard]] bool is_fifo() const { return system_.network.order == Order::fifo; }
    [[nodiscard]] std::size_t depth_of(const PlainState& state) const { return seen_.at(state).depth; }

    [[nodiscard]] std::size_t count_orbits() const {
        std::unordered_set<PlainState, HashOfState> orbits;
        for (const PlainState* const state : order_)
            orbits.insert(smallest(*state));
        return orbits.size();
    }

    bool search() {
        for (const PlainState& state : start())
            result_.runs.is_first[reach(state, 0)] = true;
        for (std::size_t next = 0; next < order_.size(); ++next) {
            if (order_.size() > states_max_)
                return false;
            expand(*order_[next]);
        }
        return true;
    }

    std::vector<PlainState> start() {
        PlainState empty;
        empty.nodes.resize(size());
        empty.crashes_left = system_.crashes;
        empty.cuts_left = system_.network.partitions;
        std::vector<PlainState> states = {empty};
        for (std::size_t actor = 0; actor < size(); ++actor) {
            std::vector<PlainState> more;
            for (PlainState& state : states) {
                state.nodes[actor].up.emplace();
                handle(
                    state, actor,
                    [&](RandomActor::State& own, RandomActor::Here& here) {
                        own = system_.actors[actor].start(Id(actor), here);
                    },
                    [&](PlainState next, bool) { more.push_back(std::move(next)); });
            }
            states = std::move(more);
        }
        return states;
    }

    // All that a handler can do, from a state in which what it takes is taken. `then`: given the state after it, and
    // whether the actor changed or sent anything.
    template <class Then> void handle(const PlainState& state, std::size_t actor, const Handler& handler, Then then) {
        HandlerRun run(Id(actor), size());
        do {
            std::vector<std::string> set;
            for (const std::uint8_t timer : state.nodes[actor].timers)
                set.push_back(encode(timer));
            run.begin(set);
            PlainState next = state;
            RandomActor::Here here(run);
            handler(*next.nodes[actor].up, here);
            next.nodes[actor].timers.clear();
            for (const std::string& timer : run.timers)
                next.nodes[actor].timers.push_back(decode<std::uint8_t>(timer));
            if (!system_.ordered_timers)
                std::ranges::sort(next.nodes[actor].timers);
            const bool does_something = next.nodes[actor] != state.nodes[actor] || !run.sent.empty();
            if (send_all(next, actor, run.sent))
                then(std::move(next), does_something);
        } while (run.choose_differently());
    }

    // False if there is no room.
    bool send_all(PlainState& state, std::size_t from, const std::vector<Sent>& sent) {
        for (const Sent& each : sent)
            if (each.to.index() != from)
                used_.insert(ends_of_link(from, each.to.index()));
        for (const Sent& each : sent) {
            std::vector<Word>& channel = state.channels[{from, each.to.index()}];
            const Word word = decode<Word>(each.message);
            const bool is_set = !is_fifo() && system_.network.duplicating;
            if (is_set && std::ranges::find(channel, word) != channel.end())
                continue;
            channel.push_back(word);
            if (!is_fifo())
                std::ranges::sort(channel);
            if (system_.network.capacity > 0 && channel.size() > system_.network.capacity)
                return false;
        }
        return true;
    }

    void expand(const PlainState& state) {
        const std::uint64_t hash = hash_of(state);
        if (with_boundary_ && !is_inside(hash)) {
            ++result_.outside;
            result_.runs.is_outside[seen_.at(state).number] = true;
            return;
        }
        const std::uint64_t before = result_.transitions;
        for (const auto& [ends, words] : state.channels)
            expand_channel(state, ends, words);
        for (std::size_t actor = 0; actor < size(); ++actor)
            expand_actor(state, actor);
        for (const Pair& link : links_)
            expand_link(state, link);
        if (result_.transitions > before)
            return;
        ++result_.dead_ends;
        if (!is_final(hash) && !result_.deadlock)
            result_.deadlock = depth_of(state);
    }

    void expand_channel(const PlainState& state, const Pair& ends, const std::vector<Word>& words) {
        const auto [from, to] = ends;
        const bool is_cut = state.cuts.contains(ends_of_link(from, to));
        for (std::size_t place = 0; place < words.size(); ++place) {
            if (is_fifo() ? place > 0 : place > 0 && words[place] == words[place - 1])
                continue;
            PlainState without = state;
            std::vector<Word>& left = without.channels[ends];
            left.erase(left.begin() + static_cast<std::ptrdiff_t>(place));
            if (left.empty())
                without.channels.erase(ends);
            if (system_.network.lossy || is_cut)
                event(state, without, {});
            if (is_cut || !state.nodes[to].up)
                continue;
            const bool stays = system_.network.duplicating;
            if (!stays || is_fifo())
                deliver(state, without, from, to, words[place], false);
            if (stays)
                deliver(state, state, from, to, words[place], true);
        }
    }

    void deliver(const PlainState& state, const PlainState& taken, std::size_t from, std::size_t to, const Word& word,
                 bool stays) {
        handle(
            taken, to,
            [&](RandomActor::State& own, RandomActor::Here& here) {
                system_.actors[to].receive(own, Id(from), word, here);
            },
            [&](const PlainState& next, bool does_something) {
                if (!stays || does_something) // a message that stays and does nothing is no event
                    event(state, next,
                          stays && is_fifo() ? PlainAction{}
                                             : PlainAction{.kind = PlainAction::Kind::delivery,
                                                           .from = from,
                                                           .to = to,
                                                           .word = word,
                                                           .timer = {}});
            });
    }

    void expand_actor(const PlainState& state, std::size_t actor) {
        const PlainState::Node& node = state.nodes[actor];
        const RandomActor& code = system_.actors[actor];
        if (!node.up) {
            PlainState up = state;
            up.nodes[actor].up.emplace();
            up.nodes[actor].kept = {};
            return handle(
                up, actor,
                [&](RandomActor::State& own, RandomActor::Here& here) {
                    own = code.restart(Id(actor), node.kept, here);
                },
                [&](const PlainState& next, bool) {
                    event(state, next, {.kind = PlainAction::Kind::restart, .to = actor});
                });
        }
        for (std::size_t place = 0;
             place < (system_.ordered_timers ? std::min<std::size_t>(1, node.timers.size()) : node.timers.size());
             ++place) {
            PlainState fired = state;
            std::vector<std::uint8_t>& timers = fired.nodes[actor].timers;
            timers.erase(timers.begin() + static_cast<std::ptrdiff_t>(place));
            handle(
                fired, actor,
                [&](RandomActor::State& own, RandomActor::Here& here) { code.timeout(own, node.timers[place], here); },
                [&](const PlainState& next, bool) {
                    event(
                        state, next,
                        {.kind = PlainAction::Kind::timeout, .to = actor, .timer = std::to_string(node.timers[place])});
                });
        }
        const bool can_crash = system_.who_crashes.empty() || actor == 0;
        if (can_crash && state.crashes_left > 0) {
            PlainState down = state;
            down.nodes[actor] = {.up = {}, .kept = node.up->durable, .timers = {}};
            --down.crashes_left;
            event(state, down, {});
        }
    }

    void expand_link(const PlainState& state, const Pair& link) {
        PlainState next = state;
        if (state.cuts.contains(link)) {
            next.cuts.erase(link);
            return event(state, next, {.kind = PlainAction::Kind::healing, .from = link.first, .to = link.second});
        }
        if (state.cuts_left == 0)
            return;
        next.cuts.insert(link);
        --next.cuts_left;
        event(state, next, {});
    }

    void event(const PlainState& from, const PlainState& to, const PlainAction& action) {
        ++result_.transitions;
        const auto [depth, number] = seen_.at(from);
        const std::size_t target = reach(to, depth + 1);
        result_.runs.edges[number].push_back({.target = target, .action = action});
    }

    std::size_t reach(const PlainState& state, std::size_t depth) {
        const auto [place, is_new] = seen_.try_emplace(state, Place{.depth = depth, .number = order_.size()});
        if (!is_new)
            return place->second.number;
        order_.push_back(&place->first);
        result_.runs.edges.emplace_back();
        result_.runs.is_first.push_back(false);
        result_.runs.is_outside.push_back(false);
        result_.runs.has_come.push_back(has_come(hash_of(state)));
        result_.runs.is_called_for.push_back(is_called_for(hash_of(state)));
        const std::uint64_t hash = hash_of(state);
        if (!is_common(hash) && !result_.not_common)
            result_.not_common = depth;
        if (is_rare(hash) && !result_.rare)
            result_.rare = depth;
        return order_.size() - 1;
    }

    [[nodiscard]] std::uint64_t hash_of(const PlainState& state) const {
        Look look;
        for (const PlainState::Node& node : state.nodes)
            look.states.push_back(node.up);
        for (const auto& [ends, words] : state.channels)
            look.messages += words.size();
        return tests::hash_of(system_.seed, look);
    }

    // Of all states that are this one with actors that are alike in other places.
    [[nodiscard]] PlainState smallest(const PlainState& state) const {
        std::vector<std::size_t> places(size());
        std::iota(places.begin(), places.end(), std::size_t{0});
        PlainState best = state;
        while (std::next_permutation(places.begin() + 1, places.end()))
            best = std::min(best, renamed(state, places));
        return best;
    }

    [[nodiscard]] PlainState renamed(const PlainState& state, const std::vector<std::size_t>& places) const {
        const auto rename = [&](Id id) { return id.is_nobody() ? id : Id(places[id.index()]); };
        PlainState other = state;
        other.channels.clear();
        other.cuts.clear();
        for (std::size_t actor = 0; actor < size(); ++actor) {
            other.nodes[places[actor]] = state.nodes[actor];
            if (auto& up = other.nodes[places[actor]].up)
                up->friendly = rename(up->friendly);
        }
        for (const auto& [ends, words] : state.channels) {
            std::vector<Word> moved = words;
            for (Word& word : moved)
                word.about = rename(word.about);
            if (!is_fifo())
                std::ranges::sort(moved);
            other.channels[{places[ends.first], places[ends.second]}] = moved;
        }
        for (const auto& [a, b] : state.cuts)
            other.cuts.insert(ends_of_link(places[a], places[b]));
        return other;
    }

    const RandomSystem& system_;
    bool with_boundary_;
    std::size_t states_max_;
    std::set<Pair> used_;  // who ever sends to whom, either way
    std::set<Pair> links_; // who can be cut off from whom
    struct Place {
        std::size_t depth = 0; // the distance from the start
        std::size_t number = 0;
    };
    std::unordered_map<PlainState, Place, HashOfState> seen_;
    std::vector<const PlainState*> order_;
    PlainResult result_;
};

} // namespace

PlainResult interpret(const RandomSystem& system, bool with_boundary, std::size_t states_max) {
    return Interpreter(system, with_boundary, states_max).run();
}

} // namespace mdcd::tests
