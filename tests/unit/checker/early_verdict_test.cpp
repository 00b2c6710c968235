// What a search tells before it ends: each settled property once, when it is settled; and that it ends early where it
// is told to, which is never a pass for what was open.
#include "checker/search.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "checker/textbook/two_phase_commit.hpp"

using namespace mdcd::checker;

namespace {

// Violates `consistent`.
const textbook::TwoPhaseCommit wrong(5, 3);

} // namespace

TEST_CASE("each property that a state settles is told once, as the report has it") {
    for (const unsigned workers : {1U, 3U}) {
        std::vector<PropertyVerdict> told;
        SearchOptions options;
        options.workers = workers;
        options.decided = [&told](const PropertyVerdict& each) { told.push_back(each); };
        const Report report = search(wrong, options);
        std::size_t settled = 0;
        for (const PropertyVerdict& each : report.verdicts) {
            const bool by_state = each.verdict == Verdict::violated || each.verdict == Verdict::reached;
            const auto count = std::ranges::count(told, each.property, &PropertyVerdict::property);
            CHECK(count == (by_state ? 1 : 0));
            settled += by_state ? 1U : 0U;
        }
        CHECK(told.size() == settled);
        for (const PropertyVerdict& each : told) {
            const auto found = std::ranges::find(report.verdicts, each.property, &PropertyVerdict::property);
            REQUIRE(found != report.verdicts.end());
            CHECK(each.verdict == found->verdict);
            REQUIRE(each.path.has_value());
            CHECK(each.path->firings == found->path->firings);
        }
    }
}

TEST_CASE("a search that may stop at a violation stops there, and only there") {
    const Report whole = search(wrong);
    const auto violated = std::ranges::find(whole.verdicts, Verdict::violated, &PropertyVerdict::verdict);
    REQUIRE(violated != whole.verdicts.end());
    SearchOptions options;
    options.stop_at = {violated->property};
    for (const unsigned workers : {1U, 3U}) {
        options.workers = workers;
        const Report early = search(wrong, options);
        CHECK_FALSE(early.exhaustive);
        CHECK(early.limit == "the first violation");
        const auto again = std::ranges::find(early.verdicts, violated->property, &PropertyVerdict::property);
        REQUIRE(again != early.verdicts.end());
        CHECK(again->path->firings.size() == violated->path->firings.size());
        for (const PropertyVerdict& each : early.verdicts)
            CHECK((each.verdict != Verdict::holds && each.verdict != Verdict::not_reached));
    }
    options.stop_at = {"no such property"};
    const Report refused = search(wrong, options);
    CHECK_FALSE(refused.exhaustive);
    for (const PropertyVerdict& each : refused.verdicts) {
        CHECK(each.verdict == Verdict::error);
        CHECK(each.reason == "stop_at: there is no property 'no such property'");
    }
}
