// Which properties are settled so far, how, and by which path: the bookkeeping of a search that looks
// at one state after another. Knows no model and no search order.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/model.hpp"
#include "checker/report.hpp"

namespace mdcd::checker {

// The property that is added to those of a model that knows its final states.
inline constexpr std::string_view deadlock_freedom = "deadlock_freedom";

// Whether one state settles a property of that kind, given its predicate's value there: an `always`
// property is violated by one false, a `reachable` one reached by one true; an `eventually` property is settled by no
// state.
[[nodiscard]] constexpr bool decides(PropertyKind kind, bool value) {
    return kind != PropertyKind::eventually && value == (kind == PropertyKind::reachable);
}

// What a search says of a property that it cannot settle, however much it looks at.
inline constexpr std::string_view refused_whole_runs =
    "it is about whole runs (eventually), which a search over states cannot decide: ask check_progress "
    "(checker/liveness.hpp)";

class Decisions {
public:
    // `with_deadlock`: one more property, the last: no dead end but in a final state.
    Decisions(std::span<const Property> properties, bool with_deadlock);

    // Settles what this state settles. The first state wins. `path` is called only when something is settled.
    template <std::invocable PathSource> void look(PropertyBits bits, PathSource path) {
        for (std::size_t property = 0; property < kinds_.size(); ++property)
            if (open(property) && decides(kinds_[property], (bits >> property & 1) != 0))
                settle(property, kinds_[property] != PropertyKind::reachable ? Verdict::violated : Verdict::reached,
                       path());
    }

    // A dead end in a state that is not final.
    template <std::invocable PathSource> void look_at_deadlock(PathSource path) {
        if (open(kinds_.size()))
            settle(kinds_.size(), Verdict::violated, path());
    }

    // One more path to a violation of a property that is violated already.
    void add(std::size_t property, Path path) { verdicts_[property].more.push_back(std::move(path)); }

    // A handler or a predicate failed: what is open stays open for ever.
    void fail(const std::string& reason, const Path& path);

    [[nodiscard]] std::size_t size() const { return verdicts_.size(); }
    [[nodiscard]] bool all_settled() const { return open_ == 0; }

    // What has been settled so far, in that order.
    [[nodiscard]] std::vector<const PropertyVerdict*> settled() const;

    // One verdict for each property. What is still open holds or is not reached after an exhaustive search, or is
    // refused if it is about whole runs, and is inconclusive for `reason` after any other.
    [[nodiscard]] std::vector<PropertyVerdict> finish(bool exhaustive, const std::string& reason) const;

private:
    [[nodiscard]] bool open(std::size_t property) const { return !settled_[property]; }
    void settle(std::size_t property, Verdict verdict, Path path, std::string reason = {});

    std::vector<PropertyKind> kinds_; // of the model's own properties
    std::vector<PropertyVerdict> verdicts_;
    std::vector<bool> settled_;
    std::vector<std::size_t> order_; // of those that are settled
    std::size_t open_;
};

} // namespace mdcd::checker
