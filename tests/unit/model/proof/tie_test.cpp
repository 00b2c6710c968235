// The actions of the proof are what the implementation does, and whoever changes one of the two alone is told.
// Samples: docs/soundness.md says what that leaves open.
#include <doctest/doctest.h>

#include "model/inputs/library.hpp"
#include "model/proof/tie.hpp"
#include "tests/support/reached_states.hpp"

namespace mdcd::model::proof {
namespace {

TieReport is_tied(const impl::Rules& implementation, const impl::Rules& text, TieOptions options) {
    const System system(tie_scope(), implementation);
    Reading reading(text);
    TieReport report = tie_walks(system, reading, options);
    report.add(tie_made_up_states(system, reading, options));
    return report;
}

std::string tie_failure_of(const TieReport& report) {
    return report.failure ? report.failure->place + (": " + report.failure->what) : "";
}

} // namespace

TEST_CASE("steps from states reached by chance and from made-up ones fit the actions, and the lemmas hold") {
    for (const std::string name : {"repaired", "repaired_fewest_checkpoints"}) {
        CAPTURE(name);
        const impl::Rules& rules = preset(name).rules;
        const TieReport report = is_tied(rules, rules, {.walks = 25, .made_up_states = 80});
        CHECK(tie_failure_of(report) == "");
        for (const std::uint64_t steps : report.steps_by_action)
            CHECK(steps > 0);
    }
}

TEST_CASE("every step that tiny can take fits its action, in a few windows each, and the lemmas hold after it") {
    const System system(load_scope("tiny"), preset("repaired").rules);
    Reading reading(system.rules());
    TieReport report;
    checker::Random random(1);
    for_each_reached(system, [&](const ReachedState& reached) {
        for (const checker::Enabled& each : checker::enabled(system, reached.state)) {
            const ExplicitStep step = explicit_step(system, reached.state, reached.sent, each);
            tie_step(reading, step, drawn_subjects(step.after, 3, random), true, report);
        }
    });
    CHECK(tie_failure_of(report) == "");
    CHECK(report.steps > 10000);
}

TEST_CASE("they fit under every value of every rule") {
    for (const impl::RuleDescription& rule : impl::rule_table())
        for (std::uint8_t value = 0; value < rule.values.size(); ++value) {
            impl::Rules rules = preset("published").rules;
            rule.set(rules, value);
            CAPTURE(std::string(rule.name) + "=" + std::string(rule.values[value]));
            CHECK(tie_failure_of(is_tied(rules, rules, {.walks = 1, .made_up_states = 12, .judge_lemmas = false})) ==
                  "");
        }
}

// Rules that act in a step. The others act in recovery, which is no step.
TEST_CASE("an implementation that does something else is noticed") {
    for (const std::string change :
         {"dirty_delivery=literal", "notification_sn=keep", "validated_register=everywhere",
          "first_checkpoint=dirty_only", "checkpoint_trigger=every_new_sn", "propagation_mark=any_internal",
          "checkpoint_index=local_sn", "reclamation=by_cover", "receiver_log=while_dirty",
          "shadow_input_index=shadow_sn", "shadow_output_index=low_sn"}) {
        CAPTURE(change);
        const impl::Rules text = preset("published").rules;
        impl::Rules implementation = text;
        set_rule(implementation, change);
        CHECK(is_tied(implementation, text, {.walks = 4, .made_up_states = 100, .judge_lemmas = false}).failure);
        CHECK(is_tied(text, implementation, {.walks = 4, .made_up_states = 100, .judge_lemmas = false}).failure);
    }
}

TEST_CASE("a lemma that is false in a state that can be reached is noticed") {
    const impl::Rules& rules = preset("published").rules;
    const TieReport report = is_tied(rules, rules, {.walks = 30, .made_up_states = 0});
    REQUIRE(report.failure);
    CHECK(report.failure->what.find("is false in a state that can be reached") != std::string::npos);
}

TEST_CASE("equal seeds compare the same steps") {
    const impl::Rules& rules = preset("repaired").rules;
    const TieOptions options{.seed = 3, .walks = 2, .made_up_states = 5};
    const TieReport one = is_tied(rules, rules, options);
    CHECK(one.steps_by_action == is_tied(rules, rules, options).steps_by_action);
    CHECK(one.windows > one.steps);
}

TEST_CASE("the beginning is that of the implementation") {
    const System system(tie_scope(), preset("repaired").rules);
    Reading reading(system.rules());
    CHECK(tie_failure_of(tie_start(system, reading)) == "");
    // One that begins with a number is told from it.
    const ExplicitState start = decode_state(system.layout(), system.initial_states().front(), {});
    for (const Subject& subject : subjects_of(start)) {
        Window<Concrete> window = window_of(start, subject);
        CHECK(reading.is_initial(window));
        window.process.low_sn = 1;
        CHECK_FALSE(reading.is_initial(window));
    }
}

// An action of the proof that is only true of small numbers.
namespace {
Truth bounded_reception_of_tie(const Transition<Symbolic>& step, const impl::Rules& rules) {
    return actions()[static_cast<std::size_t>(ActionId::active_receives)].relation(step, rules) &&
           step.before.process.low_sn <= step.before.notified.owner().number(50);
}
} // namespace

TEST_CASE("an action that is right for small numbers only is noticed") {
    const impl::Rules& rules = preset("repaired").rules;
    const System system(tie_scope(), rules);
    std::vector<Action> bounded(actions().begin(), actions().end());
    bounded[static_cast<std::size_t>(ActionId::active_receives)].relation = bounded_reception_of_tie;
    Reading reading(rules, bounded);
    CHECK(
        tie_failure_of(tie_made_up_states(system, reading, {.made_up_states = 200})).starts_with("active_receives: "));
}

TEST_CASE("what is logged, sent or suppressed twice, or counted and not sent, is noticed") {
    const System system(load_scope("relay"), preset("repaired").rules);
    Reading reading(system.rules());
    unsigned inputs = 0;
    unsigned outputs = 0;
    unsigned sends = 0;
    unsigned kept_back = 0;
    for_each_reached(system, [&](const ReachedState& reached) {
        if (inputs > 5 && outputs > 5 && sends > 5)
            return;
        for (const checker::Enabled& each : checker::enabled(system, reached.state)) {
            const ExplicitStep step = explicit_step(system, reached.state, reached.sent, each);
            const auto is_noticed = [&](const ExplicitStep& mutated) {
                TieReport report;
                tie_step(reading, mutated, subjects_of(mutated.after), false, report);
                return report.failure.has_value();
            };
            CHECK_FALSE(is_noticed(step));
            ExplicitStep twice = step;
            const impl::ProcessId actor = step.place.process;
            if (actor.group == impl::Group::active && inputs <= 5) {
                auto& log = twice.after.active[actor.index].guarded.input_log;
                if (log.size() > step.before.guarded(actor).input_log.size()) {
                    log.push_back(log[log.size() - 1], "the receiver log");
                    ++inputs;
                    CHECK(is_noticed(twice));
                }
            }
            if (step.place.kind == StepKind::shadow_generate && outputs <= 5) {
                auto& log = twice.after.shadow.output_log;
                log.push_back(log[log.size() - 1], "the log of outputs");
                ++outputs;
                CHECK(is_noticed(twice));
            }
            if (step.place.kind == StepKind::active_send && kept_back <= 5) { // counted, and not sent
                ExplicitStep unsent = step;
                unsent.after.channels = step.before.channels;
                unsent.after.sent = step.before.sent;
                ++kept_back;
                CHECK(is_noticed(unsent));
            }
            if (step.place.kind == StepKind::low_send && sends <= 5) {
                for (ExplicitState::Channel& channel : twice.after.channels)
                    if (channel.sender == actor && !channel.messages.empty())
                        channel.messages.push_back(channel.messages.back());
                ++sends;
                CHECK(is_noticed(twice));
            }
        }
    });
    CHECK(inputs > 5);
    CHECK(outputs > 5);
    CHECK(sends > 5);
    CHECK(kept_back > 0);
}

TEST_CASE("what was never compared is said") {
    TieReport report;
    CHECK(report.not_met().size() == action_count + 2 + claims().size());
    for (std::uint64_t& steps : report.steps_by_action)
        steps = 1;
    report.rollbacks = 2;
    report.shadow_rollbacks = 1;
    for (std::uint64_t& cases : report.telling_by_claim)
        cases = 1;
    CHECK(report.not_met().empty());
    report.shadow_rollbacks = 0;
    CHECK(report.not_met() == std::vector<std::string>{"no recovery was compared in which the shadow rolls back"});
}

} // namespace mdcd::model::proof
