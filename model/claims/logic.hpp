// The two readings of a predicate. A predicate (predicates.hpp) is written once over a logic: Native computes it on
// one state with the unknowns given; checker/smt's logic builds the same formula over unknowns for Z3.
#pragma once

#include <concepts>
#include <cstdint>
#include <span>

#include "model/state/application.hpp"

namespace mdcd::model {

// Bool, Number (small, not negative) and Set (of application messages), with what predicates need of them.
template <class L>
concept Logic = requires(L& logic, typename L::Bool truth, typename L::Number number, typename L::Set set,
                         std::span<const MessageSet> sets, std::span<const std::uint8_t> numbers) {
    { logic.constant(true) } -> std::same_as<typename L::Bool>;
    { logic.number(std::uint8_t{}) } -> std::same_as<typename L::Number>;
    { logic.set(MessageSet{}) } -> std::same_as<typename L::Set>;
    { logic.both(truth, truth) } -> std::same_as<typename L::Bool>;
    { logic.either(truth, truth) } -> std::same_as<typename L::Bool>;
    { logic.at_most(number, number) } -> std::same_as<typename L::Bool>; // the first is at most the second
    { logic.unite(set, set) } -> std::same_as<typename L::Set>;
    { logic.common(set, set) } -> std::same_as<typename L::Set>;
    { logic.without(set, set) } -> std::same_as<typename L::Set>;
    { logic.some(set) } -> std::same_as<typename L::Bool>;                // not empty
    { logic.entry(sets, number) } -> std::same_as<typename L::Set>;       // sets[number]
    { logic.entry(numbers, number) } -> std::same_as<typename L::Number>; // numbers[number]
    { logic.negation(truth) } -> std::same_as<typename L::Bool>;
    // The same again, under a name by which an explanation or a written formula can refer to it.
    { logic.named("name", truth) } -> std::same_as<typename L::Bool>;
    { logic.named("name", set) } -> std::same_as<typename L::Set>;
    { logic.named("name", 0U, truth) } -> std::same_as<typename L::Bool>; // of the process at this position
    { logic.named("name", 0U, set) } -> std::same_as<typename L::Set>;
    // number(value), said to be this number of the process at a position (or of none) in a component.
    { logic.fact("name", 0U, 0U, std::uint8_t{}) } -> std::same_as<typename L::Number>;
};

inline constexpr unsigned no_process = ~0U; // for `fact`

struct Native {
    using Bool = bool;
    using Number = std::uint8_t;
    using Set = MessageSet;

    static constexpr bool constant(bool truth) { return truth; }
    static constexpr Number number(std::uint8_t value) { return value; }
    static constexpr Set set(MessageSet value) { return value; }
    static constexpr bool both(bool one, bool other) { return one && other; }
    static constexpr bool either(bool one, bool other) { return one || other; }
    static constexpr bool negation(bool truth) { return !truth; }
    static constexpr bool at_most(Number one, Number other) { return one <= other; }
    static constexpr Set unite(Set one, Set other) { return one | other; }
    static constexpr Set common(Set one, Set other) { return one & other; }
    static constexpr Set without(Set one, Set other) { return one & ~other; }
    static constexpr bool some(Set set) { return set != 0; }
    static constexpr Set entry(std::span<const MessageSet> sets, Number position) { return sets[position]; }
    static constexpr Number entry(std::span<const std::uint8_t> numbers, Number position) { return numbers[position]; }
    template <class Term> static constexpr Term named(const char*, Term term) { return term; }
    template <class Term> static constexpr Term named(const char*, unsigned, Term term) { return term; }
    static constexpr Number fact(const char*, unsigned, unsigned, std::uint8_t value) { return value; }
};
static_assert(Logic<Native>);

} // namespace mdcd::model
