// Each claim of the proof, read through every window of a state, against the part of the checker's predicate that says
// the same. The predicates are not written again: they name their parts, and those are listened to.
#include <algorithm>
#include <map>

#include "checker/invariant.hpp"
#include "model/claims/properties.hpp"
#include "model/proof/tie_recovery.hpp"

namespace mdcd::model::proof {

using impl::Group;
using impl::ProcessId;

namespace {

// Computes a predicate, and notes of each part that has a name whether it is true, or not empty.
struct Listening : Native {
    std::map<std::string, bool> parts;

    template <class Term> Term named(const char* name, Term term) {
        parts[name] |= term != Term{};
        return term;
    }
    template <class Term> Term named(const char* name, unsigned, Term term) { return named(name, term); }
};
static_assert(Logic<Listening>);

ProcessId source_of(MessageId message) {
    return message.source == 0
               ? ProcessId{Group::shadow, 0}
               : ProcessId{Group::active, static_cast<std::uint8_t>(message.source - first_active_source)};
}

// What the windows of a state say of each claim.
std::vector<Reading::ClaimReading> read_claims(Reading& reading, const ExplicitState& state) {
    std::vector<Reading::ClaimReading> all(claims().size());
    for (Subject subject : subjects_of(state)) {
        if (subject.notified || subject.older)
            continue;
        Transition<Concrete> transition;
        transition.before = window_of(state, subject);
        subject.process = source_of(subject.message);
        const std::size_t count = state.guarded(subject.process).checkpoints.size();
        for (std::size_t focus = 0; focus < std::max<std::size_t>(count, 1); ++focus) {
            subject.focus = count == 0 ? std::nullopt : std::optional(focus);
            transition.happening.other = process_window_of(state, subject);
            const std::vector<Reading::ClaimReading> here = reading.claims_of(transition);
            for (std::size_t claim = 0; claim < all.size(); ++claim) {
                all[claim].holds = all[claim].holds && here[claim].holds;
                all[claim].telling = all[claim].telling || here[claim].telling;
            }
        }
    }
    return all;
}

} // namespace

std::vector<bool> judged_claims(const System& system, const checker::GlobalState& state) {
    const View view = checker::ask(system, state, [&](auto summaries) { return system.view(summaries); });
    const Hypothesis<Native> hardest = hardest_hypothesis(view);
    Hypothesis<Listening> hypothesis;
    std::ranges::copy(hardest, hypothesis.begin());
    Listening clean;
    Listening recovered;
    const bool contained = !violates_containment(clean, view, hypothesis);
    (void)violates_recoverability(recovered, view, hypothesis);
    const auto has = [&](const char* part) {
        const auto found = recovered.parts.find(part);
        if (found == recovered.parts.end())
            checker::broken("recoverability has lost a part that a claim of the proof is compared with", __FILE__,
                            __LINE__);
        return found->second;
    };
    std::vector<bool> truths;
    for (const ProvedClaim& claim : claims()) {
        const std::string name = claim.name;
        if (name == "containment")
            truths.push_back(contained);
        else if (name == "no_surviving_dependence")
            truths.push_back(!has("error_in_a_process") && !has("error_to_be_delivered"));
        else if (name == "no_orphan")
            truths.push_back(!has("orphan"));
        else if (name == "no_lost_message")
            truths.push_back(!has("lost"));
        else if (name == "no_duplicate")
            truths.push_back(!has("duplicate"));
        else
            checker::broken("a claim of the proof is compared with nothing", __FILE__, __LINE__);
    }
    return truths;
}

void tie_claims_in(const System& system, Reading& reading, const checker::GlobalState& state, const Sent& sent,
                   TieReport& report, const ClaimJudge& judge) {
    const std::vector<bool> judged = judge(system, state);
    const std::vector<Reading::ClaimReading> read = read_claims(reading, decode_state(system.layout(), state, sent));
    ++report.judged_states;
    for (std::size_t claim = 0; claim < read.size(); ++claim) {
        report.violated_by_claim[claim] += !judged[claim];
        report.telling_by_claim[claim] += read[claim].telling;
        if (read[claim].holds == judged[claim] || report.failure)
            continue;
        report.failure = TieFailure{claims()[claim].name,
                                    judged[claim] ? "the windows say that it is violated, the checker that it holds"
                                                  : "the checker says that it is violated, the windows that it holds",
                                    std::nullopt, std::nullopt};
    }
}

TieReport tie_claims(const System& system, Reading& reading, const TieOptions& options) {
    TieReport report;
    for_each_walked(system, options, std::min(options.walks, options.judged_walks),
                    [&](const checker::GlobalState& state, const Sent& sent) {
                        tie_claims_in(system, reading, state, sent, report);
                        return !report.failure;
                    });
    return report;
}

} // namespace mdcd::model::proof
