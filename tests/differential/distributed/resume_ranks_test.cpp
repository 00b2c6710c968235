// Checkpoints of several ranks: a search is cut short and goes on with another number of ranks, one process included,
// again and again, on systems drawn at random; the end is that of a search that was never cut. So it is after a rank
// was lost, and after an interrupt. What lies, is damaged or belongs to another search is refused, as in one process.
#include <doctest/doctest.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "checker/checkpoint_error.hpp"
#include "checker/engine/checkpoint_folder.hpp"
#include "checker/textbook/two_phase_commit.hpp"
#include "checker/whole_file.hpp"
#include "tests/differential/distributed/on_ranks.hpp"
#include "tests/differential/random_model.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/edited_counters.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace mdcd::checker;
using namespace mdcd::tests;

namespace {

SearchOptions saving_to(const ScratchFolder& folder, SearchOptions options = {}) {
    options.checkpoint_dir = folder.path("");
    options.identity = "ranks";
    return options;
}

// 1: in one process.
template <Model M> Report search_with(unsigned ranks, const M& model, const SearchOptions& options) {
    return ranks == 1 ? search(model, options) : search_on(ranks, model, options).front();
}

// Up to so many states on the first number of ranks, from there up to so many on the second, and so on; the last one to
// the end. How many of the parts ended with the limit.
template <Model M>
unsigned compare_in_parts(const M& model, const SearchOptions& options, const std::vector<unsigned>& ranks) {
    const Report whole = search(model, options);
    const ScratchFolder folder;
    SearchOptions part = saving_to(folder, options);
    unsigned cut = 0;
    for (std::size_t i = 0; i + 1 < ranks.size(); ++i) {
        part.limits.states_max = whole.distinct_states * (i + 1) / ranks.size();
        cut += search_with(ranks[i], model, part).limit == "states" ? 1 : 0;
        part.resume = std::filesystem::exists(engine::checkpoint_path(part.checkpoint_dir));
    }
    part.limits.states_max = options.limits.states_max;
    if (ranks.back() == 1) {
        expect_equal(whole, search(model, part));
        return cut;
    }
    for (const Report& each : search_on(ranks.back(), model, part))
        expect_equal(whole, each);
    return cut;
}

// Throws when it is shown one state too many.
struct Dies {
    std::atomic<std::uint64_t>& left;
    void observe(unsigned, const auto&, PropertyBits) const {
        if (left-- == 0)
            throw std::runtime_error("the rank is lost");
    }
};

std::string refusal(unsigned ranks, const auto& model, const SearchOptions& options) {
    try {
        (void)search_with(ranks, model, options);
    } catch (const CheckpointError& error) {
        return error.what();
    } catch (const WriteError& error) {
        return error.what();
    }
    return {};
}

} // namespace

TEST_CASE("random systems in parts, each on another number of ranks") {
    const std::vector<std::vector<unsigned>> ways = {{2, 3},    {1, 4, 1},    {3, 1, 2}, {8, 2, 5},
                                                     {4, 4, 1}, {1, 2, 1, 8}, {5, 3},    {2, 1}};
    unsigned models = 0;
    unsigned parts = 0;
    unsigned violated = 0;
    for (std::uint64_t seed = 7000; models < 48; ++seed) {
        CAPTURE(seed);
        REQUIRE(seed < 9000);
        visit_random_system(seed, [&](const auto& model, const SearchOptions& options) {
            const Report report = search(model, options);
            if (report.distinct_states < 200)
                return;
            for (const PropertyVerdict& each : report.verdicts)
                violated += each.verdict == Verdict::violated ? 1 : 0;
            parts += compare_in_parts(model, options, ways[models++ % ways.size()]);
        });
    }
    CHECK(parts >= 48);
    CHECK(violated >= 24);
}

TEST_CASE("a textbook model in parts, with symmetry and without, with a checkpoint after each round") {
    for (const bool use_renamings : {false, true}) {
        CAPTURE(use_renamings);
        SearchOptions options;
        options.use_renamings = use_renamings;
        options.checkpoint_seconds = 0;
        options.paths_max = 2;
        CHECK(compare_in_parts(textbook::TwoPhaseCommit(5), options, {3, 1, 16}) == 2);
        CHECK(compare_in_parts(textbook::TwoPhaseCommit(4, 3), options, {1, 2, 1}) == 2);
    }
}

// The lost rank throws in the middle of a round, and the others cannot go on without what it has.
TEST_CASE("when a rank is lost, what was saved before is gone on from by another number of ranks") {
    const textbook::TwoPhaseCommit model(5);
    const Report whole = search(model);
    for (const std::uint64_t states : {std::uint64_t{500}, whole.distinct_states / 8, whole.distinct_states / 5}) {
        CAPTURE(states);
        const ScratchFolder folder;
        SearchOptions options = saving_to(folder);
        options.checkpoint_seconds = 0;
        ThreadWorlds worlds(4);
        std::atomic<std::uint64_t> left = states;
        std::atomic<std::uint64_t> never = ~std::uint64_t{0};
        const auto begin = [&](distributed::World& world) {
            (void)distributed::search(model, world, options, Dies{world.rank() == 2 ? left : never});
        };
        CHECK_THROWS_WITH(worlds.run(begin), "the rank is lost");
        options.resume = true;
        options.limits.states_max = whole.distinct_states / 2;
        CHECK(search_with(3, model, options).limit == "states");
        options.limits.states_max = 0;
        expect_equal(whole, search(model, options));
    }
}

TEST_CASE("an interrupt on one rank leaves a checkpoint of all") {
    const textbook::TwoPhaseCommit model(6);
    const Report whole = search(model);
    const ScratchFolder folder;
    SearchOptions options = saving_to(folder);
    std::atomic<bool> interrupt = false;
    ThreadWorlds worlds(3);
    worlds.run([&](distributed::World& world) {
        SearchOptions mine = options;
        if (world.rank() == 2)
            mine.interrupt = &interrupt;
        if (world.rank() == 0) {
            mine.progress_seconds = 0;
            mine.progress = [&](const Progress& at) { interrupt = at.expanded > 1000; };
        } else {
            mine.checkpoint_dir.clear(); // only rank 0 needs the folder
        }
        CHECK(distributed::search(model, world, mine).limit == "interrupted");
    });
    options.resume = true;
    for (const unsigned ranks : {4U, 1U}) // the second time from the first one's checkpoint, or the same
        expect_equal(whole, search_with(ranks, model, options));
}

TEST_CASE("a model that was edited is not resumed under its old identity, whoever saved it") {
    const auto refused = [](const Edits& saved, const Edits& resumed, std::uint64_t states, unsigned before,
                            unsigned after) {
        const ScratchFolder folder;
        SearchOptions options = saving_to(folder);
        options.checkpoint_seconds = states == 0 ? 0 : 60; // what ends without a limit is not saved at its end
        options.limits.states_max = states;
        (void)search_with(before, counters(saved), options);
        options.limits.states_max = 0;
        options.resume = true;
        return refusal(after, counters(resumed), options);
    };
    for (const auto& [before, after] : {std::pair(1U, 3U), std::pair(3U, 2U)}) {
        const auto saved_500 = [&, &before = before, &after = after](const Edits& saved, const Edits& resumed) {
            return refused(saved, resumed, 500, before, after);
        };
        CHECK(saved_500({}, {}).empty());
        CHECK(contains(saved_500({}, {.forbidden = "5"}), "judged again, its states settle 'allowed' in another way"));
        CHECK(contains(saved_500({.forbidden = "5"}, {}), "is not found again"));
        CHECK(contains(saved_500({}, {.bound = 12}), "firings and"));
        CHECK(contains(saved_500({}, {.step = 2}), "it is of another "));
        CHECK(contains(saved_500({}, {.beginning = "1"}), "initial states"));
        CHECK(contains(saved_500({}, {.point = 1}), "coverage points"));
        CHECK(contains(refused({}, {.ends = false}, 0, before, after), "settle 'deadlock_freedom' in another way"));
        CHECK(refused({}, {.forbidden = "20"}, 100, before, after).empty());
    }
}

TEST_CASE("what is missing, damaged, of another search or in use is refused by several ranks") {
    const ScratchFolder folder;
    SearchOptions options = saving_to(folder);
    const textbook::TwoPhaseCommit model(4);
    options.resume = true;
    CHECK(contains(refusal(2, model, options), "cannot read"));
    options.resume = false;
    options.limits.states_max = 300;
    CHECK(search_with(3, model, options).limit == "states");
    CHECK(contains(refusal(3, model, options), "is there already"));
    options.limits.states_max = 0;
    options.resume = true;
    SearchOptions other = options;
    other.paths_max = 2;
    CHECK(contains(refusal(2, model, other), "where it says 'paths = 1', this one says 'paths = 2'"));
    other = options;
    other.identity.clear();
    CHECK(contains(refusal(2, model, other), "checkpoints want SearchOptions::identity"));
    {
        const FileLock lock = engine::lock_checkpoints(options.checkpoint_dir, true);
        if (lock.is_held())
            CHECK(contains(refusal(2, model, options), "search.lock"));
    }
    const std::string file = engine::checkpoint_path(options.checkpoint_dir);
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);
    CHECK(contains(refusal(2, model, options), "damaged"));
}
