// Children come before parents, so that a node that is read has what is under it.
// Knows no state.
#include "checker/engine/slot_tables.hpp"

#include <span>

#include "checker/engine/checkpoint.hpp"

namespace mdcd::checker::engine {
namespace {

bool has_pairs(const Layout& layout, std::size_t node) {
    return node != root_node && layout.nodes[node].size() > 1;
}

void read_values(CheckedReader& file, const std::string& path, SlotSpace& space,
                 const std::function<void()>& look_at_clock) {
    for (std::uint16_t position = 0; position < space.layout().order.size(); ++position) {
        const std::uint64_t count = file.number();
        for (std::uint64_t id = 0; id < count; ++id) {
            if (id % 4096 == 0)
                look_at_clock();
            const std::string value = file.text();
            require_fit(!fault_in_content(space.slot_at(position), value), path, "a channel holds no messages");
            require_fit(space.intern_value(position, value) == id, path, "a value is there twice");
        }
    }
}

void read_pairs(CheckedReader& file, const std::string& path, SlotSpace& space,
                const std::function<void()>& look_at_clock) {
    const Layout& layout = space.layout();
    for (std::size_t node = layout.nodes.size(); node-- > 0;) {
        if (!has_pairs(layout, node))
            continue;
        const std::uint64_t count = file.number();
        for (std::uint64_t id = 0; id < count; ++id) {
            IdPair pair;
            if (id % 4096 == 0)
                look_at_clock();
            file.items(std::span(&pair, 1));
            require_fit(space.knows(layout.nodes[node].left, pair.left) &&
                            space.knows(layout.nodes[node].right, pair.right),
                        path, "a node has no child");
            require_fit(space.join(static_cast<NodeIndex>(node), pair) == id, path, "a node is there twice");
        }
    }
}

} // namespace

void write_tables(CheckedWriter& file, const SlotSpace& space) {
    const Layout& layout = space.layout();
    for (std::uint16_t position = 0; position < layout.order.size(); ++position) {
        const ValueTable& values = space.value_table(position);
        file.number(values.size());
        for (Id id = 0; id < values.size(); ++id)
            file.text(values.bytes(id));
    }
    for (std::size_t node = layout.nodes.size(); node-- > 0;) {
        if (!has_pairs(layout, node))
            continue;
        const PairTable& pairs = space.pair_table(static_cast<NodeIndex>(node));
        file.number(pairs.size());
        for (Id id = 0; id < pairs.size(); ++id) {
            const IdPair pair = pairs.pair(id);
            file.items(std::span(&pair, 1));
        }
    }
}

void read_tables(CheckedReader& file, const std::string& path, SlotSpace& space,
                 const std::function<void()>& look_at_clock) {
    read_values(file, path, space, look_at_clock);
    read_pairs(file, path, space, look_at_clock);
}

} // namespace mdcd::checker::engine
