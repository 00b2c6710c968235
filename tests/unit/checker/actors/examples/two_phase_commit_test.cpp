// The typed example has the states of the one on bare slots, and as many orbits as an independent count of them.
// Knows how neither is stored.
#include "checker/actors/examples/two_phase_commit.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "checker/actors/check.hpp"
#include "checker/actors/compile.hpp"
#include "checker/plain_search.hpp"
#include "checker/textbook/two_phase_commit.hpp"

using namespace mdcd::checker;
using namespace mdcd::checker::actors;
using examples::commit::two_phase_commit;

namespace {

SystemReport checked(std::size_t managers, std::size_t votes, bool symmetry, unsigned workers = 1) {
    CheckOptions options;
    options.use_symmetry = symmetry;
    options.search.workers = workers;
    return check(two_phase_commit(managers, votes), options);
}

// Of the model on bare slots: its states, with the managers of each in order.
std::size_t orbits(unsigned managers) {
    const textbook::TwoPhaseCommit model(managers);
    std::set<GlobalState> seen;
    std::vector<GlobalState> queue = model.initial_states();
    seen.insert(queue.front());
    std::set<std::pair<GlobalState, std::vector<GlobalState>>> found;
    for (std::size_t next = 0; next < queue.size(); ++next) {
        const GlobalState state = queue[next];
        std::vector<GlobalState> each;
        const unsigned votes = static_cast<unsigned char>(state[0][1]);
        for (unsigned manager = 0; manager < managers; ++manager)
            each.push_back({state[2 + 2 * manager], state[3 + 2 * manager], std::to_string(votes >> manager & 1)});
        std::ranges::sort(each);
        found.insert({{state[0].substr(0, 1), state[1]}, each});
        for (const Enabled& firing : enabled(model, state))
            if (const GlobalState after = apply(model, state, firing.firing, firing.outcome); seen.insert(after).second)
                queue.push_back(after);
    }
    return found.size();
}

} // namespace

TEST_CASE("three and five resource managers") {
    for (const unsigned workers : {1U, 3U}) {
        const SystemReport three = checked(3, 3, false, workers);
        CHECK(three.search.exhaustive);
        CHECK(three.search.distinct_states == 288);
        CHECK(three.search.depth == 10);
        CHECK(three["consistent"].verdict == Verdict::holds);
        const SystemReport five = checked(5, 5, false, workers);
        CHECK(five.search.distinct_states == 8832);
        CHECK(five["all_commit"].path.value().firings.size() == 16);
        CHECK(five["all_abort"].path.value().firings.size() == 5);
    }
}

TEST_CASE("up to symmetry: one state for each orbit") {
    CHECK(orbits(3) == 80);
    CHECK(checked(3, 3, true).search.distinct_states == 80);
    CHECK(orbits(5) == 314);
    const SystemReport five = checked(5, 5, true, 3);
    CHECK(five.search.distinct_states == 314);
    CHECK(five.renamings == 120);
    CHECK(five["consistent"].verdict == Verdict::holds);
    CHECK(five["all_commit"].path.value().firings.size() == 16);
}

TEST_CASE("a commit before everyone has voted is found, with the run in words") {
    const SystemReport hasty = checked(3, 2, true);
    CHECK(hasty["consistent"].verdict == Verdict::violated);
    REQUIRE(hasty["consistent"].run);
    const Run& run = *hasty["consistent"].run;
    REQUIRE(run.steps.size() == 7);
    const std::string text = to_text(hasty);
    for (const char* line :
         {"TM: timeout commit", "sends TM -> RM 3: Commit", "TM: votes: with RM 2", "RM 1: phase: working -> prepared",
          "-> RM 1: Commit", "=> 'consistent' does not hold here: No two resource managers decide differently."})
        CHECK_MESSAGE(text.find(line) != std::string::npos, line, " is not in ", text);
    CHECK(exit_code(hasty) == 10);
    CHECK(checked(3, 0, true)["consistent"].path.value().firings.size() == 3);
}

TEST_CASE("a timer that is set only once all votes are in is known before the search, which is made once") {
    for (const std::size_t managers : {3U, 5U, 8U}) {
        const std::unique_ptr<CompiledSystem> model = compile(two_phase_commit(managers, managers).parts());
        CHECK(model->findings().timers.at(0).size() == 2); // of the coordinator: abort, commit
        CHECK(model->findings().channels.size() == 2 * managers);
    }
}
