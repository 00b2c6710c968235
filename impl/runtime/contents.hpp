// The contents that the handles of one process stand for: states and payloads of any size, each kept once under its
// digest. What is new since the last transaction and what nobody refers to any more are what storage is told.
// Knows no handle's owner: whoever stores says which handles are alive.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "impl/runtime/digest.hpp"

namespace mdcd::impl::runtime {

class Contents {
public:
    using Bytes = std::shared_ptr<const std::string>;

    // What the handles are. Of `count` each content that is put gets one of its own, equal ones too: who only runs
    // handlers, and stores and tells nothing, need not compute a digest.
    enum class Handles : std::uint8_t { digest, count };
    explicit Contents(Handles handles = Handles::digest) : handles_(handles) {}

    Digest put(std::string_view bytes);
    Digest put(std::string&& bytes);
    Digest put(const Bytes& bytes);
    void put_named(const Digest& digest, std::string&& bytes); // `digest` is that of `bytes`

    // Throws std::logic_error if there is no such content: a handle without content is a broken state.
    [[nodiscard]] const Bytes& at(const Digest& digest) const;
    [[nodiscard]] bool contains(const Digest& digest) const { return entries_.contains(digest); }

    // As read from storage.
    void put_stored(std::string bytes);

    struct Change {
        std::vector<Digest> added;   // alive, and not in storage yet
        std::vector<Digest> removed; // in storage, and dead
    };
    // Forgets what is not alive. What it says must go into the next transaction. `held`: is kept, but not stored.
    [[nodiscard]] Change keep_only(const DigestSet& alive, const DigestSet& held = {});

    [[nodiscard]] std::size_t size() const { return entries_.size(); }

private:
    struct Entry {
        Bytes bytes;
        bool stored = false;
    };
    [[nodiscard]] Digest handle_of(std::string_view bytes);

    Handles handles_;
    std::uint64_t count_ = 0;
    std::unordered_map<Digest, Entry, DigestHash> entries_;
};

} // namespace mdcd::impl::runtime
