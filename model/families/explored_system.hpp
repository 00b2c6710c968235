// What a family's report is made of: a system of actors explored, and its claims under names that programs and files
// can use. Knows no family.
#pragma once

#include <string>
#include <vector>

#include "checker/actors/system.hpp"
#include "model/families/asked_states.hpp"
#include "model/families/family.hpp"
#include "model/families/measured_states.hpp"

namespace mdcd::model {

// "an old version catches up" is an_old_version_catches_up.
[[nodiscard]] std::string property_name(const std::string& claim);

// Those of the system, but for the outcomes (by the names of their claims) that are out of reach in its scope.
[[nodiscard]] std::vector<checker::Property> properties_of(const checker::actors::ActorSystem& system,
                                                           const std::vector<std::string>& out_of_reach);

// A system, and what is said of it.
struct ExploredSystem {
    checker::actors::ActorSystem system;
    std::vector<std::string> out_of_reach;
    FamilyScope scope;
    std::string rules_name;
    std::vector<RuleValue> rules;
    Measured measured;   // nothing, if it has no measures
    Questions questions; // nothing, if nothing is put to Z3
};

// Puts the words of families in the place of those of the system.
void tell_as_family(traces::Trace& trace, const checker::Property& property, const ExploredSystem& what);

// The claim of the system that has this name as a property; none if there is none, or if it is out of reach.
[[nodiscard]] const checker::actors::Claim* claim_of(const ExploredSystem& what, const std::string& property);

// The same, judged. Traces say that they come from this scope and these rules.
[[nodiscard]] FamilyCheck explored(const ExploredSystem& what, const FamilyOptions& options);

} // namespace mdcd::model
