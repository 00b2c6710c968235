// A family: scopes that are no files of model/scopes, with rules and claims of their own, each a system of actors that
// the program knows by name ("upgrade/again"). This is all that the program sees of it.
// To add one: a folder model/NAME with its system, and one source there that puts an ActorFamily together
// (actor_family.hpp; model/upgrade/upgrade_family.cpp is an example); a line in model/inputs/families.cpp; the folder's
// place in tests/house/include_rules.cpp. Knows no family and no actor.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checker/model.hpp"
#include "checker/report.hpp"
#include "checker/run_difference.hpp"
#include "checker/search_options.hpp"
#include "traces/document.hpp"

namespace mdcd::model {

struct FamilyRule {
    std::string name;                // "begin_drain"
    std::vector<std::string> values; // in the order of its enumeration
    std::string about;               // one sentence
    bool is_own = true;              // false: one of impl/rules.hpp, which every family shares
};

// All rules of a family under one name.
struct FamilyPreset {
    std::string name; // "hostile"
    std::string description;
};

struct FamilyScope {
    std::string name; // with the family: "upgrade/again"
    std::string description;
    std::string rules; // its own: a preset, perhaps with changes: "undefended+links=as_claimed"
};

struct RuleValue {
    std::string rule;
    std::string value;
    friend bool operator==(const RuleValue&, const RuleValue&) = default;
};

// What is explored: a scope of the family under a preset, with some of its rules changed. All of them exist.
struct FamilyCase {
    std::string scope;              // "upgrade/again"
    std::vector<RuleValue> changes; // of two of one rule the later counts
    std::string preset = {};        // "": the scope's own rules
    bool even_unread = false;       // a change of a rule that no process reads is no mistake: to show what it changes
};

// What asking Z3 about one claim came to.
struct FamilyZ3 {
    std::uint64_t views = 0;     // asked about by a state, or by a process of it
    std::uint64_t questions = 0; // .. that differ
    std::uint64_t violated = 0;  // of those
    std::uint64_t unknowns = 0;  // .. without an answer: the claim is inconclusive
    std::string unknown_reason;  // of the first
    double seconds = 0;
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
    std::optional<FamilyZ3> z3;         // if Z3 was asked about it
};

// What the processes keep, or would lose, over distinct states.
struct FamilyMeasure {
    std::string name;        // "checkpoints kept"
    std::uint64_t count = 0; // states that it was measured in: the mean is sum / count
    std::uint64_t sum = 0;
    std::uint64_t worst = 0;

    void add(std::uint64_t amount);
    friend bool operator==(const FamilyMeasure&, const FamilyMeasure&) = default;
};

struct FamilyCheck {
    std::vector<FamilyProperty> properties; // in the order in which they are claimed
    checker::Report report;
    std::vector<std::string> coverage_points; // what report.coverage counts
    std::vector<std::string> notes;           // what is said to be fair and was never met
    std::vector<FamilyMeasure> measures;      // if asked for, and the scope has any
};

struct FamilyZ3Options {
    bool ask = false;
    unsigned timeout_ms = 10000; // for each attempt at a question
    unsigned effort_max = 0;     // .. in Z3's own units; 0: no limit
    // A program, and its arguments, that calls serve_z3(): Z3 is asked there. None, or one that cannot be started: in
    // this process.
    std::vector<std::string> asker = {};
};

struct FamilyOptions {
    checker::SearchOptions search;      // its stop_at is filled in here
    bool stop_at_first = false;         // end the search once a claim is violated
    std::vector<std::string> witnesses; // properties of which a run that reaches them is told, too
    bool measure = false;               // what the rules cost
    FamilyZ3Options z3;
};

struct ShortenedFamilyRun {
    traces::Trace trace;       // of the same scope, rules and property
    std::uint64_t replays = 0; // runs that were tried
    bool shortest = false;     // a search showed that no shorter run does it; of a claim of whole runs nobody looks
};

// A run that is made step by step, from the start.
class FamilyWalk {
public:
    virtual ~FamilyWalk() = default;
    [[nodiscard]] virtual std::vector<std::string> possible() const = 0; // each step that can be taken now, in words
    virtual void take(std::size_t which) = 0;                            // of those
    // What has been walked, with what is true of the property (by name, as of Family::properties) at its end.
    [[nodiscard]] virtual traces::Trace trace(const std::string& property) const = 0;
};

class Family {
public:
    virtual ~Family() = default;

    [[nodiscard]] virtual std::string name() const = 0;
    [[nodiscard]] virtual std::string description() const = 0;
    [[nodiscard]] virtual std::vector<FamilyScope> scopes() const = 0;
    [[nodiscard]] virtual const std::vector<FamilyRule>& rules() const = 0; // its own first
    [[nodiscard]] virtual std::vector<FamilyPreset> presets() const = 0;    // the one of most scopes first

    // What follows throws traces::FileError where the changes do not fit the scope, with the reason.

    // Those that some process reads there, by name: what the others say changes nothing, and is refused.
    [[nodiscard]] virtual std::vector<std::string> rules_read(const FamilyCase& what) const = 0;
    // Every rule with the value that is in force.
    [[nodiscard]] virtual std::vector<RuleValue> rules_in_force(const FamilyCase& what) const = 0;
    // What is claimed, and which outcomes must be possible.
    [[nodiscard]] virtual std::vector<checker::Property> properties(const FamilyCase& what) const = 0;
    // Those of them that Z3 judges, too, if it is asked: by name.
    [[nodiscard]] virtual std::vector<std::string> judged_by_z3(const FamilyCase& what) const = 0;
    // Counts, verdicts and lengths do not depend on the number of workers. Throws std::logic_error if Z3 and the native
    // evaluation disagree.
    [[nodiscard]] virtual FamilyCheck explore(const FamilyCase& what, const FamilyOptions& options) const = 0;

    // Of a trace of that case (model/inputs/family_trace.hpp); scope and rules are not read from it once more.

    // Takes its steps on the handlers, compares every state, and judges the property anew. None: it is the same.
    [[nodiscard]] virtual std::optional<checker::RunDifference> replay(const FamilyCase& what,
                                                                       const traces::Trace& trace) const = 0;
    // A run that comes to the same, without a step that it can do without; then looks for a shorter one among
    // `search_states_max` states (0: does not). Throws traces::FileError (with `file`) for a step that cannot be taken,
    // and for a run that does not come to it.
    [[nodiscard]] virtual ShortenedFamilyRun shorten(const FamilyCase& what, const traces::Trace& trace,
                                                     const std::string& file, std::uint64_t search_states_max,
                                                     unsigned workers) const = 0;
    [[nodiscard]] virtual std::unique_ptr<FamilyWalk> walk(const FamilyCase& what) const = 0;
    // A page in HTML to walk through the scope by hand, along a run (sentences of its steps) or from the start: what
    // can happen, what it changes, which claims are broken. It holds as many states as can be looked at, and says so.
    [[nodiscard]] virtual std::string page(const FamilyCase& what, const std::vector<std::string>& along) const = 0;
};

} // namespace mdcd::model
