// A team works with the threads that it gets: none may be missing, and none may wait for ever.
// Knows no search.
#include "checker/engine/team.hpp"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <functional>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

using mdcd::checker::engine::Team;

namespace {

// Gives `count` threads, then throws what `refuse` throws.
template <class Refuse> Team::Starter only(unsigned count, Refuse refuse) {
    return [left = count, refuse](std::function<void()> work) mutable {
        if (left == 0)
            refuse();
        --left;
        return std::jthread(std::move(work));
    };
}

// How many workers have done the job, each once.
std::size_t workers_of(Team& team) {
    std::array<std::atomic<unsigned>, 8> calls{};
    team.run([&](unsigned worker) { ++calls.at(worker); });
    std::size_t workers = 0;
    for (const std::atomic<unsigned>& each : calls) {
        CHECK(each <= 1);
        workers += each;
    }
    return workers;
}

} // namespace

TEST_CASE("where the system refuses a thread, those that there are do the work") {
    for (const unsigned given : {0U, 1U, 2U, 3U}) {
        CAPTURE(given);
        Team team(4, only(given, [] {
                      throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
                  }));
        CHECK(team.size() == given + 1);
        for (int round = 0; round < 20; ++round)
            CHECK(workers_of(team) == given + 1);
    }
    Team poor(4, only(1, [] { throw std::bad_alloc(); }));
    CHECK(workers_of(poor) == 2);
}

TEST_CASE("what a job throws is thrown to the caller, the lowest worker's first, and the team goes on") {
    Team team(3);
    try {
        team.run([](unsigned worker) { throw std::runtime_error(std::to_string(worker)); });
        FAIL("nothing was thrown");
    } catch (const std::runtime_error& error) {
        CHECK(std::string(error.what()) == "0");
    }
    CHECK(workers_of(team) == 3);
}
