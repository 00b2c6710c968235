// Scopes and sets of rules of small size, drawn from a seed, for the model and for the oracle alike.
// Half of the sets of rules are near one that is right, since most others fail in a few steps.
#pragma once

#include "checker/random.hpp"
#include "impl/rules.hpp"
#include "model/inputs/scope.hpp"
#include "tests/differential/oracle/oracle.hpp"

namespace mdcd::tests {

struct RandomCase {
    model::Scope scope;
    impl::Rules rules;

    // The same for the oracle.
    [[nodiscard]] oracle::Scope oracle_scope() const;
    [[nodiscard]] oracle::Rules oracle_rules() const;
};

// With so many components, 1 or 2.
[[nodiscard]] RandomCase random_case(checker::Random& random, std::uint8_t components);

} // namespace mdcd::tests
