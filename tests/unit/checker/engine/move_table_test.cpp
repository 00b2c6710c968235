// What was put in is found again, exactly, while several threads add and look; it grows, and forgets.
// Knows no slots.
#include "checker/engine/move_table.hpp"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

#include "checker/engine/table_hash.hpp"

using namespace mdcd::checker::engine;

namespace {

MoveTable::Move move_of(Id id, Id effect) {
    const std::uint64_t word = mix(std::uint64_t{id} << 32 | effect);
    return {.next = static_cast<Id>(word >> 32), .hash = static_cast<std::uint32_t>(word)};
}

// How many of so many moves are known; a wrong one fails the test.
std::uint32_t known_of(const MoveTable& table, std::uint32_t count) {
    std::uint32_t known = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        MoveTable::Move move;
        if (!table.find(i / 3, 1 + i % 3, move))
            continue;
        ++known;
        const MoveTable::Move right = move_of(i / 3, 1 + i % 3);
        REQUIRE(move.next == right.next);
        REQUIRE(move.hash == right.hash);
    }
    return known;
}

} // namespace

TEST_CASE("what is remembered is right, and nearly all of it is remembered") {
    std::atomic<std::uint64_t> meter = 0;
    {
        MoveTable table(meter);
        const std::uint64_t empty = meter;
        constexpr std::uint32_t count = 30'000;
        for (std::uint32_t i = 0; i < count; ++i) {
            table.add(i / 3, 1 + i % 3, move_of(i / 3, 1 + i % 3));
            if (i % 1000 == 0)
                table.tend();
        }
        CHECK(known_of(table, count) > count * 95 / 100);
        CHECK(meter > empty);
        table.forget();
        CHECK(known_of(table, count) == 0);
        CHECK(meter == empty);
    }
    CHECK(meter == 0);
}

TEST_CASE("several threads add the same and look at once") {
    std::atomic<std::uint64_t> meter = 0;
    MoveTable table(meter);
    constexpr std::uint32_t count = 3'000;
    {
        std::vector<std::jthread> threads;
        for (unsigned thread = 0; thread < 4; ++thread)
            threads.emplace_back([&] {
                for (std::uint32_t i = 0; i < count; ++i) {
                    MoveTable::Move move;
                    const MoveTable::Move right = move_of(i / 3, 1 + i % 3);
                    if (!table.find(i / 3, 1 + i % 3, move))
                        table.add(i / 3, 1 + i % 3, right);
                    else if (move.next != right.next || move.hash != right.hash)
                        throw 1; // ends the program
                }
            });
    }
    CHECK(known_of(table, count) > 0);
}
