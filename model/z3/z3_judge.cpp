// Asks, remembers and compares.
// Knows of the solver where it can be asked, and no more.
#include "model/z3/z3_judge.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

#include "checker/invariant.hpp"
#include "model/claims/view_text.hpp"
#include "model/z3/canonical_view.hpp"
#include "model/z3/z3_local_session.hpp"
#include "model/z3/z3_remote_session.hpp"

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

// An attempt takes no longer than everything may.
smt::SolverOptions solver_options(const Z3Options& options) {
    unsigned timeout_ms = options.timeout_ms;
    if (options.seconds_max > 0 && options.seconds_max < 1e6) {
        const auto most = static_cast<unsigned>(std::max(1.0, 1000 * options.seconds_max));
        timeout_ms = timeout_ms == 0 ? most : std::min(timeout_ms, most);
    }
    return {.timeout_ms = timeout_ms, .effort_max = options.effort_max, .before_attempt = options.before_attempt};
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
    struct PooledSession {
        std::unique_ptr<Z3Session> session;
        Canonizer canonizer;
    };

    std::mutex mutex; // of all below
    std::vector<std::unique_ptr<PooledSession>> free_sessions;
    std::array<std::unordered_map<std::string, Z3Answer>, z3_properties.size()> known; // by canonical key
    std::array<std::map<std::string, std::string>, z3_properties.size()> unanswered;   // reasons, by canonical key
    StoredAnswers fresh;
    Z3Tallies tallies;
    bool has_asker = false; // a process that asks could be started
};

class Z3Judge::BorrowedSession {
public:
    BorrowedSession(Shared& shared, const Z3Options& options) : shared_(shared) {
        {
            const std::lock_guard lock(shared.mutex);
            if (!shared.free_sessions.empty()) {
                pooled_ = std::move(shared.free_sessions.back());
                shared.free_sessions.pop_back();
            }
        }
        if (!pooled_)
            pooled_.reset(new Shared::PooledSession{.session = open_session(shared, options), .canonizer = {}});
    }
    ~BorrowedSession() {
        const std::lock_guard lock(shared_.mutex);
        shared_.free_sessions.push_back(std::move(pooled_));
    }
    BorrowedSession(const BorrowedSession&) = delete;
    BorrowedSession& operator=(const BorrowedSession&) = delete;
    Shared::PooledSession* operator->() const { return pooled_.get(); }

private:
    // Where no other process can be started, this one has to do; but not once another has died.
    static std::unique_ptr<Z3Session> open_session(Shared& shared, const Z3Options& options) {
        if (!options.asker.empty()) {
            auto remote = std::make_unique<Z3RemoteSession>(options.asker, solver_options(options));
            const bool is_open = remote->opens();
            const std::lock_guard lock(shared.mutex);
            shared.has_asker = shared.has_asker || is_open;
            if (shared.has_asker)
                return remote;
        }
        return std::make_unique<Z3LocalSession>(solver_options(options));
    }

    Shared& shared_;
    std::unique_ptr<Shared::PooledSession> pooled_;
};

Z3Judge::Z3Judge(const Z3Options& options) : options_(options), shared_(std::make_unique<Shared>()) {
    for (std::size_t i = 0; i < z3_properties.size(); ++i)
        shared_->tallies[i].property = z3_properties[i];
}

Z3Judge::~Z3Judge() = default;

const char* Z3Judge::reason_to_stop() const {
    if (options_.interrupt != nullptr && options_.interrupt->load(std::memory_order_relaxed))
        return "interrupted";
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start_;
    return options_.seconds_max > 0 && spent.count() >= options_.seconds_max ? "seconds" : nullptr;
}

// Outside of any lock: this is where the time goes.
Z3Answer Z3Judge::put_question(PropertyId property, std::string_view key, const View& view, Z3Tally& tally) {
    if (const char* const reason = reason_to_stop()) {
        tally.unknowns = 1;
        tally.unknown_reason = reason;
        return {.answer = smt::Answer::unknown, .reason = reason, .first_erroneous = {}, .line = {}};
    }
    const BorrowedSession pooled(*shared_, options_);
    const smt::Result result = pooled->session->answer(property, view);
    tally.queries = 1;
    tally.seconds = tally.slowest_seconds = result.seconds;
    tally.unknowns = result.answer == smt::Answer::unknown ? 1 : 0;
    tally.unknown_reason = result.reason;
    if (result.answer == smt::Answer::unknown)
        note_unanswered(property, key.empty() ? pooled->canonizer.key(property, view) : key, result.reason);
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
            const BorrowedSession pooled(*shared_, options_);
            key = pooled->canonizer.key(property, view);
            renaming = pooled->canonizer.renaming();
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
    const std::optional<std::uint64_t> text_hash =
        BorrowedSession(*shared_, options_)->session->text_hash(property, canonical.view());
    if (!text_hash) // asking may still work
        return put_question(property, key, canonical.view(), tally);
    StoredQuestion question{property, std::string(key), *text_hash};
    if (const auto stored = options_.store->find(question)) {
        tally.saved_hits = 1;
        smt::Result result;
        result.answer = stored->violated ? smt::Answer::satisfiable : smt::Answer::unsatisfiable;
        result.unknowns.assign(stored->unknowns.begin(), stored->unknowns.end());
        return answer_of(property, canonical.view(), result);
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
    return BorrowedSession(*shared_, options_)->session->explain(property, view);
}

std::string Z3Judge::text(PropertyId property, const View& view, const QuestionNotes& notes) const {
    return BorrowedSession(*shared_, options_)->session->text(property, view, notes);
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
    return "mdcd " + tool_version + " with Z3 " + smt::solver_identity();
}

} // namespace mdcd::model
