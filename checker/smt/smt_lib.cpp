// Prints a graph of nodes as terms: what occurs once in its place, what occurs more often under a name of its own.
// Knows no solver.
#include "checker/smt/smt_lib.hpp"

#include <algorithm>
#include <map>

namespace mdcd::checker::smt {

namespace {

constexpr std::size_t width_max = 100;
constexpr std::size_t shared_size_min = 12; // characters: what is shorter is written again

class Writer {
public:
    explicit Writer(const WrittenQuestion& question)
        : question_(question), formulas_(question.conclusion.truth.owner()), uses_(formulas_.nodes().size(), 0) {
        for (const WrittenTruth& each : question.premises)
            use(each.truth.node());
        use(question.conclusion.truth.node());
    }

    std::string write() {
        for (const std::string& line : question_.comments)
            comment(line);
        text_ += "(set-logic QF_LIA)\n";
        if (question_.expected != Answer::unknown)
            text_ += std::string("(set-info :status ") + name_of(question_.expected) + ")\n";
        declare();
        for (const WrittenTruth& each : question_.premises) {
            define_shared(each.truth.node());
            text_ += '\n';
            comment("Given: " + each.comment);
            statement("(assert ", each.truth.node(), ")");
        }
        define_shared(question_.conclusion.truth.node());
        text_ += '\n';
        comment("Denied: " + question_.conclusion.comment);
        statement("(assert (not ", question_.conclusion.truth.node(), "))");
        return text_ + "(check-sat)\n";
    }

private:
    static std::vector<std::uint32_t> operands_of(const Node& node) {
        switch (node.operation) {
        case Operation::constant:
        case Operation::unknown:
            return {};
        case Operation::negation:
        case Operation::plus:
            return {node.operands[0]};
        case Operation::choice:
            return {node.operands[0], node.operands[1], node.operands[2]};
        default:
            return {node.operands[0], node.operands[1]};
        }
    }

    void use(std::uint32_t root) {
        std::vector<std::uint32_t> open{root};
        while (!open.empty()) {
            const std::uint32_t node = open.back();
            open.pop_back();
            if (uses_[node]++ > 0)
                continue;
            for (const std::uint32_t operand : operands_of(formulas_.nodes()[node]))
                open.push_back(operand);
        }
    }

    void comment(std::string line) {
        std::ranges::replace(line, '\n', ' ');
        text_ += line.empty() ? ";\n" : "; " + line + "\n";
    }

    void declare() {
        text_ += '\n';
        comment("What the question is about. Every number is 0 or larger.");
        for (std::uint32_t node = 0; node < uses_.size(); ++node) {
            const Node& each = formulas_.nodes()[node];
            if (uses_[node] == 0 || each.operation != Operation::unknown)
                continue;
            const std::string name = term(node);
            text_ += "(declare-const " + name + (each.is_truth ? " Bool)\n" : " Int)\n");
            if (!each.is_truth)
                text_ += "(assert (<= 0 " + name + "))\n";
        }
    }

    // Whatever occurs several times below this node, operands first, unless it is short.
    void define_shared(std::uint32_t root) {
        std::vector<std::uint32_t> below;
        std::vector<bool> seen(root + std::size_t{1}, false);
        std::vector<std::uint32_t> open{root};
        while (!open.empty()) {
            const std::uint32_t node = open.back();
            open.pop_back();
            if (seen[node] || names_.contains(node))
                continue;
            seen[node] = true;
            below.push_back(node);
            for (const std::uint32_t operand : operands_of(formulas_.nodes()[node]))
                open.push_back(operand);
        }
        std::ranges::sort(below); // operands are smaller than their node
        for (const std::uint32_t node : below) {
            if (uses_[node] < 2 || term(node).size() < shared_size_min ||
                formulas_.nodes()[node].operation == Operation::unknown)
                continue;
            const std::string name = "part." + std::to_string(names_.size() + 1);
            statement("(define-fun " + name + " () " + (formulas_.nodes()[node].is_truth ? "Bool " : "Int "), node,
                      ")");
            names_.emplace(node, name);
        }
    }

    // The operands of a conjunction or disjunction that is nested in one of its kind, in order.
    void flatten(std::uint32_t node, Operation operation, std::vector<std::uint32_t>& parts) const {
        const Node& each = formulas_.nodes()[node];
        if (each.operation != operation || names_.contains(node)) {
            parts.push_back(node);
            return;
        }
        flatten(each.operands[0], operation, parts);
        flatten(each.operands[1], operation, parts);
    }

    struct Form {
        std::string head; // "and"; an atom if it has no parts
        std::vector<std::uint32_t> parts;
        std::string last = {}; // a constant operand
    };

    [[nodiscard]] Form form(std::uint32_t node) const {
        const Node& each = formulas_.nodes()[node];
        const auto& [first, second, third] = each.operands;
        switch (each.operation) {
        case Operation::constant:
            if (each.is_truth)
                return {each.value != 0 ? "true" : "false", {}};
            return {each.value < 0 ? "(- " + std::to_string(-each.value) + ")" : std::to_string(each.value), {}};
        case Operation::unknown:
            return {formulas_.unknowns()[static_cast<std::size_t>(each.value)].name, {}};
        case Operation::negation:
            return {"not", {first}};
        case Operation::either: {
            const Node& premise = formulas_.nodes()[first];
            if (premise.operation == Operation::negation && !names_.contains(first))
                return {"=>", {premise.operands[0], second}};
            Form result{"or", {}};
            result.parts = {first, second};
            return result;
        }
        case Operation::both: {
            Form result{"and", {}};
            flatten(first, Operation::both, result.parts);
            flatten(second, Operation::both, result.parts);
            return result;
        }
        case Operation::equal:
            return {"=", {first, second}};
        case Operation::at_most:
            return {"<=", {first, second}};
        case Operation::plus:
            return {
                "+", {first}, each.value < 0 ? "(- " + std::to_string(-each.value) + ")" : std::to_string(each.value)};
        case Operation::sum:
            return {"+", {first, second}};
        case Operation::choice:
            break;
        }
        return {"ite", {first, second, third}};
    }

    // On one line; no longer than it needs to be to see that it is too long.
    [[nodiscard]] std::string term(std::uint32_t node) const {
        if (const auto name = names_.find(node); name != names_.end())
            return name->second;
        const Form shape = form(node);
        if (shape.parts.empty())
            return shape.head;
        std::string text = "(" + shape.head;
        for (const std::uint32_t part : shape.parts) {
            text += " " + term(part);
            if (text.size() > width_max)
                break;
        }
        return text + (shape.last.empty() ? "" : " " + shape.last) + ")";
    }

    void lay_out(std::uint32_t node, std::size_t indent) {
        const std::string line = term(node);
        const Form shape = form(node);
        if (indent + line.size() <= width_max || shape.parts.empty() || names_.contains(node)) {
            text_ += line;
            return;
        }
        text_ += "(" + shape.head;
        for (const std::uint32_t part : shape.parts) {
            text_ += "\n" + std::string(indent + 2, ' ');
            lay_out(part, indent + 2);
        }
        text_ += (shape.last.empty() ? "" : " " + shape.last) + ")";
    }

    void statement(const std::string& begin, std::uint32_t node, const std::string& end) {
        text_ += begin;
        if (begin.size() + term(node).size() + end.size() > width_max)
            text_ += "\n  ";
        lay_out(node, 2);
        text_ += end + "\n";
    }

    const WrittenQuestion& question_;
    const Formulas& formulas_;
    std::vector<std::uint32_t> uses_;            // of each node, in what is written
    std::map<std::uint32_t, std::string> names_; // of nodes that are defined already
    std::string text_;
};

} // namespace

std::string to_smt_lib(const WrittenQuestion& question) {
    return Writer(question).write();
}

} // namespace mdcd::checker::smt
