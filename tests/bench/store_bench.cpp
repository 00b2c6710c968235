// The parts below the search, one at a time: inserting states that are new or known, interning values.
// Judges nothing: ratios are for people.
#include <array>
#include <atomic>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "checker/engine/candidates.hpp"
#include "checker/engine/state_store.hpp"
#include "checker/engine/table_hash.hpp"
#include "checker/engine/value_table.hpp"

using namespace mdcd::checker::engine;

namespace {

std::uint32_t hash_of(State state) {
    return upper_half(mix(std::uint64_t{state.left} << 32 | state.right));
}

void insert_round(StateStore& store, CandidateBuffers& candidates, std::uint64_t first_parent) {
    std::array<std::uint64_t, StateStore::shard_count> sizes{};
    for (std::size_t shard = 0; shard < sizes.size(); ++shard)
        sizes[shard] = candidates.of_shard(shard).size();
    while (!store.fits(sizes)) {
        store.grow();
        for (StateStore::Wave wave = store.next_wave(); wave.begin < wave.end; wave = store.next_wave())
            for (std::size_t shard = wave.begin; shard < wave.end; ++shard)
                store.move(shard, hash_of);
    }
    for (std::size_t shard = 0; shard < sizes.size(); ++shard)
        store.insert(shard, std::array{candidates.of_shard(shard)});
    candidates.clear();
    (void)store.assign_numbers(first_parent);
    for (std::size_t shard = 0; shard < sizes.size(); ++shard)
        store.place(shard);
}

// 4 million states; range(0) candidates for each new one, the rest known.
void insert(benchmark::State& timing) {
    constexpr std::uint32_t states = 4'000'000;
    constexpr std::uint32_t round = 1U << 14;
    const auto each = static_cast<std::uint32_t>(timing.range(0));
    for (auto unused : timing) {
        StateStore store;
        CandidateBuffers candidates;
        std::uint64_t random = 1;
        for (std::uint32_t next = 0; next < states; next += round) {
            for (std::uint32_t i = next; i < next + round; ++i)
                for (std::uint32_t copy = 0; copy < each; ++copy) {
                    random = mix(random + 1);
                    const State state{.left = copy == 0 ? i : static_cast<Id>(random % (i + 1)), .right = 7};
                    candidates.add({.state = state, .origin = {i - next, 0}, .hash = hash_of(state)});
                }
            insert_round(store, candidates, next);
        }
        benchmark::DoNotOptimize(store.size());
    }
    timing.SetItemsProcessed(timing.iterations() * states * each);
}
BENCHMARK(insert)->Arg(1)->Arg(6)->Unit(benchmark::kMillisecond)->Iterations(1);

void intern(benchmark::State& timing) {
    std::atomic<std::uint64_t> meter = 0;
    ValueTable table(1, meter);
    std::vector<std::string> values;
    for (int i = 0; i < 10'000; ++i)
        values.push_back("a value of some length, number " + std::to_string(i));
    for (auto unused : timing)
        for (const std::string& value : values)
            benchmark::DoNotOptimize(table.intern(value));
    timing.SetItemsProcessed(timing.iterations() * static_cast<std::int64_t>(values.size()));
}
BENCHMARK(intern);

} // namespace

BENCHMARK_MAIN();
