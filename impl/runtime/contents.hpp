// The contents that the handles of one process stand for: states and payloads of any size, each kept once under its
// digest. What is new since the last transaction and what nobody refers to any more are what storage is told.
// Knows no handle's owner: whoever stores says which handles are alive.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "impl/runtime/digest.hpp"

namespace mdcd::impl::runtime {

class Contents {
public:
    using Bytes = std::shared_ptr<const std::string>;

    Digest put(std::string_view bytes);

    // Throws std::logic_error if there is no such content: a handle without content is a broken state.
    [[nodiscard]] const Bytes& at(const Digest& digest) const;
    [[nodiscard]] bool contains(const Digest& digest) const { return entries_.contains(digest); }

    // As read from storage.
    void put_stored(std::string bytes);

    struct Change {
        std::vector<Digest> added;   // alive, and not in storage yet
        std::vector<Digest> removed; // in storage, and dead
    };
    // Forgets what is not alive. What it says must go into the next transaction.
    [[nodiscard]] Change keep_only(const std::set<Digest>& alive);

    [[nodiscard]] std::size_t size() const { return entries_.size(); }

private:
    struct Entry {
        Bytes bytes;
        bool stored = false;
    };
    std::map<Digest, Entry> entries_;
};

} // namespace mdcd::impl::runtime
