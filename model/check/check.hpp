// One check: a scope under some rules, every interleaving explored, every property judged, Z3 asked, counterexamples
// written. What `mdcd check` does, as a library call.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checker/report.hpp"
#include "checker/search_options.hpp"
#include "model/check/cost.hpp"
#include "model/inputs/rules_file.hpp"
#include "model/inputs/scope.hpp"
#include "model/system.hpp"
#include "model/z3/z3_judge.hpp"
#include "traces/document.hpp"

namespace mdcd::model {

enum class Z3Use : std::uint8_t { off, distinct, every };

// A question to Z3 as a file in SMT-LIB 2.
struct QuestionFile {
    std::string name; // "recoverability.0123456789abcdef.smt2"
    std::string text;
};

struct CheckOptions {
    checker::SearchOptions search;      // its identity, use_renamings and stop_at are filled in here; `decided` is told
                                        // only of what will be reported
    Symmetry symmetry = Symmetry::none; // one state for all that differ in which process is which
    bool leave_out_states = false;   // that the properties reported cannot tell from others (partial order); Z3 is not
                                     // asked then
    std::optional<bool> renumbering; // one state for all that differ in numbers; none: where runs have no end
    Z3Use z3 = Z3Use::distinct;
    unsigned z3_timeout_ms = 10000;
    unsigned z3_effort_max = 0; // for each attempt, in Z3's own units (rlimit); 0: no limit
    std::string z3_cache;       // a file of answers that outlive the run; "": none
    std::function<void(const QuestionFile&)>
        on_question;                   // called with each distinct question, if set, in a fixed order
    std::vector<std::string> z3_asker; // what starts a process that asks Z3 (Z3Options); empty: this process asks
    std::function<void(unsigned attempt)> z3_before_attempt; // in this process, may throw what Z3 might: for tests
    bool stop_at_first = false;          // end the search once a property that is reported is violated
    std::vector<std::string> properties; // report only these; empty: those of the scope, or all
    bool whole_states = false;           // in traces
    std::optional<CostSizes> cost;       // measure it, with these sizes
    std::string tool_version;
    std::string build; // what a checkpoint is bound to
};

struct CheckedProperty {
    checker::Property property;
    checker::Verdict verdict = checker::Verdict::inconclusive;
    std::string reason;
    std::optional<traces::Trace> trace;     // of `violated` and `error`, and of `reached`
    std::vector<traces::Trace> more_traces; // of `violated`, as many as SearchOptions::paths_max allows
    std::optional<Z3Tally> z3;              // of the properties that Z3 decides
};

struct Check {
    Scope scope;
    NamedRules rules;
    checker::Report report;
    std::vector<CheckedProperty> properties;
    std::vector<std::string> coverage_points; // what report.coverage counts
    Symmetry symmetry = Symmetry::none;       // what was asked for
    Reductions reductions{.actives = false};  // counts are of states up to these renamings
    std::size_t process_renamings = 1;        // of them, those of processes, the one that changes nothing included
    double z3_seconds = 0;    // wall clock; with Z3Use::every, which asks during the search, of all workers together
    std::optional<Cost> cost; // if asked for
    std::vector<QuestionFile> unanswered; // questions to Z3 that both attempts left open
    std::string z3_cache_warning;         // why saved answers were not used; "" if they were, or none were asked for
};

// What will be reported, by name; never nothing. Throws RequestError for a property that is unknown or not applicable.
[[nodiscard]] std::vector<std::string> wanted_properties(const Scope& scope, const impl::Rules& rules,
                                                         const CheckOptions& options);

// Throws RequestError for an unknown property, for a symmetry that is none, or if states are to be left out for a
// property that looks at everything, traces::FileError for a cache that is
// none, Disagreement if Z3 and the native evaluation differ.
[[nodiscard]] Check check(const Scope& scope, const NamedRules& rules, const CheckOptions& options);

} // namespace mdcd::model
