// The options that every command which explores a scope shares, and what they become in the library's terms.
// Knows no particular command.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/check/check.hpp"

namespace CLI {
class App;
}

namespace mdcd::checker::cli {

struct CheckArguments {
    std::string scope;
    std::string rules;                   // "": the scope's own
    std::vector<std::string> set;        // "rule=value"
    std::vector<std::string> invariants; // "file" or "name=file"
    std::vector<std::string> properties;
    std::vector<std::string> expect; // "property=verdict"
    unsigned workers = 0;
    unsigned traces = 1;
    std::uint64_t max_states = 0;
    double max_seconds = 0;
    std::string max_memory = "auto"; // with a unit: 512M, 8G
    std::string trace_dir = "mdcd-traces";
    std::string format = "text";
    std::string z3 = "distinct";
    unsigned z3_timeout_ms = 10000;
    unsigned z3_effort = 0;
    std::string z3_cache;
    std::string dump_smt;
    std::string progress = "auto";
    std::string checkpoint;
    std::string resume;
    double checkpoint_seconds = 60;
    bool whole_states = false;
    std::string symmetry; // "": none
    std::string partial_order = "edges";
    std::string renaming = "auto";
    bool check_determinism = false;
    bool strict = false;
    bool quiet = false;
    bool verbose = false;
    bool full = false;
    std::string stop_at = "end";
    std::vector<std::string> witnesses; // properties of which a run that reaches them is written, too
};

void add_options(CLI::App& command, CheckArguments& arguments);

// Those of them that any number of scopes and sets of rules may share: properties, workers, limits, Z3, traces,
// progress, symmetry.
void add_search_options(CLI::App& command, CheckArguments& arguments);

// Applies --set; the name of the rules says so. Throws UsageError that names the nearest known rule or value.
void set_rules(model::NamedRules& rules, const std::vector<std::string>& assignments);

// The rules asked for: a preset or file, then --set.
[[nodiscard]] model::NamedRules rules_of(const CheckArguments& arguments, const model::Scope& scope);

// The scope asked for, with the invariants of the command line.
[[nodiscard]] model::Scope scope_of(const CheckArguments& arguments);

// Throws UsageError if they contradict each other or name no property of the scope.
[[nodiscard]] model::CheckOptions options_of(const CheckArguments& arguments, const model::Scope& scope = {});

// The same for one of several; `rules` as in model::load_rules.
[[nodiscard]] model::NamedRules changed_rules(const std::string& rules, const std::vector<std::string>& set);

// As model::load_scope. Throws UsageError if two have the same name, so that their traces would, too.
[[nodiscard]] std::vector<model::Scope> load_scopes(const std::vector<std::string>& names);

// "512M" in bytes; "auto" is most of what the system has to spare. Throws UsageError.
[[nodiscard]] std::uint64_t bytes_of(const std::string& text);

// Refuses --partial-order states, for the reason given. Throws UsageError.
void expect_all_states(const CheckArguments& arguments, const std::string& reason);

// What every search is asked by these arguments, whatever it explores.
[[nodiscard]] SearchOptions search_options_of(const CheckArguments& arguments);

using Expectations = std::map<std::string, Verdict>; // by property

// Throws UsageError naming the nearest known property or verdict.
[[nodiscard]] Expectations expectations_of(const CheckArguments& arguments, const model::Scope& scope);
[[nodiscard]] Expectations expectations_of(const CheckArguments& arguments, const std::vector<std::string>& known);

// Throws UsageError naming the nearest known property. `place` is the option as it was written.
void expect_property(const std::string& place, const std::string& name, const std::vector<std::string>& known);

// What is expected of a property that is not reported would never be looked at: UsageError.
void expect_reported(const Expectations& expectations, const std::vector<std::string>& witnesses,
                     const std::vector<std::string>& reported);

} // namespace mdcd::checker::cli
