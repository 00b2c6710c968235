// What a firing does to the slots: a short list of operations, ordered by the slots' positions in the
// layout, so that the part that concerns a subtree is contiguous. Interned like any other value.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "checker/engine/value_table.hpp"

namespace mdcd::checker::engine {

enum class OperationKind : std::uint16_t {
    set,  // a value slot becomes the value `operand`
    take, // a channel loses one message `operand`, the oldest of these
    send, // a channel gets the message `operand`
};

struct Operation {
    std::uint16_t position = 0; // of the slot, in the layout
    OperationKind kind = OperationKind::set;
    Id operand = 0;
    friend bool operator==(const Operation&, const Operation&) = default;
};
static_assert(sizeof(Operation) == 8);

using Operations = std::vector<Operation>;

// The operations on slots in a range of positions, and all others.
struct DividedOperations {
    Operations inside;
    Operations outside;
};

[[nodiscard]] inline DividedOperations divide(const Operations& operations, std::uint16_t begin, std::uint16_t end) {
    DividedOperations parts;
    for (const Operation& operation : operations)
        (begin <= operation.position && operation.position < end ? parts.inside : parts.outside).push_back(operation);
    return parts;
}

class EffectTable {
public:
    static constexpr Id nothing = 0; // the empty effect

    explicit EffectTable(std::atomic<std::uint64_t>& meter) : table_(0x6566666563747321U, meter) { clear(); }

    Id intern(std::span<const Operation> operations) {
        return table_.intern({reinterpret_cast<const char*>(operations.data()), operations.size_bytes()});
    }

    [[nodiscard]] Operations operations(Id effect) const {
        const std::string_view bytes = table_.bytes(effect);
        Operations operations(bytes.size() / sizeof(Operation));
        if (!bytes.empty())
            std::memcpy(operations.data(), bytes.data(), bytes.size());
        return operations;
    }

    // Nobody may be looking.
    void clear() {
        table_.clear();
        (void)intern({}); // gets the number `nothing`
    }

private:
    ValueTable table_;
};

} // namespace mdcd::checker::engine
