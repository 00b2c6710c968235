// One search of a textbook model, for run.sh: prints states, transitions, and the seconds and megabytes of the
// whole process. Usage: bench_search 2pc|ring N WORKERS [SEARCHES]
// SEARCHES of them at once share nothing but the machine: a control for what more workers can bring at most.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <sys/resource.h>

#include "checker/search.hpp"
#include "checker/textbook/ring.hpp"
#include "checker/textbook/two_phase_commit.hpp"

using namespace mdcd::checker;

int main(int count, char** arguments) {
    if (count != 4 && count != 5) {
        std::fprintf(stderr, "usage: %s 2pc|ring N WORKERS [SEARCHES]\n", arguments[0]);
        return 64;
    }
    const auto start = std::chrono::steady_clock::now();
    const auto size = static_cast<unsigned>(std::strtoul(arguments[2], nullptr, 10));
    const bool ring = std::string(arguments[1]) == "ring";
    const auto search_once = [&] {
        SearchOptions options;
        options.workers = static_cast<unsigned>(std::strtoul(arguments[3], nullptr, 10));
        return ring ? search(textbook::Ring(size), options) : search(textbook::TwoPhaseCommit(size), options);
    };
    Report report;
    {
        std::vector<std::jthread> others;
        for (unsigned long number = count == 5 ? std::strtoul(arguments[4], nullptr, 10) : 1; number > 1; --number)
            others.emplace_back([&] { (void)search_once(); });
        report = search_once();
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto distinct = static_cast<double>(report.distinct_states);
    std::printf(
        "states %llu transitions %llu followed %llu seconds %.3f megabytes %ld bytes_per_state %.1f handler_calls %llu "
        "exhaustive %d\n",
        static_cast<unsigned long long>(report.distinct_states), static_cast<unsigned long long>(report.transitions),
        static_cast<unsigned long long>(report.followed), seconds, usage.ru_maxrss / 1024,
        static_cast<double>(report.store_bytes) / distinct, static_cast<unsigned long long>(report.handler_calls),
        report.exhaustive ? 1 : 0);
    return report.exhaustive ? 0 : 20;
}
