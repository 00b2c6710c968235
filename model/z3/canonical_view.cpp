// Notation: a predicate is a formula over comparisons of numbers and over `some(f(sets))` with f bit by bit, that is
// "there is a message whose row of bits, one for each set, satisfies f". Each f used is false for a row of zeros.
#include "model/z3/canonical_view.hpp"

#include <algorithm>
#include <bit>

#include "checker/invariant.hpp"

namespace mdcd::model {
namespace {

constexpr unsigned first_free_bit = cluster_bit_count; // the rows of a canonical view are no cluster messages

// For every message one byte, its row: bit s says whether set s has it. Returned is which rows occur.
//
// Kept is the set of rows: which message has a row cannot be seen by "there is a message whose row satisfies f" (any
// permutation of the messages keeps it), nor how many have it (a second witness adds nothing), nor whether some
// message has none of the bits (f is false for it).
template <std::size_t count> std::array<std::uint64_t, 4> rows_of(const std::array<MessageSet, count>& sets) {
    static_assert(count <= 8);
    std::array<std::uint64_t, 4> present{}; // bit r: row r occurs
    MessageSet all = 0;
    for (const MessageSet set : sets)
        all |= set;
    for (; all != 0; all &= all - 1) {
        const auto message = static_cast<unsigned>(std::countr_zero(all));
        unsigned row = 0;
        for (std::size_t set = 0; set < count; ++set)
            row |= static_cast<unsigned>(sets[set] >> message & 1) << set;
        present[row / 64] |= std::uint64_t{1} << (row % 64);
    }
    return present;
}

// Which candidates can be on a line: those from the chosen one on.
std::span<const Candidate> eligible(const ProcessView& process) {
    return std::span(*process.candidates).subspan(process.chosen);
}

// Whether a candidate depends on more of some component than is validated.
bool is_unvalidated(const View& view, const Candidate& candidate) {
    bool result = false;
    for (unsigned component = 0; component < view.components; ++component)
        result |= candidate.depends[component] > view.validated[component];
    return result;
}

// What can be said of a process without naming a message, by candidate; orders the processes.
struct Shape {
    std::uint8_t process = 0;
    std::size_t candidates = 0;
    struct Each {
        bool unvalidated;
        std::uint8_t received; // how many
        std::uint8_t sent;
    };
    std::array<Each, impl::checkpoint_count_max + 1> each; // the first `candidates` of them

    [[nodiscard]] static unsigned packed(const Each& one) {
        return unsigned{one.unvalidated} | unsigned{one.received} << 8U | unsigned{one.sent} << 16U;
    }

    [[nodiscard]] bool before(const Shape& other) const {
        if (candidates != other.candidates)
            return candidates < other.candidates;
        for (std::size_t i = 0; i < candidates; ++i)
            if (packed(each[i]) != packed(other.each[i]))
                return packed(each[i]) < packed(other.each[i]);
        return process < other.process;
    }
};

// Any order will do; this one is fast.
std::uint32_t packed(const Numbers& numbers) {
    static_assert(sizeof(Numbers) == sizeof(std::uint32_t));
    return std::bit_cast<std::uint32_t>(numbers);
}

std::uint8_t count_of(MessageSet set) {
    return static_cast<std::uint8_t>(std::popcount(set));
}

} // namespace

Hypothesis<Native> Renaming::original(const Hypothesis<Native>& canonical) const {
    Hypothesis<Native> result = canonical; // tests keep their positions
    for (unsigned position = 0; position < components; ++position)
        result[component[position]] = numbers[position][canonical[position] - 1U];
    return result;
}

Line<Native> Renaming::original(const Line<Native>& canonical) const {
    Line<Native> result{};
    for (unsigned position = 0; position < process_count; ++position)
        result[process[position]] = static_cast<std::uint8_t>(canonical[position] + skipped[position]);
    return result;
}

std::string_view Canonizer::key(PropertyId property, const View& view) {
    key_.clear();
    renaming_.property = property;
    renaming_.components = view.components;
    renaming_.process_count = view.process_count;
    put(property == PropertyId::minimal_rollback ? 1U : view.components | view.misses << 4U);
    switch (predicate_of(property)) {
    case PropertyId::containment:
        put_containment(view);
        break;
    case PropertyId::recoverability:
        put_recoverability(view);
        break;
    case PropertyId::no_cascading_rollback:
        put_no_cascading_rollback(view);
        break;
    case PropertyId::minimal_rollback:
        put_minimal_rollback(view);
        break;
    default:
        invariant(false, "a property without unknowns has no canonical view");
    }
    return key_;
}

// Numbers occur only in `first_erroneous > validated` and `first_erroneous <= n`, each component by itself. So
//  * n <= validated can never matter, whatever it is: 0;
//  * of the larger ones only their order matters to a threshold: their rank, 1, 2, .. (equal ones have equal ranks);
//    a threshold k becomes the rank of the smallest number >= k, and rank r becomes the number of that rank again;
//  * `validated` itself becomes 0: thresholds are then 1 or more.
// Where tests may have missed an error, what each proved stands for what all did: no number is surely too small to
// matter, and the numbers proved are ranked with the others. Missed tests are named by position, so tests keep theirs.
// The first `sortable` vectors stand in one disjunction: their order does not matter, and neither does a repetition.
void Canonizer::put_vectors(const View& view, Vectors& vectors, std::size_t count, std::size_t sortable) {
    const std::size_t tests = view.misses == 0 ? 0 : view.tests->size();
    for (std::size_t test = 0; test < tests; ++test)
        vectors[count + test] = (*view.tests)[test];
    rank(view, vectors, count + tests);
    const auto before = [](const Numbers& one, const Numbers& other) { return packed(one) < packed(other); };
    const auto last = vectors.begin() + static_cast<std::ptrdiff_t>(sortable);
    std::sort(vectors.begin(), last, before);
    const auto distinct = std::unique(
        vectors.begin(), last, [](const Numbers& one, const Numbers& other) { return packed(one) == packed(other); });
    renaming_.component = {0};
    if (view.components > 1) {
        order_components(view, vectors, static_cast<std::size_t>(distinct - vectors.begin()), sortable, count + tests);
        std::sort(vectors.begin(), distinct, before);
    }
    put(static_cast<unsigned>(distinct - vectors.begin()));
    if (view.misses > 0)
        put(static_cast<unsigned>(tests));
    const auto put_vector = [&](const Numbers& vector) {
        for (unsigned component = 0; component < view.components; ++component)
            put(vector[component]);
    };
    std::for_each(vectors.begin(), distinct, put_vector);
    std::for_each(last, vectors.begin() + static_cast<std::ptrdiff_t>(count + tests), put_vector);
}

void Canonizer::rank(const View& view, Vectors& vectors, std::size_t count) {
    for (unsigned component = 0; component < view.components; ++component) {
        auto& numbers = renaming_.numbers[component];
        const std::uint8_t validated = view.misses == 0 ? view.validated[component] : std::uint8_t{0};
        std::size_t larger = 0;
        for (std::size_t i = 0; i < count; ++i)
            if (vectors[i][component] > validated)
                numbers[larger++] = vectors[i][component];
        const auto begin = numbers.begin();
        std::sort(begin, begin + static_cast<std::ptrdiff_t>(larger));
        const auto end = std::unique(begin, begin + static_cast<std::ptrdiff_t>(larger));
        *end = static_cast<std::uint8_t>(1 + (end == begin ? validated : *(end - 1)));
        for (std::size_t i = 0; i < count; ++i) {
            std::uint8_t& number = vectors[i][component];
            number = number <= validated
                         ? std::uint8_t{0}
                         : static_cast<std::uint8_t>(1 + (std::lower_bound(begin, end, number) - begin));
        }
    }
}

// Components stand in conjunctions and disjunctions only: any order of them will do. They are put in order of their
// ranks: sorted, of the `distinct` first vectors; as they stand, of those from `sortable` on. Of two with the same
// ranks either may be first, so that a few views that differ in names only are told apart.
void Canonizer::order_components(const View& view, Vectors& vectors, std::size_t distinct, std::size_t sortable,
                                 std::size_t count) {
    std::array<std::array<std::uint8_t, std::tuple_size_v<Vectors>>, impl::component_count_max> ranks{};
    std::array<std::uint8_t, impl::component_count_max>& order = renaming_.component;
    for (std::uint8_t component = 0; component < view.components; ++component) {
        order[component] = component;
        const auto begin = ranks[component].begin();
        for (std::size_t i = 0; i < distinct; ++i)
            ranks[component][i] = vectors[i][component];
        std::sort(begin, begin + static_cast<std::ptrdiff_t>(distinct));
        for (std::size_t i = sortable; i < count; ++i)
            ranks[component][i] = vectors[i][component];
    }
    std::sort(order.begin(), order.begin() + view.components, [&](std::uint8_t one, std::uint8_t other) {
        return ranks[one] != ranks[other] ? ranks[one] < ranks[other] : one < other;
    });
    const auto numbers = renaming_.numbers;
    const Vectors unordered = vectors;
    for (unsigned position = 0; position < view.components; ++position) {
        renaming_.numbers[position] = numbers[order[position]];
        for (std::size_t i = 0; i < count; ++i)
            vectors[i][position] = unordered[i][order[position]];
    }
}

void Canonizer::put_rows(const std::array<std::uint64_t, 4>& rows) {
    for (unsigned word = 0; word < rows.size(); ++word)
        for (std::uint64_t bits = rows[word]; bits != 0; bits &= bits - 1)
            put(64 * word + static_cast<unsigned>(std::countr_zero(bits)));
}

// Read: what the clean processes depend on.
void Canonizer::put_containment(const View& view) {
    Vectors vectors{};
    std::size_t count = 0;
    for (unsigned process = 0; process < view.process_count; ++process)
        if (view.processes[process].clean)
            vectors[count++] = view.processes[process].depends;
    put_vectors(view, vectors, count, count);
}

// Read: what everything depends on after recovery, and eight sets.
void Canonizer::put_recoverability(const View& view) {
    Vectors vectors{};
    std::size_t count = 0;
    for (; count < view.process_count; ++count)
        vectors[count] = view.processes[count].recovered_depends;
    vectors[count] = view.surviving_depends;
    vectors[count + 1] = view.resent_depends;
    put_vectors(view, vectors, count + 2, count);
    put_rows(rows_of<8>({view.surviving, view.received_active, view.received_cluster, view.active_sent, view.resolved,
                         view.resent, view.generated_later, view.duplicated}));
}

// Read: what the processes depend on after recovery, and two sets.
void Canonizer::put_no_cascading_rollback(const View& view) {
    Vectors vectors{};
    for (unsigned process = 0; process < view.process_count; ++process)
        vectors[process] = view.processes[process].recovered_depends;
    put_vectors(view, vectors, view.process_count, view.process_count);
    put_rows(rows_of<2>({view.received_active, view.active_sent}));
}

// Read: every candidate that a line can have.
//  * A line has no position before the chosen one, so what is before it is never read: dropped, and positions count
//    from the chosen one on.
//  * Of its numbers only `depends <= validated` is read, of all components together: whether that is so.
//  * A message can be orphan only if it is no cluster message and some candidate has received it, and never if some
//    process has sent it in all of its candidates: the others are dropped.
//  * The processes stand in conjunctions, disjunctions and unions only: any order of them will do.
void Canonizer::put_minimal_rollback(const View& view) {
    MessageSet received = 0;
    MessageSet always_sent = 0;
    for (unsigned process = 0; process < view.process_count; ++process) {
        MessageSet each_time = ~MessageSet{0};
        for (const Candidate& candidate : eligible(view.processes[process])) {
            received |= candidate.received;
            each_time &= candidate.sent;
        }
        always_sent |= each_time;
    }
    const MessageSet messages = received & ~cluster_messages & ~always_sent;

    std::array<Shape, high_confidence_count_max> shapes; // the first process_count of them
    std::array<std::uint8_t, high_confidence_count_max> order{};
    for (unsigned process = 0; process < view.process_count; ++process) {
        order[process] = static_cast<std::uint8_t>(process);
        Shape& shape = shapes[process];
        shape.process = static_cast<std::uint8_t>(process);
        for (const Candidate& candidate : eligible(view.processes[process]))
            shape.each[shape.candidates++] = {is_unvalidated(view, candidate), count_of(candidate.received & messages),
                                              count_of(candidate.sent & messages)};
    }
    std::sort(order.begin(), order.begin() + view.process_count,
              [&](std::uint8_t one, std::uint8_t other) { return shapes[one].before(shapes[other]); });
    put(view.process_count);
    for (unsigned position = 0; position < view.process_count; ++position) {
        const Shape& shape = shapes[order[position]];
        renaming_.process[position] = shape.process;
        renaming_.skipped[position] = view.processes[shape.process].chosen;
        put(static_cast<unsigned>(shape.candidates));
        for (std::size_t i = 0; i < shape.candidates; ++i)
            put(shape.each[i].unvalidated);
    }
    put_orphan_rows(view, messages);
}

// A row says of one message, for each candidate in canonical order, whether it is received and whether it is sent.
// Kept is the sorted set of rows, for the same reasons as in rows_of.
void Canonizer::put_orphan_rows(const View& view, MessageSet messages) {
    std::vector<std::string> rows;
    for (; messages != 0; messages &= messages - 1) {
        const auto message = static_cast<unsigned>(std::countr_zero(messages));
        std::string& row = rows.emplace_back();
        for (unsigned position = 0; position < view.process_count; ++position)
            for (const Candidate& candidate : eligible(view.processes[renaming_.process[position]]))
                row.push_back(
                    static_cast<char>((candidate.received >> message & 1) | (candidate.sent >> message & 1) << 1));
    }
    std::ranges::sort(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    for (const std::string& row : rows)
        key_ += row;
}

CanonicalView::CanonicalView(PropertyId property, std::string_view key) {
    view_.components = static_cast<unsigned char>(key[0]) & 15U;
    view_.misses = static_cast<unsigned char>(key[0]) >> 4U;
    view_.tests = &tests_;
    view_.process_count = static_cast<unsigned char>(key[1]);
    if (property == PropertyId::minimal_rollback)
        read_lines_view(key.substr(2));
    else
        read_hypothesis_view(property, key.substr(2));
}

void CanonicalView::read_hypothesis_view(PropertyId property, std::string_view key) {
    std::size_t at = 0;
    if (view_.misses > 0)
        tests_.resize(static_cast<unsigned char>(key[at++]));
    const auto next_vector = [&] {
        Numbers vector{};
        for (unsigned component = 0; component < view_.components; ++component)
            vector[component] = static_cast<std::uint8_t>(key[at++]);
        return vector;
    };
    for (unsigned process = 0; process < view_.process_count; ++process) {
        ProcessView& each = view_.processes[process];
        candidates_[process].resize(1);
        each.candidates = &candidates_[process];
        each.clean = property == PropertyId::containment;
        (each.clean ? each.depends : each.recovered_depends) = next_vector();
    }
    if (predicate_of(property) == PropertyId::recoverability) {
        view_.surviving_depends = next_vector();
        view_.resent_depends = next_vector();
    }
    for (Numbers& test : tests_)
        test = next_vector();
    const std::array recoverability_sets = {&view_.surviving,       &view_.received_active, &view_.received_cluster,
                                            &view_.active_sent,     &view_.resolved,        &view_.resent,
                                            &view_.generated_later, &view_.duplicated};
    const std::array orphan_sets = {&view_.received_active, &view_.active_sent};
    const std::span<MessageSet* const> sets = predicate_of(property) == PropertyId::recoverability
                                                  ? std::span<MessageSet* const>(recoverability_sets)
                                                  : std::span<MessageSet* const>(orphan_sets);
    invariant(key.size() - at <= 64, "no more rows than messages");
    for (unsigned message = 0; at < key.size(); ++at, ++message)
        for (std::size_t set = 0; set < sets.size(); ++set)
            *sets[set] |= MessageSet{static_cast<unsigned>(static_cast<unsigned char>(key[at]) >> set & 1)} << message;
}

void CanonicalView::read_lines_view(std::string_view key) {
    std::size_t at = 0;
    std::size_t row_length = 0;
    for (unsigned process = 0; process < view_.process_count; ++process) {
        std::vector<Candidate>& candidates = candidates_[process];
        candidates.resize(static_cast<unsigned char>(key[at++]));
        row_length += candidates.size();
        for (Candidate& candidate : candidates)
            candidate.depends[0] = static_cast<std::uint8_t>(key[at++]);
        view_.processes[process].candidates = &candidates;
    }
    for (unsigned message = first_free_bit; at < key.size(); ++message) {
        invariant(message < 64 && key.size() - at >= row_length, "whole rows, no more than messages");
        for (unsigned process = 0; process < view_.process_count; ++process)
            for (Candidate& candidate : candidates_[process]) {
                const unsigned bits = static_cast<unsigned char>(key[at++]);
                candidate.received |= MessageSet{bits & 1} << message;
                candidate.sent |= MessageSet{bits >> 1} << message;
            }
    }
}

} // namespace mdcd::model
