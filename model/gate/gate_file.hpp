// A gate: checks with the verdict that each property must have, read from JSON files that users keep beside their code.
// Everything is pinned: what is not expected by name is a mistake of the file, so that nothing drops out unnoticed.
// Knows no search.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/report.hpp"
#include "model/families/family.hpp"
#include "model/inputs/rules_file.hpp"
#include "model/inputs/scope.hpp"
#include "traces/json_place.hpp"
#include "traces/value.hpp"

namespace mdcd::model {

struct Expectation {
    std::string property;
    checker::Verdict verdict = checker::Verdict::holds; // never inconclusive or error
    std::optional<std::uint64_t> steps;                 // of the shortest run that violates or reaches
};

struct GateCheck {
    std::string name; // unique in its gate; becomes part of file names
    Scope scope;
    NamedRules rules;
    std::optional<FamilyCase> family;  // what is explored instead; scope and rules have its names, and say nothing else
    bool symmetry = false;             // all that is sound there
    std::vector<Expectation> expected; // one for each property of the scope, in the order of all_properties(), or in
                                       // that of the family
    std::optional<std::uint64_t> distinct_states; // exactly
    checker::Limits budget;                       // hitting it is never a pass
    std::string path;                             // in the gate's file: "$.checks[0]"
};

struct Gate {
    std::string name;
    std::string description;
    std::string file;    // as messages name it
    std::string text;    // of the file
    traces::Value value; // the same, read
    std::vector<GateCheck> checks;

    // Where the nearest thing stands to which such a path leads.
    [[nodiscard]] traces::TextPlace place(std::string path) const;
};

enum class Pins : std::uint8_t {
    required,
    optional, // for a gate that is about to be pinned: checks need not say what they expect
};

// Scopes and rules in files are looked for in `folder`. Throws traces::FileError with place and nearest known name.
[[nodiscard]] Gate gate_from(const std::string& text, const std::string& file, const std::string& folder,
                             Pins pins = Pins::required);

// A shipped gate by name, or a file by path (anything with a dot or a slash).
[[nodiscard]] Gate load_gate(const std::string& name_or_path, Pins pins = Pins::required);

// The properties that a check of this scope under these rules reports, in the order of all_properties().
[[nodiscard]] std::vector<std::string> properties_of(const Scope& scope, const impl::Rules& rules);

// As a gate says it: "holds", "violated in 7 steps".
[[nodiscard]] std::string text_of(const Expectation& expectation);

} // namespace mdcd::model
