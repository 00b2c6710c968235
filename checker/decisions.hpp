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

class Decisions {
public:
    // `with_deadlock`: one more property, the last: no dead end but in a final state.
    Decisions(std::span<const Property> properties, bool with_deadlock);

    // Settles what this state settles: an `always` property whose bit is 0, a `reachable` one whose bit is 1.
    // The first state wins. `path` is called only when something is settled.
    template <std::invocable Path> void look(PropertyBits bits, Path path) {
        for (std::size_t property = 0; property < kinds_.size(); ++property)
            if (open(property) && decisive(property, bits))
                settle(property, kinds_[property] == PropertyKind::always ? Verdict::violated : Verdict::reached,
                       path());
    }

    // A dead end in a state that is not final.
    template <std::invocable Path> void look_at_deadlock(Path path) {
        if (open(kinds_.size()))
            settle(kinds_.size(), Verdict::violated, path());
    }

    // A handler or a predicate failed: what is open stays open for ever.
    void fail(const std::string& reason, const Path& path);

    [[nodiscard]] bool all_settled() const { return open_ == 0; }

    // One verdict for each property. What is still open holds or is not reached after an exhaustive search,
    // and is inconclusive for `reason` after any other.
    [[nodiscard]] std::vector<PropertyVerdict> finish(bool exhaustive, const std::string& reason) const;

private:
    [[nodiscard]] bool open(std::size_t property) const { return !settled_[property]; }
    [[nodiscard]] bool decisive(std::size_t property, PropertyBits bits) const {
        return ((bits >> property & 1) != 0) == (kinds_[property] == PropertyKind::reachable);
    }
    void settle(std::size_t property, Verdict verdict, Path path, std::string reason = {});

    std::vector<PropertyKind> kinds_; // of the model's own properties
    std::vector<PropertyVerdict> verdicts_;
    std::vector<bool> settled_;
    std::size_t open_;
};

} // namespace mdcd::checker
