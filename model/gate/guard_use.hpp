// Which guards of the implementation the checks of a gate pass: where none does, no claim can see a mistake.
// Knows no search and no report.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "checker/report.hpp"
#include "impl/rules.hpp"
#include "model/families/family.hpp"
#include "model/inputs/scope.hpp"

namespace mdcd::model {

enum class Use : std::uint8_t {
    passed,   // a step passed it
    missed,   // none did, though scope and rules leave room for it
    excluded, // scope or rules leave no room for it
};

struct GuardUse {
    std::string guard; // a coverage point; of a family "upgrade/joined"
    Use use = Use::excluded;

    friend bool operator==(const GuardUse&, const GuardUse&) = default;
};

// Of one check. An atomic scope has no steps of recovery; of a family nobody knows what its rules leave room for.
[[nodiscard]] std::vector<GuardUse> guards_of(const Scope& scope, const impl::Rules& rules,
                                              const checker::Report& report);
[[nodiscard]] std::vector<GuardUse> guards_of(const std::string& family, const FamilyCheck& check);

// Adds those of another check: whichever use says more, each guard where it was first named.
void add_guards(std::vector<GuardUse>& all, std::span<const GuardUse> more);

// The names of those of one use, in order.
[[nodiscard]] std::vector<std::string> guards_with(Use use, std::span<const GuardUse> guards);

// "passed", ..
[[nodiscard]] std::string name_of(Use use);

} // namespace mdcd::model
