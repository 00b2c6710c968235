// Traces made by hand: the known counterexample, the smallest trace, and one with awkward names.
// What is in them is fixed by the golden files: a change here changes those.
#include "examples.hpp"

#include "run_builder.hpp"
#include "traces/path.hpp"

namespace mdcd::traces::examples {

namespace {

Value confident_process() {
    return Value::Record{{"low_sn", 0}, {"dirty", false}, {"checkpoints", Value::List{}}, {"log", Value::List{}}};
}

Trace titled(std::string property, std::string claim) {
    Trace trace;
    trace.tool_version = "mdcd 0.1.0";
    trace.scope_name = "one_component";
    trace.rules_name = "published";
    trace.scope = Value::Record{{"low", 1}, {"active", 2}, {"budgets", Value::Record{{"cluster_messages", 3}}}};
    trace.rules = Value::Record{{"preset", "published"}, {"checkpoint_trigger", "published"}};
    trace.property = std::move(property);
    trace.claim = std::move(claim);
    trace.verdict = "violated";
    return trace;
}

void send_cluster_message(RunBuilder& run, int number, const std::string& to) {
    const std::string text = std::to_string(number);
    run.set("L1.low_sn", number);
    run.append("channels.L1->" + to, Value::Record{{"number", number}, {"dirty", true}});
    run.step({.process = "L1",
              .kind = "send",
              .text = "L1 sends cluster message " + text + " to " + to,
              .taken = std::nullopt,
              .sent = {{"c" + text, to, text, true}},
              .fired = {},
              .checkpoint_taken = std::nullopt,
              .checkpoints_dropped = {}});
}

void deliver_cluster_message(RunBuilder& run, int number, const std::string& to, bool with_checkpoint) {
    const std::string text = std::to_string(number);
    Action action{.process = to,
                  .kind = "deliver",
                  .text = "deliver cluster message " + text + " from L1 to " + to,
                  .taken = MessageEvent{"c" + text, "L1", text, true},
                  .sent = {},
                  .fired = {},
                  .checkpoint_taken = std::nullopt,
                  .checkpoints_dropped = {}};
    run.take_first("channels.L1->" + to);
    if (with_checkpoint) {
        run.append(to + ".checkpoints", Value::Record{{"index", number}, {"low_sn", run.at(to + ".low_sn")}});
        run.set(to + ".dirty", true);
        action.checkpoint_taken = number;
        action.fired = {"checkpoint " + text +
                        " taken: a clean process met a dirty message (checkpoint_trigger=published)"};
    } else {
        action.fired = {"no checkpoint: the process is dirty already and has passed nothing on "
                        "(checkpoint_trigger=published)"};
    }
    run.set(to + ".low_sn", number);
    run.step(std::move(action));
}

} // namespace

Trace dropped_checkpoint() {
    Trace trace = titled("recoverability", "after recovery from any reachable state, under every fault hypothesis that "
                                           "fits the tests passed, no process depends on an erroneous message");
    trace.processes = {"L1", "S1", "A1", "A2"};
    RunBuilder run(Value::Record{
        {"L1", Value::Record{{"low_sn", 0}}},
        {"S1", Value::Record{{"valid_sn", 0}}},
        {"A1", confident_process()},
        {"A2", confident_process()},
        {"channels", Value::Record{{"L1->A1", Value::List{}},
                                   {"L1->A2", Value::List{}},
                                   {"A2->A1", Value::List{}},
                                   {"A2->S1", Value::List{}}}},
    });
    send_cluster_message(run, 1, "A1");
    send_cluster_message(run, 2, "A2");
    send_cluster_message(run, 3, "A1");
    deliver_cluster_message(run, 1, "A1", true);
    deliver_cluster_message(run, 3, "A1", false);
    deliver_cluster_message(run, 2, "A2", true);

    run.set("A2.checkpoints", Value::List{});
    run.set("A2.dirty", false);
    run.append("channels.A2->A1", Value::Record{{"passed_AT", 2}});
    run.append("channels.A2->S1", Value::Record{{"passed_AT", 2}});
    run.step({.process = "A2",
              .kind = "acceptance_test",
              .text = "A2 passes an acceptance test and writes to the device",
              .taken = std::nullopt,
              .sent = {{"A2.x1", "device", "output", false},
                       {"A2.at1", "A1", "passed_AT(2)", false},
                       {"A2.at1", "S1", "passed_AT(2)", false}},
              .fired = {"checkpoint 2 dropped: its index is not above 2 (reclamation=by_index)", "A2 is clean"},
              .checkpoint_taken = std::nullopt,
              .checkpoints_dropped = {2}});

    run.take_first("channels.A2->A1");
    run.set("A1.checkpoints", Value::List{});
    run.set("A1.dirty", false);
    run.step({.process = "A1",
              .kind = "deliver",
              .text = "deliver passed_AT(2) from A2 to A1",
              .taken = MessageEvent{"A2.at1", "A2", "passed_AT(2)", false},
              .sent = {},
              .fired = {"checkpoint 1 dropped: its index is not above 2 (reclamation=by_index)",
                        "A1 calls itself clean: no checkpoint is left"},
              .checkpoint_taken = std::nullopt,
              .checkpoints_dropped = {1}});
    std::move(run).finish(trace);

    trace.hypothesis = Hypothesis{"cluster messages with number >= 3 are erroneous", Value::Record{{"k", 3}}, "z3"};
    trace.recovery = {{"L1", "is stopped", std::nullopt, std::nullopt},
                      {"S1", "takes over from L1 after message 2", std::nullopt, 8},
                      {"A1", "is clean and stays in its current state", std::nullopt, 8},
                      {"A2", "is clean and stays in its current state", std::nullopt, 8}};
    trace.findings = {{"erroneous_dependence", "A1", "c3",
                       "A1 depends on cluster message 3, which is erroneous, and has no checkpoint to go back to."}};
    return trace;
}

Trace recovery_by_messages() {
    Trace trace = smallest();
    trace.processes = {"L1", "A1", "A2"};
    const auto step = [&](const std::string& process, const std::string& kind, std::optional<MessageEvent> taken,
                          std::vector<MessageEvent> sent) -> Step& {
        Step next;
        next.action.process = process;
        next.action.kind = kind;
        next.action.text = process + " acts in step " + std::to_string(trace.steps.size() + 1);
        next.action.taken = std::move(taken);
        next.action.sent = std::move(sent);
        next.digest = "0123456789abcdef";
        trace.steps.push_back(std::move(next));
        return trace.steps.back();
    };
    const auto enters = [](Step& at, const char* before, const char* after) {
        at.changes.push_back({"recovery of " + at.action.process + ".phase", before, after});
    };
    step("L1", "send", std::nullopt, {{"c1", "A2", "1", true}});
    step("A2", "deliver", MessageEvent{"c1", "L1", "1", true}, {}).action.checkpoint_taken = 1;
    const std::string announcement = "A1.announcement1";
    enters(step("A1", "failed_test", std::nullopt,
                {{announcement, "L1", "announcement 1", false}, {announcement, "A2", "announcement 1", false}}),
           "running", "coordinating");
    enters(step("A2", "deliver", MessageEvent{announcement, "A1", "announcement 1", false},
                {{"A2.reply1.A1", "A1", "reply(0)", false}}),
           "running", "halted");
    enters(step("L1", "deliver", MessageEvent{announcement, "A1", "announcement 1", false},
                {{"L1.reply1.A1", "A1", "reply(0)", false}}),
           "running", "stopped");
    step("A1", "deliver", MessageEvent{"A2.reply1.A1", "A2", "reply(0)", false}, {});
    const MessageEvent decision{"A1.decision1", "A2", "decision(0)", false};
    enters(step("A1", "deliver", MessageEvent{"L1.reply1.A1", "L1", "reply(0)", false}, {decision}), "coordinating",
           "running");
    Step& last = step("A2", "deliver", MessageEvent{"A1.decision1", "A1", "decision(0)", false}, {});
    last.action.fired = {"resumes in incarnation 1", "rolls back to checkpoint 1"};
    enters(last, "halted", "running");
    return trace;
}

Trace smallest() {
    Trace trace = titled("containment", "a clean process depends on no unvalidated cluster message");
    trace.verdict = "reached";
    trace.initial_digest = "0123456789abcdef";
    return trace;
}

Trace awkward() {
    Trace trace = titled("end; # \"odd\" <property>", "claims & <b>tags</b>, 100 % of them;\nover two lines");
    trace.scope_name = "a \"quoted\" name";
    trace.processes = {"end", "B <2> & \"co\"; #1"};
    RunBuilder run(Value::Record{
        {"end", Value::Record{{"a.b", Value()}, {"mixed", Value::List{1, "two", Value(), Value::Record{{"x", true}}}}}},
        {"B <2> & \"co\"; #1", Value::Record{{"maybe", Value()}}},
        {"#odd", 1},
        {"action", "taken"},
    });
    run.set("end[\"a.b\"]", 1);
    run.set("end.mixed[2]", "now a text; end");
    run.step({.process = "end",
              .kind = "send",
              .text = "send \"x\"; to the end # <script>alert(1)</script> \xC3\xA9\xE2\x86\x92",
              .taken = std::nullopt,
              .sent = {{"m 1", "B <2> & \"co\"; #1", "wrap: end; #<m>\n&\"1\"", true}, {"m 2", "device", "end", false}},
              .fired = {"the end of it; see rule #3 -->", "\x1B[31mred\x07"},
              .checkpoint_taken = 9223372036854775807,
              .checkpoints_dropped = {}});
    run.set(field_path(field_path("", trace.processes[1]), "maybe"),
            Value::Record{{"deep", Value::List{Value(Value::List{})}}});
    run.step({.process = "B <2> & \"co\"; #1",
              .kind = "deliver",
              .text = "deliver",
              .taken = MessageEvent{"m 1", "end", "wrap: end; #<m>\n&\"1\"", true},
              .sent = {{"m 3", "nobody we know", std::string(300, 'w'), false}},
              .fired = {},
              .checkpoint_taken = std::nullopt,
              .checkpoints_dropped = {-1, 7}});
    std::move(run).finish(trace);
    trace.hypothesis = Hypothesis{"k = 1; end", Value(), "native"};
    trace.recovery = {{"end", "rolls back; # to <1>", 9223372036854775807, 0}, {"stranger", "?", std::nullopt, 2}};
    trace.findings = {
        {"lost", "B <2> & \"co\"; #1", "m 3", "lost; # <end>"}, {"orphan", "", "m 1", ""}, {"skipped", "", "", "end"}};
    return trace;
}

} // namespace mdcd::traces::examples
