// Who takes part in a run, which message went where, which checkpoints were taken and dropped.
// A message that is taken but was never sent is drawn as well: a trace may start in the middle of a run.
#include "traces/message_flow.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace mdcd::traces {

namespace {

constexpr std::string_view rolls_back = "rolls back to checkpoint ";
constexpr std::string_view enters = "enters ";

class FlowBuilder {
public:
    explicit FlowBuilder(const Trace& trace) : trace_(trace) {}

    MessageFlow build() && {
        collect_participants();
        flow_.steps.resize(trace_.steps.size());
        follow_initial_phases();
        for (std::size_t i = 0; i < trace_.steps.size(); ++i) {
            follow(trace_.steps[i].action, i + 1);
            follow_recovery(trace_.steps[i], i + 1);
            follow_cuts(trace_.steps[i].action, i + 1);
        }
        for (Arrow& arrow : flow_.arrows) {
            for (const Finding& finding : trace_.findings) {
                if (concerns(finding, arrow, flow_)) {
                    arrow.finding_kinds.push_back(finding.kind);
                }
            }
        }
        return std::move(flow_);
    }

private:
    void collect_participants() {
        bool with_device = false;
        const auto mention = [&](const std::string& name) {
            if (name == device) {
                with_device = true;
            } else if (!name.empty() && !indices_.contains(name)) {
                indices_.emplace(name, flow_.participants.size());
                flow_.participants.push_back(name);
            }
        };
        std::ranges::for_each(trace_.processes, mention);
        for (const Step& step : trace_.steps) {
            mention(step.action.process);
            if (step.action.taken) {
                mention(step.action.taken->peer);
            }
            for (const MessageEvent& event : step.action.sent) {
                mention(event.peer);
            }
        }
        if (with_device) {
            indices_.emplace(device, flow_.participants.size());
            flow_.participants.emplace_back(device);
        }
    }

    // A name that is nowhere else ("") stands for the first participant there is.
    std::size_t index(const std::string& name) const {
        const auto found = indices_.find(name);
        return found == indices_.end() ? 0 : found->second;
    }

    void follow(const Action& action, std::size_t step) {
        if (flow_.participants.empty()) {
            return;
        }
        const std::size_t self = index(action.process);
        if (action.taken) {
            take(*action.taken, self, step);
            if (action.kind == "lose" && flow_.steps[step - 1].taken) {
                flow_.arrows[*flow_.steps[step - 1].taken].finding_kinds.emplace_back("lost");
            }
        }
        for (const MessageEvent& event : action.sent) {
            const std::size_t to = index(event.peer);
            in_channel_[{event.message, self, to}].push_back(flow_.arrows.size());
            flow_.steps[step - 1].sent.push_back(flow_.arrows.size());
            flow_.arrows.push_back({event.message, event.label, event.dirty, self, to, step, std::nullopt, {}});
        }
        for (const Value& dropped : action.checkpoints_dropped) {
            const auto mark = std::ranges::find_if(flow_.checkpoints, [&](const CheckpointMark& candidate) {
                return candidate.participant == self && candidate.index == dropped && !candidate.dropped_step;
            });
            if (mark != flow_.checkpoints.end()) {
                mark->dropped_step = step;
            }
        }
        if (action.checkpoint_taken) {
            flow_.checkpoints.push_back({self, *action.checkpoint_taken, step, std::nullopt});
        }
    }

    void follow_cuts(const Action& action, std::size_t step) {
        for (const std::string& sentence : action.fired) {
            if (!sentence.starts_with(enters) || flow_.participants.empty()) {
                continue;
            }
            const std::string text = sentence.substr(enters.size());
            auto mark = std::ranges::find(flow_.cuts, text, &CutMark::text);
            if (mark == flow_.cuts.end()) {
                mark = flow_.cuts.insert(mark, {text, {}});
            }
            mark->after_steps.emplace_back(index(action.process), step);
        }
    }

    // A process may have stopped before the first step that is shown.
    void follow_initial_phases() {
        for (std::size_t i = 0; trace_.initial_state && i < flow_.participants.size(); ++i) {
            const Value* const recovery = trace_.initial_state->find("recovery of " + flow_.participants[i]);
            const Value* const phase = recovery == nullptr ? nullptr : recovery->find("phase");
            if (phase != nullptr && phase->text() != nullptr && *phase->text() != "running") {
                flow_.phases.push_back({i, *phase->text(), 0, std::nullopt});
            }
        }
    }

    // Only a recovery by messages leaves these signs: what phase a process is in stands in its state.
    void follow_recovery(const Step& step, std::size_t number) {
        for (const Difference& change : step.changes) {
            constexpr std::string_view before = "recovery of ";
            constexpr std::string_view suffix = ".phase";
            const std::string_view path = change.path;
            const std::string* const phase = change.after.text();
            if (phase == nullptr || !path.starts_with(before) || !path.ends_with(suffix)) {
                continue;
            }
            const auto process =
                indices_.find(std::string(path.substr(before.size(), path.size() - before.size() - suffix.size())));
            if (process == indices_.end()) {
                continue;
            }
            for (PhaseMark& mark : flow_.phases) {
                if (mark.participant == process->second && !mark.to_step) {
                    mark.to_step = number;
                }
            }
            if (*phase != "running") {
                flow_.phases.push_back({process->second, *phase, number, std::nullopt});
            }
        }
        const std::string words = rollback_words(step.action);
        if (words.empty()) {
            return;
        }
        const std::string_view named = std::string_view(words).substr(rolls_back.size());
        const std::size_t self = this->index(step.action.process);
        const auto mark =
            std::find_if(flow_.checkpoints.rbegin(), flow_.checkpoints.rend(), [&](const auto& candidate) {
                return candidate.participant == self && to_text(candidate.index) == named && !candidate.dropped_step;
            });
        if (mark != flow_.checkpoints.rend()) {
            flow_.rollbacks.push_back({self, static_cast<std::size_t>(flow_.checkpoints.rend() - mark) - 1, number});
        }
    }

    void take(const MessageEvent& event, std::size_t self, std::size_t step) {
        const std::size_t from = index(event.peer);
        std::vector<std::size_t>& waiting = in_channel_[{event.message, from, self}];
        flow_.steps[step - 1].taken = waiting.empty() ? flow_.arrows.size() : waiting.front();
        if (waiting.empty()) {
            flow_.arrows.push_back({event.message, event.label, event.dirty, from, self, std::nullopt, step, {}});
        } else {
            flow_.arrows[waiting.front()].taken_step = step;
            waiting.erase(waiting.begin());
        }
    }

    const Trace& trace_;
    MessageFlow flow_;
    std::map<std::string, std::size_t> indices_;
    std::map<std::tuple<std::string, std::size_t, std::size_t>, std::vector<std::size_t>> in_channel_;
};

} // namespace

std::size_t MessageFlow::index_of(const std::string& participant) const {
    return static_cast<std::size_t>(std::ranges::find(participants, participant) - participants.begin());
}

MessageFlow flow_of(const Trace& trace) {
    return FlowBuilder(trace).build();
}

std::string rollback_words(const Action& action) {
    const auto found = std::ranges::find_if(
        action.fired, [](const std::string& sentence) { return sentence.starts_with(rolls_back); });
    return found == action.fired.end() ? "" : *found;
}

namespace {

// After a recovery a message has the incarnation in its name, "c2@1"; a finding may be about it in any.
bool is_of(const std::string& message, const std::string& name) {
    return message == name || (message.starts_with(name) && message[name.size()] == '@');
}

} // namespace

bool concerns(const Finding& finding, const Arrow& arrow, const MessageFlow& flow) {
    return !finding.message.empty() && is_of(arrow.message, finding.message) &&
           (finding.process.empty() || finding.process == flow.participants[arrow.from] ||
            finding.process == flow.participants[arrow.to]);
}

} // namespace mdcd::traces
