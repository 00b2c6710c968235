// Who must roll back once more: each link has its reason, and the end is the latest line that trying every line finds.
// Views are made by hand or drawn at random.
#include "model/z3/cascade.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "model/check/check.hpp"
#include "model/inputs/library.hpp"
#include "tests/support/random_view.hpp"

using namespace mdcd;
using namespace mdcd::model;

namespace {

constexpr MessageSet from_a1 = first_messages(first_active_source, 1);
constexpr MessageSet from_a2 = first_messages(first_active_source + 1, 1);

Hypothesis<Native> first_erroneous(std::uint8_t number) {
    Hypothesis<Native> hypothesis{};
    hypothesis[0] = number;
    return hypothesis;
}

// Every line of places that ends a cascade.
std::vector<Line<Native>> ends_of(const View& view, const Hypothesis<Native>& hypothesis) {
    const AllPlaces places = places_of(view);
    std::vector<Line<Native>> ends;
    Native logic;
    Line<Native> line{};
    for (unsigned process = 0; process < view.process_count;) {
        if (process == 0 && ends_cascade(logic, view, places, hypothesis, line))
            ends.push_back(line);
        for (process = 0; process < view.process_count && ++line[process] == places[process].each.size(); ++process)
            line[process] = 0;
        if (process < view.process_count)
            process = 0;
    }
    return ends;
}

} // namespace

TEST_CASE("a send that is undone undoes a reception, and so on, until nobody has received what is not sent") {
    View view;
    view.process_count = 3;
    view.validated = {1};
    const std::vector<Candidate> shadow(1);
    // A1: a checkpoint, then it sent its message. A2: a checkpoint, then it received that and sent its own.
    std::vector<Candidate> first(3);
    first[1].received = from_a2;
    first[2] = {.received = from_a2, .sent = from_a1, .depends = {2}};
    const std::vector<Candidate> second{{}, {.received = from_a1, .sent = from_a2, .depends = {}}};
    view.processes[0].candidates = &shadow;
    view.processes[1] = {.received = from_a2, .chosen = 1, .candidates = &first};
    view.processes[2] = {.received = from_a1, .chosen = 1, .candidates = &second};
    const Cascade cascade = cascade_of(view, first_erroneous(2));
    CHECK(
        cascade_sentences(view, cascade) ==
        std::vector<std::string>{
            "A2 must roll back after all, because it has received A1.1, and A1 has rolled back to before the send: it "
            "then is at checkpoint 1 of 1",
            "A1 must roll back once more, because it has received A2.1, and A2 has rolled back to before the send: it "
            "then is at checkpoint 1 of 2",
        });
    REQUIRE(cascade.end.has_value());
    CHECK(line_of_places(view, *cascade.end) ==
          "S1 where recovery leaves it, A1 at checkpoint 1 of 2, A2 at checkpoint 1 of 1");
}

TEST_CASE("who depends on an error and keeps nothing earlier ends every line") {
    View view;
    view.process_count = 2;
    const std::vector<Candidate> only(1);
    view.processes[0].candidates = view.processes[1].candidates = &only;
    view.processes[1].recovered_depends = {3};
    const Cascade cascade = cascade_of(view, first_erroneous(1));
    CHECK_FALSE(cascade.end.has_value());
    CHECK(cascade_sentences(view, cascade) ==
          std::vector<std::string>{"A1 must roll back after all, because it depends on cluster message 3, which may be "
                                   "erroneous: but it keeps no state that is free of that"});
    const Cascade none = cascade_of(view, first_erroneous(4));
    CHECK(none.links.empty());
    CHECK(none.end.has_value());
}

TEST_CASE("the end is the latest of all lines without error and orphan, if there is one") {
    unsigned with_links = 0;
    unsigned nowhere = 0;
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        CAPTURE(seed);
        const tests::RandomView random(seed);
        if (!sends_only_grow(random.view, places_of(random.view)))
            continue;
        const Hypothesis<Native> hypothesis = hardest_hypothesis(random.view);
        const Cascade cascade = cascade_of(random.view, hypothesis);
        const std::vector<Line<Native>> ends = ends_of(random.view, hypothesis);
        with_links += cascade.links.empty() ? 0 : 1;
        nowhere += cascade.end ? 0 : 1;
        if (!cascade.end) {
            CHECK(ends.empty());
            continue;
        }
        CHECK(std::ranges::find(ends, *cascade.end) != ends.end());
        for (const Line<Native>& line : ends)
            for (unsigned process = 0; process < random.view.process_count; ++process)
                CHECK(line[process] <= (*cascade.end)[process]);
    }
    CHECK(with_links > 50);
    CHECK(nowhere > 50);
    CHECK(nowhere < with_links);
}
