// A checkpoint belongs to a content. Without an identity there is none; with one that lies, because the model was
// edited, what was saved does not fit what the model does now, and is refused.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "checker/checkpoint_error.hpp"
#include "checker/engine/checkpoint_folder.hpp"
#include "checker/search.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/edited_counters.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/scripted_model.hpp"

using namespace mdcd::checker;
using mdcd::tests::counters;
using mdcd::tests::Edits;
using mdcd::tests::ScratchFolder;
using mdcd::tests::ScriptedModelWithFinals;

namespace {

SearchOptions saving_to(const ScratchFolder& folder, const std::string& identity) {
    SearchOptions options;
    options.checkpoint_dir = folder.path("");
    options.checkpoint_seconds = 0;
    options.identity = identity;
    return options;
}

// Searches so many states of one model (0: all), then goes on with another. What is said against that, if anything.
std::string refused(const Edits& saved, const Edits& resumed, std::uint64_t states = 500) {
    const ScratchFolder folder;
    SearchOptions options = saving_to(folder, "counters");
    options.limits.states_max = states;
    CHECK(search(counters(saved), options).exhaustive == (states == 0));
    options.limits.states_max = 0;
    options.resume = true;
    try {
        const Report report = search(counters(resumed), options);
        const Report whole = search(counters(resumed));
        CHECK(report.distinct_states == whole.distinct_states);
        CHECK(report.transitions == whole.transitions);
        CHECK(report.coverage == whole.coverage);
        CHECK(report.dead_ends == whole.dead_ends);
        for (std::size_t i = 0; i < whole.verdicts.size(); ++i)
            CHECK(report.verdicts[i].verdict == whole.verdicts[i].verdict);
        return {};
    } catch (const CheckpointError& error) {
        return error.what();
    }
}

using mdcd::tests::contains;

} // namespace

TEST_CASE("states outside a boundary are counted, and not followed, after a resume as before it") {
    struct Bounded : ScriptedModelWithFinals {
        int bound = 30; // of the sum
        [[nodiscard]] bool has_boundary() const { return true; }
        [[nodiscard]] bool is_inside(Summaries all) const { return std::stoi(*all[0]) + std::stoi(*all[1]) < bound; }
    };
    static_assert(KnowsItsBoundary<Bounded>);
    const Bounded model{counters({})};
    const Report whole = search(model);
    CHECK(whole.outside > 0);
    for (const std::uint64_t states : {200U, 330U, 380U, 0U}) {
        CAPTURE(states);
        const ScratchFolder folder;
        SearchOptions options = saving_to(folder, "bounded");
        options.limits.states_max = states;
        (void)search(model, options);
        options.limits.states_max = 0;
        options.resume = true;
        const Report report = search(model, options);
        CHECK(report.exhaustive);
        CHECK(report.distinct_states == whole.distinct_states);
        CHECK(report.transitions == whole.transitions);
        CHECK(report.dead_ends == whole.dead_ends);
        CHECK(report.outside == whole.outside);
        Bounded edited = model;
        edited.bound = 29;
        options.resume = true;
        CHECK_THROWS_AS(static_cast<void>(search(edited, options)), CheckpointError);
    }
}

TEST_CASE("without an identity nothing is saved and nothing is resumed") {
    const ScratchFolder folder;
    SearchOptions options = saving_to(folder, "");
    for (const bool resume : {false, true}) {
        options.resume = resume;
        CHECK_THROWS_AS(static_cast<void>(search(counters({}), options)), CheckpointError);
    }
    CHECK_FALSE(std::filesystem::exists(engine::checkpoint_path(options.checkpoint_dir)));
}

TEST_CASE("a model that was edited is not resumed under its old identity") {
    CHECK(refused({}, {}).empty());
    CHECK(contains(refused({}, {.forbidden = "5"}), "judged again, its states settle 'allowed' in another way"));
    CHECK(contains(refused({.forbidden = "5"}, {}), "is not found again"));
    CHECK(contains(refused({.forbidden = "5"}, {.forbidden = "4"}), "it is of another model"));
    CHECK(contains(refused({}, {.bound = 12}), "firings and"));
    CHECK(contains(refused({.bound = 12}, {}), "firings and"));
    CHECK(contains(refused({}, {.step = 2}), "it is of another ")); // model, or layout
    CHECK(contains(refused({}, {.beginning = "1"}), "initial states"));
    CHECK(contains(refused({}, {.point = 1}), "coverage points"));
    CHECK(contains(refused({}, {.ends = false}, 0), "settle 'deadlock_freedom' in another way"));
    CHECK(contains(refused({.ends = false}, {}, 0), "is not found again"));
    // What is edited where the search has not been yet is all the same.
    CHECK(refused({}, {.forbidden = "20"}, 100).empty());
}

TEST_CASE("a model of another shape is another search, and the line that differs is shown") {
    const ScratchFolder folder;
    SearchOptions options = saving_to(folder, "counters");
    options.limits.states_max = 100;
    CHECK_FALSE(search(counters({}), options).exhaustive);
    options.resume = true;
    ScriptedModelWithFinals model = counters({});
    model.property_list[0].kind = PropertyKind::reachable;
    try {
        (void)search(model, options);
        FAIL("resumed");
    } catch (const CheckpointError& error) {
        CHECK(contains(error.what(), "says 'property allowed: kind 0', this one says 'property allowed: kind 1'"));
    }
}
