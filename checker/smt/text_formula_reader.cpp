// Z3 parses and type-checks; its syntax tree becomes a tree of our own. Where Z3 gives no position, the text is
// searched for the word.
#include <algorithm>
#include <map>
#include <regex>

#include <z3++.h>

#include "checker/invariant.hpp"
#include "checker/smt/command_scan.hpp"
#include "checker/smt/text_formula.hpp"

namespace mdcd::checker::smt {
namespace {

constexpr std::size_t nodes_max = 20000; // as a tree: what `let` and define-fun share is counted each time
constexpr std::int64_t numeral_max = 1'000'000'000;

using Operation = TextFormula::Operation;
using Node = TextFormula::Node;

bool is_known(const Vocabulary& vocabulary, const std::string& name) {
    return std::ranges::find(vocabulary.symbols, name, &Symbol::name) != vocabulary.symbols.end() ||
           std::ranges::find(vocabulary.sorts, name, &FiniteSort::name) != vocabulary.sorts.end();
}

// "(error "line 3 column 10: unknown constant foo ..")", perhaps several. Z3's column is behind the term; where the
// mistake is a word that nobody knows, that word is looked for.
[[noreturn]] void pass_on(const z3::exception& error, std::string_view source, const Vocabulary& vocabulary) {
    const std::string text = error.msg();
    std::smatch match;
    if (!std::regex_search(text, match, std::regex("line (\\d+) column (\\d+): ([^\\n]*)")))
        throw FormulaError(1, 1, text);
    std::string what = match[3];
    if (what.ends_with("\")"))
        what.resize(what.size() - 2);
    what.resize(what.find_last_not_of(' ') + 1);
    std::smatch unknown;
    std::string name;
    if (std::regex_search(what, unknown, std::regex("unknown (constant|sort|function/constant) '?([^ '()]+)")))
        name = unknown[2];
    if (name.empty() || is_known(vocabulary, name))
        throw FormulaError(std::stoul(match[1]), std::max(1UL, std::stoul(match[2])), what);
    const Command word = find_word(source, name);
    throw FormulaError(word.line, word.column, what, name);
}

class Reader {
public:
    Reader(std::string_view text, const Vocabulary& vocabulary, std::vector<Node>& nodes)
        : text_(text), vocabulary_(vocabulary), nodes_(nodes), sorts_(context_), functions_(context_) {
        Z3_toggle_warning_messages(false); // it would print them
        for (const FiniteSort& sort : vocabulary.sorts)
            sorts_.push_back(context_.uninterpreted_sort(sort.name.c_str()));
        for (std::size_t i = 0; i < vocabulary.sorts.size(); ++i)
            for (std::size_t element = 0; element < vocabulary.sorts[i].elements.size(); ++element)
                declare(vocabulary.sorts[i].elements[element], {}, static_cast<SortIndex>(first_finite_sort + i),
                        {.operation = Operation::constant,
                         .number = static_cast<std::int64_t>(element),
                         .variable = {},
                         .operands = {}});
        for (std::size_t i = 0; i < vocabulary.symbols.size(); ++i)
            declare(vocabulary.symbols[i].name, vocabulary.symbols[i].arguments, vocabulary.symbols[i].result,
                    {.operation = Operation::symbol,
                     .number = static_cast<std::int64_t>(i),
                     .variable = {},
                     .operands = {}});
    }

    void read() {
        z3::expr_vector assertions = context_.parse_string(std::string(text_).c_str(), sorts_, functions_);
        Node all{.operation = Operation::conjunction, .variable = {}, .operands = {}};
        for (unsigned i = 0; i < assertions.size(); ++i)
            all.operands.push_back(convert(assertions[static_cast<int>(i)]));
        add(std::move(all));
    }

private:
    [[nodiscard]] z3::sort sort_of(SortIndex sort) {
        return sort == boolean_sort   ? context_.bool_sort()
               : sort == integer_sort ? context_.int_sort()
                                      : sorts_[sort - first_finite_sort];
    }

    void declare(const std::string& name, const std::vector<SortIndex>& arguments, SortIndex result, Node meaning) {
        z3::sort_vector domain(context_);
        for (const SortIndex each : arguments)
            domain.push_back(sort_of(each));
        const z3::func_decl function = context_.function(name.c_str(), domain, sort_of(result));
        functions_.push_back(function);
        meanings_.emplace(function.id(), std::move(meaning));
    }

    [[noreturn]] void refuse(const std::string& word, const std::string& what) const {
        const Command place = find_word(text_, word);
        throw FormulaError(place.line, place.column, what);
    }

    std::uint32_t add(Node node) {
        if (nodes_.size() >= nodes_max)
            throw FormulaError(1, 1, "more than " + std::to_string(nodes_max) + " parts once definitions are put in");
        nodes_.push_back(std::move(node));
        return static_cast<std::uint32_t>(nodes_.size() - 1);
    }

    std::uint32_t convert(const z3::expr& term) {
        if (term.is_var())
            return add({.operation = Operation::variable,
                        .number = static_cast<std::int64_t>(Z3_get_index_value(context_, term)),
                        .variable = {},
                        .operands = {}});
        if (term.is_quantifier())
            return convert_quantifier(term);
        if (!term.is_app())
            throw FormulaError(1, 1, "this kind of term is not understood: " + term.to_string());
        if (term.decl().decl_kind() == Z3_OP_ANUM)
            return convert_numeral(term);
        const auto meaning = meanings_.find(term.decl().id());
        Node node = meaning != meanings_.end() ? meaning->second : interpreted(term);
        for (unsigned i = 0; i < term.num_args(); ++i)
            node.operands.push_back(convert(term.arg(i)));
        return add(std::move(node));
    }

    std::uint32_t convert_numeral(const z3::expr& term) {
        std::int64_t number = 0;
        if (!term.is_int())
            refuse(term.get_decimal_string(6), "a number with decimals; the numbers here are whole");
        if (!term.is_numeral_i64(number) || number > numeral_max || number < -numeral_max)
            refuse(term.to_string(), "a number beyond " + std::to_string(numeral_max));
        return add({.operation = Operation::constant, .number = number, .variable = {}, .operands = {}});
    }

    Node interpreted(const z3::expr& term) const {
        static const std::map<Z3_decl_kind, Operation> known{
            {Z3_OP_NOT, Operation::negation},      {Z3_OP_AND, Operation::conjunction},
            {Z3_OP_OR, Operation::disjunction},    {Z3_OP_IMPLIES, Operation::implication},
            {Z3_OP_EQ, Operation::equality},       {Z3_OP_XOR, Operation::distinctness},
            {Z3_OP_ITE, Operation::choice},        {Z3_OP_DISTINCT, Operation::distinctness},
            {Z3_OP_LE, Operation::at_most},        {Z3_OP_LT, Operation::less},
            {Z3_OP_ADD, Operation::sum},           {Z3_OP_SUB, Operation::difference},
            {Z3_OP_UMINUS, Operation::difference}, {Z3_OP_GE, Operation::at_least},
            {Z3_OP_GT, Operation::greater},
        };
        const Z3_decl_kind kind = term.decl().decl_kind();
        if (kind == Z3_OP_TRUE || kind == Z3_OP_FALSE)
            return {
                .operation = Operation::constant, .number = kind == Z3_OP_TRUE ? 1 : 0, .variable = {}, .operands = {}};
        const auto found = known.find(kind);
        if (found == known.end() || (kind == Z3_OP_XOR && term.num_args() != 2)) {
            const std::string name = term.decl().name().str();
            refuse(name, "'" + name +
                             "' is not understood here; understood are not, and, or, =>, xor of two, =, distinct, ite, "
                             "<=, <, >=, >, +, -, forall, exists, let and the vocabulary");
        }
        return {.operation = found->second, .variable = {}, .operands = {}};
    }

    std::uint32_t convert_quantifier(const z3::expr& term) {
        if (term.is_lambda())
            refuse("lambda", "'lambda' is not understood here");
        const unsigned count = Z3_get_quantifier_num_bound(context_, term);
        std::vector<Node> quantifiers;
        for (unsigned i = 0; i < count; ++i) {
            const z3::sort sort(context_, Z3_get_quantifier_bound_sort(context_, term, i));
            const std::string name = z3::symbol(context_, Z3_get_quantifier_bound_name(context_, term, i)).str();
            SortIndex index = first_finite_sort;
            while (index - first_finite_sort < static_cast<int>(sorts_.size()) &&
                   !z3::eq(sorts_[index - first_finite_sort], sort))
                ++index;
            const std::size_t position = index - std::size_t{first_finite_sort};
            if (position == sorts_.size())
                refuse(name, "the variable '" + name + "' is of sort " + sort.to_string() +
                                 ", which is not finite; variables can be of " + sort_names());
            quantifiers.push_back({.operation = term.is_forall() ? Operation::for_all : Operation::exists,
                                   .number = static_cast<std::int64_t>(vocabulary_.sorts[position].elements.size()),
                                   .sort = index,
                                   .variable = name,
                                   .operands = {}});
        }
        std::uint32_t node = convert(term.body());
        for (; !quantifiers.empty(); quantifiers.pop_back()) {
            quantifiers.back().operands = {node};
            node = add(std::move(quantifiers.back()));
        }
        return node;
    }

    [[nodiscard]] std::string sort_names() const {
        std::string names;
        for (const FiniteSort& sort : vocabulary_.sorts)
            names += (names.empty() ? "" : " or ") + sort.name;
        return names;
    }

    std::string_view text_;
    const Vocabulary& vocabulary_;
    std::vector<Node>& nodes_;
    z3::context context_;
    z3::sort_vector sorts_;
    z3::func_decl_vector functions_;
    std::map<unsigned, Node> meanings_; // by the function's identity
};

} // namespace

TextFormula::TextFormula(std::string_view text, const Vocabulary& vocabulary) : sorts_(vocabulary.sorts) {
    bool asserts = false;
    for (const Command& command : scan_commands(text)) {
        const bool known = command.name == "assert" || command.name == "define-fun";
        if (!known)
            throw FormulaError(command.line, command.column,
                               "'" + command.name + "' is not understood here; expected assert or define-fun");
        asserts |= command.name == "assert";
    }
    if (!asserts)
        throw FormulaError(1, 1, "nothing is asserted, so nothing would be checked; expected (assert ..)");
    try {
        Reader(text, vocabulary, nodes_).read();
    } catch (const z3::exception& error) {
        pass_on(error, text, vocabulary);
    }
}

} // namespace mdcd::checker::smt
