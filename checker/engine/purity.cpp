// Digests, not outcomes, are kept: a difference is enough to know.
// Knows no property but by its bit.
#include "checker/engine/purity.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <span>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checker/engine/reducer.hpp"
#include "checker/engine/table_hash.hpp"
#include "checker/model_error.hpp"
#include "checker/path.hpp"

namespace mdcd::checker::engine {
namespace {

constexpr std::uint64_t failed = 1;    // the digest of a call that threw
constexpr std::uint64_t thorough = 32; // states of which more renamings are tried
constexpr std::size_t renamings_tried_first = 24;
constexpr std::size_t renamings_tried = 4;
constexpr std::size_t successors_tried = 2;

std::string name_of_first(const BoundModel& model, PropertyBits bits) {
    const auto first = static_cast<std::size_t>(std::countr_zero(bits));
    return first < model.properties().size() ? "property '" + model.properties()[first].name + "'"
                                             : "bit " + std::to_string(first) + " of the predicates";
}

} // namespace

std::uint64_t digest_of(const Outcomes& outcomes) {
    std::uint64_t digest = table_hash(outcomes.size(), {});
    const auto add = [&](std::uint64_t number) { digest = mix(digest * 0x9e3779b97f4a7c15U + number); };
    for (const Outcome& outcome : outcomes) {
        add(outcome.fired);
        add(outcome.writes.size());
        for (const std::vector<Outcome::Change>* const changes : {&outcome.writes, &outcome.sends})
            for (const Outcome::Change& change : *changes) {
                add(change.slot);
                digest = table_hash(digest, change.bytes);
            }
    }
    return digest | 2;
}

std::uint64_t digest_of_call(const BoundModel& model, StepIndex step, const Inputs& inputs) {
    Outcomes outcomes;
    try {
        model.fire(step, inputs, outcomes);
    } catch (const ModelError&) {
        return failed;
    }
    return digest_of(outcomes);
}

std::string not_pure(const Step& step) {
    return "step '" + step.name +
           "' is not deterministic: with the same input it did two different things; it looks at more than it is shown "
           "(a clock, a "
           "member or a static that changes), or at memory that was never initialised";
}

FirstCalls::FirstCalls(const BoundModel& model, bool in_a_process) {
    states_ = model.initial_states();
    states_.resize(std::min(states_.size(), states_max));
    const std::size_t steps = model.steps().size();
    if (in_a_process)
        others_ = forwards_in_a_process(model);
    digests_.resize(states_.size() * steps);
    for (std::size_t state = 0; state < states_.size(); ++state)
        for (std::size_t step = steps; step-- > 0;)
            digests_[state * steps + step] = digest_in(model, static_cast<StepIndex>(step), states_[state]);
}

std::optional<std::string> FirstCalls::changed(const BoundModel& model) const {
    for (const std::vector<std::uint64_t>& digests : {others_, forwards(model)})
        for (std::size_t i = 0; i < digests.size(); ++i)
            if (digests[i] != digests_[i])
                return not_pure(model.steps()[i % model.steps().size()]);
    return {};
}

std::vector<std::uint64_t> FirstCalls::forwards(const BoundModel& model) const {
    std::vector<std::uint64_t> digests;
    for (const GlobalState& state : states_)
        for (std::size_t step = 0; step < model.steps().size(); ++step)
            digests.push_back(digest_in(model, static_cast<StepIndex>(step), state));
    return digests;
}

// A process that cannot be made, or does not answer, is no reason to complain.
std::vector<std::uint64_t> FirstCalls::forwards_in_a_process(const BoundModel& model) const {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
        return {};
    const pid_t child = fork();
    if (child == 0) {
        try {
            const std::vector<std::uint64_t> digests = forwards(model);
            const std::string_view bytes(reinterpret_cast<const char*>(digests.data()),
                                         std::span(digests).size_bytes());
            for (std::size_t at = 0; at < bytes.size();) {
                const ssize_t written = write(ends[1], bytes.data() + at, bytes.size() - at);
                if (written < 0)
                    break;
                at += static_cast<std::size_t>(written);
            }
        } catch (...) { // it says nothing then
        }
        _exit(0);
    }
    close(ends[1]);
    std::vector<std::uint64_t> digests(states_.size() * model.steps().size());
    std::size_t got = 0;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(2);
    const std::span<std::byte> bytes = std::as_writable_bytes(std::span(digests));
    while (child > 0 && got < bytes.size() && std::chrono::steady_clock::now() < deadline) {
        pollfd waiting{.fd = ends[0], .events = POLLIN, .revents = 0};
        if (poll(&waiting, 1, 100) <= 0)
            continue;
        const ssize_t count = read(ends[0], bytes.data() + got, bytes.size() - got);
        if (count <= 0)
            break;
        got += static_cast<std::size_t>(count);
    }
    close(ends[0]);
    if (child > 0) {
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
    }
    return got == bytes.size() ? digests : std::vector<std::uint64_t>{};
}

std::uint64_t FirstCalls::digest_in(const BoundModel& model, StepIndex index, const GlobalState& state) {
    const Step& step = model.steps()[index];
    if (!has_room(model.slots(), step, state))
        return 0;
    const std::vector<std::string_view> values = values_read(model.slots(), step, state);
    std::vector<std::string_view> messages = {std::string_view{}};
    if (step.takes)
        messages = messages_to_take(model.slots(), step, state);
    std::uint64_t digest = messages.size();
    for (const std::string_view message : messages)
        digest = mix(digest + digest_of_call(model, index, Inputs{.values = values, .message = message}));
    return digest;
}

std::optional<std::string> changed(const BoundModel& model, const JudgedState& judged, const GlobalState& state) {
    try {
        if (judged.final_dead_end)
            return model.is_final_by_hand(state) ? std::nullopt
                                                 : std::optional<std::string>("is_final is not pure: it gave another "
                                                                              "answer when asked again about a state");
        if (const auto bits = static_cast<std::size_t>(std::bit_width(judged.bits)); bits > model.properties().size())
            return "the predicates set bit " + std::to_string(bits - 1) + ", the model has " +
                   std::to_string(model.properties().size()) + " properties";
        if (const PropertyBits differing = model.judge_by_hand(state) ^ judged.bits; differing != 0)
            return "the predicates or summaries are not pure: " + name_of_first(model, differing) +
                   " gave another answer when asked again about a state";
        if (const PropertyBits differing = model.judge_backwards_by_hand(state).value_or(judged.bits) ^ judged.bits;
            differing != 0)
            return "the predicates are not pure: " + name_of_first(model, differing) +
                   " gives another answer when the others are asked in another order; one of them changes the state";
        return {};
    } catch (const ModelError& error) {
        return "the predicates or summaries are not pure: asked again about a state, they fail: " +
               std::string(error.what());
    }
}

std::optional<std::string> OrbitCheck::difference(const GlobalState& state, std::uint64_t number) {
    const std::vector<Renaming> candidates = model_.candidates_in(state);
    const std::size_t tried = std::min(candidates.size(), number < thorough ? renamings_tried_first : renamings_tried);
    for (std::size_t i = 0; i < tried; ++i) {
        const std::size_t at = (number + 1 + i * candidates.size() / tried) % candidates.size();
        const GlobalState other = renamed(state, candidates[at]);
        if (other != state)
            if (std::optional<std::string> found = compare(state, other))
                return found;
    }
    if (!model_.is_inside_by_hand(state)) // what follows is not looked for
        return {};
    std::size_t compared = 0;
    for (const Enabled& each : model_.enabled_in(state)) { // what stands for a successor against the successor itself
        const GlobalState next = apply(model_.slots(), model_.steps(), state, each.firing, each.outcome);
        const GlobalState canonical = canonical_(next);
        if (next == canonical)
            continue;
        if (std::optional<std::string> found = compare(next, canonical))
            return found;
        if (++compared == successors_tried)
            break;
    }
    return {};
}

GlobalState OrbitCheck::renamed(const GlobalState& state, Renaming renaming) const {
    const std::vector<SlotIndex> moved = moved_slots(model_, renaming);
    GlobalState result(state.size());
    for (std::size_t slot = 0; slot < state.size(); ++slot)
        result[moved[slot]] = renamed_content(model_, renaming, static_cast<SlotIndex>(slot), moved[slot], state[slot]);
    return result;
}

std::optional<std::string> OrbitCheck::compare(const GlobalState& a, const GlobalState& b) {
    if (const PropertyBits differing = model_.judge_by_hand(a) ^ model_.judge_by_hand(b); differing != 0)
        return name_of_first(model_, differing) +
               " tells apart what renaming makes equal: it is true of a state and false of the same state renamed";
    const bool goes_on = model_.is_inside_by_hand(a);
    if (model_.is_inside_by_hand(b) != goes_on)
        return "the boundary tells apart what renaming makes equal: a state is inside and the same state renamed is "
               "not";
    // Renamings that depend on the state may tell apart what behaves alike: what they make of successors can differ.
    return model_.renamings().empty() || !goes_on ? std::nullopt : compare_steps(a, b);
}

std::optional<std::string> OrbitCheck::compare_steps(const GlobalState& a, const GlobalState& b) {
    if (model_.limit_at(a) || model_.limit_at(b)) // one of them may be kept from going on
        return {};
    const std::vector<Successor> of_a = successors(a);
    const std::vector<Successor> of_b = successors(b);
    for (const auto& [some, others] : {std::pair(&of_a, &of_b), std::pair(&of_b, &of_a)})
        for (const Successor& each : *some)
            if (std::ranges::none_of(*others, [&](const Successor& other) { return each.state == other.state; }))
                return "step '" + model_.steps()[each.step].name +
                       "' does not commute with renaming: of a state it leads to one that no step leads to of the same "
                       "state renamed";
    if (of_a.empty() && model_.is_final_by_hand(a) != model_.is_final_by_hand(b))
        return "is_final tells apart what renaming makes equal";
    return {};
}

std::vector<OrbitCheck::Successor> OrbitCheck::successors(const GlobalState& state) {
    std::vector<Successor> all;
    for (const Enabled& each : model_.enabled_in(state))
        all.push_back({.step = each.firing.step,
                       .state = canonical_(apply(model_.slots(), model_.steps(), state, each.firing, each.outcome))});
    return all;
}

} // namespace mdcd::checker::engine
