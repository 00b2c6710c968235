// What a system may consist of, and what is refused.
// Knows no engine.
#include "checker/actors/system.hpp"

#include <algorithm>

#include "checker/actors/nearest.hpp"

namespace mdcd::checker::actors {
namespace {

constexpr std::size_t actors_max = 64;
constexpr std::size_t claims_max = 63;
constexpr std::size_t points_max = 64;
constexpr std::ptrdiff_t whole_runs_max = 32; // two bits for each

} // namespace

Id ActorSystem::add_any(const std::string& name, std::shared_ptr<const AnyActor> actor) {
    if (parts_.actors.size() == actors_max)
        refuse("a system has at most 64 actors");
    if (name.empty() || std::ranges::find(parts_.names, name) != parts_.names.end())
        refuse("each actor wants a name of its own; '" + name + "' is none");
    if (!parts_.actors.empty() && parts_.actors.front()->message_tag() != actor->message_tag())
        refuse("all actors of a system have the same type of messages; that of '" + name +
               "' is another than that of '" + parts_.names.front() + "'");
    parts_.actors.push_back(std::move(actor));
    parts_.names.push_back(name);
    return Id(parts_.actors.size() - 1);
}

void ActorSystem::expect_actors(const std::vector<Id>& who, const char* what) const {
    for (const Id id : who)
        if (id.index() >= parts_.actors.size())
            refuse(std::string(what) + " names an actor that has not been added");
}

void ActorSystem::crashes(std::uint16_t times, const std::vector<Id>& who) {
    expect_actors(who, "crashes()");
    parts_.crashes = times;
    parts_.who_crashes = who;
}

void ActorSystem::coverage_points(const std::vector<std::string>& points) {
    if (points.size() > points_max)
        refuse("the system has more than 64 coverage points");
    parts_.points = points;
}

void ActorSystem::interchangeable(const std::vector<Id>& who) {
    expect_actors(who, "interchangeable()");
    for (const Id id : who) {
        const auto times = std::ranges::count(who, id);
        const bool elsewhere = std::ranges::any_of(
            parts_.alike, [&](const std::vector<Id>& set) { return std::ranges::find(set, id) != set.end(); });
        if (times > 1 || elsewhere)
            refuse("interchangeable() names '" + parts_.names[id.index()] + "' twice");
        if (parts_.actors[id.index()]->actor_tag() != parts_.actors[who.front().index()]->actor_tag())
            refuse("'" + parts_.names[id.index()] + "' and '" + parts_.names[who.front().index()] +
                   "' are not interchangeable: they are of different classes");
    }
    if (who.size() > 1)
        parts_.alike.push_back(who);
}

void ActorSystem::always(const std::string& name, Predicate predicate, const std::string& rationale) {
    claim({.name = name,
           .kind = ClaimKind::always,
           .rationale = rationale,
           .predicate = std::move(predicate),
           .whenever = {}});
}

void ActorSystem::reachable(const std::string& name, Predicate predicate, const std::string& rationale) {
    claim({.name = name,
           .kind = ClaimKind::reachable,
           .rationale = rationale,
           .predicate = std::move(predicate),
           .whenever = {}});
}

void ActorSystem::no_deadlock(Predicate is_final, const std::string& rationale) {
    if (!is_final)
        is_final = [](const SystemState&) { return false; };
    claim({.name = "no_deadlock",
           .kind = ClaimKind::no_deadlock,
           .rationale = rationale,
           .predicate = std::move(is_final),
           .whenever = {}});
}

Claim& ActorSystem::claim_that_reads(const std::string& name, const std::vector<Id>& actors) {
    expect_actors(actors, "reads()");
    const auto found = std::ranges::find(parts_.claims, name, &Claim::name);
    if (found == parts_.claims.end() || found->kind > ClaimKind::reachable)
        refuse("reads() names '" + name + "', which is not claimed of single states" +
               nearest_claim(name, parts_.claims));
    found->reads = actors;
    return *found;
}

void ActorSystem::reads(const std::string& claim, const std::vector<Id>& actors) {
    claim_that_reads(claim, actors).reads_each = false;
}

void ActorSystem::reads_each(const std::string& claim, const std::vector<Id>& actors) {
    claim_that_reads(claim, actors).reads_each = true;
}

void ActorSystem::eventually(const std::string& name, Predicate predicate, const std::string& rationale) {
    claim({.name = name,
           .kind = ClaimKind::eventually,
           .rationale = rationale,
           .predicate = std::move(predicate),
           .whenever = {}});
}

void ActorSystem::leads_to(const std::string& name, Predicate whenever, Predicate then, const std::string& rationale) {
    if (!whenever)
        refuse("the claim '" + name + "' has no predicate");
    claim({.name = name,
           .kind = ClaimKind::leads_to,
           .rationale = rationale,
           .predicate = std::move(then),
           .whenever = std::move(whenever)});
}

void ActorSystem::fair(Fairness kind, const Actions& actions) {
    for (const std::optional<Id>& end : {actions.from, actions.to})
        if (end)
            expect_actors({*end}, "fair()");
    parts_.fairness.push_back({.kind = kind, .actions = actions});
}

void ActorSystem::claim(Claim claim) {
    if (parts_.claims.size() == claims_max)
        refuse("a system has at most 63 claims");
    if (!claim.predicate)
        refuse("the claim '" + claim.name + "' has no predicate");
    const bool known = std::ranges::any_of(parts_.claims, [&](const Claim& each) { return each.name == claim.name; });
    if (claim.name.empty() || known)
        refuse("each claim wants a name of its own; '" + claim.name + "' is none");
    const auto is_of_runs = [](const Claim& each) { return each.kind >= ClaimKind::eventually; };
    if (is_of_runs(claim) && std::ranges::count_if(parts_.claims, is_of_runs) == whole_runs_max)
        refuse("a system has at most 32 claims of whole runs");
    parts_.claims.push_back(std::move(claim));
}

} // namespace mdcd::checker::actors
