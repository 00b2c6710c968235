// Interning: equal content has one number, for any number of threads; pairs, effects, and arrays that never move.
// Knows no model.
#include <doctest/doctest.h>

#include <atomic>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "checker/channel.hpp"
#include "checker/engine/slot_space.hpp"

using namespace mdcd::checker;
using namespace mdcd::checker::engine;

TEST_CASE("values: equal bytes, one number; the bytes come back; memory is counted and given back") {
    std::atomic<std::uint64_t> meter = 0;
    ValueTable table(3, meter);
    std::vector<Id> ids;
    for (int i = 0; i < 5000; ++i)
        ids.push_back(table.intern(std::string(static_cast<std::size_t>(i % 70), 'x') + std::to_string(i)));
    CHECK(std::set<Id>(ids.begin(), ids.end()).size() == 5000);
    CHECK(table.size() == 5000);
    for (int i = 0; i < 5000; ++i) {
        const std::string bytes = std::string(static_cast<std::size_t>(i % 70), 'x') + std::to_string(i);
        CHECK(table.intern(bytes) == ids[static_cast<std::size_t>(i)]);
        CHECK(table.bytes(ids[static_cast<std::size_t>(i)]) == bytes);
    }
    CHECK(table.bytes(table.intern("")).empty());
    CHECK(meter > 5000U * 35U);
    table.clear();
    CHECK(meter == 0);
    CHECK(table.intern("again") == 0);
}

TEST_CASE("values: several threads agree") {
    std::atomic<std::uint64_t> meter = 0;
    ValueTable table(1, meter);
    std::vector<std::vector<Id>> seen(4);
    {
        std::vector<std::jthread> threads;
        for (std::vector<Id>& mine : seen)
            threads.emplace_back([&table, &mine] {
                for (int i = 0; i < 3000; ++i)
                    mine.push_back(table.intern(std::to_string(i * 7919 % 3000)));
            });
    }
    CHECK(table.size() == 3000);
    for (const std::vector<Id>& mine : seen)
        CHECK(mine == seen[0]);
}

TEST_CASE("a state folds into two ids and back, and its hash does not depend on the tree") {
    std::atomic<std::uint64_t> meter = 0;
    const std::vector<Slot> slots = {{.name = "a"},
                                     {.name = "b"},
                                     {.name = "c", .kind = SlotKind::fifo, .capacity = 2},
                                     {.name = "d"},
                                     {.name = "e"}};
    const std::vector<Affinity> near = {{.slots = {0, 4}, .weight = 5}, {.slots = {1, 2, 3}, .weight = 5}};
    const std::vector<Affinity> far = {{.slots = {0, 1}, .weight = 5}, {.slots = {2, 4}, .weight = 5}};
    const std::vector<Sample> samples = {{1, 2, 3, 4, 5}, {1, 3, 3, 4, 6}, {2, 3, 3, 4, 5}};
    SlotSpace one(slots, choose_layout(5, near, samples), meter);
    SlotSpace other(slots, choose_layout(5, far, samples), meter);
    std::string channel;
    append_message(channel, "hello");
    const GlobalState state = {"first", "", channel, "fourth", "fifth"};
    const State folded = one.fold(state);
    CHECK(one.unfold(folded) == state);
    CHECK(one.hash(folded) == other.hash(other.fold(state)));
    GlobalState changed = state;
    changed[3] = "fifth";
    CHECK(one.hash(one.fold(changed)) != one.hash(folded));
}

TEST_CASE("operations on a channel: take, send, and no room") {
    std::atomic<std::uint64_t> meter = 0;
    const std::vector<Slot> slots = {{.name = "c", .kind = SlotKind::fifo, .capacity = 2}};
    SlotSpace space(slots, choose_layout(1, {}, {}), meter);
    const auto operation = [&](OperationKind kind, std::string_view message) {
        return Operation{.position = 0, .kind = kind, .operand = space.intern_message(message)};
    };
    const Id empty = space.intern_value(0, "");
    const Operations two = {operation(OperationKind::send, "x"), operation(OperationKind::send, "y")};
    const Id full = space.apply(left_half, empty, two);
    CHECK(space.message_count(0, full) == 2);
    CHECK(space.apply(left_half, full, Operations{operation(OperationKind::send, "z")}) == no_id);
    const Operations back = {operation(OperationKind::take, "x"), operation(OperationKind::take, "y")};
    CHECK(space.apply(left_half, full, back) == empty);
    CHECK(space.apply(left_half, full, {}) == full);
}

TEST_CASE("a layout covers every slot once and keeps a step's slots together") {
    std::vector<Affinity> affinities;
    for (SlotIndex pair = 0; pair < 20; ++pair)
        affinities.push_back({.slots = {pair, static_cast<SlotIndex>(39 - pair)}, .weight = 1});
    const Layout layout = choose_layout(40, affinities, {});
    CHECK(std::set<SlotIndex>(layout.order.begin(), layout.order.end()).size() == 40);
    for (std::size_t slot = 0; slot < 40; ++slot)
        CHECK(layout.order[layout.position_of[slot]] == slot);
    for (const Affinity& affinity : affinities)
        CHECK(layout.home_of(affinity.slots) != root_node);
    const std::vector<SlotIndex> all = layout.order;
    CHECK(layout.home_of(all) == root_node);
}
