// Asks, remembers and compares.
// The one source of this folder that meets the solver.
#include "model/z3_judge.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

#include "checker/smt/solver.hpp"
#include "model/canonical_view.hpp"
#include "model/cascade.hpp"
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
Z3Answer answer_of(PropertyId property, const View& view, smt::Answer answer, const auto& unknowns) {
    Z3Answer result;
    result.answer = answer;
    for (std::size_t i = 0; i < unknowns.size(); ++i)
        (property == PropertyId::minimal_rollback ? result.line[i]
         : i < view.components                    ? result.first_erroneous[i]
                                                  : result.first_erroneous.missed[i - view.components]) =
            static_cast<std::uint8_t>(unknowns[i]);
    return result;
}

Z3Answer answer_of(PropertyId property, const View& view, const smt::Result& result) {
    Z3Answer answer = answer_of(property, view, result.answer, result.unknowns);
    answer.reason = result.reason;
    return answer;
}

void state(smt::Query& query, PropertyId property, const View& view) {
    smt::Z3Logic logic(query);
    pose(logic, query, property, view);
}

smt::SolverOptions solver_options(const Z3Options& options) {
    return {
        .timeout_ms = options.timeout_ms, .effort_max = options.effort_max, .before_attempt = options.before_attempt};
}

// The formula as it would be asserted. Printed by Z3, so a change of predicate or translation shows.
std::uint64_t text_hash_of(z3::context& context, PropertyId property, const View& view) {
    smt::Query query(context, property_name(property), smt::Parts::ignored);
    state(query, property, view);
    std::uint64_t hash = 0xcbf29ce484222325U;
    const z3::expr_vector assertions = query.assertions();
    for (unsigned i = 0; i < assertions.size(); ++i)
        for (const char each : assertions[static_cast<int>(i)].to_string())
            hash = (hash ^ static_cast<unsigned char>(each)) * 0x100000001b3U;
    return hash;
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
smt::Result check_for_largest(smt::Solver& solver, const std::string& name, const smt::Solver::Build& build) {
    smt::Result best;
    for (std::size_t i = 0, count = 1; i < count;) {
        smt::Result larger = solver.check(name, [&](smt::Query& query) {
            build(query);
            for (std::size_t j = 0; j < best.unknowns.size() && j <= i; ++j) {
                const z3::expr& unknown = query.unknowns()[j].term;
                const z3::expr value = query.context().bv_val(best.unknowns[j], smt::Z3Logic::number_width);
                query.require(j < i ? unknown == value : z3::ugt(unknown, value));
            }
        });
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

smt::Result check_for_largest(smt::Solver& solver, PropertyId property, const View& view, Wish wish) {
    return check_for_largest(solver, property_name(property), [&](smt::Query& query) {
        state(query, property, view);
        require_wish(query, wish);
    });
}

// Where the rollbacks would end that this hypothesis makes necessary: Z3 picks the line. The propagation link by link
// (cascade.cpp) must come to the same end.
std::vector<std::string> explain_cascade(smt::Solver& solver, const View& view, const Hypothesis<Native>& hypothesis) {
    const AllPlaces places = places_of(view);
    const smt::Result end = check_for_largest(solver, "the end of a cascade", [&](smt::Query& query) {
        smt::Z3Logic logic(query);
        Hypothesis<smt::Z3Logic> first_erroneous = no_fault(logic);
        for (unsigned component = 0; component < view.components; ++component)
            first_erroneous[component] = logic.number(hypothesis[component]);
        Line<smt::Z3Logic> line = filled<high_confidence_count_max>(logic.number(0));
        for (unsigned process = 0; process < view.process_count; ++process)
            line[process] = logic.unknown("line_" + process_name(view, process), 0,
                                          static_cast<std::uint8_t>(places[process].each.size() - 1));
        query.require(ends_cascade(logic, view, places, first_erroneous, line).term);
    });
    if (end.answer == smt::Answer::unknown)
        return {};
    std::optional<Line<Native>> line;
    if (end.answer == smt::Answer::satisfiable)
        line = answer_of(PropertyId::minimal_rollback, view, end).line;
    if (sends_only_grow(view, places) && line != cascade_of(view, hypothesis).end)
        throw Disagreement("Z3 and the propagation of rollbacks disagree about where a cascade ends: Z3: " +
                           (line ? line_of_places(view, *line) : "nowhere") + "; in this view:\n" + to_text(view));
    return {line ? "the latest line that is consistent then: " + line_of_places(view, *line)
                 : "no line of the states kept is consistent then"};
}

} // namespace

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
        explicit Seat(const Z3Options& options) : solver(solver_options(options)) {}
        smt::Solver solver;
        z3::context texts; // for the content of questions, where there is a store
        Canonizer canonizer;
    };

    std::mutex mutex; // of all below
    std::vector<std::unique_ptr<Seat>> free_seats;
    std::array<std::unordered_map<std::string, Z3Answer>, z3_properties.size()> known; // by canonical key
    std::array<std::map<std::string, std::string>, z3_properties.size()> unanswered;   // reasons, by canonical key
    StoredAnswers fresh;
    Z3Tallies tallies;
};

class Z3Judge::BorrowedSolver {
public:
    BorrowedSolver(Shared& shared, const Z3Options& options) : shared_(shared) {
        {
            const std::lock_guard lock(shared.mutex);
            if (!shared.free_seats.empty()) {
                seat_ = std::move(shared.free_seats.back());
                shared.free_seats.pop_back();
            }
        }
        if (!seat_)
            seat_ = std::make_unique<Shared::Seat>(options);
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
Z3Answer Z3Judge::put_question(PropertyId property, std::string_view key, const View& view, Z3Tally& tally) {
    if (options_.interrupt != nullptr && options_.interrupt->load(std::memory_order_relaxed)) {
        tally.unknowns = 1;
        tally.unknown_reason = "interrupted";
        return {.answer = smt::Answer::unknown, .reason = "interrupted", .first_erroneous = {}, .line = {}};
    }
    const BorrowedSolver seat(*shared_, options_);
    const smt::Result result = seat->solver.check(
        property_name(property), [&](smt::Query& query) { state(query, property, view); }, smt::Parts::ignored);
    tally.queries = 1;
    tally.seconds = tally.slowest_seconds = result.seconds;
    tally.unknowns = result.answer == smt::Answer::unknown ? 1 : 0;
    tally.unknown_reason = result.reason;
    if (result.answer == smt::Answer::unknown)
        note_unanswered(property, key.empty() ? seat->canonizer.key(property, view) : key, result.reason);
    return answer_of(property, view, result);
}

void Z3Judge::note_unanswered(PropertyId property, std::string_view key, const std::string& reason) {
    const std::lock_guard lock(shared_->mutex);
    shared_->unanswered[index_of(property)].emplace(key, reason);
}

Z3Answer Z3Judge::ask(PropertyId property, const View& view) {
    if (options_.mode == Z3Mode::distinct) {
        std::string key;
        Renaming renaming;
        {
            const BorrowedSolver seat(*shared_, options_);
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
    Z3Answer answer = put_question(property, "", view, tally);
    tally.violated_views = answer.violated() ? 1 : 0;
    const std::lock_guard lock(shared_->mutex);
    shared_->tallies[index_of(property)].add(tally);
    return answer;
}

// From the store, or from Z3 for the store.
Z3Answer Z3Judge::find_or_ask(PropertyId property, std::string_view key, Z3Tally& tally) {
    const CanonicalView canonical(property, key);
    if (options_.store == nullptr)
        return put_question(property, key, canonical.view(), tally);
    StoredQuestion question{property, std::string(key), 0};
    try {
        const BorrowedSolver seat(*shared_, options_);
        question.text_hash = text_hash_of(seat->texts, property, canonical.view());
    } catch (const z3::exception&) { // no text, no memory: asking may still work
        return put_question(property, key, canonical.view(), tally);
    }
    if (const auto stored = options_.store->find(question)) {
        tally.saved_hits = 1;
        return answer_of(property, canonical.view(),
                         stored->violated ? smt::Answer::satisfiable : smt::Answer::unsatisfiable, stored->unknowns);
    }
    const Z3Answer answer = put_question(property, key, canonical.view(), tally);
    if (answer.answer == smt::Answer::unknown)
        return answer;
    StoredAnswer stored{.violated = answer.violated(), .unknowns = {}};
    if (answer.violated() && property == PropertyId::minimal_rollback)
        stored.unknowns.assign(answer.line.begin(), answer.line.begin() + canonical.view().process_count);
    else if (answer.violated())
        stored.unknowns.assign(answer.first_erroneous.begin(),
                               answer.first_erroneous.begin() + canonical.view().components);
    for (unsigned miss = 0; answer.violated() && miss < canonical.view().misses; ++miss)
        stored.unknowns.push_back(answer.first_erroneous.missed[miss]);
    const std::lock_guard lock(shared_->mutex);
    shared_->fresh.emplace(std::move(question), std::move(stored));
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
    if (!known)
        answer = find_or_ask(property, key, tally);
    tally.cache_hits = known ? views : views - std::min<std::uint64_t>(views, 1); // the others are equal to the first
    tally.violated_views = answer.violated() ? views : 0;
    const std::lock_guard lock(shared_->mutex);
    shared_->tallies[index].add(tally);
    if (!known && answer.answer != smt::Answer::unknown) // an unknown may be known another time
        shared_->known[index].emplace(key, answer);
    return answer;
}

Z3Explanation Z3Judge::explain(PropertyId property, const View& view) const {
    smt::Solver solver(solver_options(options_));
    // A fault that does harm says more than a loss that needs none.
    const bool has_errors = property != PropertyId::containment && property != PropertyId::minimal_rollback;
    smt::Result result;
    if (has_errors)
        result = check_for_largest(solver, property, view, Wish::error);
    if (result.answer != smt::Answer::satisfiable)
        result = check_for_largest(solver, property, view, Wish::any);
    Z3Explanation explanation{.answer = answer_of(property, view, result), .lines = {}};
    if (result.answer != smt::Answer::satisfiable)
        return explanation;
    ClaimParts parts;
    for (const smt::Valued& part : result.parts)
        parts.emplace(part.name, part.value);
    explanation.lines = property == PropertyId::minimal_rollback
                            ? explain_line(view, explanation.answer.line)
                            : explain_hypothesis(property, view, explanation.answer.first_erroneous, parts);
    if (property == PropertyId::no_cascading_rollback)
        for (std::string& line : explain_cascade(solver, view, explanation.answer.first_erroneous))
            explanation.lines.push_back(std::move(line));
    return explanation;
}

Z3Tallies Z3Judge::tallies() const {
    const std::lock_guard lock(shared_->mutex);
    return shared_->tallies;
}

std::vector<Z3Judge::Unanswered> Z3Judge::unanswered() const {
    const std::lock_guard lock(shared_->mutex);
    std::vector<Unanswered> all;
    for (std::size_t i = 0; i < z3_properties.size(); ++i)
        for (const auto& [key, reason] : shared_->unanswered[i])
            all.push_back({z3_properties[i], key, reason});
    return all;
}

StoredAnswers Z3Judge::fresh_answers() const {
    const std::lock_guard lock(shared_->mutex);
    return shared_->fresh;
}

std::string Z3Judge::identity(const std::string& tool_version) {
    return "mdcd " + tool_version + " with Z3 " + smt::solver_version();
}

} // namespace mdcd::model
