// One search of a textbook model, for run.sh: prints states, transitions, and the seconds and megabytes of the
// whole process. Usage: bench_search 2pc|ring N WORKERS
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <sys/resource.h>

#include "checker/search.hpp"
#include "checker/textbook/ring.hpp"
#include "checker/textbook/two_phase_commit.hpp"

using namespace mdcd::checker;

int main(int count, char** arguments) {
    if (count != 4) {
        std::fprintf(stderr, "usage: %s 2pc|ring N WORKERS\n", arguments[0]);
        return 64;
    }
    const auto start = std::chrono::steady_clock::now();
    const auto size = static_cast<unsigned>(std::strtoul(arguments[2], nullptr, 10));
    SearchOptions options;
    options.workers = static_cast<unsigned>(std::strtoul(arguments[3], nullptr, 10));
    const bool ring = std::string(arguments[1]) == "ring";
    const Report report =
        ring ? search(textbook::Ring(size), options) : search(textbook::TwoPhaseCommit(size), options);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto distinct = static_cast<double>(report.distinct_states);
    std::printf("states %llu transitions %llu seconds %.3f megabytes %ld bytes_per_state %.1f exhaustive %d\n",
                static_cast<unsigned long long>(report.distinct_states),
                static_cast<unsigned long long>(report.transitions), seconds, usage.ru_maxrss / 1024,
                static_cast<double>(report.store_bytes) / distinct, report.exhaustive ? 1 : 0);
    return report.exhaustive ? 0 : 20;
}
