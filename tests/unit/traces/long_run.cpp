// A long run of eight processes, made by a fixed rule instead of a protocol: what it shows is drawing, not recovery.
// Knows nothing of the protocol but its vocabulary.
#include <map>
#include <vector>

#include "examples.hpp"
#include "run_builder.hpp"

namespace mdcd::traces::examples {

namespace {

// Numbers from a linear congruential generator: the same on every machine.
class Dice {
public:
    std::size_t below(std::size_t bound) {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::size_t>(state_ >> 33U) % bound;
    }

private:
    std::uint64_t state_ = 17;
};

const std::vector<std::string> processes = {"L1", "L2", "S1", "S2", "A1", "A2", "A3", "A4"};

struct InChannel {
    MessageEvent event; // peer: the receiver
    std::string from;
};

class LongRun {
public:
    LongRun() : run_(initial_state()) {}

    void step() {
        if (steps_ % 9 == 8) {
            pass_test("A" + std::to_string(1 + dice_.below(4)));
        } else if (channel_.empty() || dice_.below(5) < 2) {
            send();
        } else {
            deliver(dice_.below(channel_.size()));
        }
        ++steps_;
    }

    Trace finished() && {
        Trace trace;
        std::move(run_).finish(trace);
        return trace;
    }

private:
    static Value initial_state() {
        Value::Record fields;
        for (const std::string& process : processes) {
            fields.emplace_back(process, Value::Record{{"low_sn", 0}, {"checkpoints", Value::List{}}});
        }
        return fields;
    }

    void send() {
        const bool cluster = dice_.below(2) == 0;
        const std::string from = cluster ? "L" + std::to_string(1 + dice_.below(2)) : processes[2 + dice_.below(6)];
        std::string to = "A" + std::to_string(1 + dice_.below(4));
        if (to == from) {
            to = "S1";
        }
        const std::string number = std::to_string(++sent_);
        const MessageEvent event{"m" + number, to, number, cluster || dirty_[from]};
        channel_.push_back({event, from});
        run_.set(from + ".low_sn", sent_);
        Action action;
        action.process = from;
        action.kind = "send";
        action.text = from + " sends message " + number + " to " + to;
        action.sent = {event};
        run_.step(std::move(action));
    }

    void deliver(std::size_t position) {
        // The oldest message on the same channel goes first.
        std::size_t oldest = 0;
        while (channel_[oldest].from != channel_[position].from ||
               channel_[oldest].event.peer != channel_[position].event.peer) {
            ++oldest;
        }
        const InChannel taken = channel_[oldest];
        channel_.erase(channel_.begin() + static_cast<std::ptrdiff_t>(oldest));
        Action action;
        action.process = taken.event.peer;
        action.kind = "deliver";
        action.text = "deliver " + taken.event.label + " from " + taken.from + " to " + action.process;
        action.taken = taken.event;
        action.taken->peer = taken.from;
        if (taken.event.dirty && !dirty_[action.process]) {
            dirty_[action.process] = true;
            action.checkpoint_taken = sent_;
            checkpoints_[action.process].emplace_back(sent_);
            run_.append(action.process + ".checkpoints", Value::Record{{"index", sent_}});
            action.fired = {"checkpoint " + std::to_string(sent_) + " taken"};
        }
        run_.step(std::move(action));
    }

    void pass_test(const std::string& process) {
        Action action;
        action.process = process;
        action.kind = "acceptance_test";
        action.text = process + " passes an acceptance test";
        ++tests_;
        const std::string label = "passed_AT(" + std::to_string(sent_) + ")";
        action.sent.push_back({process + ".x" + std::to_string(tests_), "device", "output", false});
        for (const std::string peer : {"S1", "S2", "A1", "A2", "A3", "A4"}) {
            if (peer != process) {
                const MessageEvent event{process + ".at" + std::to_string(tests_), peer, label, false};
                action.sent.push_back(event);
                channel_.push_back({event, process});
            }
        }
        action.checkpoints_dropped = checkpoints_[process];
        checkpoints_[process].clear();
        dirty_[process] = false;
        run_.set(process + ".checkpoints", Value::List{});
        run_.step(std::move(action));
    }

    Dice dice_;
    RunBuilder run_;
    int steps_ = 0;
    int sent_ = 0;
    int tests_ = 0;
    std::vector<InChannel> channel_;
    std::map<std::string, bool> dirty_;
    std::map<std::string, std::vector<Value>> checkpoints_;
};

// The first step from `start` on that does what `wanted` says; the number of steps if none does.
template <class Wanted> int first_step(const Trace& trace, Wanted wanted) {
    for (std::size_t i = 0; i < trace.steps.size(); ++i) {
        if (wanted(trace.steps[i].action)) {
            return static_cast<int>(i);
        }
    }
    return static_cast<int>(trace.steps.size());
}

} // namespace

Trace long_run() {
    LongRun run;
    for (int i = 0; i < 40; ++i) {
        run.step();
    }
    Trace trace = std::move(run).finished();
    trace.tool_version = "mdcd 0.1.0";
    trace.scope_name = "two_components";
    trace.rules_name = "published";
    trace.scope = Value::Record{{"low", 2}, {"active", 4}};
    trace.rules = Value::Record{{"preset", "published"}};
    trace.property = "recoverability";
    trace.claim = "after recovery no message is orphan, lost or duplicated";
    trace.verdict = "violated";
    trace.processes = processes;
    for (const std::string& process : processes) {
        const int step = first_step(trace, [&](const Action& action) {
            return action.process == process && action.checkpoint_taken.has_value();
        });
        RecoveredProcess recovered{process, "stays in its current state", std::nullopt, 40};
        if (step < 40 && process != "A4") {
            recovered.checkpoint = trace.steps[static_cast<std::size_t>(step)].action.checkpoint_taken;
            recovered.text = "rolls back to checkpoint " + to_text(*recovered.checkpoint);
            recovered.after_step = step;
        }
        if (process.front() == 'L') {
            recovered = {process, "is stopped", std::nullopt, std::nullopt};
        }
        trace.recovery.push_back(recovered);
    }
    const char* kinds[] = {"orphan", "lost", "duplicate"};
    std::size_t found = 0;
    for (const Step& step : trace.steps) {
        if (step.action.kind == "deliver" && step.action.taken->message.front() == 'm' && found < 3) {
            trace.findings.push_back({kinds[found], step.action.process, step.action.taken->message,
                                      "Message " + step.action.taken->label + " is " + kinds[found] + "."});
            ++found;
        }
    }
    return trace;
}

} // namespace mdcd::traces::examples
