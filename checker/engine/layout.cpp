// Recursive bisection. Each cut weighs the affinities it separates against how unequal the two sides are,
// where a side weighs the sum of the logarithms of its slots' value counts.
#include "checker/engine/layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace mdcd::checker::engine {
namespace {

class Bisection {
public:
    Bisection(std::size_t slot_count, std::span<const Affinity> affinities, std::span<const Sample> samples,
              const std::function<bool()>& enough)
        : count_(slot_count), samples_(samples), closeness_(count_ * count_, 0.0), enough_(enough) {
        for (std::size_t slot = 0; slot < slot_count; ++slot)
            bits_.push_back(0.25 + diversity({static_cast<SlotIndex>(slot)}));
        for (const Affinity& affinity : affinities) {
            // A group of n slots weighs the same however it is cut: each of its pairs gets a share.
            const double pairs = static_cast<double>(affinity.slots.size()) - 1;
            for (const SlotIndex a : affinity.slots)
                for (const SlotIndex b : affinity.slots)
                    if (a != b)
                        closeness_[a * count_ + b] += affinity.weight / std::max(1.0, pairs);
        }
    }

    // How many bits tell apart what these slots hold: -log2 of the chance that two samples agree on them.
    [[nodiscard]] double diversity(const std::vector<SlotIndex>& slots) const {
        std::vector<std::uint64_t> hashes;
        for (const Sample& sample : samples_) {
            std::uint64_t hash = 0;
            for (const SlotIndex slot : slots)
                hash ^= sample[slot];
            hashes.push_back(hash);
        }
        std::ranges::sort(hashes);
        double agreeing = 0;
        for (std::size_t begin = 0, end = 0; begin < hashes.size(); begin = end) {
            while (end < hashes.size() && hashes[end] == hashes[begin])
                ++end;
            const auto alike = static_cast<double>(end - begin);
            agreeing += alike * (alike - 1);
        }
        const auto count = static_cast<double>(hashes.size());
        return std::log2((count * (count - 1) + 1) / (agreeing + 1));
    }

    // Reorders `slots` and returns how many of them belong to the left side. What a slot adds to a side depends
    // on what else is there; so several divisions of the sum are tried, and the outcomes measured on the samples.
    std::size_t cut(std::span<SlotIndex> slots, std::span<const double> shares) const {
        std::vector<bool> best;
        double best_cost = 0;
        for (const double share : shares) {
            if (!best.empty() && enough_())
                break;
            Cut cut = best_cut(slots, share);
            const double cost = (cut.total > 0 ? cut.separated / cut.total : 0) +
                                (shares.size() > 1 ? imbalance_on_samples(slots, cut.side) : 0);
            if (best.empty() || cost < best_cost) {
                best = std::move(cut.side);
                best_cost = cost;
            }
        }
        std::vector<SlotIndex> left;
        std::vector<SlotIndex> right;
        for (std::size_t i = 0; i < slots.size(); ++i)
            (best[i] ? right : left).push_back(slots[i]);
        std::ranges::copy(right, std::ranges::copy(left, slots.begin()).out);
        return left.size();
    }

private:
    static constexpr std::size_t starts_max = 8;

    struct Cut {
        std::vector<bool> side;     // of each slot; false: left
        double separated = 0;       // closeness between slots on different sides
        double left = 0;            // bits on the left side
        std::size_t left_count = 0; // slots there
        double total = 0;           // closeness
        double bits = 0;            // of all
        double share = 0.5;         // of the bits that the left side is to have
        double cost = 0;
    };

    [[nodiscard]] Cut best_cut(std::span<const SlotIndex> slots, double share) const {
        Cut best;
        const std::size_t starts = std::min(slots.size(), starts_max);
        for (std::size_t start = 0; start < starts; ++start) {
            if (!best.side.empty() && enough_())
                break;
            Cut cut{.side = grow_from(slots, start * slots.size() / starts), .share = share};
            measure(slots, cut);
            refine(slots, cut);
            if (best.side.empty() || cut.cost < best.cost)
                best = std::move(cut);
        }
        return best;
    }

    [[nodiscard]] double imbalance_on_samples(std::span<const SlotIndex> slots, const std::vector<bool>& side) const {
        std::vector<SlotIndex> left;
        std::vector<SlotIndex> right;
        for (std::size_t i = 0; i < slots.size(); ++i)
            (side[i] ? right : left).push_back(slots[i]);
        const double left_bits = diversity(left);
        const double right_bits = diversity(right);
        const double imbalance = (left_bits - right_bits) / std::max(1.0, left_bits + right_bits);
        return imbalance * imbalance;
    }

    [[nodiscard]] double closeness(SlotIndex a, SlotIndex b) const { return closeness_[a * count_ + b]; }

    // Half of the bits, gathered around one slot by closeness. false: gathered, the left side.
    [[nodiscard]] std::vector<bool> grow_from(std::span<const SlotIndex> slots, std::size_t start) const {
        std::vector<bool> side(slots.size(), true);
        std::vector<double> pull(slots.size(), 0.0);
        double rest = 0;
        for (const SlotIndex slot : slots)
            rest += bits_[slot];
        double gathered = 0;
        std::size_t next = start;
        for (std::size_t taken = 1; taken < slots.size(); ++taken) {
            side[next] = false;
            gathered += bits_[slots[next]];
            rest -= bits_[slots[next]];
            if (gathered >= rest)
                break;
            for (std::size_t i = 0; i < slots.size(); ++i)
                pull[i] += closeness(slots[next], slots[i]);
            std::size_t best = slots.size();
            for (std::size_t i = 0; i < slots.size(); ++i)
                if (side[i] && (best == slots.size() || pull[i] > pull[best]))
                    best = i;
            next = best;
        }
        return side;
    }

    // Moves one slot, or swaps two, as long as that helps.
    void refine(std::span<const SlotIndex> slots, Cut& cut) const {
        for (bool improved = true; improved;) {
            improved = false;
            for (std::size_t a = 0; a < slots.size(); ++a) {
                if (enough_())
                    return;
                improved = try_flip(slots, cut, a, a) || improved;
                for (std::size_t b = 0; b < a; ++b)
                    if (cut.side[a] != cut.side[b])
                        improved = try_flip(slots, cut, a, b) || improved;
            }
        }
    }

    // Flips a, and b if it is another.
    bool try_flip(std::span<const SlotIndex> slots, Cut& cut, std::size_t a, std::size_t b) const {
        double separated = cut.separated + gain(slots, cut, a);
        double left = cut.left + (cut.side[a] ? 1 : -1) * bits_[slots[a]];
        std::size_t left_count = cut.left_count + (cut.side[a] ? 1 : 0) - (cut.side[a] ? 0 : 1);
        if (b != a) { // they are on different sides, before and after
            separated += gain(slots, cut, b) + 2 * closeness(slots[a], slots[b]);
            left += (cut.side[b] ? 1 : -1) * bits_[slots[b]];
            left_count = cut.left_count;
        }
        const double cost = cost_of(cut, separated, left, left_count, slots.size());
        if (cost >= cut.cost - 1e-9)
            return false;
        cut.separated = separated;
        cut.left = left;
        cut.left_count = left_count;
        cut.cost = cost;
        cut.side[a] = !cut.side[a];
        if (b != a)
            cut.side[b] = !cut.side[b];
        return true;
    }

    // By how much the separated closeness changes when slot a changes sides.
    [[nodiscard]] double gain(std::span<const SlotIndex> slots, const Cut& cut, std::size_t a) const {
        double gain = 0;
        for (std::size_t b = 0; b < slots.size(); ++b)
            gain += (cut.side[a] == cut.side[b] ? 1 : -1) * closeness(slots[a], slots[b]); // 0 for b == a
        return gain;
    }

    void measure(std::span<const SlotIndex> slots, Cut& cut) const {
        for (std::size_t a = 0; a < slots.size(); ++a) {
            cut.bits += bits_[slots[a]];
            cut.left += cut.side[a] ? 0 : bits_[slots[a]];
            cut.left_count += cut.side[a] ? 0 : 1;
            for (std::size_t b = 0; b < a; ++b) {
                cut.total += closeness(slots[a], slots[b]);
                cut.separated += cut.side[a] != cut.side[b] ? closeness(slots[a], slots[b]) : 0;
            }
        }
        cut.cost = cost_of(cut, cut.separated, cut.left, cut.left_count, slots.size());
    }

    static double cost_of(const Cut& cut, double separated, double left, std::size_t left_count, std::size_t count) {
        if (left_count == 0 || left_count == count)
            return 1e9;
        const double imbalance = 2 * std::abs(cut.share * cut.bits - left) / cut.bits;
        return (cut.total > 0 ? separated / cut.total : 0) + imbalance * imbalance;
    }

    std::size_t count_;
    std::span<const Sample> samples_;
    std::vector<double> bits_;      // of each slot
    std::vector<double> closeness_; // of each pair of slots
    const std::function<bool()>& enough_;
};

constexpr std::array<double, 7> shares = {0.5, 0.35, 0.4, 0.45, 0.55, 0.6, 0.65};

void split(Layout& layout, NodeIndex node, const Bisection& bisection) {
    const LayoutNode whole = layout.nodes[node];
    const std::span<SlotIndex> slots(layout.order.data() + whole.begin, layout.order.data() + whole.end);
    const std::size_t left =
        slots.size() == 1 ? 1
                          : bisection.cut(slots, node == root_node ? std::span(shares) : std::span(shares).first(1));
    const auto middle = static_cast<std::uint16_t>(whole.begin + left);
    layout.nodes[node].left = static_cast<NodeIndex>(layout.nodes.size());
    layout.nodes[node].right = static_cast<NodeIndex>(layout.nodes.size() + 1);
    layout.nodes.push_back({.begin = whole.begin, .end = middle});
    layout.nodes.push_back({.begin = middle, .end = whole.end});
}

} // namespace

NodeIndex Layout::home_of(std::span<const SlotIndex> slots) const {
    NodeIndex home = root_node;
    while (true) {
        const LayoutNode& node = nodes[home];
        const auto inside = [&](NodeIndex child) {
            return std::ranges::all_of(slots, [&](SlotIndex slot) { return nodes[child].covers(position_of[slot]); });
        };
        if (node.end - node.begin <= 1 && home != root_node)
            return home;
        if (inside(node.left))
            home = node.left;
        else if (inside(node.right))
            home = node.right;
        else
            return home;
    }
}

Layout choose_layout(std::size_t slot_count, std::span<const Affinity> affinities, std::span<const Sample> samples,
                     const std::function<bool()>& enough) {
    Layout layout;
    layout.order.resize(slot_count);
    std::iota(layout.order.begin(), layout.order.end(), SlotIndex{0});
    layout.nodes.push_back({.begin = 0, .end = static_cast<std::uint16_t>(slot_count)});
    const Bisection bisection(slot_count, affinities, samples, enough);
    for (std::size_t node = 0; node < layout.nodes.size(); ++node)
        if (node == root_node || layout.nodes[node].end - layout.nodes[node].begin > 1)
            split(layout, static_cast<NodeIndex>(node), bisection);
    layout.position_of.resize(layout.order.size());
    for (std::size_t position = 0; position < layout.order.size(); ++position)
        layout.position_of[layout.order[position]] = static_cast<std::uint16_t>(position);
    return layout;
}

} // namespace mdcd::checker::engine
