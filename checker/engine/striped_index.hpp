// From content to id, for tables that several workers fill: open addressing, cut into stripes by hash,
// each with a lock of its own. Holds ids only; the content and its comparison are the caller's.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

namespace mdcd::checker::engine {

class StripedIndex {
public:
    static constexpr std::size_t stripe_count = 16;

    static std::size_t stripe_of(std::uint64_t hash) { return hash >> 60; }

    // The id for which `equal(id)` is true, or the one that `make()` returns; both are called under the
    // stripe's lock. `hash_of(id)` gives the hash under which an id was put in.
    template <class Equal, class Make, class HashOf>
    std::uint32_t find_or_make(std::uint64_t hash, Equal equal, Make make, HashOf hash_of) {
        Stripe& stripe = stripes_[stripe_of(hash)];
        const std::lock_guard guard(stripe.lock);
        if ((stripe.used + 1) * 4 > stripe.entries.size() * 3)
            grow(stripe, hash_of);
        const std::size_t mask = stripe.entries.size() - 1;
        std::size_t at = hash & mask;
        for (; stripe.entries[at] != 0; at = (at + 1) & mask)
            if (equal(stripe.entries[at] - 1))
                return stripe.entries[at] - 1;
        const std::uint32_t id = make();
        stripe.entries[at] = id + 1;
        ++stripe.used;
        return id;
    }

    // Nobody may be looking.
    void clear() {
        for (Stripe& stripe : stripes_) {
            stripe.entries = {};
            stripe.used = 0;
        }
    }

private:
    struct alignas(64) Stripe {
        std::mutex lock;
        std::vector<std::uint32_t> entries; // id + 1; 0: free
        std::size_t used = 0;
    };

    template <class HashOf> static void grow(Stripe& stripe, HashOf hash_of) {
        const std::vector<std::uint32_t> before = std::move(stripe.entries);
        stripe.entries.assign(before.empty() ? 16 : 2 * before.size(), 0);
        const std::size_t mask = stripe.entries.size() - 1;
        for (const std::uint32_t entry : before) {
            if (entry == 0)
                continue;
            std::size_t at = hash_of(entry - 1) & mask;
            while (stripe.entries[at] != 0)
                at = (at + 1) & mask;
            stripe.entries[at] = entry;
        }
    }

    std::array<Stripe, stripe_count> stripes_;
};

} // namespace mdcd::checker::engine
