// One row for each word: its type, what it means in words, and how it is looked up. Knows nothing of parsing.
// Asks no solver.
#include "model/claims/user_invariant.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "model/claims/view_text.hpp"
#include "model/state/value_writer.hpp"
#include "traces/file_error.hpp"

namespace mdcd::model {
namespace {

namespace smt = checker::smt;

constexpr smt::SortIndex process_sort = smt::first_finite_sort;
constexpr smt::SortIndex message_sort = smt::first_finite_sort + 1;

// Arguments as they are looked at: a process by position, a message by bit, a number.
struct Arguments {
    const InvariantFacts& facts;
    std::span<const std::int64_t> each;
    std::span<const unsigned> bits; // of messages

    [[nodiscard]] const ProcessView& process() const { return facts.view.processes[at(0)]; }
    [[nodiscard]] const SlotSummary& summary() const { return *facts.processes[at(0)]; }
    [[nodiscard]] std::size_t at(std::size_t position) const { return static_cast<std::size_t>(each[position]); }
    [[nodiscard]] bool has(MessageSet set, std::size_t position) const { return (set >> bits[at(position)] & 1) != 0; }
    [[nodiscard]] bool is_shadow() const { return at(0) < facts.view.shadow_count; }
};

std::int64_t largest(const Numbers& numbers) {
    return *std::ranges::max_element(numbers);
}

// Entry `component`, from 1; 0 outside.
std::int64_t entry(const Numbers& numbers, std::int64_t component) {
    return component >= 1 && component <= static_cast<std::int64_t>(numbers.size())
               ? numbers[static_cast<std::size_t>(component - 1)]
               : 0;
}

// Candidate `position`, from 1; none outside.
const Candidate* candidate_at(const ProcessView& process, std::int64_t position) {
    return position >= 1 && position <= static_cast<std::int64_t>(process.candidates->size())
               ? &(*process.candidates)[static_cast<std::size_t>(position - 1)]
               : nullptr;
}

MessageSet sent_now(const InvariantFacts& facts) {
    MessageSet sent = 0;
    for (unsigned process = 0; process < facts.view.process_count; ++process)
        sent |= facts.view.processes[process].candidates->back().sent;
    return (sent & ~cluster_messages) | facts.view.resolved | facts.view.external;
}

using Lookup = std::int64_t (*)(const Arguments&);

struct Word {
    const char* name;
    std::vector<smt::SortIndex> arguments;
    smt::SortIndex result;
    const char* meaning;
    Lookup lookup;
};

std::vector<Word> words_about_processes() {
    using smt::boolean_sort;
    using smt::integer_sort;
    return {
        {"shadow",
         {process_sort},
         boolean_sort,
         "It is a shadow (S1, ..).",
         [](const Arguments& a) -> std::int64_t { return a.is_shadow(); }},
        {"active",
         {process_sort},
         boolean_sort,
         "It is an active process (A1, ..).",
         [](const Arguments& a) -> std::int64_t { return !a.is_shadow(); }},
        {"dirty",
         {process_sort},
         boolean_sort,
         "Its dirty bit is 1.",
         [](const Arguments& a) -> std::int64_t { return !a.process().clean; }},
        {"number",
         {process_sort},
         integer_sort,
         "The largest of its numbers low_sn.",
         [](const Arguments& a) { return largest(a.summary().number); }},
        {"number_in",
         {process_sort, integer_sort},
         integer_sort,
         "Its number low_sn in a component, from 1.",
         [](const Arguments& a) { return entry(a.summary().number, a.each[1]); }},
        {"known_valid",
         {process_sort},
         integer_sort,
         "The largest validated number that it knows (valid_sn).",
         [](const Arguments& a) { return largest(a.summary().valid); }},
        {"depends",
         {process_sort},
         integer_sort,
         "The largest cluster message that it depends on in truth; the protocol cannot see that.",
         [](const Arguments& a) { return largest(a.process().depends); }},
        {"depends_in",
         {process_sort, integer_sort},
         integer_sort,
         "The same in a component, from 1.",
         [](const Arguments& a) { return entry(a.process().depends, a.each[1]); }},
        {"validated",
         {},
         integer_sort,
         "V: the largest number that acceptance tests have proved correct in truth.",
         [](const Arguments& a) { return largest(a.facts.view.validated); }},
        {"validated_in",
         {integer_sort},
         integer_sort,
         "V in a component, from 1.",
         [](const Arguments& a) { return entry(a.facts.view.validated, a.each[0]); }},
    };
}

std::vector<Word> words_about_checkpoints() {
    using smt::boolean_sort;
    using smt::integer_sort;
    return {
        {"checkpoints",
         {process_sort},
         integer_sort,
         "How many checkpoints it keeps.",
         [](const Arguments& a) { return static_cast<std::int64_t>(a.process().candidates->size()) - 1; }},
        {"checkpoint_index",
         {process_sort, integer_sort},
         integer_sort,
         "The index of a checkpoint that it keeps, by position from 1, the oldest first; 0 if there is none.",
         [](const Arguments& a) -> std::int64_t {
             const auto& indices = a.summary().checkpoint_indices;
             return a.each[1] >= 1 && a.each[1] <= static_cast<std::int64_t>(indices.size())
                        ? largest(indices[a.at(1) - 1])
                        : 0;
         }},
        {"checkpoint_depends",
         {process_sort, integer_sort},
         integer_sort,
         "What that checkpoint depends on in truth; at the position after the last: its current state.",
         [](const Arguments& a) -> std::int64_t {
             const Candidate* const candidate = candidate_at(a.process(), a.each[1]);
             return candidate == nullptr ? 0 : largest(candidate->depends);
         }},
        {"rolls_back",
         {process_sort},
         boolean_sort,
         "Recovery from this state would roll it back.",
         [](const Arguments& a) -> std::int64_t {
             return a.process().chosen + std::size_t{1} < a.process().candidates->size();
         }},
        {"target",
         {process_sort},
         integer_sort,
         "Where recovery would leave it: the position of a checkpoint, or one more than there are.",
         [](const Arguments& a) { return std::int64_t{a.process().chosen} + 1; }},
        {"depends_after",
         {process_sort},
         integer_sort,
         "What it would depend on in truth after recovery.",
         [](const Arguments& a) { return largest(a.process().recovered_depends); }},
    };
}

std::vector<Word> words_about_messages() {
    using smt::boolean_sort;
    using smt::integer_sort;
    return {
        {"from_cluster",
         {message_sort},
         boolean_sort,
         "It is a message that leaves the cluster (c1, .., or L1.1, ..).",
         [](const Arguments& a) -> std::int64_t { return a.has(cluster_messages, 0); }},
        {"position",
         {message_sort},
         integer_sort,
         "It is this message of its sender, from 1: c2 and A1.2 are second.",
         [](const Arguments& a) -> std::int64_t { return message_at(a.bits[a.at(0)]).number; }},
        {"sent",
         {message_sort},
         boolean_sort,
         "It is in the current history of its sender; of the cluster: new or old version has come to it.",
         [](const Arguments& a) -> std::int64_t { return a.has(sent_now(a.facts), 0); }},
        {"received",
         {process_sort, message_sort},
         boolean_sort,
         "It is in the current history of this receiver.",
         [](const Arguments& a) -> std::int64_t { return a.has(a.process().candidates->back().received, 1); }},
        {"under_way",
         {message_sort},
         boolean_sort,
         "It is in a channel to a shadow or an active process.",
         [](const Arguments& a) -> std::int64_t { return a.has(a.facts.view.under_way, 0); }},
        {"received_after",
         {process_sort, message_sort},
         boolean_sort,
         "It would be in this receiver's history after recovery.",
         [](const Arguments& a) -> std::int64_t { return a.has(a.process().received, 1); }},
        {"sent_after",
         {message_sort},
         boolean_sort,
         "It would be in its sender's history after recovery.",
         [](const Arguments& a) -> std::int64_t { return a.has(a.facts.view.active_sent | a.facts.view.resolved, 0); }},
        {"delivered_later",
         {message_sort},
         boolean_sort,
         "It is under way and recovery would let it through.",
         [](const Arguments& a) -> std::int64_t { return a.has(a.facts.view.surviving, 0); }},
        {"resent",
         {message_sort},
         boolean_sort,
         "Recovery would have a shadow send it again from its log.",
         [](const Arguments& a) -> std::int64_t { return a.has(a.facts.view.resent, 0); }},
        {"generated_later",
         {message_sort},
         boolean_sort,
         "After recovery a shadow would still send it by itself.",
         [](const Arguments& a) -> std::int64_t { return a.has(a.facts.view.generated_later, 0); }},
    };
}

const std::vector<Word>& words() {
    static const std::vector<Word> table = [] {
        std::vector<Word> all = words_about_processes();
        for (const std::vector<Word>& more : {words_about_checkpoints(), words_about_messages()})
            all.insert(all.end(), more.begin(), more.end());
        return all;
    }();
    return table;
}

// How many messages of one source a scope allows.
unsigned message_count(const Scope& scope, unsigned source) {
    const Budgets& budgets = scope.budgets;
    const unsigned leaving = budgets.cluster_messages + 0U + budgets.cluster_outputs;
    if (source == 0)
        return scope.components == 1 ? leaving : 0;
    if (source < first_component_source)
        return source - first_active_source < scope.active_processes
                   ? budgets.active_messages + 0U + budgets.messages_to_cluster
                   : 0;
    const bool shadow = source >= first_shadow_source;
    const bool exists = source - (shadow ? first_shadow_source : first_component_source) < scope.components;
    return scope.components == 1 || !exists ? 0 : shadow ? budgets.shadow_internal_messages : leaving;
}

std::vector<unsigned> message_bits(const Scope& scope) {
    std::vector<unsigned> bits;
    for (unsigned source = 0; source < source_count; ++source)
        for (unsigned number = 0; number < std::min(message_count(scope, source), bits_of(source).count); ++number)
            bits.push_back(bits_of(source).first + number);
    return bits;
}

smt::Vocabulary vocabulary_of(const Scope& scope, std::span<const unsigned> bits) {
    smt::Vocabulary vocabulary;
    smt::FiniteSort processes{"Process", {}};
    for (unsigned component = 0; component < scope.components; ++component)
        processes.elements.push_back("S" + std::to_string(component + 1));
    for (unsigned active = 0; active < scope.active_processes; ++active)
        processes.elements.push_back("A" + std::to_string(active + 1));
    smt::FiniteSort messages{"Message", {}};
    for (const unsigned bit : bits)
        messages.elements.push_back(name_of(message_at(bit)));
    vocabulary.sorts = {std::move(processes), std::move(messages)};
    for (const Word& word : words()) {
        const bool of_component = std::string_view(word.name).ends_with("_in");
        vocabulary.symbols.push_back({word.name, word.arguments, word.result, of_component ? scope.components : 0});
    }
    return vocabulary;
}

std::string sort_name(smt::SortIndex sort) {
    return std::array{"Bool", "Int", "Process", "Message"}[sort];
}

smt::TextFormula formula_of(const InvariantSource& source, const Scope& scope, std::span<const unsigned> bits) {
    const smt::Vocabulary vocabulary = vocabulary_of(scope, bits);
    try {
        return smt::TextFormula(source.text, vocabulary);
    } catch (const smt::FormulaError& error) {
        std::vector<std::string> known{"Process", "Message", "Int", "Bool"};
        for (const smt::FiniteSort& sort : vocabulary.sorts)
            known.insert(known.end(), sort.elements.begin(), sort.elements.end());
        for (const smt::Symbol& symbol : vocabulary.symbols)
            known.push_back(symbol.name);
        throw traces::FileError(
            source.origin, "line " + std::to_string(error.line) + ", column " + std::to_string(error.column),
            error.what() + (error.unknown_name.empty() ? "" : traces::did_you_mean(error.unknown_name, known)));
    }
}

} // namespace

std::vector<VocabularyWord> vocabulary_words() {
    std::vector<VocabularyWord> all{
        {"Process", "", "sort",
         "The processes of high confidence: constants S1, .., A1, .., as many as the scope has."},
        {"Message", "", "sort",
         "The messages that the scope allows: constants c1, .. of the cluster (of several components: L1.1, ..), "
         "A1.1, .. of active processes, S1.1, .. of shadows to other shadows."}};
    for (const Word& word : words()) {
        std::string arguments;
        for (const smt::SortIndex argument : word.arguments)
            arguments += (arguments.empty() ? "" : " ") + sort_name(argument);
        all.push_back({word.name, arguments, sort_name(word.result), word.meaning});
    }
    return all;
}

std::string claim_of(const InvariantSource& source) {
    const std::size_t begin = source.text.find_first_not_of("; \t");
    const std::string line = source.text.substr(std::min(begin, source.text.size()));
    const std::string first = line.substr(0, line.find_first_of("\r\n"));
    return source.text.starts_with(';') && !first.empty() ? first : "The invariant of that name holds.";
}

class UserInvariant::Meaning final : public smt::Interpretation {
public:
    Meaning(const InvariantFacts& facts, std::span<const unsigned> bits) : facts_(facts), bits_(bits) {}
    [[nodiscard]] std::int64_t value(std::size_t symbol, std::span<const std::int64_t> arguments) const override {
        static const std::vector<Word>& table = words();
        return table[symbol].lookup({facts_, arguments, bits_});
    }

private:
    const InvariantFacts& facts_;
    std::span<const unsigned> bits_;
};

UserInvariant::UserInvariant(const InvariantSource& source, const Scope& scope)
    : name_(source.name), message_bits_(message_bits(scope)), formula_(formula_of(source, scope, message_bits_)) {}

bool UserInvariant::holds(const InvariantFacts& facts) const {
    return formula_.is_true(Meaning(facts, message_bits_));
}

std::string UserInvariant::counterexample(const InvariantFacts& facts) const {
    std::string text;
    for (const smt::TextFormula::Binding& binding : formula_.counterexample(Meaning(facts, message_bits_)))
        text += (text.empty() ? "for " : ", ") + binding.variable + " = " + binding.element;
    return text;
}

} // namespace mdcd::model
