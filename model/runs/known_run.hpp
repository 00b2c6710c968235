// A run that ends in a state where a claim fails, told by what happens in it, so that it can be tried under other
// rules. Where every step can be taken and the last state fails again, it is a counterexample there, too: it was
// executed by the code under those rules, and judged. Where not, nothing follows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/path.hpp"
#include "model/system.hpp"

namespace mdcd::model {

class KnownRun {
public:
    // `path` must be a path of `system`; throws checker::PathError if it is not.
    KnownRun(const System& system, const checker::Path& path);

    // The same run on a system of the same scope, if it can be taken there and ends where not all of `claims` hold.
    [[nodiscard]] std::optional<checker::Path> on(const System& system, checker::PropertyBits claims) const;

    [[nodiscard]] std::size_t length() const { return events_.size(); }

private:
    struct Event {
        std::string step; // its name
        std::string content;
        checker::Firing firing; // where it was found
    };
    [[nodiscard]] static std::optional<checker::Enabled>
    same_event(const System& system, const checker::GlobalState& state, const Event& event);

    std::uint32_t initial_;
    std::vector<Event> events_;
};

} // namespace mdcd::model
