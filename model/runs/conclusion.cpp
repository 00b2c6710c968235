// Explains a state: the recovery line, the messages that are orphan, lost or duplicate, the dependence that survives.
// Decides no verdict.
#include "model/runs/conclusion.hpp"

#include "checker/path.hpp"
#include "model/claims/view_text.hpp"
#include "model/runs/lemma_text.hpp"
#include "model/runs/recovery_text.hpp"
#include "model/state/encoding.hpp"
#include "model/state/recovery_local.hpp"
#include "model/state/state_value.hpp"
#include "model/state/value_writer.hpp"
#include "model/z3/cascade.hpp"
#include "model/z3/z3_explanation.hpp"

namespace mdcd::model {

using traces::Finding;

namespace {

// Collects findings about one state.
class Explainer {
public:
    Explainer(const System& system, const RunWriter& run, const Recovery& recovery)
        : system_(system), run_(run), recovery_(recovery), view_(recovery.view),
          hypothesis_(hardest_hypothesis(recovery.view)), believed_(recovery.view.validated) {}

    std::vector<traces::RecoveredProcess> processes() const {
        std::vector<traces::RecoveredProcess> all;
        unsigned position = 0;
        for (const impl::ProcessId id : system_.layout().processes()) {
            if (id.group == impl::Group::low)
                all.push_back({.process = name_of(id), .text = "stops", .checkpoint = {}, .after_step = {}});
            else
                all.push_back(process(id, position++));
        }
        return all;
    }

    std::vector<Finding> findings(const AnyProperty& property) {
        std::visit([&](const auto& which) { explain(which); }, property);
        return std::move(findings_);
    }

private:
    void explain(PropertyId property) {
        if (predicate_of(property) <= PropertyId::no_cascading_rollback)
            suppose(violating_hypothesis(property, view_));
        switch (property) {
        case PropertyId::containment:
            for_each([&](const std::string& name, unsigned position) {
                const ProcessView& each = view_.processes[position];
                if (each.clean && !covers(believed_, each.depends))
                    add("contained", name, culprit(each.depends),
                        name + " calls itself clean, yet it " + dependence(each.depends));
            });
            break;
        case PropertyId::device_safety:
            add("unsafe_output", "device", "",
                "a device got a message without a test from a state that depends on a message which no test has "
                "validated");
            break;
        case PropertyId::recovered_in_order:
            skipped_messages();
            if (const auto order = out_of_order(system_.layout(), run_.state(), run_.steps());
                !order.empty() && (findings_.empty() || order.front().kind != "skipped"))
                findings_.insert(findings_.begin(), order.begin(), order.end());
            break;
        case PropertyId::rolled_back_once:
            findings_ = rolled_back_again(system_.layout(), run_.state());
            break;
        case PropertyId::recovery_terminates:
            findings_ = waiting(system_.layout(), system_.number_entries(), run_.state());
            break;
        case PropertyId::recoverability:
        case PropertyId::recovered_consistently:
            surviving_errors();
            in_flight();
            message_sets();
            break;
        case PropertyId::no_cascading_rollback:
            surviving_errors();
            orphans(view_.received_active & ~view_.active_sent);
            cascade();
            break;
        case PropertyId::minimal_rollback:
            later_line();
            break;
        case PropertyId::reclamation_safety:
            reclaimed();
            break;
        case PropertyId::reclamation_completeness:
            kept_in_vain();
            break;
        case PropertyId::takeover_order:
            add_all("skipped", takeover_sentences(system_, recovery_));
            break;
        default:
            of_every_state(property);
        }
    }

    void of_every_state(PropertyId property) {
        switch (property) {
        case PropertyId::told:
        case PropertyId::known_is_proved:
        case PropertyId::number_within_truth:
        case PropertyId::number_covers_dependence:
        case PropertyId::dirty_iff_checkpoint:
        case PropertyId::checkpoints_ascend:
        case PropertyId::oldest_is_validated:
        case PropertyId::log_completes_checkpoints:
        case PropertyId::agreement_is_validated:
        case PropertyId::told_all_keeps_nothing:
            add_all("false_lemma", lemma_sentences(property, system_, run_.state(), recovery_));
            break;
        case PropertyId::nothing_left_over:
        case PropertyId::recovered_as_restored:
        case PropertyId::history_order:
            add_all("badly_recovered", outcome_sentences(property, system_, recovery_));
            break;
        case PropertyId::unique_sn:
            add("same_number", "L1", "", "two messages that left the cluster carry the same number");
            break;
        case PropertyId::output_exactly_once:
            each_message(view_.external & ~view_.output & ~view_.output_later, "lost", [](const std::string& name) {
                return "external " + name + " is lost: no new version has output it, and no old version will";
            });
            each_message(view_.output_twice, "duplicate",
                         [](const std::string& name) { return "external " + name + " reaches its device twice"; });
            break;
        default: // a twin is reached, and nothing is wrong
            break;
        }
    }

    // What may be erroneous, and which tests missed it; believed is what the others proved.
    void suppose(const Hypothesis<Native>& hypothesis) {
        hypothesis_ = hypothesis;
        for (std::size_t component = 0; component < believed_.size(); ++component)
            believed_[component] = static_cast<std::uint8_t>(hypothesis[component] - 1);
        for (const std::string& text : missed_tests(view_, hypothesis))
            add("missed_test", "", "", text);
    }

    template <class Visit> void for_each(Visit visit) const {
        unsigned position = 0;
        for (const impl::ProcessId id : system_.layout().processes())
            if (id.group != impl::Group::low)
                visit(name_of(id), position++);
    }

    void add(std::string kind, std::string process, std::string message, std::string text) {
        findings_.push_back({std::move(kind), std::move(process), std::move(message), std::move(text)});
    }

    void add_all(const char* kind, const std::vector<ProcessSentence>& sentences) {
        for (const auto& [process, text] : sentences)
            add(kind, process, "", text);
    }

    // The latest unvalidated message of the cluster that such a state depends on.
    std::string culprit(const Numbers& depends) const {
        for (std::uint8_t component = 0; component < view_.shadow_count; ++component) {
            const auto script = decode<Script>(run_.state()[system_.layout().script(component)]);
            for (const ResolvedMessage& message : resolved_messages(system_.scope(), script))
                if (!message.external && message.number == depends[message.entry] &&
                    (message.number > believed_[message.entry] || view_.components == 1))
                    return name_of(message.id);
        }
        return "";
    }

    std::string dependence(const Numbers& depends) const {
        return depends_text(depends, believed_, view_.components > 1);
    }

    template <class Text> void each_message(MessageSet set, const char* kind, Text text) {
        for (unsigned bit = 0; bit < 64; ++bit)
            if ((set >> bit & 1) != 0) {
                const MessageId id = message_at(bit);
                add(kind, receiver_of(id), name_of(id), text(long_name(id)));
            }
    }

    // Who received or was to receive it, from the run itself.
    std::string receiver_of(MessageId id) const {
        for (const traces::Step& step : run_.steps())
            for (const traces::MessageEvent& event : step.action.sent)
                if (event.message == name_of(id) && event.peer.front() != 'L')
                    return event.peer;
        return "";
    }

    traces::RecoveredProcess process(impl::ProcessId id, unsigned position) const {
        const ProcessView& each = view_.processes[position];
        const RecoveredProcess& recovered = *recovery_.recovered[position];
        traces::RecoveredProcess result;
        result.process = name_of(id);
        if (each.chosen + std::size_t{1} == each.candidates->size()) {
            result.text =
                each.clean ? "is clean and stays where it is" : "has nothing to roll back and stays where it is";
            result.after_step = static_cast<int>(run_.steps().size()); // the line crosses it after everything
        } else {
            const int step = run_.checkpoint_steps(id)[each.chosen];
            result.checkpoint = checkpoint_index(id, each.chosen);
            result.after_step = step;
            result.text = "rolls back to checkpoint " + traces::to_text(*result.checkpoint) + ", taken " +
                          (step == 0 ? "at the start" : "after step " + std::to_string(step));
            const MessageSet replayed = recovered.received & ~(*each.candidates)[each.chosen].received;
            if (recovered.replayed > 0)
                result.text += ", replays " + (replayed == 0 ? "what it already has" : names(replayed));
        }
        if (recovered.resent != 0)
            result.text += "; re-sends " + names(recovered.resent);
        if (recovered.suppress_through > 0)
            result.text +=
                "; suppresses what it generates up to cluster message " + std::to_string(recovered.suppress_through);
        return result;
    }

    traces::Value checkpoint_index(impl::ProcessId id, unsigned position) const {
        const std::string& bytes = run_.state()[system_.layout().slot_of(id)];
        const Guarded guarded = id.group == impl::Group::active ? decode<ActiveLocal>(bytes).process.guarded
                                                                : decode<ShadowLocal>(bytes).process.guarded;
        return to_value(guarded.checkpoints[position].index, system_.number_entries());
    }

    void surviving_errors() {
        for_each([&](const std::string& name, unsigned position) {
            const Numbers& depends = view_.processes[position].recovered_depends;
            if (!covers(believed_, depends))
                add("erroneous_dependence", name, culprit(depends),
                    "after recovery " + name + " still " + dependence(depends));
        });
    }

    void in_flight() {
        if (!covers(believed_, view_.surviving_depends))
            add("erroneous_dependence", "", "",
                "a message that recovery lets through " + dependence(view_.surviving_depends));
        if (!covers(believed_, view_.resent_depends))
            add("erroneous_dependence", "", "",
                "a message that the shadows re-send " + dependence(view_.resent_depends));
    }

    void orphans(MessageSet set) {
        each_message(set, "orphan", [](const std::string& name) {
            return name + " is an orphan: its receiver keeps it, but its sender has rolled back to before the send";
        });
    }

    void explain(InvariantNumber number) {
        const UserInvariant& invariant = system_.invariant(number);
        const InvariantFacts facts = system_.invariant_facts(recovery_);
        if (invariant.holds(facts))
            return;
        const std::string elements = invariant.counterexample(facts);
        add("invariant", "", "",
            "the invariant " + invariant.name() + " is false" + (elements.empty() ? "" : ", " + elements));
        if (!cascade_of(view_, hypothesis_).links.empty())
            cascade(); // perhaps what it is about
    }

    void cascade() {
        const Cascade cascade = cascade_of(view_, hypothesis_);
        const std::vector<std::string> sentences = cascade_sentences(view_, cascade);
        for (std::size_t i = 0; i < sentences.size(); ++i) {
            const CascadeLink& link = cascade.links[i];
            add("cascade", process_name(view_, link.process), link.received ? name_of(*link.received) : "",
                sentences[i]);
        }
        if (cascade.end)
            add("cascade", "", "", "the rollbacks end with " + line_of_places(view_, *cascade.end));
    }

    void message_sets() {
        const MessageSet received = view_.received_active | view_.received_cluster;
        const MessageSet announced = view_.active_sent | view_.resolved;
        const MessageSet from_shadows = view_.resent | view_.generated_later;
        orphans((received | view_.surviving | from_shadows) & ~announced);
        each_message(announced & ~(received | view_.surviving | from_shadows), "lost", [](const std::string& name) {
            return name + " is lost: it was sent, but after recovery it is neither received, nor under way, nor in a "
                          "log that would bring it back";
        });
        const MessageSet twice = (received & view_.surviving) | (received & from_shadows) |
                                 (view_.surviving & from_shadows) | (view_.resent & view_.generated_later) |
                                 view_.duplicated;
        each_message(twice, "duplicate", [](const std::string& name) { return name + " would be received twice"; });
    }

    // What an active process will never get, because it has a later one from the shadow that has taken over.
    void skipped_messages() {
        const Scope& scope = system_.scope();
        const std::uint8_t count = system_.layout().is_asynchronous() ? scope.active_processes : std::uint8_t{0};
        for (std::uint8_t active = 0; active < count; ++active) {
            const impl::ProcessId id{impl::Group::active, active};
            const auto local = decode<RecoveryLocal>(run_.state()[system_.layout().recovery_of(id)]);
            const MessageSet got = view_.processes[scope.components + std::size_t{active}].received | view_.surviving;
            for (std::uint8_t component = 0; component < view_.shadow_count; ++component) {
                const auto script = decode<Script>(run_.state()[system_.layout().script(component)]);
                for (const ResolvedMessage& message : resolved_messages(scope, script))
                    if (!message.external && message.receiver == active && (as_set(message.id) & got) == 0 &&
                        message.id.number < local.ghost.last_from_shadow[component_of(message.id)])
                        add("skipped", name_of(id), name_of(message.id),
                            long_name(message.id) + " is skipped: " + name_of(id) +
                                " has one with a larger number from the shadow, and nothing will bring it");
            }
        }
    }

    void later_line() {
        const auto line = latest_consistent_line(view_);
        if (!line)
            return;
        const unsigned distance = excess_rollback_distance(view_, *line);
        for_each([&](const std::string& name, unsigned position) {
            if ((*line)[position] > view_.processes[position].chosen)
                add("excess_rollback", name, "",
                    name + " rolls back further than needed: a later consistent line exists, " +
                        std::to_string(distance) + (distance == 1 ? " reception" : " receptions") + " away");
        });
    }

    void reclaimed() {
        for_each([&](const std::string& name, unsigned position) {
            const ProcessView& each = view_.processes[position];
            if (keeps_what_is_needed(view_, each, *recovery_.processes[position], *recovery_.recovered[position]))
                return;
            const bool stands = covers(view_.validated, each.depends);
            add("reclaimed", name, stands ? "" : culprit(each.depends),
                "memory reclamation took from " + name + " a checkpoint or log entry that recovery needs" +
                    (stands ? std::string() : ": it " + dependence(each.depends)));
        });
    }

    void kept_in_vain() {
        for_each([&](const std::string& name, unsigned position) {
            const SlotSummary& process = *recovery_.processes[position];
            if (process.in_vain.any())
                add("kept_in_vain", name, "",
                    name + " keeps " + text_of(process.in_vain) +
                        " that no later recovery can use: it knows that everything up to " +
                        numbers_text(view_, process.valid) + " is validated");
        });
    }

    const System& system_;
    const RunWriter& run_;
    const Recovery& recovery_;
    const View& view_;
    Hypothesis<Native> hypothesis_;
    Numbers believed_;
    std::vector<Finding> findings_;
};

} // namespace

Conclusion conclude(const System& system, const RunWriter& run, const AnyProperty& property) {
    return checker::ask(system, run.state(), [&](auto summaries) {
        Recovery recovery;
        system.look(summaries, recovery);
        const bool happened = recovery.stage != RecoveryStage::none;
        Explainer explainer(system, run, recovery);
        return Conclusion{happened ? describe_recovery(system.layout(), system.number_entries(), run.state())
                                   : explainer.processes(),
                          explainer.findings(property)};
    });
}

traces::Hypothesis native_hypothesis(PropertyId property, const View& view) {
    const Hypothesis<Native> hypothesis = violating_hypothesis(property, view);
    std::string text;
    if (view.components == 1)
        text = "cluster messages with number >= " + std::to_string(hypothesis[0]) + " are erroneous";
    for (unsigned component = 0; view.components > 1 && component < view.components; ++component)
        text += (text.empty() ? "k_" : ", k_") + std::to_string(component + 1) + " = " +
                std::to_string(hypothesis[component]);
    if (view.components > 1)
        text += ": each component's messages from its number on are erroneous";
    for (const std::string& line : missed_tests(view, hypothesis))
        text += "; " + line;
    return {text, hypothesis_value(view, hypothesis), "native"};
}

traces::Value hypothesis_value(const View& view, const Hypothesis<Native>& hypothesis) {
    traces::Value::Record record;
    for (unsigned component = 0; component < view.components; ++component)
        record.emplace_back(view.components == 1 ? "k" : "k_" + std::to_string(component + 1),
                            static_cast<int>(hypothesis[component]));
    for (unsigned miss = 0; miss < view.misses; ++miss) {
        const std::size_t test = hypothesis.missed[miss];
        if (test >= 1 && test <= view.tests->size())
            record.emplace_back("missed_" + std::to_string(miss + 1), numbers_text(view, (*view.tests)[test - 1]));
    }
    return record;
}

} // namespace mdcd::model
