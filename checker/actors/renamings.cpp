// The product of the permutations of each set.
// Knows nothing of states.
#include "checker/actors/renamings.hpp"

#include <algorithm>
#include <numeric>

#include "checker/actors/failure.hpp"

namespace mdcd::checker::actors {

std::vector<Places> all_renamings(std::size_t actors, const std::vector<std::vector<Id>>& alike) {
    Places nobody_moves(actors);
    std::iota(nobody_moves.begin(), nobody_moves.end(), std::uint16_t{0});
    std::vector<Places> all = {nobody_moves};
    for (const std::vector<Id>& set : alike) {
        std::size_t orders = 1;
        for (std::size_t size = 2; size <= set.size() && orders <= renamings_max; ++size)
            orders *= size;
        if (all.size() * orders > renamings_max)
            refuse("too many actors are interchangeable: at most 40320 ways to rename them, which is eight of a kind");
        std::vector<std::size_t> order(set.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::vector<Places> more;
        do {
            for (Places places : all) {
                for (std::size_t i = 0; i < set.size(); ++i)
                    places[set[i].index()] = static_cast<std::uint16_t>(set[order[i]].index());
                more.push_back(std::move(places));
            }
        } while (std::ranges::next_permutation(order).found);
        all = std::move(more);
    }
    return all;
}

} // namespace mdcd::checker::actors
