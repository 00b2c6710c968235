// The examples of the engine with their mistakes: writes the run that shows each of them as a page, into a folder.
// docs/engine_runs.sh runs it for docs/runs. Knows nothing of how runs are found or drawn.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "checker/actors/check.hpp"
#include "checker/actors/examples/alternating_bit.hpp"
#include "checker/actors/examples/checkpointing.hpp"
#include "checker/actors/examples/paxos.hpp"
#include "checker/actors/examples/philosophers.hpp"
#include "checker/actors/examples/raft.hpp"
#include "checker/actors/examples/ring.hpp"
#include "checker/actors/examples/snapshots.hpp"
#include "checker/actors/examples/two_phase_commit.hpp"
#include "checker/actors/examples/write_once.hpp"
#include "checker/actors/trace.hpp"
#include "traces/render_html.hpp"

using namespace mdcd::checker::actors;
using namespace mdcd::checker::actors::examples;
using mdcd::checker::Fairness;

namespace {

struct Example {
    const char* file;
    const char* title;
    const char* claim; // the one that the mistake breaks
    ActorSystem system;
};

std::vector<Example> all_examples() {
    using checkpointing::Rule;
    using raft::Mistake;
    std::vector<Example> all;
    all.push_back(
        {"two_phase_commit", "two-phase commit before all votes are in", "consistent", commit::two_phase_commit(3, 2)});
    all.push_back({"ring", "a ring in which one drops larger numbers", "no_deadlock", ring::ring(4, 8, true)});
    all.push_back({"alternating_bit", "an alternating bit that nobody looks at", "once_and_in_order",
                   alternating_bit::alternating_bit(3, false)});
    all.push_back({"alternating_bit_unfair", "the alternating bit over channels that are weakly fair only",
                   "all_arrive_at_last", alternating_bit::alternating_bit(2, true, Fairness::weak)});
    all.push_back({"philosophers", "philosophers who all take the left fork first", "no_deadlock",
                   philosophers::philosophers(4, true)});
    all.push_back({"paxos", "Paxos without a look at earlier votes", "agreement", paxos::paxos(3, 2, false)});
    all.push_back({"raft_forgets_its_vote", "Raft with votes that a crash takes", "one_leader_a_term",
                   raft::raft({.crashes = 1, .mistake = Mistake::forgets_its_vote})});
    all.push_back({"raft_figure_8", "Raft, figure 8", "leaders_know_all",
                   raft::raft(raft::figure_8(Mistake::commits_old_terms))});
    all.push_back({"write_once", "a register with a backup that is read", "linearizable",
                   write_once::write_once(write_once::Copies::backup)});
    all.push_back({"snapshots", "snapshots over channels without order", "no_loss",
                   snapshots::snapshots(2, 2, Order::unordered)});
    all.push_back({"checkpoints_by_index", "checkpoints by index, taken after the message", "no_orphan",
                   checkpointing::checkpointing(Rule::by_index, 2, 2, 1, true)});
    all.push_back({"checkpoints_by_dependency", "checkpoints by dependency, taken after the message", "no_orphan",
                   checkpointing::checkpointing(Rule::fixed_dependency, 2, 2, 1, true)});
    return all;
}

// False if the mistake is not found.
bool write_page(const Example& example, const std::filesystem::path& folder) {
    CheckOptions options;
    options.search.stop_at = {example.claim};
    const SystemReport report = check(example.system, options);
    const ClaimVerdict& found = report[example.claim];
    if (found.verdict != mdcd::checker::Verdict::violated || !found.path) {
        std::fprintf(stderr, "%s: '%s' is not violated\n", example.file, example.claim);
        return false;
    }
    const std::filesystem::path path = folder / (std::string(example.file) + ".html");
    std::ofstream out(path, std::ios::binary);
    out << mdcd::traces::render_html(trace_of(report, example.claim, example.title));
    out.close();
    std::printf("%s: %zu steps\n", path.c_str(), found.path->firings.size());
    return static_cast<bool>(out);
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: engine_runs FOLDER\n", stderr);
        return 64;
    }
    bool all_written = true;
    for (const Example& example : all_examples())
        all_written = write_page(example, argv[1]) && all_written;
    return all_written ? 0 : 1;
}
