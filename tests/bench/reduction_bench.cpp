// How many states of the shipped examples a search leaves out: all states, those that are left if every claim says that
// it reads the actors' states, and those that are left for dead ends alone. Processor seconds of one worker.
//     bench_reduction [EXAMPLE ..]
#include <cstdio>
#include <string>
#include <vector>

#include "checker/actors/check.hpp"
#include "checker/actors/examples/paxos.hpp"
#include "checker/actors/examples/philosophers.hpp"
#include "checker/actors/examples/raft.hpp"
#include "checker/actors/examples/ring.hpp"
#include "checker/actors/examples/snapshots.hpp"
#include "checker/actors/examples/two_phase_commit.hpp"

using namespace mdcd::checker;
using namespace mdcd::checker::actors;

namespace {

struct Example {
    const char* name;
    ActorSystem system;
};

ActorSystem with_reads(ActorSystem system) {
    const std::vector<Id> all = ids(0, system.parts().actors.size());
    for (const Claim& claim : system.parts().claims)
        if (claim.kind <= ClaimKind::reachable && !claim.reads)
            system.reads(claim.name, all);
    return system;
}

// The verdicts as one word: v, h, r, n, i or e for each claim.
std::string in_short(const SystemReport& report) {
    std::string text;
    for (const ClaimVerdict& claim : report.claims)
        text += name_of(claim.verdict).front();
    return text;
}

void measure(const char* what, const ActorSystem& system, const SearchOptions& options) {
    CheckOptions check_options{.search = options, .use_symmetry = false};
    const SystemReport report = check(system, check_options);
    std::printf("  %-12s %10llu states %12llu followed %6llu dead ends %8.2f s  %s\n", what,
                static_cast<unsigned long long>(report.search.distinct_states),
                static_cast<unsigned long long>(report.search.followed),
                static_cast<unsigned long long>(report.search.dead_ends), report.search.seconds,
                in_short(report).c_str());
    for (const ClaimVerdict& claim : report.claims)
        if (claim.verdict == Verdict::error)
            std::printf("    %s: %s\n", claim.claim.c_str(), claim.reason.c_str());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<Example> examples = {
        {"2pc, 6 managers", examples::commit::two_phase_commit(6, 6)},
        {"ring of 8", examples::ring::ring(8)},
        {"philosophers, 6", examples::philosophers::philosophers(6, false)},
        {"philosophers, 6 alike", examples::philosophers::philosophers(6, true)},
        {"paxos, 3 and 2", examples::paxos::paxos(3, 2)},
        {"raft, 3 servers", examples::raft::raft({})},
        {"snapshots, 3", examples::snapshots::snapshots(3, 1)},
    };
    for (const Example& example : examples) {
        bool asked = argc < 2;
        for (int i = 1; i < argc; ++i)
            asked = asked || std::string(example.name).find(argv[i]) != std::string::npos;
        if (!asked)
            continue;
        std::printf("%s\n", example.name);
        const ActorSystem system = with_reads(example.system);
        SearchOptions options;
        measure("all", system, options);
        options.reduce_states = true;
        measure("for claims", system, options);
        options.reduce_for = {"deadlock_freedom"};
        measure("for dead ends", system, options);
    }
    return 0;
}
