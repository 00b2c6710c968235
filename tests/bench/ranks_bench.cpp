// What it costs to have the states on several ranks: processor time, bytes and meetings for one model, with ranks as
// threads of this process, so that waiting costs nothing. bench_ranks 2pc N | ring N [RANKS..]
// Judges nothing: the model of scaling in docs/performance.md is fitted to these figures.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "checker/distributed/search.hpp"
#include "checker/textbook/ring.hpp"
#include "checker/textbook/two_phase_commit.hpp"
#include "tests/support/thread_world.hpp"

using namespace mdcd::checker;

namespace {

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <class M> void measure(const M& model, const std::vector<unsigned>& ranks) {
    double start = processor_seconds();
    const Report one = search(model);
    std::printf("one process: %llu states, %llu edges followed, %.2f processor seconds, %.1f MB\n",
                static_cast<unsigned long long>(one.distinct_states), static_cast<unsigned long long>(one.followed),
                processor_seconds() - start, static_cast<double>(one.store_bytes) / 1e6);
    for (const unsigned count : ranks) {
        mdcd::tests::ThreadWorlds worlds(count);
        Report report;
        start = processor_seconds();
        worlds.run([&](distributed::World& world) {
            const Report here = distributed::search(model, world);
            if (world.rank() == 0)
                report = here;
        });
        std::printf("%u ranks: %s, %.2f processor seconds, %.1f MB together, %.1f bytes sent for each state, "
                    "%llu meetings\n",
                    count,
                    report.distinct_states == one.distinct_states && report.followed == one.followed ? "equal"
                                                                                                     : "NOT EQUAL",
                    processor_seconds() - start, static_cast<double>(report.store_bytes) / 1e6,
                    static_cast<double>(worlds.bytes_sent()) / static_cast<double>(report.distinct_states),
                    static_cast<unsigned long long>(worlds.meetings()));
    }
}

} // namespace

int main(int argc, char** argv) {
    const std::string which = argc > 2 ? argv[1] : "";
    std::vector<unsigned> ranks;
    for (int i = 3; i < argc; ++i)
        ranks.push_back(static_cast<unsigned>(std::atoi(argv[i])));
    if (ranks.empty())
        ranks = {1, 2, 4, 8};
    if (which == "2pc")
        measure(textbook::TwoPhaseCommit(static_cast<unsigned>(std::atoi(argv[2]))), ranks);
    else if (which == "ring")
        measure(textbook::Ring(static_cast<unsigned>(std::atoi(argv[2]))), ranks);
    else
        return std::fputs("bench_ranks 2pc N | ring N [RANKS..]\n", stderr), 64;
    return 0;
}
