// A family: scopes that are no files of model/scopes, with rules and claims of their own, each a system of actors that
// the program knows by name ("upgrade/again"). This is all that the program sees of it.
// To add one: a folder model/NAME with its system, and one source there that puts an ActorFamily together
// (actor_family.hpp; model/upgrade/upgrade_family.cpp is an example); a line in model/inputs/families.cpp; the folder's
// place in tests/house/include_rules.cpp. Knows no family and no actor.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/model.hpp"
#include "checker/report.hpp"
#include "checker/search_options.hpp"
#include "traces/document.hpp"

namespace mdcd::model {

struct FamilyRule {
    std::string name;                // "begin_drain"
    std::vector<std::string> values; // in the order of its enumeration
    std::string about;               // one sentence
    bool is_own = true;              // false: one of impl/rules.hpp, which every family shares
};

struct FamilyScope {
    std::string name; // with the family: "upgrade/again"
    std::string description;
};

struct RuleValue {
    std::string rule;
    std::string value;
    friend bool operator==(const RuleValue&, const RuleValue&) = default;
};

// What is explored: a scope of the family, with some of its rules changed. Rules and values exist.
struct FamilyCase {
    std::string scope;              // "upgrade/again"
    std::vector<RuleValue> changes; // of two of one rule the later counts
};

struct FamilyProperty {
    checker::Property property; // its name as of every property; of an outcome that is a sentence, made from that
    checker::Verdict verdict = checker::Verdict::inconclusive;
    std::string reason; // of `inconclusive` and `error`
    std::optional<std::uint64_t>
        steps; // of the shortest run that violates or reaches; of a run without end, once round
    std::optional<traces::Trace> trace; // of `violated` and `error`; of `reached` if it was asked for
    std::string run;                    // .. of those: everything that happens, in words
    bool is_endless = false;            // that run
    std::string ending;                 // of `violated` and `error`: one sentence
};

struct FamilyCheck {
    std::vector<FamilyProperty> properties; // in the order in which they are claimed
    checker::Report report;
    std::vector<std::string> coverage_points; // what report.coverage counts
    std::vector<std::string> notes;           // what is said to be fair and was never met
};

struct FamilyOptions {
    checker::SearchOptions search;      // its stop_at is filled in here
    bool stop_at_first = false;         // end the search once a claim is violated
    std::vector<std::string> witnesses; // properties of which a run that reaches them is told, too
};

class Family {
public:
    virtual ~Family() = default;

    [[nodiscard]] virtual std::string name() const = 0;
    [[nodiscard]] virtual std::string description() const = 0;
    [[nodiscard]] virtual std::vector<FamilyScope> scopes() const = 0;
    [[nodiscard]] virtual const std::vector<FamilyRule>& rules() const = 0; // its own first

    // What follows throws traces::FileError where the changes do not fit the scope, with the reason.

    // Every rule with the value that is in force.
    [[nodiscard]] virtual std::vector<RuleValue> rules_in_force(const FamilyCase& what) const = 0;
    // What is claimed, and which outcomes must be possible.
    [[nodiscard]] virtual std::vector<checker::Property> properties(const FamilyCase& what) const = 0;
    // Counts, verdicts and lengths do not depend on the number of workers.
    [[nodiscard]] virtual FamilyCheck explore(const FamilyCase& what, const FamilyOptions& options) const = 0;
};

} // namespace mdcd::model
