// How large the numbers in a formula can become, at most, so that no sum is ever found too large while a state is
// judged: found while the formula is read, each part once. Bounds are linear in the largest value that a variable has.
// Knows no text.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "checker/smt/text_formula.hpp"

namespace mdcd::checker::smt {

class FormulaSizes {
public:
    // `nodes` must outlive this.
    explicit FormulaSizes(const std::vector<TextFormula::Node>& nodes) : nodes_(nodes) {}

    // Whether the node that has been added last may have a part that does not fit into 64 bits.
    bool add_and_may_overflow() {
        const TextFormula::Node& node = nodes_[sizes_.size()];
        Size size;
        for (const std::uint32_t operand : node.operands)
            size.most = larger(size.most, sizes_[operand].most);
        size.result = result_of(node, size.most);
        size.most = larger(size.most, size.result);
        sizes_.push_back(size);
        return size.most.scale * elements_max + size.most.offset > result_max;
    }

private:
    struct Bound { // scale * the largest variable + offset; infinite if it is beyond all limits
        double scale = 0;
        double offset = 0;
    };
    struct Size {
        Bound result;
        Bound most; // of all parts
    };
    static constexpr double elements_max = 65536;        // of a finite sort
    static constexpr double symbol_max = 4294967296.0;   // what a state can say: numbers of messages, of processes
    static constexpr double result_max = 4.611686018e18; // 2^62: far enough from what a rounded bound could miss

    static Bound larger(Bound one, Bound other) {
        return {std::max(one.scale, other.scale), std::max(one.offset, other.offset)};
    }
    // `inner` where its variables are at most `variables`.
    static Bound put_in(Bound inner, Bound variables) {
        if (inner.scale == 0) // infinity would make it no number
            return inner;
        return {inner.scale * variables.scale, inner.scale * variables.offset + inner.offset};
    }

    // Also puts the values of variables into `most`.
    Bound result_of(const TextFormula::Node& node, Bound& most) const {
        using TextOperation = TextFormula::Operation;
        switch (node.operation) {
        case TextOperation::constant:
            return {0, std::abs(static_cast<double>(node.number))};
        case TextOperation::variable:
            return {1, 0};
        case TextOperation::symbol:
            return {0, symbol_max};
        case TextOperation::choice:
            return larger(sizes_[node.operands[1]].result, sizes_[node.operands[2]].result);
        case TextOperation::sum:
        case TextOperation::difference: {
            Bound all;
            for (const std::uint32_t operand : node.operands)
                all = {all.scale + sizes_[operand].result.scale, all.offset + sizes_[operand].result.offset};
            return all;
        }
        case TextOperation::binding:
        case TextOperation::call: {
            Bound variables{node.operation == TextOperation::binding ? 1.0 : 0.0, 0};
            for (std::size_t i = 0; i + 1 < node.operands.size(); ++i)
                variables = larger(variables, sizes_[node.operands[i]].result);
            const Size& body = sizes_[node.operands.back()];
            most = larger(most, put_in(body.most, variables));
            return put_in(body.result, variables);
        }
        default:
            return {0, 1};
        }
    }

    const std::vector<TextFormula::Node>& nodes_;
    std::vector<Size> sizes_;
};

} // namespace mdcd::checker::smt
