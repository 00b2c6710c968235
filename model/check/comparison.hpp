// Several sets of rules on several scopes, side by side: what each comes to, and what each buys and breaks against the
// first. What `mdcd compare` does, as a library call. Prints nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "model/check/check.hpp"

namespace mdcd::model {

// What became of one property, against the same property on the same scope under the first rules.
enum class Effect : std::uint8_t {
    none,   // the same verdict after as many steps
    bought, // it passes now
    broke,  // it does not pass any more
    sooner, // the same verdict after fewer steps
    later,  // the same verdict after more steps
    open,   // not settled, here or there
};

[[nodiscard]] std::string name_of(Effect effect);

// `holds` or `reached`.
[[nodiscard]] bool passes(checker::Verdict verdict);

// Of two verdicts on one property, each settled by a run of so many steps.
[[nodiscard]] Effect effect_of(checker::Verdict first, std::uint64_t first_steps, checker::Verdict other,
                               std::uint64_t other_steps);
[[nodiscard]] Effect effect_of(const CheckedProperty& first, const CheckedProperty& other);

struct Comparison {
    std::vector<Scope> scopes;
    std::vector<NamedRules> rules;
    std::vector<std::vector<Check>> checks; // by scope, then by rules; each with its cost
};

// As model::check, or from what is known already.
using CheckRunner = std::function<Check(const Scope&, const NamedRules&, const CheckOptions&)>;

// One check after the other, each with all workers. The options ask for a cost if they do not already. Ends early, with
// what there is, once interrupted: the last check of `checks` says so then, and later ones are missing.
[[nodiscard]] Comparison compare(const std::vector<Scope>& scopes, const std::vector<NamedRules>& rules,
                                 const CheckOptions& options, const CheckRunner& run = check);

} // namespace mdcd::model
