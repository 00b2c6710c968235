// Renaming of numbers: settled messages (settled.hpp) are forgotten, later ones move up, and of the numbers of settled
// messages that something still carries only the order is kept, as far as anything will look at it. That turns runs
// into runs and changes no property (docs/unbounded-runs.md has the argument), so that runs without an end may have
// finitely many states. Knows nothing of how a search uses it.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "impl/rules.hpp"
#include "model/inputs/scope.hpp"
#include "model/state/layout.hpp"
#include "model/state/settled.hpp"

namespace mdcd::model {

// Which numbers of cluster messages occur in one slot, bit by bit, by what they may yet be compared with.
struct NumberUse {
    std::uint32_t carried = 0;        // by processes and messages, as the number of a state
    std::uint32_t dirty_messages = 0; // of these: by messages under way that are dirty
    std::uint32_t dirty_actives = 0;  // .. by active processes that are dirty
    std::uint32_t notified = 0;       // by notifications under way
    std::uint32_t valid = 0;          // known to be validated, to a process that keeps checkpoints
    std::uint32_t low_valid = 0;      // .. to the new version
    std::uint32_t marks = 0;          // by checkpoints and logs, and what states depend on

    NumberUse& operator|=(const NumberUse& other);
};

// What one slot says of numbers; of a process also which messages are settled for it. `proved`: of the slot that says
// what acceptance tests have proved.
struct NumberSummary {
    NumberUse use;
    Standing standing;
    std::uint8_t proved = 0;
};
[[nodiscard]] NumberSummary summarise_numbers(const SlotPlace& place, std::string_view bytes);

// One renaming. Numbers up to `settled.cluster` are told apart only where a group begins; the last group is that of
// settled.cluster itself, and later numbers follow it one by one. 0 stays 0.
class Renumbering {
public:
    Renumbering() = default;
    // `summaries`: of all slots, at the places of `layout`.
    Renumbering(const Layout& layout, const impl::Rules& rules, std::span<const NumberSummary* const> summaries);

    // As a number of 64 bits; the upper 16 are 0.
    [[nodiscard]] std::uint64_t code() const;
    [[nodiscard]] static Renumbering from_code(std::uint64_t code);

    [[nodiscard]] const Settled& settled() const { return settled_; }
    [[nodiscard]] unsigned groups() const; // of settled numbers
    [[nodiscard]] unsigned number(unsigned before) const;
    [[nodiscard]] unsigned agreed() const { return agreed_; } // the largest number known to be validated
    [[nodiscard]] MessageSet messages(MessageSet before) const;

    // The same after active process i has become process `permutation[i]`.
    [[nodiscard]] Renumbering permuted(std::span<const std::uint8_t> permutation) const;

private:
    void find_groups(const impl::Rules& rules, const NumberUse& use);

    Settled settled_;
    std::uint32_t group_begins_ = 0; // bit b: number b begins a group other than the first
    std::uint8_t agreed_ = 0;
};

// The content of a slot under a renaming.
[[nodiscard]] std::string renumbered_bytes(const Renumbering& renumbering, const Scope& scope, const impl::Rules& rules,
                                           const SlotPlace& place, checker::SlotKind kind, std::string_view bytes);

} // namespace mdcd::model
