// A table from digests to bytes. The empty content is always there and never stored.
// Knows no storage.
#include "impl/runtime/contents.hpp"

#include <iterator>
#include <stdexcept>
#include <utility>

namespace mdcd::impl::runtime {
namespace {

const Contents::Bytes& nothing() {
    static const Contents::Bytes empty = std::make_shared<const std::string>();
    return empty;
}

} // namespace

// Of nothing: Digest{}.
Digest Contents::handle_of(std::string_view bytes) {
    if (handles_ == Handles::digest || bytes.empty())
        return digest_of(bytes);
    Digest handle;
    std::uint64_t rest = ++count_;
    for (std::size_t place = 0; place < sizeof rest; ++place, rest >>= 8U)
        handle.bytes[place] = static_cast<std::uint8_t>(rest & 0xffU);
    return handle;
}

Digest Contents::put(std::string_view bytes) {
    const Digest digest = handle_of(bytes);
    if (bytes.empty())
        return digest;
    if (Entry& entry = entries_[digest]; !entry.bytes)
        entry.bytes = std::make_shared<const std::string>(bytes);
    return digest;
}

Digest Contents::put(std::string&& bytes) {
    const Digest digest = handle_of(bytes);
    put_named(digest, std::move(bytes));
    return digest;
}

Digest Contents::put(const Bytes& bytes) {
    const Digest digest = handle_of(*bytes);
    if (bytes->empty())
        return digest;
    if (Entry& entry = entries_[digest]; !entry.bytes)
        entry.bytes = bytes;
    return digest;
}

void Contents::put_named(const Digest& digest, std::string&& bytes) {
    if (bytes.empty())
        return;
    if (Entry& entry = entries_[digest]; !entry.bytes)
        entry.bytes = std::make_shared<const std::string>(std::move(bytes));
}

const Contents::Bytes& Contents::at(const Digest& digest) const {
    if (digest == Digest{})
        return nothing();
    const auto found = entries_.find(digest);
    if (found == entries_.end())
        throw std::logic_error("there is no content " + hex(digest));
    return found->second.bytes;
}

void Contents::put_stored(std::string bytes) {
    const Digest digest = digest_of(bytes);
    entries_[digest] = {std::make_shared<const std::string>(std::move(bytes)), true};
}

Contents::Change Contents::keep_only(const DigestSet& alive, const DigestSet& held) {
    Change change;
    for (auto each = entries_.begin(); each != entries_.end();) {
        if (!alive.contains(each->first)) {
            if (std::exchange(each->second.stored, false))
                change.removed.push_back(each->first);
            each = held.contains(each->first) ? std::next(each) : entries_.erase(each);
            continue;
        }
        if (!std::exchange(each->second.stored, true))
            change.added.push_back(each->first);
        ++each;
    }
    return change;
}

} // namespace mdcd::impl::runtime
