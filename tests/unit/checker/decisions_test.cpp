// Settling: the first state wins, each kind of property is settled by its own value, nothing open holds
// unless the search was exhaustive.
#include "checker/decisions.hpp"

#include <doctest/doctest.h>

#include "checker/model_error.hpp"

using namespace mdcd::checker;

namespace {

const std::vector<Property> two = {{"always", PropertyKind::always, ""}, {"reachable", PropertyKind::reachable, ""}};

Path path_of_length(std::size_t length) {
    return {.initial = 0, .firings = std::vector<Firing>(length)};
}

std::vector<Verdict> verdicts(const Decisions& decisions, bool exhaustive) {
    std::vector<Verdict> all;
    for (const PropertyVerdict& each : decisions.finish(exhaustive, "because"))
        all.push_back(each.verdict);
    return all;
}

} // namespace

TEST_CASE("nothing seen: holds and not reached only after an exhaustive search") {
    const Decisions decisions(two, true);
    CHECK(decisions.size() == 3);
    CHECK_FALSE(decisions.all_settled());
    CHECK(verdicts(decisions, true) == std::vector{Verdict::holds, Verdict::not_reached, Verdict::holds});
    CHECK(verdicts(decisions, false) == std::vector(3, Verdict::inconclusive));
    CHECK(decisions.finish(false, "because")[1].reason == "because");
    CHECK(decisions.finish(true, "because")[1].reason.empty());
}

TEST_CASE("the first state that settles a property wins") {
    Decisions decisions(two, true);
    decisions.look(0b01, [] { return path_of_length(0); }); // settles neither
    CHECK(verdicts(decisions, true)[0] == Verdict::holds);
    decisions.look(0b00, [] { return path_of_length(1); });
    decisions.look(0b10, [] { return path_of_length(2); });
    CHECK_FALSE(decisions.all_settled());
    decisions.look_at_deadlock([] { return path_of_length(3); });
    CHECK(decisions.all_settled());
    decisions.look(0b10, [] { return path_of_length(4); });
    decisions.look_at_deadlock([] { return path_of_length(4); });
    decisions.fail("too late", path_of_length(4));
    CHECK(decisions.all_settled());
    const std::vector<PropertyVerdict> all = decisions.finish(false, "because");
    CHECK(all[0].verdict == Verdict::violated);
    CHECK(all[0].path.value().firings.size() == 1);
    CHECK(all[1].verdict == Verdict::reached);
    CHECK(all[1].path.value().firings.size() == 2);
    CHECK(all[2].property == deadlock_freedom);
    CHECK(all[2].verdict == Verdict::violated);
    CHECK(all[2].path.value().firings.size() == 3);
}

TEST_CASE("a failure settles what is open, as an error") {
    Decisions decisions(two, false);
    decisions.look(0b00, [] { return path_of_length(1); });
    decisions.fail("broken", path_of_length(2));
    const std::vector<PropertyVerdict> all = decisions.finish(true, "");
    CHECK(all[0].verdict == Verdict::violated);
    CHECK(all[1].verdict == Verdict::error);
    CHECK(all[1].reason == "broken");
    CHECK(all[1].path.value().firings.size() == 2);
}

TEST_CASE("more properties than a word has bits are refused") {
    CHECK(Decisions(std::vector<Property>(64), false).size() == 64);
    CHECK_THROWS_AS(Decisions(std::vector<Property>(65), false), ModelError);
}
