// Recovery (end of section 3.2 of the paper) applied to a whole state at once: agree on a validated number, reclaim,
// roll back who is still dirty, replay, judge what is under way, let the shadows take over.
#include "tests/differential/oracle/recovery.hpp"

#include <algorithm>
#include <utility>

#include "tests/differential/oracle/handlers.hpp"

namespace oracle {
namespace {

std::size_t place_of(int index) {
    return static_cast<std::size_t>(index);
}

class Recovery {
public:
    Recovery(const World& world, const State& state) : world_(world), readings_(world.readings), state_(state) {}

    Outcome run() {
        agree();
        for (int component = 0; component < world_.scope.components; ++component) {
            outcome_.shadow.push_back(recover_shadow(component));
        }
        for (const Process& process : state_.active) {
            outcome_.active.push_back(recover_process(process, readings_.local_line ? process.valid_sn : agreed_));
        }
        judge_in_transit();
        for (int component = 0; component < world_.scope.components; ++component)
            take_over(component);
        generate_later();
        return std::move(outcome_);
    }

private:
    void agree() {
        for (const LowProcess& low : state_.low)
            agreed_ = join(agreed_, low.valid_sn);
        for (const Process& shadow : state_.shadow)
            agreed_ = join(agreed_, shadow.valid_sn);
        for (const Process& active : state_.active)
            agreed_ = join(agreed_, active.valid_sn);
    }

    Recovered recover_shadow(int component) const {
        Process process = state_.shadow[place_of(component)];
        if (!readings_.local_line) {
            process.valid_external = std::max(process.valid_external, state_.low[place_of(component)].outputs);
        }
        return recover_process(process, readings_.local_line ? process.valid_sn : agreed_);
    }

    Recovered recover_process(const Process& before, const Number& validated) const {
        Recovered recovered;
        Process& process = recovered.process;
        process = before;
        process.valid_sn = join(process.valid_sn, validated);
        reclaim(world_, process, readings_.vectors() ? process.valid_sn : validated);
        recovered.line_position = before.checkpoints.size();
        recovered.line = process.application;
        if (!process.dirty)
            return recovered;
        // To the checkpoint with the smallest index, which is the oldest kept.
        const Checkpoint checkpoint = process.checkpoints.front();
        recovered.rolled_back = true;
        recovered.line_position = before.checkpoints.size() - process.checkpoints.size();
        recovered.line = checkpoint.application;
        roll_back(process, checkpoint);
        replay(process, checkpoint.log_length);
        return recovered;
    }

    void roll_back(Process& process, const Checkpoint& checkpoint) const {
        process.application = checkpoint.application;
        if (readings_.rollback_application_only)
            return;
        process.low_sn = checkpoint.low_sn;
        process.propagating = checkpoint.propagating;
        process.shadow_sn = checkpoint.shadow_sn;
        process.external_sn = checkpoint.external_sn;
        process.checkpoints.clear();
        process.dirty = false;
        const auto inside = static_cast<int>(checkpoint.application.sent_inside.size());
        std::erase_if(process.output_log, [&](const Suppressed& entry) { return entry.number > checkpoint.shadow_sn; });
        std::erase_if(process.external_log, [&](const Suppressed& entry) {
            return entry.inside ? entry.id.n > inside : entry.number > checkpoint.external_sn;
        });
    }

    void replay(Process& process, int from) const {
        for (std::size_t i = place_of(from); i < process.input_log.size(); ++i) {
            const Message& message = process.input_log[i].message;
            const bool valid = !message.dirty || covers(process.valid_sn, message.low_sn);
            if (readings_.log_while_dirty && !valid)
                continue;
            deliver(process.application, message);
            process.low_sn = join(process.low_sn, message.low_sn);
        }
    }

    void judge_in_transit() {
        for (int from = 0; from < world_.processes(); ++from) {
            for (int to = world_.shadow_id(0); to < world_.processes(); ++to) {
                const bool shadow = to < world_.active_id(0);
                const Recovered& receiver = shadow ? outcome_.shadow[place_of(to - world_.shadow_id(0))]
                                                   : outcome_.active[place_of(to - world_.active_id(0))];
                for (const Message& message : state_.channels[world_.channel(from, to)]) {
                    if (message.kind != Kind::application)
                        continue;
                    const bool valid = !message.dirty || covers(receiver.process.valid_sn, message.low_sn);
                    if (valid || readings_.deliver_in_transit)
                        outcome_.in_transit.push_back({message.id, to, message.depends});
                }
            }
        }
    }

    // What a shadow that takes over re-sends of its logs. External messages do not go by `resend` where they have a
    // counter of their own: each that the new version is not known to have output is re-sent.
    void take_over(int component) {
        const Recovered& recovered = outcome_.shadow[place_of(component)];
        std::vector<Suppressed> internal;
        for (const Suppressed& entry : recovered.process.output_log) {
            if (is_resent(component, recovered, entry))
                internal.push_back(entry);
        }
        std::vector<Suppressed> external;
        for (const Suppressed& entry : recovered.process.external_log) {
            if (entry.inside)
                continue;
            const bool resent = readings_.external_own_counter ? entry.number > recovered.process.valid_external
                                                               : is_resent(component, recovered, entry);
            if (resent)
                external.push_back(entry);
        }
        outcome_.resent.push_back(internal);
        outcome_.resent_external.push_back(external);
    }

    // Indices are compared entry by entry: from the checkpoint's index on means in no entry below it.
    [[nodiscard]] bool is_resent(int component, const Recovered& recovered, const Suppressed& entry) const {
        const auto& checkpoints = state_.shadow[place_of(component)].checkpoints;
        const Checkpoint* checkpoint = recovered.rolled_back ? &checkpoints[recovered.line_position] : nullptr;
        switch (readings_.resend) {
        case Resend::all_in_log:
            return true;
        case Resend::from_checkpoint_index:
            return checkpoint == nullptr || covers(entry.index, checkpoint->index);
        case Resend::before_checkpoint_above_validated:
            break;
        }
        if (covers(recovered.process.valid_sn, entry.index))
            return false;
        return checkpoint == nullptr || entry.number <= checkpoint->shadow_sn;
    }

    // The shadows, in service, go on with what the script has left for them.
    void generate_later() {
        std::vector<Process> shadows;
        for (const Recovered& recovered : outcome_.shadow)
            shadows.push_back(recovered.process);
        for (const auto& script : state_.script) {
            std::vector<int> seen(shadows.size(), 0);
            for (const ScriptEntry& entry : script) {
                const auto component = place_of(entry.component);
                if (seen[component]++ < outcome_.shadow[component].process.application.generated)
                    continue;
                const auto messages = messages_of(world_, state_, entry.component);
                const ClusterMessage message = messages[place_of(seen[component] - 1)];
                if (!suppresses(shadows, entry.component, message.external))
                    outcome_.generated.push_back(message);
            }
        }
    }

    // Counts the next message of a shadow in service, and says whether it is suppressed.
    bool suppresses(std::vector<Process>& shadows, int component, bool external) const {
        Process& shadow = shadows[place_of(component)];
        const int valid = shadow.valid_sn[readings_.vectors() ? place_of(component) : 0];
        if (external) {
            const int number = ++shadow.external_sn;
            if (readings_.external_own_counter)
                return number <= shadow.valid_external;
            return shadow.shadow_sn < valid;
        }
        const int number = ++shadow.shadow_sn;
        if (!readings_.shadow_sn_per_component) {
            for (Process& other : shadows)
                other.shadow_sn = std::max(other.shadow_sn, number);
        }
        return readings_.suppress_exclusive ? number < valid : number <= valid;
    }

    const World& world_;
    const Readings& readings_;
    const State& state_;
    Number agreed_{};
    Outcome outcome_;
};

} // namespace

Outcome recover(const World& world, const State& state) {
    return Recovery(world, state).run();
}

} // namespace oracle
