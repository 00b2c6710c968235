// Recovery in the proof is what the implementation does, and whoever changes one of the two alone is told; each claim
// by itself is what the checker judges. Knows the faults that were once not seen.
#include <doctest/doctest.h>

#include "model/inputs/library.hpp"
#include "model/proof/tie_recovery.hpp"
#include "tests/support/reached_states.hpp"

namespace mdcd::model::proof {
namespace {

using Validated = impl::SequenceVector;
using impl::Notes;
using impl::Rules;

std::string failure_of(const TieReport& report) {
    return report.failure ? report.failure->place + (": " + report.failure->what) : "";
}

TieReport tied(const Rules& implementation, const Rules& text, const TieOptions& options,
               const RecoveryCode& code = recovery_of_impl()) {
    const System system(recovery_scope(), implementation);
    Reading reading(text);
    return tie_recoveries(system, reading, options, code);
}

// Impl's recovery after `prepare` has changed the process, for both kinds.
RecoveryCode after(void (*prepare)(Guarded&, const Validated&, const Rules&)) {
    RecoveryCode code = recovery_of_impl();
    code.active = [prepare](ActiveProcess& process, const Validated& validated, const Rules& rules, Notes& notes) {
        prepare(process.guarded, validated, rules);
        impl::recover(process, validated, rules, notes);
    };
    code.shadow = [prepare](ShadowProcess& process, const Validated& validated, const Rules& rules, Notes& notes) {
        prepare(process.guarded, validated, rules);
        return impl::recover(process, validated, rules, notes);
    };
    return code;
}

void keep_the_newest(Guarded& process, const Validated&, const Rules&) {
    const std::size_t count = process.checkpoints.size();
    process.checkpoints.keep_if([&](const Checkpoint&, std::size_t position) { return position + 1 == count; });
}

void call_all_inputs_clean(Guarded& process, const Validated&, const Rules&) {
    for (auto& entry : process.input_log)
        entry.message.dirty = false;
}

void forget_the_log(Guarded& process, const Validated&, const Rules&) {
    for (Checkpoint& each : process.checkpoints)
        each.log_length = 0;
    process.input_log.clear();
}

void roll_back_at_once(ActiveProcess& process, const Validated& validated, const Rules& rules, Notes& notes) {
    Guarded& guarded = process.guarded;
    if (const auto target = impl::rollback_target(guarded))
        impl::roll_back(guarded, *target, validated, rules, notes);
}

using Shadow = impl::TakeOver<GhostApplication>;
RecoveryCode taking_over(void (*change)(Shadow&, const ShadowProcess&)) {
    RecoveryCode code = recovery_of_impl();
    code.shadow = [change](ShadowProcess& process, const Validated& validated, const Rules& rules, Notes& notes) {
        Shadow take_over = impl::recover(process, validated, rules, notes);
        change(take_over, process);
        return take_over;
    };
    return code;
}

} // namespace

TEST_CASE("recoveries from states reached by chance and from made-up ones are what the claims take them to be") {
    for (const std::string name : {"repaired", "repaired_fewest_checkpoints", "repaired_vector", "published"}) {
        CAPTURE(name);
        const Rules& rules = preset(name).rules;
        const TieReport report = tied(rules, rules, {.walks = 8, .made_up_states = 60});
        CHECK(failure_of(report) == "");
        CHECK(report.recoveries > 500);
        CHECK(report.shadow_rollbacks > 5);
        CHECK(report.rollbacks > report.shadow_rollbacks + 10);
    }
}

TEST_CASE("under every value of every rule") {
    for (const impl::RuleDescription& rule : impl::rule_table())
        for (std::uint8_t value = 0; value < rule.values.size(); ++value) {
            Rules rules = preset("published").rules;
            rule.set(rules, value);
            CAPTURE(std::string(rule.name) + "=" + std::string(rule.values[value]));
            CHECK(failure_of(tied(rules, rules, {.walks = 1, .made_up_states = 12})) == "");
        }
}

// Each of these left the verdict "proved".
TEST_CASE("a recovery that does something else is noticed") {
    const Rules& rules = preset("repaired").rules;
    const TieOptions options{.walks = 12, .made_up_states = 100};
    RecoveryCode without_reclaiming = recovery_of_impl();
    without_reclaiming.active = roll_back_at_once;
    RecoveryCode delivers_all = recovery_of_impl();
    delivers_all.survives = [](const Message&, const Validated&, const Rules&) { return true; };
    const std::vector<std::pair<std::string, RecoveryCode>> faults{
        {"to the newest checkpoint, not the oldest", after(keep_the_newest)},
        {"replays what is not validated", after(call_all_inputs_clean)},
        {"replays nothing", after(forget_the_log)},
        {"does not reclaim first", without_reclaiming},
        {"suppresses one too few", taking_over([](Shadow& take_over, const ShadowProcess&) {
             take_over.suppress_through = take_over.suppress_through > 0 ? take_over.suppress_through - 1 : 0;
         })},
        {"suppresses one too many", taking_over([](Shadow& take_over, const ShadowProcess& process) {
             take_over.suppress_through = std::max(take_over.suppress_through, process.shadow_sn) + 1;
         })},
        {"re-sends one too few", taking_over([](Shadow& take_over, const ShadowProcess&) {
             take_over.resent.truncate(take_over.resent.size() > 0 ? take_over.resent.size() - 1 : 0);
         })},
        {"delivers all that is under way", delivers_all},
    };
    for (const auto& each : faults) {
        const auto& fault = each.first;
        CAPTURE(fault);
        CHECK(failure_of(tied(rules, rules, options, each.second)).starts_with("recovery: "));
    }
}

TEST_CASE("rules that act in recovery: the text of one does not fit the implementation of another") {
    for (const std::string change : {"reclamation=by_cover", "receiver_log=while_dirty", "resend=from_checkpoint_index",
                                     "resend=before_checkpoint_above_validated", "suppress_until=exclusive",
                                     "rollback_scope=application_only", "recovery_line=local", "in_transit=deliver"}) {
        CAPTURE(change);
        const Rules text = preset("published").rules;
        Rules implementation = text;
        set_rule(implementation, change);
        CHECK(tied(implementation, text, {.walks = 8, .made_up_states = 600}).failure);
        CHECK(tied(text, implementation, {.walks = 8, .made_up_states = 600}).failure);
    }
}

TEST_CASE("each claim is compared by itself") {
    const Rules& rules = preset("published").rules;
    const System system(load_scope("tiny"), rules);
    Reading reading(rules);
    std::size_t wrong = 0;
    std::size_t states = 0;
    for_each_reached(system, [&](const ReachedState& reached) {
        if (++states % 7 != 0)
            return;
        TieReport report;
        tie_claims_in(system, reading, reached.state, reached.sent, report);
        CHECK(failure_of(report) == "");
        // A checker that takes a lost message for an orphan: the union of all claims would be the same.
        TieReport exchanged;
        tie_claims_in(system, reading, reached.state, reached.sent, exchanged,
                      [](const System& of, const checker::GlobalState& state) {
                          std::vector<bool> judged = judged_claims(of, state);
                          const bool orphan = judged[2];
                          judged[2] = judged[3];
                          judged[3] = orphan;
                          return judged;
                      });
        wrong += exchanged.failure.has_value();
    });
    CHECK(wrong > 0);
}

TEST_CASE("on random runs each claim is the checker's, and each is met") {
    for (const std::string name : {"published", "repaired", "repaired_fewest_checkpoints"}) {
        CAPTURE(name);
        const Rules& rules = preset(name).rules;
        const System system(recovery_scope(), rules);
        Reading reading(rules);
        const TieReport report = tie_claims(system, reading, {.walks = 24});
        CHECK(failure_of(report) == "");
        CHECK(report.judged_states > 200);
        for (std::size_t claim = 0; claim < claims().size(); ++claim) {
            CAPTURE(std::string(claims()[claim].name));
            CHECK(report.telling_by_claim[claim] > 0);
            CHECK((report.violated_by_claim[claim] > 0) <= (name == "published"));
        }
    }
}

} // namespace mdcd::model::proof
