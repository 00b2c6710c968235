// The grammar of what a text may say, read token by token into a tree: nothing else is understood, and no solver sees
// any of it. What a part costs to evaluate is known once it has been read.
// Knows no vocabulary but the one it is given.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "checker/smt/formula_costs.hpp"
#include "checker/smt/formula_sizes.hpp"
#include "checker/smt/formula_words.hpp"
#include "checker/smt/text_formula.hpp"
#include "checker/smt/token_stream.hpp"

namespace mdcd::checker::smt {
namespace {

constexpr std::size_t text_bytes_max = std::size_t{1} << 20;
constexpr std::size_t nodes_max = 20000;
constexpr std::int64_t numeral_max = 1'000'000'000;

using Operation = TextFormula::Operation;
using Node = TextFormula::Node;
using Kind = Token::Kind;

Node leaf(Operation operation, std::int64_t number, SortIndex sort) {
    return {.operation = operation, .number = number, .sort = sort, .variable = {}, .operands = {}};
}

Node inner(Operation operation, SortIndex sort) {
    return leaf(operation, 0, sort);
}

class Reader {
public:
    Reader(std::string_view text, const Vocabulary& vocabulary, std::vector<Node>& nodes)
        : tokens_(text), nodes_(nodes), costs_(nodes), sizes_of_numbers_(nodes), sorts_{"Bool", "Int"} {
        for (const FiniteSort& sort : vocabulary.sorts) {
            for (std::size_t element = 0; element < sort.elements.size(); ++element)
                meanings_[sort.elements[element]].node = leaf(Operation::constant, static_cast<std::int64_t>(element),
                                                              static_cast<SortIndex>(sorts_.size()));
            sorts_.push_back(sort.name);
            sizes_.push_back(static_cast<std::int64_t>(sort.elements.size()));
        }
        for (std::size_t i = 0; i < vocabulary.symbols.size(); ++i)
            meanings_[vocabulary.symbols[i].name] = {
                .node = leaf(Operation::symbol, static_cast<std::int64_t>(i), vocabulary.symbols[i].result),
                .arguments = vocabulary.symbols[i].arguments,
                .body = {},
                .numeral_max = vocabulary.symbols[i].numeral_max};
    }

    // Returns how many steps the whole takes.
    std::uint64_t read() {
        Node all = inner(Operation::conjunction, boolean_sort);
        while (!tokens_.sees(Kind::end))
            read_command(all);
        if (all.operands.empty())
            throw FormulaError(1, 1, "nothing is asserted, so nothing would be checked; expected (assert ..)");
        return costs_.of(add(std::move(all), {})).steps;
    }

private:
    struct Meaning {
        Node node; // without operands
        std::vector<SortIndex> arguments;
        std::optional<std::uint32_t> body; // of a function of the text
        std::int64_t numeral_max = 0;      // as in Symbol
    };
    struct Term {
        std::uint32_t node = 0;
        SortIndex sort = boolean_sort;
        Token at;
    };
    struct Variable {
        Token name;
        SortIndex sort = boolean_sort;
    };

    void read_command(Node& all) {
        tokens_.open("a command in brackets, such as (assert ..)");
        const Token command = tokens_.expect(Kind::symbol, "the name of a command, such as assert");
        if (command.text == "assert" && !command.is_quoted)
            all.operands.push_back(of_sort(read_term(), boolean_sort).node);
        else if (command.text == "define-fun" && !command.is_quoted)
            read_definition();
        else
            fail(command, "'" + shown(command.text) + "' is not understood here; expected assert or define-fun");
        tokens_.close();
    }

    void read_definition() {
        const Token name = read_new_name("a name for the function");
        if (meanings_.contains(name.text))
            fail(name, "there is a word '" + shown(name.text) + "' already");
        tokens_.open("the variables of the function in brackets");
        Meaning function{.node = inner(Operation::call, boolean_sort), .arguments = {}, .body = {}, .numeral_max = 0};
        const std::vector<Variable> variables = read_variables(0);
        for (const Variable& variable : variables) {
            function.arguments.push_back(variable.sort);
            bind(variable.name, variable.sort);
        }
        function.node.sort = read_sort();
        function.body = of_sort(read_term(), function.node.sort).node;
        unbind(variables);
        meanings_.emplace(name.text, std::move(function));
    }

    // Until the bracket closes.
    std::vector<Variable> read_variables(std::size_t least) {
        std::vector<Variable> variables;
        std::set<std::string_view> seen;
        while (!tokens_.sees(Kind::close) || variables.size() < least) {
            tokens_.open("a variable and its sort, such as (p Process)");
            Variable variable{.name = read_new_name("the name of a variable"), .sort = boolean_sort};
            if (!seen.insert(variable.name.text).second)
                fail(variable.name, "there is a variable '" + shown(variable.name.text) + "' in this list already");
            variable.sort = read_sort();
            tokens_.close();
            variables.push_back(variable);
        }
        tokens_.close();
        return variables;
    }

    Token read_new_name(const std::string& what) {
        const Token name = tokens_.expect(Kind::symbol, what);
        if (is_taken_by_language(name.text) || std::ranges::find(sorts_, name.text) != sorts_.end())
            fail(name, "'" + shown(name.text) + "' is a word of the language, not " + what);
        if (name.text.empty() || name.text.front() == '@' || name.text.front() == '.' || shown(name.text) != name.text)
            fail(name, "expected " + what + " of at most 40 printable ASCII characters, not beginning with '@' or '.'");
        return name;
    }

    SortIndex read_sort() {
        const Token name = tokens_.expect(Kind::symbol, "a sort");
        const auto found = std::ranges::find(sorts_, name.text);
        if (found == sorts_.end())
            throw FormulaError(name.line, name.column, "unknown sort '" + shown(name.text) + "'",
                               std::string(name.text));
        return static_cast<SortIndex>(found - sorts_.begin());
    }

    // A variable stands at the next free place of the frame until it is unbound.
    void bind(const Token& name, SortIndex sort) {
        places_[name.text].push_back(leaf(Operation::variable, static_cast<std::int64_t>(bound_++), sort));
    }

    void unbind(const std::vector<Variable>& variables) {
        for (const Variable& variable : variables)
            places_[variable.name.text].pop_back();
        bound_ -= variables.size();
    }

    Term read_term() {
        if (tokens_.sees(Kind::open))
            return read_application();
        if (tokens_.sees(Kind::numeral))
            return read_numeral();
        if (tokens_.sees(Kind::decimal))
            fail(tokens_.next(), "a number with decimals; the numbers here are whole");
        const Token word = tokens_.expect(Kind::symbol, "a term");
        if (!word.is_quoted && (word.text == "true" || word.text == "false"))
            return term(leaf(Operation::constant, word.text == "true" ? 1 : 0, boolean_sort), word);
        if (const Node* const variable = variable_of(word))
            return term(*variable, word);
        const Meaning& meaning = meaning_of(word);
        if (!meaning.arguments.empty())
            fail(word, "'" + shown(word.text) + "' takes " + listed(meaning.arguments) + ": write (" +
                           shown(word.text) + " ..)");
        return apply(word, meaning, {});
    }

    Term read_numeral() {
        const Token numeral = tokens_.expect(Kind::numeral, "a number");
        std::int64_t number = 0;
        for (const char digit : numeral.text)
            if ((number = 10 * number + (digit - '0')) > numeral_max)
                fail(numeral, "a number beyond " + std::to_string(numeral_max));
        return term(leaf(Operation::constant, number, integer_sort), numeral);
    }

    Term read_application() {
        const Token at = tokens_.next();
        tokens_.open("a term");
        Term result;
        if (tokens_.sees_word("forall") || tokens_.sees_word("exists"))
            result = read_quantifier();
        else if (tokens_.sees_word("let"))
            result = read_let();
        else if (tokens_.sees_word("!"))
            result = read_annotated();
        else if (tokens_.sees_word("ite"))
            result = read_choice();
        else
            result = read_applied();
        tokens_.close();
        result.at = at;
        return result;
    }

    Term read_quantifier() {
        const Token word = tokens_.take();
        tokens_.open("variables in brackets, such as ((p Process))");
        const std::vector<Variable> variables = read_variables(1);
        for (const Variable& variable : variables) {
            if (variable.sort < first_finite_sort)
                fail(variable.name, "the variable '" + shown(variable.name.text) + "' is of sort " +
                                        sorts_[variable.sort] + ", which is not finite; variables can be of " +
                                        finite_sorts());
            bind(variable.name, variable.sort);
        }
        Term body = of_sort(read_term(), boolean_sort);
        unbind(variables);
        for (std::size_t i = variables.size(); i-- > 0;)
            body.node = add({.operation = word.text == "forall" ? Operation::for_all : Operation::exists,
                             .number = sizes_[variables[i].sort - std::size_t{first_finite_sort}],
                             .sort = variables[i].sort,
                             .variable = std::string(variables[i].name.text),
                             .operands = {body.node}},
                            word);
        return body;
    }

    Term read_let() {
        const Token word = tokens_.take();
        tokens_.open("what is bound, such as ((x 1))");
        std::vector<Variable> variables;
        Node node = inner(Operation::binding, boolean_sort);
        std::set<std::string_view> seen;
        do {
            tokens_.open("a name and a term in brackets");
            Variable variable{.name = read_new_name("a name for what is bound"), .sort = boolean_sort};
            if (!seen.insert(variable.name.text).second)
                fail(variable.name, "'" + shown(variable.name.text) + "' is bound twice");
            const Term value = read_term();
            variable.sort = value.sort;
            node.operands.push_back(value.node);
            ++bound_; // the value takes a place that no name is known for yet
            tokens_.close();
            variables.push_back(variable);
        } while (!tokens_.sees(Kind::close));
        tokens_.close();
        bound_ -= variables.size();
        for (const Variable& variable : variables)
            bind(variable.name, variable.sort);
        const Term body = read_term();
        unbind(variables);
        node.operands.push_back(body.node);
        node.sort = body.sort;
        return term(std::move(node), word);
    }

    // (! term :named name): the name says nothing here.
    Term read_annotated() {
        (void)tokens_.take();
        Term result = read_term();
        const Token attribute = tokens_.expect(Kind::keyword, "the attribute :named");
        if (attribute.text != ":named")
            fail(attribute, "'" + shown(attribute.text) + "' is not understood here; expected :named");
        (void)read_new_name("a name");
        return result;
    }

    Term read_choice() {
        const Token word = tokens_.take();
        const Term condition = of_sort(read_term(), boolean_sort);
        const Term first = read_term();
        const Term second = of_sort(read_term(), first.sort);
        Node node = inner(Operation::choice, first.sort);
        node.operands = {condition.node, first.node, second.node};
        return term(std::move(node), word);
    }

    Term read_applied() {
        const Token word = tokens_.expect(Kind::symbol, "a function");
        const Operator* const known = word.is_quoted ? nullptr : operator_of(word.text);
        if (known == nullptr && variable_of(word) != nullptr)
            fail(word, "'" + shown(word.text) + "' is a variable here, and takes nothing");
        if (known == nullptr) // before what it is given: who mistyped it looks here
            (void)meaning_of(word);
        std::vector<Term> arguments;
        while (!tokens_.sees(Kind::close))
            arguments.push_back(read_term());
        if (known == nullptr)
            return apply(word, meaning_of(word), arguments);
        if (arguments.size() < known->arguments_min || arguments.size() > known->arguments_max)
            fail(word, "'" + std::string(word.text) + "' takes " + std::to_string(known->arguments_min) +
                           (known->arguments_max == known->arguments_min ? "" : " or more") + ", found " +
                           std::to_string(arguments.size()));
        const SortIndex takes = known->takes == any_sort ? arguments.front().sort : known->takes;
        Node node = inner(known->operation, known->gives);
        for (const Term& argument : arguments)
            node.operands.push_back(of_sort(argument, takes).node);
        return term(std::move(node), word);
    }

    Term apply(const Token& word, const Meaning& meaning, const std::vector<Term>& arguments) {
        if (arguments.size() != meaning.arguments.size())
            fail(word, "'" + shown(word.text) + "' takes " + listed(meaning.arguments) + ", found " +
                           std::to_string(arguments.size()) + (arguments.size() == 1 ? " argument" : " arguments"));
        Node node = meaning.node;
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            node.operands.push_back(of_sort(arguments[i], meaning.arguments[i]).node);
            expect_in_range(word, meaning, arguments[i]);
        }
        if (meaning.body)
            node.operands.push_back(*meaning.body);
        return term(std::move(node), word);
    }

    // Of a number that is written down; what is computed may leave the range.
    void expect_in_range(const Token& word, const Meaning& meaning, const Term& argument) const {
        const Node& given = nodes_[argument.node];
        if (meaning.numeral_max > 0 && argument.sort == integer_sort && given.operation == Operation::constant &&
            (given.number < 1 || given.number > meaning.numeral_max))
            fail(argument.at, "'" + shown(word.text) + "' takes a number from 1 to " +
                                  std::to_string(meaning.numeral_max) + " here, found " + std::to_string(given.number));
    }

    Term of_sort(const Term& given, SortIndex sort) const {
        if (given.sort != sort)
            fail(given.at, "expected " + sorts_[sort] + ", found " + sorts_[given.sort]);
        return given;
    }

    const Node* variable_of(const Token& word) const {
        const auto found = places_.find(word.text);
        return found == places_.end() || found->second.empty() ? nullptr : &found->second.back();
    }

    const Meaning& meaning_of(const Token& word) const {
        const auto found = meanings_.find(word.text);
        if (found != meanings_.end())
            return found->second;
        if (std::ranges::find(sorts_, word.text) != sorts_.end() || is_taken_by_language(word.text))
            fail(word, "'" + shown(word.text) + "' cannot stand here");
        throw FormulaError(word.line, word.column,
                           "unknown word '" + shown(word.text) +
                               "'; understood are not, and, or, =>, xor, =, distinct, ite, let, <=, <, >=, >, +, -, "
                               "forall, exists and the vocabulary",
                           std::string(word.text));
    }

    Term term(Node node, const Token& at) {
        const SortIndex sort = node.sort;
        return {.node = add(std::move(node), at), .sort = sort, .at = at};
    }

    std::uint32_t add(Node node, const Token& at) {
        if (nodes_.size() >= nodes_max)
            fail(at, "more than " + std::to_string(nodes_max) + " parts");
        nodes_.push_back(std::move(node));
        const FormulaCosts::Cost cost = costs_.add();
        if (cost.steps > TextFormula::steps_max)
            fail(at, "this would take " + std::to_string(cost.steps) +
                         (cost.steps == FormulaCosts::too_many ? " or more" : "") + " steps on every state; at most " +
                         std::to_string(TextFormula::steps_max) + " are allowed: fewer quantifiers within each other");
        if (sizes_of_numbers_.add_and_may_overflow())
            fail(at, "this can add up to a number beyond 64 bits");
        if (cost.depth > FormulaCosts::depth_max)
            fail(at, "nested deeper than " + std::to_string(FormulaCosts::depth_max) + " once definitions are put in");
        return static_cast<std::uint32_t>(nodes_.size() - 1);
    }

    [[nodiscard]] std::string listed(const std::vector<SortIndex>& sorts) const {
        std::string text;
        for (const SortIndex sort : sorts)
            text += (text.empty() ? "(" : " ") + sorts_[sort];
        return text.empty() ? "nothing" : text + ")";
    }

    [[nodiscard]] std::string finite_sorts() const {
        std::string names;
        for (std::size_t sort = first_finite_sort; sort < sorts_.size(); ++sort)
            names += (names.empty() ? "" : " or ") + sorts_[sort];
        return names;
    }

    TokenStream tokens_;
    std::vector<Node>& nodes_;
    FormulaCosts costs_;
    FormulaSizes sizes_of_numbers_;
    std::vector<std::string> sorts_;
    std::vector<std::int64_t> sizes_; // of the finite ones
    std::map<std::string, Meaning, std::less<>> meanings_;
    std::map<std::string_view, std::vector<Node>> places_; // the variables of a name, the innermost last
    std::size_t bound_ = 0;                                // values that the frame holds
};

} // namespace

TextFormula::TextFormula(std::string_view text, const Vocabulary& vocabulary) : sorts_(vocabulary.sorts) {
    if (text.size() > text_bytes_max)
        throw FormulaError(1, 1, "larger than " + std::to_string(text_bytes_max) + " bytes");
    steps_ = Reader(text, vocabulary, nodes_).read();
}

} // namespace mdcd::checker::smt
