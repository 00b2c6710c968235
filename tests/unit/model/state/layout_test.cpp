// Slots, channels and steps of a scope: how many there are, what they are called, and that all lookups agree.
// Counts are worked out by hand from who talks to whom, not taken from the program.
#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <set>
#include <string>

#include "model/state/layout.hpp"
#include "tests/support/death.hpp"
#include "tests/unit/model/run.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

Scope scope_with(std::uint8_t active_processes) {
    return scope_of(active_processes, {.cluster_messages = 3,
                                       .active_messages = 1,
                                       .messages_to_cluster = 2,
                                       .low_acceptance_tests = 4,
                                       .active_acceptance_tests = 5});
}

std::string step_names(const Layout& layout) {
    std::string text;
    for (const checker::Step& step : layout.steps())
        text += step.name + "\n";
    return text;
}

} // namespace

TEST_CASE("as many slots and steps as the groups call for") {
    struct Count {
        std::uint8_t active;
        std::size_t slots;
        std::size_t channels;
        std::size_t steps;
    };
    // Channels: L1 to S1 and to each A; each A to L1, S1 and every other A. Steps: L1 two, S1 one, each A one for each
    // other A, one for the cluster and one for outputs; and one for each channel.
    for (const Count& count : {Count{1, 13, 4, 9}, Count{2, 19, 9, 18}, Count{3, 27, 16, 31}}) {
        CAPTURE(static_cast<int>(count.active));
        const Layout layout(scope_with(count.active));
        CHECK(layout.slots().size() == count.slots);
        CHECK(layout.places().size() == count.slots);
        CHECK(static_cast<std::size_t>(std::ranges::count(layout.places(), SlotRole::channel, &SlotPlace::role)) ==
              count.channels);
        CHECK(layout.steps().size() == count.steps);
        CHECK(layout.step_places().size() == count.steps);
        CHECK(layout.processes().size() == count.active + std::size_t{2});
    }
}

TEST_CASE("names tell slots and steps apart") {
    for (std::uint8_t active = 1; active <= impl::active_count_max; ++active) {
        const Layout layout(scope_with(active));
        std::set<std::string> slots, steps;
        for (const checker::Slot& slot : layout.slots())
            CHECK(slots.insert(slot.name).second);
        for (const checker::Step& step : layout.steps())
            CHECK(steps.insert(step.name).second);
    }
}

TEST_CASE("the steps of the smallest scope, in order") {
    CHECK(step_names(Layout(scope_with(1))) == "L1 sends\nL1 passes an AT\nS1 generates\nA1 sends to component L1\n"
                                               "A1 outputs\nL1 receives from A1\nS1 receives from L1\n"
                                               "S1 receives from A1\nA1 receives from L1\n");
}

TEST_CASE("lookups find what the names say") {
    const Layout layout(scope_with(3));
    const auto name = [&](checker::SlotIndex slot) { return layout.slots()[slot].name; };
    for (const impl::ProcessId process : layout.processes())
        CHECK(name(layout.slot_of(process)) == name_of(process));
    CHECK(name(layout.channel(l1, a2)) == "L1->A2");
    CHECK(name(layout.channel(a2, a1)) == "A2->A1");
    CHECK(name(layout.channel(a1, l1)) == "A1->L1");
    CHECK(name(layout.channel(l1, s1)) == "L1->S1");
    CHECK(name(layout.shared(SlotRole::script)) == "script");
    CHECK(name(layout.shared(SlotRole::validated)) == "validated");
    CHECK(name(layout.shared(SlotRole::active_messages_left)) == "active_messages_left");
    CHECK(name(layout.shared(SlotRole::messages_to_cluster_left)) == "messages_to_cluster_left");
    CHECK(name(layout.shared(SlotRole::low_tests_left)) == "low_tests_left");
    CHECK(name(layout.shared(SlotRole::active_tests_left)) == "active_tests_left");
    CHECK(name_of(impl::device) == "device");
    CHECK(death_of([&] { static_cast<void>(layout.channel(s1, a1)); }).signal == SIGABRT); // shadows are silent
    CHECK(death_of([&] { static_cast<void>(layout.slot_of({impl::Group::active, 3})); }).signal == SIGABRT);
}

TEST_CASE("channels hold whatever the budgets allow to be sent, and are of the scope's kind") {
    Scope scope = scope_with(2);
    for (const ChannelModel channels : {ChannelModel::fifo, ChannelModel::unordered}) {
        scope.channels = channels;
        const Layout layout(scope);
        for (std::size_t slot = 0; slot < layout.slots().size(); ++slot) {
            CAPTURE(layout.slots()[slot].name);
            const bool is_channel = layout.places()[slot].role == SlotRole::channel;
            const auto kind = channels == ChannelModel::fifo ? checker::SlotKind::fifo : checker::SlotKind::bag;
            CHECK(layout.slots()[slot].kind == (is_channel ? kind : checker::SlotKind::value));
            CHECK(layout.slots()[slot].capacity == (is_channel ? 3 + 1 + 2 + 4 + 5 : 0));
        }
    }
}

TEST_CASE("a delivery takes from its channel and reads its receiver, other steps take nothing") {
    const Layout layout(scope_with(3));
    for (std::size_t index = 0; index < layout.steps().size(); ++index) {
        const checker::Step& step = layout.steps()[index];
        const StepPlace& place = layout.step_places()[index];
        CAPTURE(step.name);
        CHECK(step.takes.has_value() == (place.kind == StepKind::deliver));
        REQUIRE(!step.reads.empty());
        CHECK(step.reads.front() == layout.slot_of(place.process));
        if (step.takes)
            CHECK(*step.takes == layout.channel(place.peer, place.process));
        for (const checker::SlotIndex slot : step.reads)
            CHECK(layout.slots()[slot].kind == checker::SlotKind::value);
    }
}

} // namespace mdcd::tests
