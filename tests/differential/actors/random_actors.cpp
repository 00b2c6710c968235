// Handlers and predicates that are hashes of what they are shown, and do not see who is who among those alike.
// Every actor sends so often only, so that systems are finite.
#include "tests/differential/actors/random_actors.hpp"

#include <string>

namespace mdcd::tests {

using namespace checker::actors;
using checker::Random;
using checker::stir;

namespace {

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
    return stir(hash * 31 + value + 1);
}

std::uint64_t hash_of(const RandomActor::State& state) {
    std::uint64_t hash = mixed(state.durable.kept, state.phase);
    hash = mixed(hash, state.friendly.is_nobody() ? 0 : 1);
    return mixed(hash, state.sends_left);
}

} // namespace

RandomActor::State RandomActor::start(Id self, Here& context) const {
    State state{.durable = {}, .phase = 0, .friendly = boss_ == self ? Id() : boss_, .sends_left = 2};
    act(state, mixed(behaviour_, 1), boss_, context);
    return state;
}

RandomActor::State RandomActor::restart(Id, const Durable& durable, Here& context) const {
    State state{.durable = durable, .phase = 2, .friendly = {}, .sends_left = 1};
    act(state, mixed(mixed(behaviour_, 2), durable.kept), boss_, context);
    return state;
}

void RandomActor::receive(State& state, Id from, const Word& word, Here& context) const {
    std::uint64_t hash = mixed(mixed(mixed(behaviour_, 3), hash_of(state)), word.kind);
    hash = mixed(hash, (from == boss_ ? 1 : 0) + (from == state.friendly ? 2 : 0) + (word.about == from ? 4 : 0) +
                           (word.about == context.self() ? 8 : 0));
    if (!word.about.is_nobody() && hash % 2 == 0)
        state.friendly = word.about;
    act(state, hash, from, context);
}

void RandomActor::timeout(State& state, Timer timer, Here& context) const {
    act(state, mixed(mixed(mixed(behaviour_, 4), hash_of(state)), timer), state.friendly, context);
}

void RandomActor::act(State& state, std::uint64_t hash, Id other, Here& context) const {
    Random random(hash);
    state.phase = static_cast<std::uint8_t>(random.below(3));
    if (random.one_in(3))
        state.durable.kept = static_cast<std::uint8_t>(random.below(2));
    if (random.one_in(5))
        state.phase = static_cast<std::uint8_t>(state.phase + context.choose(2));
    if (random.one_in(4))
        context.cancel_timer(static_cast<Timer>(random.below(2)));
    if (is_restless_)
        context.set_timer(1);
    if (state.sends_left == 0)
        return;
    if (random.one_in(3))
        context.set_timer(static_cast<Timer>(random.below(2)));
    if (random.one_in(3))
        context.cover(random.one_in(2) ? "first" : "second");
    const Word word{.kind = static_cast<std::uint8_t>(random.below(2)),
                    .about = random.one_in(2)   ? context.self()
                             : random.one_in(2) ? state.friendly
                                                : Id()};
    if (random.one_in(6)) {
        --state.sends_left;
        context.broadcast(word);
    } else if (!other.is_nobody() && random.below(5) < 4) {
        --state.sends_left;
        context.send(random.one_in(4) ? context.self() : other, word);
    }
}

namespace {

FairnessClaim draw_fairness(Random& random, std::size_t size) {
    FairnessClaim claim{.kind = random.one_in(2) ? checker::Fairness::weak : checker::Fairness::strong, .actions = {}};
    claim.actions.kind = static_cast<Actions::Kind>(std::min<std::uint64_t>(random.below(6), 3) % 4);
    if (claim.actions.kind == Actions::Kind::healing && random.one_in(2))
        claim.actions.kind = random.one_in(2) ? Actions::Kind::delivery : Actions::Kind::timeout;
    if (random.one_in(3))
        claim.actions.to = Id(random.below(size));
    if (random.one_in(4) && claim.actions.kind != Actions::Kind::timeout)
        claim.actions.from = Id(random.below(size));
    if (claim.actions.kind == Actions::Kind::timeout && random.one_in(2))
        claim.actions.named = std::to_string(random.below(2));
    claim.actions.together = random.one_in(3);
    return claim;
}

} // namespace

RandomSystem::RandomSystem(std::uint64_t drawn_from) : seed(drawn_from) {
    Random random(mixed(77, seed));
    Random of_runs(mixed(78, seed));
    const bool is_restless = !of_runs.one_in(3);
    const std::size_t size = 2 + random.below(2);
    const std::uint64_t others = random.next();
    const bool are_alike = size > 2 && random.one_in(2);
    for (std::size_t actor = 0; actor < size; ++actor)
        actors.emplace_back(actor == 0  ? random.next()
                            : are_alike ? others
                                        : others + actor,
                            Id(0), is_restless && actor == 0);
    if (are_alike)
        alike = ids(1, size - 1);
    network.order = random.one_in(2) ? Order::fifo : Order::unordered;
    network.duplicating = random.one_in(4);
    network.lossy = random.one_in(4);
    if (random.one_in(3)) {
        network.capacity = static_cast<std::uint16_t>(1 + random.below(3));
        network.overflow = Overflow::wait;
    }
    network.partitions = random.one_in(5) ? 1 : 0;
    ordered_timers = random.one_in(3);
    crashes = static_cast<std::uint16_t>(random.one_in(3) ? 1 + random.below(2) : 0);
    if (random.one_in(2))
        who_crashes = {Id(0)};
    for (std::uint64_t claims = of_runs.below(5); claims > 0; --claims)
        fairness.push_back(draw_fairness(of_runs, size));
}

ActorSystem RandomSystem::system(bool with_boundary) const {
    ActorSystem system;
    for (std::size_t actor = 0; actor < actors.size(); ++actor)
        system.add(std::string("A").append(std::to_string(actor)), actors[actor]);
    system.network(network);
    if (ordered_timers)
        system.ordered_timers();
    if (crashes > 0)
        system.crashes(crashes, who_crashes);
    if (!alike.empty())
        system.interchangeable(alike);
    const auto hash = [from = seed](const SystemState& state) {
        Look look;
        look.states.resize(state.actor_count());
        state.each<RandomActor>([&](Id id, const RandomActor::State& each) { look.states[id.index()] = each; });
        look.messages = state.messages_under_way();
        return hash_of(from, look);
    };
    system.always("common", [hash](const SystemState& state) { return is_common(hash(state)); });
    system.reachable("rare", [hash](const SystemState& state) { return is_rare(hash(state)); });
    system.no_deadlock([hash](const SystemState& state) { return is_final(hash(state)); });
    system.eventually("comes", [hash](const SystemState& state) { return has_come(hash(state)); });
    system.leads_to(
        "answers", [hash](const SystemState& state) { return is_called_for(hash(state)); },
        [hash](const SystemState& state) { return has_come(hash(state)); });
    for (const FairnessClaim& claim : fairness)
        system.fair(claim.kind, claim.actions);
    if (with_boundary)
        system.boundary([hash](const SystemState& state) { return is_inside(hash(state)); });
    return system;
}

std::uint64_t hash_of(std::uint64_t seed, const Look& look) {
    const auto of_actor = [&](std::size_t actor) {
        return look.states[actor] ? mixed(seed, hash_of(*look.states[actor])) : stir(seed);
    };
    std::uint64_t sum = 0;
    for (std::size_t actor = 1; actor < look.states.size(); ++actor)
        sum += of_actor(actor);
    return mixed(mixed(of_actor(0), sum), look.messages);
}

} // namespace mdcd::tests
