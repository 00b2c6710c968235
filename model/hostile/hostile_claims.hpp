// What is claimed of the processes of high confidence while a cluster is hostile, and after recovery. Each claim has a
// twin: a situation in which it says something. Knows no scope but for its scripts.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/hostile/hostile_process.hpp"

namespace mdcd::model::hostile {

// A state of the system, of one copy of it.
class View {
public:
    View(const Scope& scope, std::vector<const HighState*> states) : scope_(scope), states_(std::move(states)) {
        for (const HighState* const each : states_)
            proved_ |= each->record.proved;
    }

    std::vector<std::pair<impl::ProcessId, Message>> under_way; // to whom; between processes of high confidence only

    [[nodiscard]] const Scope& scope() const { return scope_; }
    [[nodiscard]] const std::vector<const HighState*>& all() const { return states_; }
    [[nodiscard]] const HighState& shadow(std::size_t index) const { return *states_[index]; }
    [[nodiscard]] const HighState& active(std::size_t index) const {
        return *states_[scope_.members.components + index];
    }
    // By acceptance tests of active processes: V.
    [[nodiscard]] Words proved() const { return proved_; }
    [[nodiscard]] Words beyond(const History& history) const { return static_cast<Words>(history.depends & ~proved_); }

    template <class Holds> [[nodiscard]] bool every(Holds holds) const {
        for (const HighState* const each : states_)
            if (!holds(*each))
                return false;
        return true;
    }
    template <class Holds> [[nodiscard]] bool some(Holds holds) const {
        return !every([&](const HighState& each) { return !holds(each); });
    }
    [[nodiscard]] bool all_run() const {
        return every([](const HighState& each) { return each.runs(); });
    }
    [[nodiscard]] bool all_have_recovered() const {
        return every([](const HighState& each) { return each.has_recovered(); });
    }
    [[nodiscard]] bool is_quiet() const {
        return under_way.empty() && all_run() &&
               every([](const HighState& each) { return each.recovery.held.empty(); });
    }

private:
    const Scope& scope_;
    std::vector<const HighState*> states_;
    Words proved_ = 0;
};

// No process that the cluster has influenced beyond V is clean, and each keeps a state from before.
inline bool is_contained(const View& view, const HighState& process) {
    if (view.beyond(process.history()) == 0)
        return true;
    bool keeps_state_before = false;
    for (const impl::Checkpoint<Ghost>& checkpoint : process.guarded().checkpoints)
        keeps_state_before = keeps_state_before || view.beyond(checkpoint.application) == 0;
    return process.guarded().dirty && keeps_state_before;
}
inline bool contained(const View& view) {
    return view.every([&](const HighState& each) { return is_contained(view, each); });
}

// What whoever has recovered depends on, keeps in a log or a checkpoint, or has sent since. What a channel still holds
// must never get in.
inline Words left_after_recovery(const View& view) {
    Words left = 0;
    for (const auto& [receiver, message] : view.under_way)
        if (message.incarnation > 0 && message.kind == impl::MessageKind::application)
            left |= message.payload.depends;
    for (const HighState* const each : view.all()) {
        if (!each->has_recovered())
            continue;
        left |= each->history().depends;
        for (const impl::Checkpoint<Ghost>& checkpoint : each->guarded().checkpoints)
            left |= checkpoint.application.depends;
        for (const impl::InputEntry<Ghost>& entry : each->guarded().input_log)
            left |= entry.message.payload.depends;
        if (const auto* shadow = std::get_if<Shadow>(&each->process))
            for (const auto* log : {&shadow->output_log, &shadow->external_log})
                for (const impl::OutputEntry<Ghost>& entry : *log)
                    left |= entry.payload.depends;
    }
    return left;
}

// After recovery nothing of the cluster beyond V survives in a process, a log, a checkpoint, or a message of the new
// incarnation.
inline bool eradicated(const View& view) {
    return (left_after_recovery(view) & ~view.proved()) == 0;
}

inline bool device_safety(const View& view) {
    return view.every([&](const HighState& each) { return (each.record.untested & ~view.proved()) == 0; });
}

// What the detector sees does not get in.
inline bool detected_stays_out(const View& view) {
    return view.every([&](const HighState& each) {
        for (std::size_t component = 0; component < components_max; ++component) {
            int intrusions = 0;
            for (std::size_t word = 0; word < words_max; ++word)
                intrusions += (each.history().depends & hostile_word(component, word)) != 0 ? 1 : 0;
            if (intrusions > view.scope().misses)
                return false;
        }
        return true;
    });
}

// One recovery, and the cluster has no say any more.
inline bool no_false_recovery_loop(const View& view) {
    return view.every([](const HighState& each) { return each.recovery.incarnation <= 1; });
}

// When all have recovered and nothing is under way between them: what was sent in the sender's history has been
// received, and what was received was sent, or is proved valid (the old version then need not have come to it).
template <class Judge> bool for_each_message(const View& view, Judge judge) {
    if (!view.is_quiet() || !view.all_have_recovered())
        return true;
    const auto of_receiver = [&](char to) -> const HighState* {
        return to == 'a' || to == 'b' ? &view.shadow(static_cast<std::size_t>(to - 'a'))
                                      : &view.active(static_cast<std::size_t>(to - '1'));
    };
    const auto each_of = [&](const HighState& sender, std::size_t source, const std::string& script, Words of_cluster) {
        for (std::size_t place = 0; place < script.size(); ++place) {
            const bool sent = place < sender.history().position;
            if (script[place] == 'd') {
                if (!judge(sent, (sender.record.outputs >> place & 1U) != 0, sender.record.outputs != 0))
                    return false; // an output may be of a state that was rolled back: it stays
                continue;
            }
            const HighState& receiver = script[place] == 'x' ? view.shadow(1 - source) : *of_receiver(script[place]);
            const bool received = (receiver.history().received[source] >> place & 1U) != 0;
            const bool valid = (view.proved() & of_cluster & honest_word(source % components_max, place)) != 0;
            if (!judge(sent, received, valid))
                return false;
        }
        return true;
    };
    for (std::size_t component = 0; component < view.scope().members.components; ++component)
        if (!each_of(view.shadow(component), component, view.scope().components[component], all_honest))
            return false;
    for (std::size_t active = 0; active < view.scope().members.actives; ++active)
        if (!each_of(view.active(active), components_max + active, view.scope().actives[active], 0))
            return false;
    return true;
}
inline bool nothing_lost(const View& view) {
    return for_each_message(view, [](bool sent, bool received, bool) { return !sent || received; });
}
inline bool no_orphan(const View& view) {
    return for_each_message(view, [](bool sent, bool received, bool valid) { return !received || sent || valid; });
}
inline bool once_and_in_order(const View& view) {
    return view.every([](const HighState& each) { return !each.history().disorder && !each.record.output_twice; });
}

inline bool is_alarmed(const View& view) {
    return view.some([](const HighState& each) { return each.record.alarmed; });
}

using Holds = std::function<bool(const View&)>;
struct NamedClaim {
    std::string name;
    Holds holds;
    std::string rationale;
};

inline std::vector<NamedClaim> always_claims() {
    return {
        {"contained", contained, "Who is influenced beyond V is dirty, and keeps a state from before."},
        {"eradicated", eradicated, "After recovery nothing of the cluster beyond V is left."},
        {"no_false_recovery_loop", no_false_recovery_loop, "The cluster can cause one recovery."},
        {"device_safety", device_safety, "What is output without a test depends on nothing beyond V."},
        {"nothing_lost", nothing_lost, "After recovery everything that was sent has been received."},
        {"no_orphan", no_orphan, "After recovery what was received was sent, or is valid."},
        {"once_and_in_order", once_and_in_order, "Nothing honest arrives twice, or after a later one."},
    };
}

inline std::vector<NamedClaim> twins() {
    const auto some = [](auto holds) {
        return
            [holds](const View& view) { return view.some([&](const HighState& each) { return holds(view, each); }); };
    };
    const auto is_shadow = [](const HighState& each) { return std::holds_alternative<Shadow>(each.process); };
    return {
        {"influenced beyond V, and dirty",
         some([](const View& view, const HighState& each) { return (view.beyond(each.history()) & all_hostile) != 0; }),
         ""},
        {"an old version is influenced", some([=](const View& view, const HighState& each) {
             return is_shadow(each) && (view.beyond(each.history()) & all_hostile) != 0;
         }),
         ""},
        {"who was influenced has recovered",
         some([](const View&, const HighState& each) { return each.has_recovered() && each.record.influenced; }), ""},
        {"a test has found what the detector missed",
         some([](const View&, const HighState& each) { return each.has_recovered() && each.record.test_failed; }), ""},
        {"the detector has started a recovery",
         some([](const View&, const HighState& each) { return each.has_recovered() && each.record.alarmed; }), ""},
        {"what a test has proved survives recovery",
         some([](const View&, const HighState& each) { return each.has_recovered() && each.history().depends != 0; }),
         ""},
        {"a clean process depends on the cluster", some([](const View&, const HighState& each) {
             return each.runs() && each.recovery.incarnation == 0 && !each.guarded().dirty &&
                    each.history().depends != 0;
         }),
         ""},
        {"an untested output depends on the cluster",
         some([](const View&, const HighState& each) { return each.record.untested != 0; }), ""},
        {"all have recovered, and nothing is under way",
         [](const View& view) { return view.is_quiet() && view.all_have_recovered(); }, ""},
        {"halted", some([](const View&, const HighState& each) { return !each.runs(); }), ""},
    };
}

} // namespace mdcd::model::hostile
