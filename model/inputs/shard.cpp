// Reads I/N, and parts by cost.
// Knows nothing of what costs.
#include "model/inputs/shard.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <numeric>

#include "model/inputs/request_error.hpp"

namespace mdcd::model {
namespace {

constexpr unsigned shard_count_max = 1000;

} // namespace

Shard shard_from(const std::string& text) {
    Shard shard;
    const char* const end = text.data() + text.size();
    const auto index = std::from_chars(text.data(), end, shard.index);
    const bool has_slash = index.ec == std::errc() && index.ptr != end && *index.ptr == '/';
    const auto count = has_slash ? std::from_chars(index.ptr + 1, end, shard.count) : index;
    if (!has_slash || count.ec != std::errc() || count.ptr != end || shard.index < 1 || shard.count < shard.index ||
        shard.count > shard_count_max)
        throw RequestError("shard " + text,
                           "expected I/N, the I-th of N parts, with 1 <= I <= N <= " + std::to_string(shard_count_max));
    return shard;
}

std::vector<std::size_t> part_by_cost(std::span<const std::uint64_t> costs, const Shard& shard) {
    std::vector<std::size_t> order(costs.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t piece) { return costs[piece]; });
    std::vector<std::uint64_t> loads(shard.count);
    std::vector<std::size_t> own;
    for (const std::size_t piece : order) {
        const auto least = std::ranges::min_element(loads);
        *least += costs[piece];
        if (static_cast<std::size_t>(least - loads.begin()) + 1 == shard.index)
            own.push_back(piece);
    }
    std::ranges::sort(own);
    return own;
}

} // namespace mdcd::model
