// States come again soon, if they do: the latest answers are kept.
// Knows no search.
#include "checker/engine/content_orbits.hpp"

#include <span>
#include <utility>

#include "checker/engine/reducer.hpp"
#include "checker/engine/table_hash.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::engine {

ContentOrbits::ContentOrbits(const BoundModel& model, std::vector<Renaming> renamings)
    : model_(model), renamings_(std::move(renamings)), known_(known_size) {
    for (const Renaming renaming : renamings_)
        (void)moved_slots(model, renaming);
}

std::string_view ContentOrbits::canonical(std::string_view bytes) {
    Known& known = known_[table_hash(0, bytes) & (known_size - 1)];
    if (known.bytes != bytes || known.canonical.empty()) {
        std::string canonical = work_out(bytes);
        held_ -= known.bytes.capacity() + known.canonical.capacity();
        known.bytes = bytes;
        known.canonical = std::move(canonical);
        held_ += known.bytes.capacity() + known.canonical.capacity();
    }
    return known.canonical;
}

std::string ContentOrbits::work_out(std::string_view bytes) const {
    std::string best = renamed_content(model_, renamings_.front(), 0, 0, bytes);
    if (best != bytes)
        throw ModelError("the first of the renamings is to change nothing, and rewrites slot '" +
                         model_.slots()[0].name + "'");
    std::uint64_t best_hash = table_hash(0, best);
    for (const Renaming renaming : std::span(renamings_).subspan(1)) {
        std::string other = renamed_content(model_, renaming, 0, 0, bytes);
        const std::uint64_t hash = table_hash(0, other);
        if (hash < best_hash || (hash == best_hash && other < best)) {
            best = std::move(other);
            best_hash = hash;
        }
    }
    return best;
}

} // namespace mdcd::checker::engine
