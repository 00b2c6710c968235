// Native evaluation against Z3 on whole explorations: through the canonical form with any number of workers, and
// once more without it, for every state.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "model/inputs/library.hpp"
#include "model/z3/view_collector.hpp"
#include "tests/support/explored_views.hpp"

using namespace mdcd;
using namespace mdcd::model;
using mdcd::tests::small_scope;

namespace {

struct Case {
    std::string name;
    Scope scope;
    impl::Rules rules;
};

std::vector<Case> cases() {
    std::vector<Case> all;
    const Scope one = small_scope(1, {2, 0, 1, 1, 1});
    const Scope two = small_scope(2, {2, 1, 0, 0, 1});
    all.push_back({"one active process", one, {}});
    all.push_back({"two active processes", two, {}});
    impl::Rules local;
    local.recovery_line = impl::RecoveryLine::local;
    all.push_back({"recovery line by oneself", two, local});
    impl::Rules careless;
    careless.in_transit = impl::InTransit::deliver;
    all.push_back({"everything under way is delivered", one, careless});
    Scope missing = small_scope(2, {1, 1, 0, 0, 2});
    missing.budgets.coverage_misses = 1;
    impl::Rules repaired = preset("repaired").rules;
    all.push_back({"a test may miss an error", missing, repaired});
    missing.budgets.active_acceptance_tests = 1;
    all.push_back({"the only test may miss an error", missing, {}});
    all.push_back({"recovery by messages", tests::small_asynchronous_scope(), {}});
    all.push_back(
        {"recovery by messages, everything under way is delivered", tests::small_asynchronous_scope(), careless});
    return all;
}

struct Z3Outcome {
    checker::Report report;
    Z3Tallies tallies;
};

// Of all distinct states, from one thread.
std::array<std::uint64_t, z3_properties.size()> askable_views(const System& system) {
    std::array<std::uint64_t, z3_properties.size()> views{};
    (void)tests::explore_views(system, [&](const View&, RecoveryStage stage, checker::PropertyBits) {
        for (std::size_t i = 0; i < z3_properties.size(); ++i)
            views[i] += System::asks(z3_properties[i], stage) ? 1 : 0;
    });
    return views;
}

Z3Outcome run(const Case& each, Z3Mode mode, unsigned workers) {
    const System system(each.scope, each.rules);
    Z3Judge judge({.mode = mode, .timeout_ms = 10000, .workers = workers, .interrupt = nullptr});
    ViewCollector collector(judge);
    checker::SearchOptions options;
    options.workers = workers;
    Z3Outcome outcome;
    outcome.report = checker::search(system, options, collector);
    outcome.tallies = collector.ask_all();
    return outcome;
}

} // namespace

TEST_CASE("no disagreement, whatever the workers, and as many violated views as without the canonical form") {
    std::array<std::uint64_t, z3_properties.size()> violated{};
    for (const Case& each : cases()) {
        CAPTURE(each.name);
        const Z3Outcome one = run(each, Z3Mode::distinct, 1);
        const Z3Outcome two = run(each, Z3Mode::distinct, 2);
        const Z3Outcome every = run(each, Z3Mode::every, 2);
        const std::uint64_t states = one.report.distinct_states;
        const auto askable = askable_views(System(each.scope, each.rules));
        REQUIRE(one.report.exhaustive);
        CHECK(askable[0] == states); // containment
        for (std::size_t i = 0; i < z3_properties.size(); ++i) {
            CAPTURE(i);
            CHECK(one.tallies[i].views == askable[i]);
            CHECK(one.tallies[i].unknowns + every.tallies[i].unknowns == 0);
            CHECK(one.tallies[i].queries + one.tallies[i].cache_hits == askable[i]);
            CHECK(one.tallies[i].queries <= askable[i] / 5);
            CHECK(two.tallies[i].views == askable[i]);
            CHECK(two.tallies[i].queries == one.tallies[i].queries);
            CHECK(two.tallies[i].violated_views == one.tallies[i].violated_views);
            CHECK(every.tallies[i].queries == askable[i]);
            CHECK(every.tallies[i].violated_views == one.tallies[i].violated_views);
            const auto verdict = one.report.verdicts[static_cast<std::size_t>(z3_properties[i])].verdict;
            CHECK((verdict == checker::Verdict::violated) == (one.tallies[i].violated_views > 0));
            violated[i] += one.tallies[i].violated_views;
        }
        std::string counts;
        for (const Z3Tally& tally : one.tallies)
            counts += " " + std::to_string(tally.queries) + "/" + std::to_string(tally.violated_views);
        MESSAGE(each.name, ": ", states, " states; queries/violated views:", counts);
    }
    CHECK(violated.back() > 0); // .. and of recoveries that happened
    CHECK(violated[1] > 0);     // recoverability: the comparison is not one of passes only
}

TEST_CASE("a native evaluation that lies about one property is caught, for each property") {
    for (const PropertyId lied_about : z3_properties) {
        const System system(lied_about == PropertyId::recovered_consistently ? tests::small_asynchronous_scope()
                                                                             : small_scope(1, {2, 0, 0, 0, 1}),
                            {});
        for (const Z3Mode mode : {Z3Mode::distinct, Z3Mode::every}) {
            struct Liar {
                ViewCollector& collector;
                checker::PropertyBits lie;
                void observe(unsigned worker, std::span<const SlotSummary* const> summaries, const Recovery& recovery,
                             checker::PropertyBits bits) {
                    collector.observe(worker, summaries, recovery, bits ^ lie);
                }
            };
            Z3Judge judge({.mode = mode, .timeout_ms = 10000, .workers = 2, .interrupt = nullptr});
            ViewCollector collector(judge);
            const Liar liar{collector, checker::PropertyBits{1} << static_cast<unsigned>(lied_about)};
            const auto look_and_ask = [&] {
                checker::SearchOptions options;
                options.workers = 2;
                (void)checker::search(system, options, Liar(liar));
                (void)collector.ask_all();
            };
            CHECK_THROWS_AS(look_and_ask(), Disagreement);
        }
    }
}

TEST_CASE("states with one canonical view that are judged differently are caught while they are collected") {
    const System system(small_scope(1, {1, 0, 0, 0, 0}), {});
    Z3Judge judge;
    ViewCollector collector(judge);
    unsigned seen = 0;
    struct Fickle {
        ViewCollector& collector;
        unsigned& seen;
        void observe(unsigned worker, std::span<const SlotSummary* const> summaries, const Recovery& recovery,
                     checker::PropertyBits bits) {
            collector.observe(worker, summaries, recovery, ++seen == 2 ? ~bits : bits);
        }
    };
    CHECK_THROWS_AS((void)checker::search(system, {}, Fickle{collector, seen}), Disagreement);
}

TEST_CASE("what was asked is not asked again") {
    const System system(small_scope(1, {1, 0, 0, 0, 1}), {});
    Z3Judge judge;
    ViewCollector collector(judge);
    const auto states = checker::search(system, {}, collector).distinct_states;
    const Z3Tallies once = collector.ask_all();
    const Z3Tallies nothing_new = collector.ask_all();
    (void)checker::search(system, {}, collector);
    const Z3Tallies twice = collector.ask_all();
    CHECK(once.front().views == states);
    for (std::size_t i = 0; i < z3_properties.size(); ++i) {
        CHECK(nothing_new[i].views == once[i].views);
        CHECK(twice[i].views == (System::asks(z3_properties[i], RecoveryStage::none) ? 2 * states : 0));
        CHECK(twice[i].queries == once[i].queries);
    }
}

TEST_CASE("an interrupted judge leaves unknowns, and no disagreement") {
    const System system(small_scope(1, {2, 0, 0, 0, 1}), {});
    const std::atomic<bool> interrupt = true;
    Z3Judge judge({.mode = Z3Mode::distinct, .timeout_ms = 10000, .workers = 1, .interrupt = &interrupt});
    ViewCollector collector(judge);
    (void)checker::search(system, {}, collector);
    const Z3Tallies tallies = collector.ask_all();
    for (std::size_t i = 0; i < z3_properties.size(); ++i) {
        const bool asked = System::asks(z3_properties[i], RecoveryStage::none);
        CHECK((tallies[i].unknowns > 0) == asked);
        CHECK(tallies[i].violated_views == 0);
        CHECK(tallies[i].unknown_reason == (asked ? "interrupted" : ""));
    }
}
