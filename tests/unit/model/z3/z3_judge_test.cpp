// The judge: answers with values that can be checked, a memory that only saves work, limits that are never a pass.
// Whole explorations are in tests/differential.
#include "model/z3/z3_judge.hpp"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

#include "tests/support/random_view.hpp"

using namespace mdcd;
using namespace mdcd::model;
using checker::smt::Answer;
using mdcd::tests::RandomView;
using mdcd::tests::violated_by_some_choice;

namespace {

// Whether the unknowns that Z3 chose really make the predicate true of this very view.
bool confirms(PropertyId property, const View& view, const Z3Answer& answer) {
    Native logic;
    switch (predicate_of(property)) {
    case PropertyId::containment:
        return violates_containment(logic, view, answer.first_erroneous);
    case PropertyId::recoverability:
        return violates_recoverability(logic, view, answer.first_erroneous);
    case PropertyId::no_cascading_rollback:
        return violates_no_cascading_rollback(logic, view, answer.first_erroneous);
    default:
        return violates_minimal_rollback(logic, view, answer.line);
    }
}

std::uint64_t total(const Z3Tallies& tallies, std::uint64_t Z3Tally::*field) {
    std::uint64_t sum = 0;
    for (const Z3Tally& tally : tallies)
        sum += tally.*field;
    return sum;
}

} // namespace

TEST_CASE("with and without the canonical form: same answers, and values that confirm them") {
    Z3Judge distinct;
    Z3Judge every({.mode = Z3Mode::every, .timeout_ms = 10000, .workers = 0, .interrupt = nullptr});
    constexpr unsigned count = 300;
    for (std::uint64_t seed = 1; seed <= count; ++seed) {
        const RandomView random(seed);
        for (const PropertyId property : z3_properties) {
            CAPTURE(seed);
            const Answer expected =
                violated_by_some_choice(property, random.view) ? Answer::satisfiable : Answer::unsatisfiable;
            for (Z3Judge* const judge : {&distinct, &every}) {
                const Z3Answer answer = judge->ask(property, random.view);
                CHECK(answer.answer == expected);
                if (answer.violated())
                    CHECK(confirms(property, random.view, answer));
            }
        }
    }
    const Z3Tallies few = distinct.tallies();
    const Z3Tallies all = every.tallies();
    for (std::size_t i = 0; i < z3_properties.size(); ++i) {
        CHECK(all[i].queries == count);
        CHECK(all[i].cache_hits == 0);
        CHECK(few[i].views == count);
        CHECK(few[i].queries + few[i].cache_hits == count);
        CHECK(few[i].violated_views == all[i].violated_views);
        CHECK(few[i].unknowns + all[i].unknowns == 0);
    }
    CHECK(few[0].cache_hits > count / 2);
}

TEST_CASE("several threads get the answers of one") {
    Z3Judge judge;
    std::vector<std::vector<bool>> answers(4);
    {
        std::vector<std::jthread> threads;
        for (std::vector<bool>& mine : answers)
            threads.emplace_back([&] {
                for (std::uint64_t seed = 1; seed <= 50; ++seed) {
                    const RandomView random(seed);
                    for (const PropertyId property : z3_properties)
                        mine.push_back(judge.ask(property, random.view).violated());
                }
            });
    }
    for (const std::vector<bool>& each : answers)
        CHECK(each == answers.front());
    CHECK(total(judge.tallies(), &Z3Tally::views) == 4 * 50 * z3_properties.size());
}

TEST_CASE("an interrupted judge knows nothing, says so and does not remember it") {
    std::atomic<bool> interrupt = true;
    Z3Judge judge({.mode = Z3Mode::distinct, .timeout_ms = 10000, .workers = 0, .interrupt = &interrupt});
    const RandomView random(1);
    const Z3Answer none = judge.ask(PropertyId::recoverability, random.view);
    CHECK(none.answer == Answer::unknown);
    CHECK(none.reason == "interrupted");
    CHECK(total(judge.tallies(), &Z3Tally::unknowns) == 1);
    CHECK(total(judge.tallies(), &Z3Tally::queries) == 0);
    interrupt = false;
    CHECK(judge.ask(PropertyId::recoverability, random.view).answer != Answer::unknown);
}

TEST_CASE("a judge whose time is over asks no more, says so, and has not been asked in vain") {
    const RandomView random(1);
    Z3Judge late({.mode = Z3Mode::distinct, .seconds_max = 1e-9});
    const Z3Answer none = late.ask(PropertyId::recoverability, random.view);
    CHECK(none.answer == Answer::unknown);
    CHECK(none.reason == "seconds");
    CHECK(total(late.tallies(), &Z3Tally::unknowns) == 1);
    CHECK(total(late.tallies(), &Z3Tally::queries) == 0);
    Z3Judge in_time({.mode = Z3Mode::distinct, .seconds_max = 600});
    CHECK(in_time.ask(PropertyId::recoverability, random.view).answer != Answer::unknown);
}

TEST_CASE("a disagreement is thrown, with both answers and the view; an unknown is none") {
    const RandomView random(1);
    const Z3Answer violated{.answer = Answer::satisfiable, .reason = {}, .first_erroneous = {}, .line = {}};
    const Z3Answer holds{.answer = Answer::unsatisfiable, .reason = {}, .first_erroneous = {}, .line = {}};
    CHECK_NOTHROW(require_agreement(PropertyId::containment, random.view, true, violated));
    CHECK_NOTHROW(require_agreement(PropertyId::containment, random.view, false, holds));
    CHECK_NOTHROW(require_agreement(PropertyId::containment, random.view, true, {}));
    CHECK_NOTHROW(require_agreement(PropertyId::containment, random.view, false, {}));
    CHECK_THROWS_AS(require_agreement(PropertyId::containment, random.view, true, holds), Disagreement);
    try {
        require_agreement(PropertyId::minimal_rollback, random.view, false, violated);
        FAIL("nothing was thrown");
    } catch (const Disagreement& error) {
        const std::string text = error.what();
        CHECK(text.find("minimal_rollback: Z3: violated, native: holds") != std::string::npos);
        CHECK(text.find("S1: ") != std::string::npos);
        CHECK(text.find("candidate 0: depends on") != std::string::npos);
    }
}

TEST_CASE("an explanation names the mildest fault") {
    View view;
    view.process_count = 2;
    const std::vector<Candidate> candidates(1);
    view.processes[0].candidates = view.processes[1].candidates = &candidates;
    view.validated = {1};
    view.processes[1].clean = true;
    view.processes[1].depends = view.processes[1].recovered_depends = {4};
    const Z3Judge judge;
    Z3Explanation found = judge.explain(PropertyId::containment, view);
    CHECK(found.answer.violated());
    CHECK(found.answer.first_erroneous[0] == 4);
    CHECK(found.lines == std::vector<std::string>{
                             "cluster messages with number >= 4 are erroneous",
                             "clean, but dependent on an erroneous message: A1 (up to number 4)",
                         });
    view.active_sent = MessageSet{1} << cluster_bit_count;
    found = judge.explain(PropertyId::recoverability, view);
    CHECK(found.lines == std::vector<std::string>{
                             "cluster messages with number >= 4 are erroneous",
                             "after recovery still dependent on an erroneous message: A1 (up to number 4)",
                             "whatever is erroneous: lost, sent but after recovery neither received nor arriving: A1.1",
                         });
    view.processes[1].recovered_depends = {};
    found = judge.explain(PropertyId::recoverability, view);
    CHECK(found.lines == std::vector<std::string>{
                             "no message needs to be erroneous: this fails under every fault hypothesis",
                             "lost, sent but after recovery neither received nor arriving: A1.1",
                         });
    view.validated = {4};
    CHECK_FALSE(judge.explain(PropertyId::containment, view).answer.violated());
    CHECK(judge.explain(PropertyId::containment, view).lines.empty());
}

TEST_CASE("an explanation names the latest line, process by process") {
    View view;
    view.process_count = 2;
    const std::vector<Candidate> shadow(2);
    std::vector<Candidate> active(4);
    active[3].depends = {1};
    view.processes[0].candidates = &shadow;
    view.processes[1].candidates = &active;
    const Z3Explanation found = Z3Judge().explain(PropertyId::minimal_rollback, view);
    CHECK(found.answer.line[0] == 1);
    CHECK(found.answer.line[1] == 2);
    CHECK(found.lines == std::vector<std::string>{
                             "S1 rolls back to checkpoint 1 of 1 but could keep its current state",
                             "A1 rolls back to checkpoint 1 of 3 but could keep checkpoint 3 of 3",
                             "undone without need: 0 receptions",
                         });
}

TEST_CASE("an explanation is confirmed by the native predicate, and no later first error would do") {
    const Z3Judge judge;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const RandomView random(seed);
        CAPTURE(seed);
        for (const PropertyId property : z3_properties) {
            const Z3Explanation found = judge.explain(property, random.view);
            CHECK(found.answer.violated() == violated_by_some_choice(property, random.view));
            CHECK(found.lines.empty() != found.answer.violated());
            if (!found.answer.violated())
                continue;
            CHECK(confirms(property, random.view, found.answer));
            CHECK(judge.explain(property, random.view).lines == found.lines);
            if (property != PropertyId::containment || random.view.components > 1)
                continue;
            Z3Answer later = found.answer;
            for (later.first_erroneous[0]++; later.first_erroneous[0] <= 8; ++later.first_erroneous[0])
                CHECK_FALSE(confirms(property, random.view, later));
        }
    }
}
