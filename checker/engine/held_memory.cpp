// When a search holds too much. What the types of a model's summaries do not say, and what the allocator keeps, only
// the system knows: a little more than the limit is let pass.
#include "checker/engine/held_memory.hpp"

#include <algorithm>

#include "checker/engine/resident.hpp"

namespace mdcd::checker::engine {
namespace {

constexpr std::uint64_t cache_bytes_without_limit = std::uint64_t{1} << 30;
constexpr std::uint64_t limit_for_the_system = std::uint64_t{32} << 20; // below, what any process holds is too much
constexpr double looks_seconds = 0.02;                                  // at what the system counts

} // namespace

HeldMemory::HeldMemory(std::uint64_t bytes_max, const StopWatch& watch)
    : bytes_max_(bytes_max), watch_(watch), before_(resident_bytes()) {}

std::uint64_t HeldMemory::held(std::uint64_t in_use) const {
    return std::max(in_use, resident_);
}

void HeldMemory::note(std::uint64_t in_use) {
    most_ = std::max(most_, in_use);
    if (watch_.seconds() - looked_ < looks_seconds)
        return;
    const std::uint64_t now = resident_bytes();
    resident_ = now > before_ ? now - before_ : 0;
    looked_ = watch_.seconds();
    most_ = std::max(most_, resident_);
    round_most_ = std::max(round_most_, held(in_use));
}

void HeldMemory::begin_round(std::uint64_t in_use) {
    round_begin_ = held(in_use);
    round_most_ = round_begin_;
}

bool HeldMemory::system_says_too_much() const {
    return bytes_max_ >= limit_for_the_system && resident_ > bytes_max_ + bytes_max_ / 32;
}

bool HeldMemory::is_too_much(const AccountedBytes& bytes, std::uint64_t growth) const {
    if (bytes_max_ == 0)
        return false;
    if (bytes.in_use > bytes_max_ || (system_says_too_much() && !forgotten_for_system_))
        return true;
    // The next round will take as much for a while as the last one did. Where states and values are most of it, nothing
    // that can be forgotten makes room for that.
    return bytes_max_ >= limit_for_the_system && bytes.stored > bytes_max_ / 2 &&
           held(bytes.in_use) + growth > bytes_max_ + bytes_max_ / 32;
}

// A cache that is too small costs half of the rate and more; but states come first.
bool HeldMemory::has_to_forget(const AccountedBytes& bytes, bool judging_only) {
    if (bytes_max_ == 0)
        return bytes.cached > cache_bytes_without_limit;
    const bool in_the_way = bytes.cached > bytes_max_ / 16 && bytes.when_grown > bytes_max_;
    forgotten_for_system_ = system_says_too_much() && bytes.cached > bytes_max_ / 64;
    const bool over = judging_only && bytes.in_use > bytes_max_;
    return bytes.cached > bytes_max_ / 4 || in_the_way || forgotten_for_system_ || over;
}

} // namespace mdcd::checker::engine
