// The visited set alone: what is inserted is found again, once; numbers and parents do not depend on how the
// work is cut; growth and equal hashes lose nothing.
#include "checker/engine/state_store.hpp"

#include <doctest/doctest.h>

#include <array>
#include <map>
#include <vector>

#include "checker/engine/candidates.hpp"
#include "checker/engine/table_hash.hpp"

using namespace mdcd::checker::engine;

namespace {

std::uint64_t word_of(State state) {
    return std::uint64_t{state.left} << 32 | state.right;
}

// The hash keeps only `hash_bits`: few bits make many different states look alike.
class Harness {
public:
    explicit Harness(unsigned hash_bits) : shift_(64 - hash_bits) {}

    [[nodiscard]] std::uint64_t hash(State state) const { return mix(word_of(state)) >> shift_ << shift_; }
    [[nodiscard]] std::uint32_t upper(State state) const { return static_cast<std::uint32_t>(hash(state) >> 32); }
    void add(State state, StateNumber parent) {
        candidates_.add({.state = state, .origin = {parent, 0}, .hash = upper(state)});
    }

    std::uint64_t insert() {
        std::array<std::uint64_t, StateStore::shard_count> sizes{};
        for (std::size_t shard = 0; shard < sizes.size(); ++shard)
            sizes[shard] = candidates_.of_shard(shard).size();
        while (!store.fits(sizes)) {
            store.grow();
            ++growths;
            for (StateStore::Wave wave = store.next_wave(); wave.begin < wave.end; wave = store.next_wave())
                for (std::size_t shard = wave.end; shard-- > wave.begin;)
                    store.move(shard, [&](State state) { return upper(state); });
        }
        for (std::size_t shard = sizes.size(); shard-- > 0;)
            store.insert(shard, std::vector{candidates_.of_shard(shard)});
        candidates_.clear();
        const std::uint64_t fresh = store.assign_numbers(0);
        for (std::size_t shard = 0; shard < sizes.size(); ++shard)
            store.place(shard);
        return fresh;
    }

    StateStore store;
    unsigned growths = 0;

private:
    unsigned shift_;
    CandidateBuffers candidates_;
};

void insert_and_compare(unsigned hash_bits, std::uint32_t range, unsigned rounds) {
    Harness harness(hash_bits);
    std::map<std::uint64_t, StateNumber> parents; // the first parent of each state
    std::uint64_t random = 7;
    for (unsigned round = 0; round < rounds; ++round) {
        const std::size_t before = parents.size();
        for (StateNumber parent = 0; parent < 2000; ++parent) {
            random = mix(random + 1);
            const State state{.left = static_cast<Id>(random % range), .right = static_cast<Id>(random >> 40 & 3)};
            parents.try_emplace(word_of(state), parent);
            harness.add(state, parent);
        }
        CHECK(harness.insert() == parents.size() - before);
    }
    REQUIRE(harness.store.size() == parents.size());
    std::map<std::uint64_t, StateNumber> stored;
    for (std::uint64_t number = 0; number < harness.store.size(); ++number)
        stored[word_of(harness.store.state(number))] = harness.store.parent(number);
    CHECK(stored == parents);
    CHECK(harness.growths > 0);
    CHECK(harness.store.load() <= 0.95);
}

} // namespace

TEST_CASE("every state once, with its first parent, while the table grows") {
    insert_and_compare(64, 50'000, 100);
}

TEST_CASE("states with equal hashes stay apart") {
    insert_and_compare(14, 3'000, 20); // 256 home places in each shard
}

TEST_CASE("twenty-four bytes a state, parents and table included") {
    Harness harness(64);
    for (std::uint32_t next = 0; next < 1'000'000; ++next) {
        harness.add({.left = next, .right = next / 3}, 0);
        if (next % 10'000 == 9'999)
            (void)harness.insert();
        if (next > 300'000 && next % 50'000 == 49'999)
            CHECK(static_cast<double>(harness.store.bytes()) / static_cast<double>(harness.store.size()) <= 24);
    }
    CHECK(harness.store.size() == 1'000'000);
}
