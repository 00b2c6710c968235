// A state of a system with levels of trust: all processes, all channels, and beside them what is true whatever is
// rolled back. `Handlers` says which processes they are. Who can act, and what an action is called. Knows no step and
// no claim.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "model/levels/scope.hpp"

namespace mdcd::model::levels {

// New versions, old versions, active processes.
enum class Who : std::uint8_t { nobody, L1, L2, L3, S1, S2, S3, A1, A2 };

[[nodiscard]] constexpr Who new_version(std::size_t component) {
    return static_cast<Who>(static_cast<std::size_t>(Who::L1) + component);
}
[[nodiscard]] constexpr Who old_version(std::size_t component) {
    return static_cast<Who>(static_cast<std::size_t>(Who::S1) + component);
}
[[nodiscard]] constexpr Who active(std::size_t index) {
    return static_cast<Who>(static_cast<std::size_t>(Who::A1) + index);
}
[[nodiscard]] constexpr impl::ProcessId id_of(Who who) {
    const auto number = static_cast<std::uint8_t>(who);
    if (who >= Who::A1)
        return {impl::Group::active, static_cast<std::uint8_t>(number - static_cast<std::uint8_t>(Who::A1))};
    if (who >= Who::S1)
        return {impl::Group::shadow, static_cast<std::uint8_t>(number - static_cast<std::uint8_t>(Who::S1))};
    return {impl::Group::low, static_cast<std::uint8_t>(number - static_cast<std::uint8_t>(Who::L1))};
}
[[nodiscard]] constexpr Who who_is(impl::ProcessId process) {
    switch (process.group) {
    case impl::Group::low:
        return new_version(process.index);
    case impl::Group::shadow:
        return old_version(process.index);
    case impl::Group::active:
        return active(process.index);
    case impl::Group::device:
        break;
    }
    return Who::nobody;
}
// Whose messages they are: both versions of a component say the same.
[[nodiscard]] constexpr std::size_t source_of(impl::ProcessId process) {
    return process.group == impl::Group::active ? components_max + process.index : process.index;
}

enum class What : std::uint8_t { goes_on, passes_test, fails_test, receives };

struct Action {
    What what = What::goes_on;
    Who who = Who::nobody;
    Who from = Who::nobody; // of what it receives

    friend constexpr bool operator==(const Action&, const Action&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("what", self.what);
        visit("who", self.who);
        visit("from", self.from);
    }
};

// No handler sees it.
struct Truth {
    Hypotheses possible = 0;       // the faults that agree with all tests so far
    impl::SequenceVector proved;   // V: by tests that have passed
    impl::SequenceVector untested; // what outputs without a test depended on
    std::vector<impl::Level> recoveries;
    std::array<std::uint8_t, sources_max> outputs{}; // places of each script that have reached the device
    bool output_twice = false;
    bool needless = false; // a recovery at a level of which the failed state, and all below it, depended on nothing

    friend bool operator==(const Truth&, const Truth&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("possible", self.possible);
        visit("proved", self.proved);
        visit("untested", self.untested);
        visit("recoveries", self.recoveries);
        visit("outputs", self.outputs);
        visit("output_twice", self.output_twice);
        visit("needless", self.needless);
    }
};

using Channel = std::pair<Who, Who>; // from, to

template <class Handlers> struct World {
    using Message = typename Handlers::Message;

    std::vector<typename Handlers::New> versions; // by component
    std::vector<typename Handlers::Old> shadows;
    std::vector<typename Handlers::Active> actives;
    std::map<Channel, std::vector<Message>> channels; // those that are not empty; the oldest message first
    Truth truth;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("versions", self.versions);
        visit("shadows", self.shadows);
        visit("actives", self.actives);
        visit("channels", self.channels);
        visit("truth", self.truth);
    }

    // The first level that has not been recovered.
    [[nodiscard]] impl::Level next_level() const {
        return truth.recoveries.empty() ? impl::Level{0} : static_cast<impl::Level>(truth.recoveries.back() + 1);
    }
    // Of the processes that are there: not of new versions that were replaced.
    template <class Visit> void for_each(Visit visit) const {
        for (std::size_t component = 0; component < versions.size(); ++component)
            if (!versions[component].stopped)
                visit(new_version(component), versions[component]);
        for (std::size_t component = 0; component < shadows.size(); ++component)
            visit(old_version(component), shadows[component]);
        for (std::size_t index = 0; index < actives.size(); ++index)
            visit(active(index), actives[index]);
    }
    // Calls visit(process) for that one.
    template <class Visit> decltype(auto) at(Who who, Visit visit) {
        const impl::ProcessId id = id_of(who);
        if (id.group == impl::Group::low)
            return visit(versions[id.index]);
        if (id.group == impl::Group::shadow)
            return visit(shadows[id.index]);
        return visit(actives[id.index]);
    }
    template <class Visit> decltype(auto) at(Who who, Visit visit) const {
        return const_cast<World*>(this)->at(who, [&](const auto& process) { return visit(process); });
    }
    [[nodiscard]] bool has_stopped(Who who) const {
        const impl::ProcessId id = id_of(who);
        return id.group == impl::Group::low && versions[id.index].stopped;
    }
};

} // namespace mdcd::model::levels
