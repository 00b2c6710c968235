// A search on several ranks against the search of one process, on systems drawn at random and on textbook models:
// everything that is reported is the same, runs and followed edges included, with any number of ranks and workers.
// Ranks are threads here: nothing but the way of transport differs from processes.
#include <doctest/doctest.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "checker/distributed/search.hpp"
#include "checker/plain_search.hpp"
#include "checker/textbook/ring.hpp"
#include "checker/textbook/two_phase_commit.hpp"
#include "tests/differential/distributed/on_ranks.hpp"
#include "tests/differential/random_model.hpp"
#include "tests/support/thread_world.hpp"

using namespace mdcd::checker;
using namespace mdcd::tests;

namespace {

template <Model M>
void compare_ranks(const M& model, const SearchOptions& options, const std::vector<unsigned>& ranks) {
    const Report one = search(model, options);
    for (const unsigned count : ranks) {
        CAPTURE(count);
        for (const Report& each : search_on(count, model, options))
            expect_equal(one, each);
    }
}

} // namespace

TEST_CASE("two hundred random systems on one, two, three, four and eight ranks") {
    // Each on one of these; some on all.
    const auto counts = [](unsigned model) { return std::vector<unsigned>{model % 5 == 0 ? 8U : 2 + model % 3}; };
    unsigned models = 0;
    unsigned violated = 0;
    unsigned with_more = 0;
    for (std::uint64_t seed = 1; models < 200; ++seed) {
        CAPTURE(seed);
        REQUIRE(seed < 5000);
        visit_random_system(seed, [&](const auto& model, const SearchOptions& options) {
            const Report report = search(model, options);
            if (report.distinct_states < 20)
                return;
            ++models;
            for (const PropertyVerdict& each : report.verdicts) {
                violated += each.verdict == Verdict::violated ? 1 : 0;
                with_more += each.more.empty() ? 0 : 1;
            }
            compare_ranks(model, options, models % 20 == 0 ? std::vector{1U, 2U, 3U, 4U, 8U} : counts(models));
        });
    }
    CHECK(violated >= 100);
    CHECK(with_more >= 20);
}

TEST_CASE("where a send exceeds a capacity, the same state is the error") {
    unsigned failing = 0;
    for (std::uint64_t seed = 1; failing < 30; ++seed) {
        CAPTURE(seed);
        REQUIRE(seed < 5000);
        const RandomModel model(seed, false);
        SearchOptions options;
        options.limits.states_max = 3000;
        const Report report = search(model, options);
        if (report.exhaustive || !report.limit.empty())
            continue;
        ++failing;
        compare_ranks(model, options, {2, 5});
    }
}

TEST_CASE("textbook models, with symmetry and without") {
    for (const bool use_renamings : {false, true}) {
        CAPTURE(use_renamings);
        SearchOptions options;
        options.use_renamings = use_renamings;
        compare_ranks(textbook::TwoPhaseCommit(5), options, {2, 3, 8});
        compare_ranks(textbook::TwoPhaseCommit(4, 3), options, {4});
    }
    compare_ranks(textbook::Ring(6), {}, {2, 4, 8, 64});
}

TEST_CASE("a limit on states is met at the same state") {
    for (const std::uint64_t states : {1U, 2U, 77U, 1000U, 20000U, 39000U}) {
        CAPTURE(states);
        SearchOptions options;
        options.limits.states_max = states;
        compare_ranks(textbook::Ring(8), options, {2, 4});
        compare_ranks(textbook::TwoPhaseCommit(6, 5), options, {3});
    }
}

TEST_CASE("what a distributed search refuses") {
    const auto reason = [](unsigned ranks, const SearchOptions& options) {
        try {
            (void)search_on(ranks, textbook::Ring(3), options);
        } catch (const distributed::Refused& refused) {
            return std::string(refused.what());
        }
        return std::string();
    };
    CHECK(reason(65, {}).find("at most 64 ranks") != std::string::npos);
}

TEST_CASE("a rank that has another model is told of on all ranks") {
    ThreadWorlds worlds(3);
    unsigned told = 0;
    std::mutex lock;
    worlds.run([&](distributed::World& world) {
        try {
            (void)distributed::search(textbook::Ring(world.rank() == 1 ? 4 : 3), world);
        } catch (const distributed::LostRank& lost) {
            const std::lock_guard guard(lock);
            told += std::string(lost.what()).find("rank 1 has another model") != std::string::npos ? 1 : 0;
        }
    });
    CHECK(told == 3);
}

// A rank that holds a fraction of the states needs a fraction of the memory: so four can do what one cannot.
TEST_CASE("what is too large for one rank's memory is explored by four") {
    SearchOptions options;
    options.limits.memory_bytes_max = std::uint64_t{4} << 20;
    const textbook::Ring ring(9);
    const Report alone = search(ring, options);
    CHECK(alone.limit == "memory");
    const Report whole = search(ring);
    for (const Report& each : search_on(4, ring, options))
        expect_equal(whole, each);
}

TEST_CASE("an interrupt on one rank ends all, with what is known") {
    std::atomic<bool> interrupt = false;
    ThreadWorlds worlds(3);
    std::vector<Report> reports(3);
    worlds.run([&](distributed::World& world) {
        SearchOptions options;
        options.workers = 1;
        if (world.rank() == 2)
            options.interrupt = &interrupt;
        if (world.rank() == 0) {
            options.progress_seconds = 0;
            options.progress = [&](const Progress& at) { interrupt = at.expanded > 1000; };
        }
        reports[world.rank()] = distributed::search(textbook::Ring(9), world, options);
    });
    for (const Report& each : reports) {
        CHECK(each.limit == "interrupted");
        CHECK_FALSE(each.exhaustive);
        CHECK(each.distinct_states == reports.front().distinct_states);
        CHECK(each.distinct_states > 1000);
    }
}

TEST_CASE("how many bytes go from rank to rank for each state") {
    for (const unsigned ranks : {2U, 4U, 8U}) {
        ThreadWorlds worlds(ranks);
        Report report;
        worlds.run([&](distributed::World& world) {
            const Report here = distributed::search(textbook::Ring(8), world);
            if (world.rank() == 0)
                report = here;
        });
        const double each = static_cast<double>(worlds.bytes_sent()) / static_cast<double>(report.distinct_states);
        MESSAGE(ranks, " ranks: ", each, " bytes a state, ", worlds.meetings(), " meetings");
        CHECK(each < 40);
    }
}
