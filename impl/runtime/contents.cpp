// A table from digests to bytes. The empty content is always there and never stored.
// Knows no storage.
#include "impl/runtime/contents.hpp"

#include <stdexcept>
#include <utility>

namespace mdcd::impl::runtime {
namespace {

const Contents::Bytes& nothing() {
    static const Contents::Bytes empty = std::make_shared<const std::string>();
    return empty;
}

} // namespace

Digest Contents::put(std::string_view bytes) {
    const Digest digest = digest_of(bytes);
    if (bytes.empty())
        return digest;
    Entry& entry = entries_[digest];
    if (!entry.bytes)
        entry.bytes = std::make_shared<const std::string>(bytes);
    return digest;
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

Contents::Change Contents::keep_only(const std::set<Digest>& alive) {
    Change change;
    for (auto each = entries_.begin(); each != entries_.end();) {
        if (!alive.contains(each->first)) {
            if (each->second.stored)
                change.removed.push_back(each->first);
            each = entries_.erase(each);
            continue;
        }
        if (!std::exchange(each->second.stored, true))
            change.added.push_back(each->first);
        ++each;
    }
    return change;
}

} // namespace mdcd::impl::runtime
