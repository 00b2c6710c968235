// The actions of the proof about a hostile cluster are what impl/boundary.hpp and the handlers after it do, and whoever
// changes one of the two alone is told. Samples: docs/soundness.md says what that leaves open.
#include <doctest/doctest.h>

#include <map>

#include "model/inputs/library.hpp"
#include "model/proof/boundary_proof.hpp"
#include "model/proof/boundary_tie.hpp"

namespace mdcd::model::proof::boundary {
namespace {

impl::Rules hostile_protocol(const std::vector<std::string>& changes = {}) {
    impl::Rules rules = preset("repaired_vector").rules;
    set_rule(rules, "stop_low=detector_only");
    for (const std::string& change : changes)
        set_rule(rules, change);
    return rules;
}

TieReport tied(const std::vector<Action>& read, const impl::BoundaryRules& rules, bool judge_lemmas,
               std::uint64_t walks = 60, const impl::Rules& protocol = hostile_protocol()) {
    return tie(read, {.protocol = protocol, .rules = rules, .walks = walks, .judge_lemmas = judge_lemmas});
}

} // namespace

TEST_CASE("what happens behind the line of defence fits the actions, and the lemmas hold") {
    const TieReport report = tied(actions(), {}, true);
    CHECK(report.failure == "");
    CHECK(report.not_met(actions()) == std::vector<std::string>{});
    CHECK(report.steps_by_action[static_cast<std::size_t>(ActionId::rolls_back)] > 10);
    CHECK(TieReport{}.not_met(actions()).size() == actions().size() + 2);
}

TEST_CASE("without a part of the line of defence it fits the actions under that value, and is told from the others") {
    const std::map<std::string, bool> is_told{
        {"links=as_claimed", true},
        {"boundary_stamp=one_counter", true},
        {"boundary_stamp=at_least_claimed", true},
        {"boundary_stamp=as_claimed", true},
        {"boundary_checkpoint=by_confidence", true},
        {"boundary_checkpoint=none", true},
        {"low_tests=prove", true},
        {"cluster_in_recovery=is_believed", true},
        {"other_kinds=received", true},
        // These change no step that the claim is about.
        {"detector=none", false},
        {"assertion=none", false},
        {"after_recovery=by_incarnation", false},
        {"overruled_claim=kept", false},
    };
    for (const Weakening& each : weakenings()) {
        const std::string name = each.rule + "=" + each.value;
        CAPTURE(name);
        CHECK(tied(actions(each.rules), each.rules, false, 24).failure == "");
        CHECK(tied(actions(), each.rules, false, 24).failure.empty() != is_told.at(name));
    }
}

TEST_CASE("handlers that do something else after the line of defence are noticed") {
    for (const std::string change :
         {"checkpoint_index=local_sn", "reclamation=by_cover", "notification_sn=keep", "dirty_delivery=literal",
          "first_checkpoint=dirty_only", "validated_register=shadow_only", "rollback_scope=application_only"}) {
        CAPTURE(change);
        CHECK_FALSE(tied(actions(), {}, false, 60, hostile_protocol({change})).failure.empty());
    }
}

TEST_CASE("an action that is right for small numbers only is noticed") {
    std::vector<Action> bounded = actions();
    for (Action& each : bounded)
        if (each.id == ActionId::receives)
            each.relation = [right = each.relation](const Step& step) {
                return right(step) && step.before.process.low_sn <= step.before.validated.owner().number(50);
            };
    CHECK(tied(bounded, {}, false).failure.starts_with("receives: "));
}

TEST_CASE("a refuted step that does harm has a run, and what is contained has none") {
    const std::map<std::string, std::size_t> lengths{
        {"links=as_claimed", 1},          {"boundary_stamp=one_counter", 4},
        {"boundary_stamp=as_claimed", 1}, {"boundary_checkpoint=none", 1},
        {"low_tests=prove", 2},           {"other_kinds=received", 1},
    };
    CHECK(find_run(hostile_protocol(), {}, 1, 200).events.empty());
    for (const Weakening& each : weakenings()) {
        const std::string name = each.rule + "=" + each.value;
        CAPTURE(name);
        const auto found = lengths.find(name);
        CHECK(find_run(hostile_protocol(), each.rules, 1, 200).events.size() ==
              (found == lengths.end() ? 0 : found->second));
    }
}

TEST_CASE("a process that begins dirty is told from the beginning") {
    State state = initial_state({.components = 1, .actives = 1}, hostile_protocol(), {});
    Reading reading(actions());
    Subject subject;
    subject.channel = state.channels()[0];
    subject.process = subject.channel.receiver;
    CHECK(reading.is_initial(window_of(state, subject)));
    state.process(subject.process).guarded().dirty = true;
    CHECK_FALSE(reading.is_initial(window_of(state, subject)));
}

} // namespace mdcd::model::proof::boundary
