// A scope as a system of the engine: one actor whose state is the whole world, since recovery is one step of all
// processes; its timers are the actions that can be taken. With all claims and their twins. Knows no verdict.
#pragma once

#include <memory>
#include <string>

#include "checker/actors/check.hpp"
#include "model/families/fixed_vector_fields.hpp"
#include "model/levels/twins.hpp"

namespace mdcd::model::levels {

namespace actors = checker::actors;

// Notes of the protocol that show that recovery had something to do.
inline constexpr impl::NoteKind covered_notes[] = {
    impl::NoteKind::checkpoint_first,      impl::NoteKind::checkpoint_new_sn,
    impl::NoteKind::checkpoint_dropped,    impl::NoteKind::rolled_back,
    impl::NoteKind::not_rolled_back,       impl::NoteKind::replayed,
    impl::NoteKind::not_replayed,          impl::NoteKind::resent,
    impl::NoteKind::suppressing,           impl::NoteKind::sent_by_shadow,
    impl::NoteKind::suppressed_in_service,
};

template <class Handlers> class System {
public:
    using Message = Action; // nobody sends any: channels are part of the state
    using Timer = Action;
    using State = World<Handlers>;
    using Here = actors::Context<Message, Timer>;

    explicit System(const Scope& scope) : steps_(std::make_shared<const Steps<Handlers>>(scope)) {}

    State start(actors::Id, Here& context) const {
        State world = steps_->start();
        set_timers(world, context);
        return world;
    }
    void timeout(State& world, const Timer& action, Here& context) const {
        for (const Action& each : steps_->enabled(world))
            context.cancel_timer(each);
        const impl::Notes notes = steps_->step(world, action);
        for (const impl::Note& note : notes)
            for (const impl::NoteKind kind : covered_notes)
                if (note.kind == kind)
                    context.cover(impl::note_name(kind));
        set_timers(world, context);
    }
    [[nodiscard]] const std::shared_ptr<const Steps<Handlers>>& steps() const { return steps_; }

private:
    void set_timers(const State& world, Here& context) const {
        for (const Action& each : steps_->enabled(world))
            context.set_timer(each);
    }

    std::shared_ptr<const Steps<Handlers>> steps_;
};

// Of any handlers; nothing is expected to be reached.
template <class Handlers> actors::ActorSystem claims_of(const Scope& scope) {
    actors::ActorSystem system;
    const System<Handlers> actor(scope);
    const actors::Id id = system.add("system", actor);
    for (const NamedClaim<Handlers>& claim : always_claims<Handlers>())
        system.always(
            claim.name,
            [steps = actor.steps(), id, holds = claim.holds](const actors::SystemState& state) {
                return holds(Judged<Handlers>{*steps, state.actor<System<Handlers>>(id)});
            },
            claim.rationale);
    return system;
}

// With levels, and the twins.
inline actors::ActorSystem system_of(const Scope& scope) {
    actors::ActorSystem system = claims_of<LevelHandlers>(scope);
    const auto steps = std::make_shared<const Steps<LevelHandlers>>(scope);
    for (const NamedClaim<LevelHandlers>& twin : twins())
        system.reachable(twin.name, [steps, holds = twin.holds](const actors::SystemState& state) {
            return holds(Judged<LevelHandlers>{*steps, state.actor<System<LevelHandlers>>(actors::Id(0))});
        });
    return system;
}

} // namespace mdcd::model::levels
