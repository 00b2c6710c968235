// The native evaluation of the properties after the beginning of a recovery, on facts made by hand.
// Needs no state and no run.
#include <doctest/doctest.h>

#include <set>
#include <string>

#include "model/claims/properties.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

using Names = std::set<std::string>;
const MessageSet first_message = as_set({0, 1});

} // namespace

TEST_CASE("after a recovery its own claims are judged, and those about one that might begin are not") {
    const auto judged = [](const RecoveryFacts& facts) {
        Names names;
        for (std::size_t property = 0; property < property_count; ++property)
            if ((judge_after_recovery(facts) >> property & 1) != 0)
                names.insert(all_properties()[property].name);
        return names;
    };
    Names claims;
    for (const checker::Property& property : all_properties())
        if (property.kind != checker::PropertyKind::reachable)
            claims.insert(property.name);
    const auto with = [&](std::initializer_list<std::string> more, const std::string& less = "") {
        Names names = claims;
        names.insert(more.begin(), more.end());
        names.erase(less);
        return names;
    };
    RecoveryFacts under_way;
    CHECK(judged(under_way) == claims);
    under_way.view.duplicated = first_message; // nobody asks before it is over
    under_way.in_order = false;
    under_way.output_twice = first_message;
    CHECK(judged(under_way) == claims);
    under_way.coordinators_met = under_way.rolled_back = true;
    CHECK(judged(under_way) == with({"coordinators_met", "recovered_by_rollback"}));
    CHECK(judged({.view = {}, .unsafe_output = true}) == with({}, "device_safety"));
    CHECK(judged({.view = {}, .rolled_back_again = true}) == with({}, "rolled_back_once"));

    CHECK(judged({.view = {}, .completed = true}) == with({"recovery_completed"}));
    RecoveryFacts completed{.view = {}, .completed = true};
    completed.view.duplicated = first_message;
    CHECK(judged(completed) == with({"recovery_completed"}, "recovered_consistently"));
    CHECK(judged({.view = {}, .completed = true, .in_order = false}) ==
          with({"recovery_completed"}, "recovered_in_order"));
    CHECK(judged({.view = {}, .left_over = true}) == claims); // nobody asks before it is over
    CHECK(judged({.view = {}, .left_over = true, .completed = true}) ==
          with({"recovery_completed"}, "nothing_left_over"));
    CHECK(judged({.view = {}, .counters_restored = false, .completed = true}) ==
          with({"recovery_completed"}, "recovered_as_restored"));
    RecoveryFacts untold;
    untold.lemmas.faults.untold = true;
    CHECK(judged(untold) == claims);
    untold.completed = true;
    CHECK(judged(untold) == with({"recovery_completed"}, "told"));
    CHECK(judged({.view = {}, .completed = true, .output_twice = first_message}) ==
          with({"recovery_completed"}, "output_exactly_once"));
    CHECK(judged({.view = {}, .completed = true, .resent_received = true, .discards = true, .suppressed = true}) ==
          with({"recovery_completed", "resent_received", "old_message_discarded", "validated_suppressed"}));
}

} // namespace mdcd::tests
