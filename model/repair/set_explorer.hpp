// One set of rules on the scopes of a repair: is any claim violated on any of them? Answers from a file where they are
// known, from a search that ends with the first violation where not. Knows no lattice.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/check/check.hpp"
#include "model/repair/repair.hpp"
#include "model/repair/repair_answers.hpp"

namespace mdcd::model {

// What is asked on one scope under one set of rules.
struct RepairQuestion {
    checker::PropertyBits claims = 0; // 0: none of those that are asked for applies
    std::vector<std::string> names;   // of claims and twins
};

// What one look at a set came to.
struct Explored {
    std::optional<Refutation> refutation;
    std::string open;                                            // why nothing is settled; empty: all claims hold
    std::vector<std::pair<std::string, RepairAnswer>> to_answer; // what was found out, by key
};

// Why this run refutes the rules of `system`, if it does. Throws checker::PathError if it cannot be taken.
[[nodiscard]] std::optional<Refutation> refuted_by(const System& system, std::size_t scope, const checker::Path& path,
                                                   checker::PropertyBits claims);

// All functions may be called by several threads at the same time, as long as nobody adds answers.
class SetExplorer {
public:
    // `options` and `answers` must outlive it. Throws traces::FileError for properties that are none, or no claims
    // under the rules to start from.
    SetExplorer(const std::vector<Scope>& scopes, const impl::Rules& from, const RepairOptions& options,
                const RepairAnswers& answers);

    [[nodiscard]] const Scope& scope_at(std::size_t scope) const { return scopes_.at(scope); }

    // Each set is asked what applies under its own rules.
    [[nodiscard]] RepairQuestion question(std::size_t scope, const impl::Rules& rules) const;

    // Scope by scope, to the first that refutes.
    [[nodiscard]] Explored explore(const impl::Rules& rules, unsigned workers) const;

    // States, cost, twins, and what `z3` says, with all workers, and with the progress of the search.
    [[nodiscard]] Check check_in_full(std::size_t scope, const NamedRules& rules, Z3Use z3) const;

    // Of what is known about one scope under these rules.
    [[nodiscard]] std::string key(std::size_t scope, const impl::Rules& rules) const;

    [[nodiscard]] bool interrupted() const;

private:
    [[nodiscard]] std::optional<Refutation> rerun(const System& system, std::size_t scope,
                                                  const RepairAnswer& known) const;

    const RepairOptions& options_;
    const RepairAnswers& answers_;
    std::vector<Scope> scopes_;
};

} // namespace mdcd::model
