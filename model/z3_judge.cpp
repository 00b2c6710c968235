// Asks, remembers and compares.
// The one source of this folder that meets the solver.
#include "model/z3_judge.hpp"

#include <algorithm>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "checker/smt/solver.hpp"
#include "model/canonical_view.hpp"
#include "model/z3_explanation.hpp"
#include "model/z3_query.hpp"

namespace mdcd::model {

namespace smt = checker::smt;

namespace {

std::size_t index_of(PropertyId property) {
    const auto* const found = std::ranges::find(z3_properties, property);
    invariant(found != z3_properties.end(), "a property that quantifies over unknowns");
    return static_cast<std::size_t>(found - z3_properties.begin());
}

std::string property_name(PropertyId property) {
    return all_properties()[static_cast<std::size_t>(property)].name;
}

// Values of the unknowns are in the order in which pose() declares them.
Z3Answer answer_of(PropertyId property, const smt::Result& result) {
    Z3Answer answer;
    answer.answer = result.answer;
    answer.reason = result.reason;
    for (std::size_t i = 0; i < result.unknowns.size(); ++i)
        (property == PropertyId::minimal_rollback ? answer.line[i] : answer.first_erroneous[i]) =
            static_cast<std::uint8_t>(result.unknowns[i]);
    return answer;
}

smt::Result check(smt::Solver& solver, PropertyId property, const View& view) {
    smt::Query query(solver.context(), property_name(property));
    smt::Z3Logic logic(query);
    pose(logic, query, property, view);
    return solver.check(query);
}

// What a violation is to show beside being one.
enum class Wish {
    any,
    error, // an erroneous message does harm: the predicate's parts of that name
};

void require_wish(smt::Query& query, Wish wish) {
    if (wish == Wish::any)
        return;
    z3::expr harm = query.context().bool_val(false);
    for (const smt::Query::Part& part : query.parts())
        if (part.name.starts_with("error_"))
            harm = harm || part.term;
    query.require(harm);
}

// The choice of the unknowns that is largest in the first of them, then in the second, and so on.
smt::Result check_for_largest(smt::Solver& solver, PropertyId property, const View& view, Wish wish) {
    smt::Result best;
    for (std::size_t i = 0, count = 1; i < count;) {
        smt::Query query(solver.context(), property_name(property));
        smt::Z3Logic logic(query);
        pose(logic, query, property, view);
        require_wish(query, wish);
        for (std::size_t j = 0; j < best.unknowns.size() && j <= i; ++j) {
            const z3::expr& unknown = query.unknowns()[j];
            const z3::expr value = solver.context().bv_val(best.unknowns[j], smt::Z3Logic::number_width);
            query.require(j < i ? unknown == value : z3::ugt(unknown, value));
        }
        smt::Result larger = solver.check(query);
        if (larger.answer == smt::Answer::satisfiable)
            best = std::move(larger);
        else if (best.answer != smt::Answer::satisfiable)
            return larger; // the first, which has no bounds from an earlier one
        else
            ++i; // or not known to be larger: what was found is a violation anyway
        count = best.unknowns.size();
    }
    return best;
}

} // namespace

void Z3Tally::add(const Z3Tally& other) {
    views += other.views;
    queries += other.queries;
    cache_hits += other.cache_hits;
    violated_views += other.violated_views;
    unknowns += other.unknowns;
    if (unknown_reason.empty())
        unknown_reason = other.unknown_reason;
    seconds += other.seconds;
    slowest_seconds = std::max(slowest_seconds, other.slowest_seconds);
}

void require_agreement(PropertyId property, const View& view, bool natively_violated, const Z3Answer& answer) {
    if (answer.answer == smt::Answer::unknown || answer.violated() == natively_violated)
        return;
    const auto say = [](bool violated) { return violated ? "violated" : "holds"; };
    throw Disagreement("Z3 and the native evaluation disagree about " + property_name(property) +
                       ": Z3: " + say(answer.violated()) + ", native: " + say(natively_violated) + "; in this view:\n" +
                       to_text(view));
}

// Solvers are expensive to start, and each is for one thread at a time: a stack of those that nobody is using.
struct Z3Judge::Shared {
    struct Seat {
        explicit Seat(unsigned timeout_ms) : solver({.timeout_ms = timeout_ms}) {}
        smt::Solver solver;
        Canonizer canonizer;
    };

    std::mutex mutex; // of all below
    std::vector<std::unique_ptr<Seat>> free_seats;
    std::array<std::unordered_map<std::string, Z3Answer>, z3_properties.size()> known; // by canonical key
    Z3Tallies tallies;
};

class Z3Judge::BorrowedSolver {
public:
    BorrowedSolver(Shared& shared, unsigned timeout_ms) : shared_(shared) {
        {
            const std::lock_guard lock(shared.mutex);
            if (!shared.free_seats.empty()) {
                seat_ = std::move(shared.free_seats.back());
                shared.free_seats.pop_back();
            }
        }
        if (!seat_)
            seat_ = std::make_unique<Shared::Seat>(timeout_ms);
    }
    ~BorrowedSolver() {
        const std::lock_guard lock(shared_.mutex);
        shared_.free_seats.push_back(std::move(seat_));
    }
    BorrowedSolver(const BorrowedSolver&) = delete;
    BorrowedSolver& operator=(const BorrowedSolver&) = delete;
    Shared::Seat* operator->() const { return seat_.get(); }

private:
    Shared& shared_;
    std::unique_ptr<Shared::Seat> seat_;
};

Z3Judge::Z3Judge(const Z3Options& options) : options_(options), shared_(std::make_unique<Shared>()) {
    for (std::size_t i = 0; i < z3_properties.size(); ++i)
        shared_->tallies[i].property = z3_properties[i];
}

Z3Judge::~Z3Judge() = default;

// Outside of any lock: this is where the time goes.
Z3Answer Z3Judge::put_question(PropertyId property, const View& view, Z3Tally& tally) {
    if (options_.interrupt != nullptr && options_.interrupt->load(std::memory_order_relaxed))
        return {.answer = smt::Answer::unknown, .reason = "interrupted", .first_erroneous = {}, .line = {}};
    const BorrowedSolver seat(*shared_, options_.timeout_ms);
    const smt::Result result = check(seat->solver, property, view);
    tally.queries = 1;
    tally.seconds = tally.slowest_seconds = result.seconds;
    return answer_of(property, result);
}

Z3Answer Z3Judge::ask(PropertyId property, const View& view) {
    if (options_.mode == Z3Mode::distinct) {
        std::string key;
        Renaming renaming;
        {
            const BorrowedSolver seat(*shared_, options_.timeout_ms);
            key = seat->canonizer.key(property, view);
            renaming = seat->canonizer.renaming();
        }
        Z3Answer answer = ask_canonical(property, key, 1);
        if (answer.violated() && property == PropertyId::minimal_rollback)
            answer.line = renaming.original(answer.line);
        else if (answer.violated())
            answer.first_erroneous = renaming.original(answer.first_erroneous);
        return answer;
    }
    Z3Tally tally;
    tally.views = 1;
    Z3Answer answer = put_question(property, view, tally);
    tally.violated_views = answer.violated() ? 1 : 0;
    tally.unknowns = answer.answer == smt::Answer::unknown ? 1 : 0;
    tally.unknown_reason = answer.reason;
    const std::lock_guard lock(shared_->mutex);
    shared_->tallies[index_of(property)].add(tally);
    return answer;
}

Z3Answer Z3Judge::ask_canonical(PropertyId property, std::string_view key, std::uint64_t views) {
    const std::size_t index = index_of(property);
    Z3Tally tally;
    tally.views = views;
    Z3Answer answer;
    bool known = false;
    {
        const std::lock_guard lock(shared_->mutex);
        const auto found = shared_->known[index].find(std::string(key));
        known = found != shared_->known[index].end();
        if (known)
            answer = found->second;
    }
    if (!known) {
        const CanonicalView canonical(property, key);
        answer = put_question(property, canonical.view(), tally);
        tally.unknowns = answer.answer == smt::Answer::unknown ? 1 : 0;
        tally.unknown_reason = answer.reason;
    }
    tally.cache_hits = known ? views : views - std::min<std::uint64_t>(views, 1);
    tally.violated_views = answer.violated() ? views : 0;
    const std::lock_guard lock(shared_->mutex);
    shared_->tallies[index].add(tally);
    if (!known && answer.answer != smt::Answer::unknown) // an unknown may be known another time
        shared_->known[index].emplace(key, answer);
    return answer;
}

Z3Explanation Z3Judge::explain(PropertyId property, const View& view) const {
    smt::Solver solver({.timeout_ms = options_.timeout_ms});
    // A fault that does harm says more than a loss that needs none.
    const bool has_errors = property != PropertyId::containment && property != PropertyId::minimal_rollback;
    smt::Result result;
    if (has_errors)
        result = check_for_largest(solver, property, view, Wish::error);
    if (result.answer != smt::Answer::satisfiable)
        result = check_for_largest(solver, property, view, Wish::any);
    Z3Explanation explanation{.answer = answer_of(property, result), .lines = {}};
    if (result.answer != smt::Answer::satisfiable)
        return explanation;
    smt::Query query(solver.context(), property_name(property));
    smt::Z3Logic logic(query);
    pose(logic, query, property, view); // the same parts in the same order
    ClaimParts parts;
    for (std::size_t i = 0; i < result.parts.size(); ++i)
        parts.emplace(query.parts()[i].name, result.parts[i]);
    explanation.lines = property == PropertyId::minimal_rollback
                            ? explain_line(view, explanation.answer.line)
                            : explain_hypothesis(property, view, explanation.answer.first_erroneous, parts);
    return explanation;
}

std::string Z3Judge::to_smt_lib(PropertyId property, const View& view) {
    smt::Solver solver;
    smt::Query query(solver.context(), property_name(property), smt::Parts::defined);
    smt::Z3Logic logic(query);
    pose(logic, query, property, view);
    const std::array<std::string, 3> comments = {
        "Property " + property_name(property) + ": " + all_properties()[static_cast<std::size_t>(property)].rationale,
        "sat: violated in this view (messages are bits: cluster 1 is bit 0; A1 1 is bit " +
            std::to_string(cluster_message_count_max) + ", A2 1 is bit " +
            std::to_string(cluster_message_count_max + active_message_count_max) + ", and so on)",
        to_text(view)};
    return query.to_smt_lib(comments);
}

Z3Tallies Z3Judge::tallies() const {
    const std::lock_guard lock(shared_->mutex);
    return shared_->tallies;
}

} // namespace mdcd::model
