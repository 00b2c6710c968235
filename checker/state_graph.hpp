// The reachable graph of a model, kept as far as questions about loops need it: states are numbers in breadth-first
// order, and of a state in which something is pending every firing is an edge. Costs 8 bytes for each such edge and
// about 40 for each state. Knows no property but the claims it is given.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "checker/engine/graph_moves.hpp"
#include "checker/engine/model_binding.hpp"
#include "checker/engine/stop_watch.hpp"
#include "checker/model.hpp"
#include "checker/search.hpp"

namespace mdcd::checker {

using StateNumber = std::uint32_t;
using ActionNumber = std::uint32_t; // what fairness is about: a step, or something finer

struct StateGraph {
    // No state.
    static constexpr StateNumber nowhere = std::numeric_limits<StateNumber>::max();

    struct Edge {
        StateNumber target = nowhere;
        engine::Label label = 0; // of the firing
    };
    struct Origin { // how the state was first reached
        StateNumber parent = nowhere;
        std::uint32_t label = 0; // of the firing from the parent; if there is none, the index of the initial state
    };
    struct Failure { // of a handler or a predicate
        std::string reason;
        StateNumber state = nowhere;     // the state it was looking at; nowhere: there is none
        std::optional<unsigned> claim{}; // the claim whose bit is another when the state is looked at again

        // `name_of`: the claim's, given its number.
        template <class NameOf> [[nodiscard]] std::string in_words(NameOf name_of) const {
            return claim ? "the predicate of '" + std::string(name_of(*claim)) + "' " + reason : reason;
        }
    };

    std::vector<Origin> origins;            // of each state; those found last may be beyond a limit
    std::vector<std::vector<bool>> pending; // for each claim: in which states it is
    std::vector<std::uint64_t> first_edge;  // of each expanded state; one more at the end
    std::vector<Edge> edges;     // of the states in which something is pending; state by state, in the model's order
    std::vector<Firing> firings; // by label
    std::vector<ActionNumber> actions; // by label; empty: the firing's step
    std::vector<StateNumber> outside;  // the model's boundary, sorted: they have no edges here, whatever they enable
    std::uint64_t transitions = 0;
    std::string limit; // "states", "memory", "seconds", "interrupted" or ""
    std::optional<Failure> failure;

    [[nodiscard]] StateNumber size() const { return static_cast<StateNumber>(origins.size()); }
    // States 0 .. expanded() - 1 have all their edges; the others have none yet.
    [[nodiscard]] StateNumber expanded() const { return static_cast<StateNumber>(first_edge.size() - 1); }
    [[nodiscard]] bool is_outside(StateNumber state) const { return std::ranges::binary_search(outside, state); }
    // Of a state in which something is pending.
    [[nodiscard]] std::span<const Edge> edges_of(StateNumber state) const;
    [[nodiscard]] const Firing& firing(const Edge& edge) const { return firings[edge.label]; }
    [[nodiscard]] ActionNumber action(const Edge& edge) const {
        return actions.empty() ? firings[edge.label].step : actions[edge.label];
    }
    [[nodiscard]] Path path_to(StateNumber state) const; // a shortest one
};

// States by number and numbers by state.
class StateNumbers {
public:
    StateNumbers();

    // The state's number, and whether it is new. Numbers are given in order, from 0.
    std::pair<StateNumber, bool> number_of(engine::State state);
    // Fetches what number_of() will look at.
    void prefetch(engine::State state) const { __builtin_prefetch(&table_[home_of(state)]); }
    [[nodiscard]] engine::State state(StateNumber number) const { return states_[number]; }
    [[nodiscard]] std::uint64_t bytes() const;

private:
    [[nodiscard]] std::size_t home_of(engine::State state) const;
    void grow();

    std::vector<engine::State> states_;
    std::vector<StateNumber> table_; // open addressing; the number + 1, 0: free. A power of two, at most 3/4 full
};

// What a predicate wants to know of a state: pointers to its slots' summaries, remembered half by half.
template <Model M> class SummaryRows {
public:
    using Summary = typename M::Summary;

    SummaryRows(const M& model, engine::GraphMoves& moves)
        : model_(model), moves_(moves), slots_{moves.slots_of(0), moves.slots_of(1)},
          by_value_(slots_[0].size() + slots_[1].size()), ids_(by_value_.size()), row_(by_value_.size()) {}

    // Valid until the next call. Passes on what a summary throws.
    std::span<const Summary* const> row(engine::State state) {
        copy(0, state.left);
        copy(1, state.right);
        return row_;
    }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

private:
    void copy(unsigned half, engine::Id id) {
        auto& rows = rows_[half];
        if (id >= rows.size())
            rows.resize(std::max<std::size_t>(id + std::size_t{1}, rows.size() + rows.size() / 2));
        if (!rows[id])
            rows[id] = make(half, id);
        for (std::size_t i = 0; i < slots_[half].size(); ++i)
            row_[slots_[half][i]] = rows[id][i];
    }

    std::unique_ptr<const Summary* []> make(unsigned half, engine::Id id) {
        const std::span<const SlotIndex> slots = slots_[half];
        auto made = std::make_unique<const Summary*[]>(slots.size());
        moves_.values_of(half, id, ids_);
        for (std::size_t i = 0; i < slots.size(); ++i) {
            std::vector<const Summary*>& known = by_value_[slots[i]];
            const engine::Id value = ids_[i];
            if (value >= known.size())
                known.resize(std::max<std::size_t>(value + std::size_t{1}, known.size() + known.size() / 2));
            if (known[value] == nullptr) {
                summaries_.push_back(summarise(model_, slots[i], moves_.value(slots[i], value)));
                known[value] = &summaries_.back();
                bytes_ += sizeof(Summary) + sizeof(void*);
            }
            made[i] = known[value];
        }
        bytes_ += (slots.size() + 1) * sizeof(void*);
        return made;
    }

    const M& model_;
    engine::GraphMoves& moves_;
    std::array<std::span<const SlotIndex>, 2> slots_;                    // by half
    std::deque<Summary> summaries_;                                      // never move
    std::vector<std::vector<const Summary*>> by_value_;                  // by slot, then value
    std::array<std::vector<std::unique_ptr<const Summary*[]>>, 2> rows_; // by half, then id
    std::vector<engine::Id> ids_;                                        // scratch
    std::vector<const Summary*> row_;
    std::uint64_t bytes_ = 0;
};

// Steps are all that fairness is about.
struct StepsAreActions {};

// Names each firing of a state in which something is pending with the number of its action.
template <class ActionOf> class ActionLabels {
public:
    static constexpr bool are_steps = std::same_as<ActionOf, StepsAreActions>;

    explicit ActionLabels(ActionOf action_of) : action_of_(std::move(action_of)) {}

    // The label of a firing with its action; of one that nobody asks for the action of.
    engine::Label label_of(engine::Label firing, ActionNumber action = nothing) {
        if constexpr (are_steps)
            return firing;
        const std::uint64_t key = std::uint64_t{firing} << 32 | action;
        const auto [place, is_new] = labels_.try_emplace(key, static_cast<engine::Label>(firings_.size()));
        if (is_new) {
            firings_.push_back(firing);
            actions_.push_back(action);
        }
        return place->second;
    }

    // `messages`: of the channel that the step takes from, whose content is `value`.
    template <class Messages>
    ActionNumber action_of(const Step& step, const Firing& firing, engine::Id value, Messages messages) {
        if (!step.takes)
            return action_of_(firing.step, std::string_view{});
        std::vector<ActionNumber>& known = by_content_[std::uint64_t{firing.step} << 32 | value];
        if (known.empty())
            for (const std::string_view message : messages())
                known.push_back(action_of_(firing.step, message));
        return known.at(firing.taken);
    }

    void write_to(StateGraph& graph, const std::vector<Firing>& firings) const {
        if constexpr (are_steps) {
            graph.firings = firings;
        } else {
            for (const engine::Label firing : firings_)
                graph.firings.push_back(firings[firing]);
            graph.actions = actions_;
        }
    }

private:
    static constexpr ActionNumber nothing = std::numeric_limits<ActionNumber>::max();

    ActionOf action_of_;
    std::unordered_map<std::uint64_t, engine::Label> labels_;
    std::vector<engine::Label> firings_; // by label
    std::vector<ActionNumber> actions_;
    std::unordered_map<std::uint64_t, std::vector<ActionNumber>> by_content_; // of a step's channel; by message
};

// Builds the graph, breadth-first. The same model always gives the same graph.
template <Model M, class PendingIn, class ActionOf = StepsAreActions> class GraphExplorer {
public:
    // `pending_in`: given the summaries of a state as Model::judge is, a bit for each claim that is pending.
    // `interrupt`: once true, it ends there; may be null. `action_of`: given a step and the message it takes, the
    // number of the action.
    GraphExplorer(const M& model, const Limits& limits, std::size_t claims, PendingIn pending_in,
                  const std::atomic<bool>* interrupt = nullptr, ActionOf action_of = {})
        : model_(model), limits_(limits), pending_in_(std::move(pending_in)), watch_(limits, interrupt),
          binding_(model, nobody_), labels_(std::move(action_of)) {
        graph_.pending.resize(claims);
    }

    StateGraph run() {
        graph_.first_edge.push_back(0);
        try {
            moves_.emplace(binding_, limits_.memory_bytes_max > 0 ? limits_.memory_bytes_max / 4 : cache_bytes_default,
                           [this] { return watch_.time_to_stop(); });
            rows_.emplace(model_, *moves_);
            const std::vector<GlobalState> initial = initial_states(model_);
            for (std::uint32_t index = 0; index < initial.size() && !limit_reached(); ++index)
                reach(moves_->fold(initial[index]), {.parent = StateGraph::nowhere, .label = index});
            for (StateNumber state = 0; state < graph_.size() && !limit_reached(); ++state)
                expand(state);
            moves_->check_samples([this] { watch_.expect_time(engine::StopWatch::judging_seconds); });
            if (const std::optional<std::string> reason = moves_->nondeterminism())
                graph_.failure = {.reason = *reason, .state = StateGraph::nowhere, .claim = {}};
            else
                judge_again();
        } catch (const ModelError& error) {
            graph_.failure = {.reason = error.what(), .state = at_, .claim = {}};
        } catch (const engine::OutOfTime&) {
            graph_.limit = watch_.reason();
        }
        if (moves_)
            labels_.write_to(graph_, moves_->labels());
        return std::move(graph_);
    }

private:
    // Of what can be worked out again, where no limit on memory is known.
    static constexpr std::uint64_t cache_bytes_default = std::uint64_t{1} << 30;
    static constexpr StateNumber judged_again = 1024; // states, about

    StateNumber reach(engine::State state, const StateGraph::Origin& origin) {
        const auto [number, is_new] = numbers_.number_of(state);
        if (is_new) {
            at_ = number;
            graph_.origins.push_back(origin);
            const PropertyBits bits = pending_in(rows_->row(state));
            for (std::size_t claim = 0; claim < graph_.pending.size(); ++claim)
                graph_.pending[claim].push_back((bits >> claim & 1) != 0);
        }
        return number;
    }

    PropertyBits pending_in(std::span<const typename M::Summary* const> row) {
        return blaming([] { return std::string("what says what is pending"); }, [&] { return pending_in_(row); });
    }

    // Some states once more, from their bytes and in another order: what looks at anything but its arguments is found.
    void judge_again() {
        const StateNumber stride = graph_.size() / judged_again + 1;
        for (StateNumber number = graph_.size() % stride; number < graph_.size(); number += stride) {
            watch_.expect_time(engine::StopWatch::judging_seconds);
            at_ = graph_.size() - 1 - number;
            const PropertyBits bits = ask(model_, moves_->unfold(numbers_.state(at_)),
                                          [this](auto summaries) { return pending_in(summaries); });
            for (unsigned claim = 0; claim < graph_.pending.size(); ++claim)
                if (graph_.pending[claim][at_] != ((bits >> claim & 1) != 0)) {
                    graph_.failure = {.reason = "gave another answer when asked again: it is not deterministic",
                                      .state = at_,
                                      .claim = claim};
                    return;
                }
        }
    }

    void expand(StateNumber number) {
        at_ = number;
        const engine::State state = numbers_.state(number);
        if constexpr (KnowsItsBoundary<M>) {
            if (model_.has_boundary() && !model_.is_inside(rows_->row(state))) {
                graph_.outside.push_back(number);
                graph_.first_edge.push_back(graph_.edges.size());
                return;
            }
        }
        if (!moves_->find(state, found_))
            return expand_by_hand(number);
        for (const engine::LabelledMove& move : found_)
            numbers_.prefetch(move.next);
        const bool is_pending =
            std::ranges::any_of(graph_.pending, [&](const std::vector<bool>& states) { return states[number]; });
        if (is_pending)
            name_actions(state);
        for (const engine::LabelledMove& move : found_) {
            const engine::Label label = is_pending ? move.label : labels_.label_of(move.label);
            const StateNumber target = reach(move.next, {.parent = number, .label = label});
            if (is_pending)
                graph_.edges.push_back({.target = target, .label = label});
        }
        graph_.transitions += found_.size();
        graph_.first_edge.push_back(graph_.edges.size());
    }

    // Replaces the labels of what was found in the state by such as know the action.
    void name_actions(engine::State state) {
        if constexpr (!ActionLabels<ActionOf>::are_steps) {
            const std::span<const Step> steps = model_.steps();
            read_values(state);
            for (engine::LabelledMove& move : found_) {
                const Firing& firing = moves_->labels()[move.label];
                const Step& step = steps[firing.step];
                GlobalState content; // of the one slot that matters
                const ActionNumber action = labels_.action_of(step, firing, step.takes ? values_[*step.takes] : 0, [&] {
                    content.resize(values_.size());
                    content[*step.takes] = moves_->value(*step.takes, values_[*step.takes]);
                    return messages_to_take(model_.slots(), step, content);
                });
                move.label = labels_.label_of(move.label, action);
            }
        }
    }

    // The ids of a state's values, by slot.
    void read_values(engine::State state) {
        std::vector<engine::Id> part(model_.slots().size());
        values_.resize(part.size());
        for (const auto& [half, id] : {std::pair{0U, state.left}, {1U, state.right}}) {
            const std::span<const SlotIndex> slots = moves_->slots_of(half);
            moves_->values_of(half, id, part);
            for (std::size_t i = 0; i < slots.size(); ++i)
                values_[slots[i]] = part[i];
        }
    }

    // A firing of this state fails: meets what can be reached before, and throws a ModelError that says what it is.
    void expand_by_hand(StateNumber number) {
        const GlobalState state = moves_->unfold(numbers_.state(number));
        for (const Enabled& each : enabled(model_, state)) {
            at_ = number;
            reach(moves_->fold(apply(model_, state, each.firing, each.outcome)),
                  {.parent = number, .label = labels_.label_of(moves_->label_of(each.firing))});
            ++graph_.transitions;
        }
        throw ModelError("a step fails in one way of running it and not in another: it is not deterministic");
    }

    bool limit_reached() {
        const std::uint64_t bytes = numbers_.bytes() + moves_->bytes() + rows_->bytes() + held_by(graph_.edges) +
                                    held_by(graph_.origins) + held_by(graph_.first_edge) +
                                    graph_.pending.size() * graph_.size() / 8;
        if (limits_.states_max > 0 && graph_.size() > limits_.states_max)
            graph_.limit = "states";
        else if (limits_.memory_bytes_max > 0 && bytes > limits_.memory_bytes_max)
            graph_.limit = "memory";
        else if (watch_.time_to_stop())
            graph_.limit = watch_.reason();
        return !graph_.limit.empty();
    }

    // What it takes, and what it will take besides while it moves if it is about to grow.
    template <class T> static std::uint64_t held_by(const std::vector<T>& items) {
        constexpr std::size_t soon = 4096;
        return (items.size() + soon > items.capacity() ? 3 : 1) * items.capacity() * sizeof(T);
    }

    const M& model_;
    Limits limits_;
    PendingIn pending_in_;
    engine::StopWatch watch_;
    NoObserver nobody_;
    engine::ModelBinding<M, NoObserver> binding_;
    std::optional<engine::GraphMoves> moves_;
    std::optional<SummaryRows<M>> rows_;
    StateNumbers numbers_;
    StateGraph graph_;
    ActionLabels<ActionOf> labels_;
    StateNumber at_ = StateGraph::nowhere; // what a handler or a predicate is looking at
    std::vector<engine::LabelledMove> found_;
    std::vector<engine::Id> values_; // scratch: of name_actions, by slot
};

} // namespace mdcd::checker
