// What the page is told: the run, step by step, with what can happen, what is true and what recovery would do; traces
// that replay; a check with its runs; and every mistake as a message. No network.
#include "checker/cli/explore/answers.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

#include "checker/version.hpp"
#include "model/runs/trace_writer.hpp"
#include "requests.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::checker::cli::explore {
namespace {

using traces::Value;
using namespace mdcd::tests;

Answers& answers() {
    static Answers shared(lost_message(), {"a note"}, "id", 1);
    return shared;
}

Answer answered(const std::string& path, const std::string& body) {
    std::atomic<bool> gone{false};
    return answers().answer(path, body, gone);
}

Value asked(const std::string& path, const std::string& body) {
    const Answer answer = answered("/api/" + path, body);
    REQUIRE_MESSAGE(answer.status == 200, answer.json);
    return traces::parse_json(answer.json, "answer");
}

std::string error_of(const std::string& path, const std::string& body, int status = 400) {
    const Answer answer = answered("/api/" + path, body);
    CHECK(answer.status == status);
    const Value value = traces::parse_json(answer.json, "answer");
    REQUIRE(value.find("error") != nullptr);
    return *value.find("error")->text();
}

const Value& property(const Value& told, const std::string& name) {
    for (const Value& each : *told.find("properties")->list())
        if (*each.find("name") == Value(name))
            return each;
    FAIL("no property " << name);
    return told;
}

std::vector<std::string> texts_in(const Value& list) {
    std::vector<std::string> texts;
    for (const Value& each : *list.list())
        texts.push_back(*each.find("text")->text());
    return texts;
}

std::string open_body(const std::string& text, const PageRun& around) {
    return traces::to_text(Value::Record{{"name", "file.json"}, {"text", text}, {"around", to_value(around)}});
}

} // namespace

TEST_CASE("the start says what can be chosen and what the page begins with") {
    const Value start = asked("start", "{}");
    CHECK(*start.find("version") == Value(version));
    CHECK(*start.find("id") == Value("id"));
    CHECK(start.find("scopes")->list()->size() == model::scope_names().size());
    CHECK(start.find("presets")->list()->size() == model::preset_names().size());
    CHECK(start.find("rules")->list()->size() == impl::rule_table().size());
    CHECK(*start.find("run") == to_value(lost_message()));
    CHECK(*start.find("notes") == Value(Value::List{"a note"}));
    CHECK(start.find("legend")->text()->starts_with("<svg "));
}

TEST_CASE("at the end of the known counterexample everything that is wrong is said") {
    const Value told = asked("run", body_of(lost_message()));
    CHECK(told.find("cut") == nullptr);
    CHECK(texts_in(*told.find("steps")) == lost_message_steps);
    const Value& claim = property(told, "recoverability");
    CHECK(*claim.find("verdict") == Value("violated"));
    CHECK(*claim.find("first") == Value(7));
    CHECK(claim.find("findings")->list()->front().text()->starts_with("message A1.1 is lost"));
    CHECK(*property(told, "containment").find("verdict") == Value("holds"));
    CHECK(property(told, "containment").find("first") == nullptr);
    CHECK(*property(told, "several_roll_back").find("verdict") == Value("not_reached"));
    CHECK(*property(told, "contaminated_then_cleaned").find("verdict") == Value("reached"));
    CHECK(*told.find("property") == Value("recoverability"));
    CHECK(told.find("recovery")->list()->size() == 4);
    CHECK(told.find("recovery")->list()->back().find("text")->text()->starts_with("rolls back to checkpoint 2"));
    CHECK(*told.find("recovery")->list()->back().find("rolls_back") == Value(true));
    CHECK(told.find("diagram")->text()->find("arrow lost") != std::string::npos);
    CHECK(texts_in(*told.find("enabled")).size() >= 3);
}

TEST_CASE("each enabled action can be taken, and leads where the model says") {
    PageRun run = run_of("tiny", "published");
    for (std::size_t step = 0; step < 12; ++step) {
        const Value told = asked("run", body_of(run));
        const std::vector<std::string> enabled = texts_in(*told.find("enabled"));
        if (enabled.empty())
            break;
        for (const std::string& text : enabled) {
            PageRun next = run;
            next.steps.push_back(text);
            next.at = next.steps.size();
            const Value after = asked("run", body_of(next));
            CHECK(after.find("cut") == nullptr);
            CHECK(texts_in(*after.find("steps")).back() == text);
        }
        run.steps.push_back(enabled[step % enabled.size()]);
        run.at = run.steps.size();
    }
    CHECK(run.steps.size() > 5);
}

TEST_CASE("going back shows the earlier state and keeps the steps ahead") {
    PageRun run = lost_message();
    run.at = 3;
    const Value told = asked("run", body_of(run));
    CHECK(*told.find("run")->find("at") == Value(3));
    CHECK(texts_in(*told.find("steps")) == lost_message_steps);
    CHECK(*property(told, "recoverability").find("verdict") == Value("holds"));
    run.steps.resize(3);
    const Value short_run = asked("run", body_of(run));
    for (const char* part : {"enabled", "state", "properties", "recovery", "diagram"})
        CHECK(*told.find(part) == *short_run.find(part));
}

TEST_CASE("the state marks what the last step changed, and only that") {
    PageRun run = lost_message();
    run.at = 3; // A1 receives cluster message 1 from L1
    const Value told = asked("run", body_of(run));
    for (const Value& card : *told.find("state")->find("processes")->list()) {
        const bool is_a1 = *card.find("name") == Value("A1");
        CHECK(*card.find("changed") == Value(is_a1));
        for (const Value& field : *card.find("fields")->list()) {
            CAPTURE(*field.find("name")->text());
            if (*field.find("name") == Value("dirty") && is_a1) {
                CHECK(*field.find("text") == Value("yes"));
                CHECK(*field.find("before") == Value("no"));
            }
            CHECK((is_a1 || *field.find("changed") == Value(false)));
        }
    }
    const Value::List& channels = *told.find("state")->find("channels")->list();
    CHECK(channels.size() == 2); // one emptied by the step, one that holds message 2
    run.at = 0;
    const Value at_start = asked("run", body_of(run));
    CHECK(at_start.find("state")->find("channels")->list()->empty());
    for (const Value& field : *at_start.find("state")->find("shared")->list())
        CHECK(*field.find("changed") == Value(false));
}

TEST_CASE("a run that its rules or scope do not allow is cut there, with what is possible instead") {
    PageRun run = lost_message();
    run.steps[4] = "A2 receives A1.7 from A1";
    const Value told = asked("run", body_of(run));
    CHECK(*told.find("run")->find("at") == Value(4));
    CHECK(told.find("run")->find("steps")->list()->size() == 4);
    CHECK(told.find("cut")->text()->starts_with("step 5: 'A2 receives A1.7 from A1' is not enabled there; enabled are:"
                                                "\n"));
    run = lost_message();
    run.steps.front() = "";
    run.at = 0;
    CHECK(asked("run", body_of(run)).find("run")->find("steps")->list()->empty());
}

TEST_CASE("a saved run replays, whatever property it is about and wherever it stands") {
    for (const std::size_t at : {std::size_t{0}, std::size_t{4}, std::size_t{7}}) {
        for (const Property& claim : model::all_properties()) {
            PageRun run = lost_message();
            run.at = at;
            run.property = claim.name;
            const Value saved = asked("trace", body_of(run));
            CHECK(*saved.find("name") == Value("tiny.published." + claim.name + ".json"));
            const traces::Trace trace = traces::read_trace(*saved.find("text")->text(), "saved");
            CAPTURE(claim.name);
            CHECK(trace.steps.size() == at);
            CHECK(trace.property == claim.name);
            const auto difference = model::replay(trace, "saved");
            CHECK_MESSAGE(!difference.has_value(), difference->text);
        }
    }
}

TEST_CASE("a trace opens with its scope, rules and steps; scopes and rules open into the run there is") {
    PageRun run = lost_message();
    const std::string trace = *asked("trace", body_of(run)).find("text")->text();
    const PageRun around = run_of("relay", "repaired");
    const Value opened = asked("open", open_body(trace, around));
    CHECK(opened.find("notes")->list()->empty());
    run.property = "recoverability";
    CHECK(*opened.find("run") == to_value(run));

    const std::string scope = traces::to_json(model::to_value(model::load_scope("small")));
    const Value with_scope = asked("open", open_body(scope, around));
    CHECK(*with_scope.find("run")->find("scope")->find("name") == Value("small"));
    CHECK(*with_scope.find("run")->find("rules_name") == Value("repaired"));

    const Value with_rules =
        asked("open", open_body(R"({"name": "mine", "from": "published", "rules": {"resend": "all_in_log"}})", around));
    CHECK(*with_rules.find("run")->find("rules_name") == Value("mine"));
    CHECK(*with_rules.find("run")->find("scope")->find("name") == Value("relay"));
}

TEST_CASE("a run about an invariant of the user's is told, saved, and opened again") {
    PageRun run = lost_message();
    model::add_invariant(
        run.scope,
        {.name = "two", .text = "(assert (forall ((p Process)) (<= (checkpoints p) 1)))", .origin = "two.smt2"});
    run.property = "two";
    const Value told = asked("run", body_of(run));
    CHECK(*told.find("property") == Value("two"));
    CHECK(*property(told, "two").find("kind") == Value("always"));
    const std::string trace = *asked("trace", body_of(run)).find("text")->text();
    CHECK(traces::read_trace(trace, "saved").property == "two");
    const Value opened = asked("open", open_body(trace, run_of("relay", "repaired")));
    CHECK(opened.find("notes")->list()->empty());
    CHECK(*opened.find("run") == to_value(run));
    CHECK(*asked("run", traces::to_text(*opened.find("run"))).find("property") == Value("two"));
    run.scope.invariants.clear();
    CHECK(error_of("run", body_of(run)).starts_with("request: $.property: expected one of"));
}

TEST_CASE("a trace that does not replay opens with a note") {
    std::string text = *asked("trace", body_of(lost_message())).find("text")->text();
    const std::string digest = "\"digest\": \"";
    char& digit = text[text.find(digest) + digest.size()];
    digit = digit == '0' ? '1' : '0';
    const Value opened = asked("open", open_body(text, lost_message()));
    REQUIRE(opened.find("notes")->list()->size() == 1);
    CHECK(opened.find("notes")->list()->front().text()->starts_with("the replay differs in step 1: "));
}

TEST_CASE("a check finds the shortest run, and a limit is said to be one") {
    const Value found = asked("check", check_body(run_of("tiny", "published"), 1'000'000, 60));
    CHECK(*found.find("extent") == Value("exhaustive"));
    const Value& claim = property(found, "recoverability");
    CHECK(*claim.find("verdict") == Value("violated"));
    REQUIRE(claim.find("steps")->list()->size() == 7);
    PageRun run = run_of("tiny", "published");
    for (const Value& step : *claim.find("steps")->list())
        run.steps.push_back(*step.text());
    run.at = run.steps.size();
    CHECK(*property(asked("run", body_of(run)), "recoverability").find("verdict") == Value("violated"));
    CHECK(*property(found, "containment").find("verdict") == Value("holds"));

    const Value bounded = asked("check", check_body(run_of("one-two", "repaired"), 100, 60));
    CHECK(bounded.find("extent")->text()->starts_with("bounded by "));
    CHECK(*property(bounded, "recoverability").find("verdict") == Value("inconclusive"));
}

TEST_CASE("a second check is refused while one runs, and the first can be stopped") {
    Answer first;
    std::thread long_check([&] {
        do
            first = answered("/api/check", check_body(run_of("three-actives", "repaired"), 20'000'000, 600));
        while (first.status == 409);
    });
    Answer second;
    do
        second = answered("/api/check", check_body(run_of("tiny", "published"), 1, 1));
    while (second.status != 409);
    CHECK(second.json.find("a check is running already") != std::string::npos);
    CHECK(*asked("stop", "{}").find("checking") == Value(true));
    long_check.join();
    REQUIRE(first.status == 200);
    CHECK(*traces::parse_json(first.json, "answer").find("exhaustive") == Value(false));
}

TEST_CASE("what a process keeps of a recovery by messages stands on its card") {
    const Value told =
        asked("run", body_of(run_of("async-tiny", "repaired",
                                    {"L1 sends cluster message 1 to A1",
                                     "L1 fails an acceptance test and broadcasts the announcement of recovery 1",
                                     "S1 receives the announcement of recovery 1 from L1"})));
    const Value::List& cards = *told.find("state")->find("processes")->list();
    REQUIRE(cards.size() == 3);
    const auto phase_of = [](const Value& card) {
        for (const Value& field : *card.find("fields")->list())
            if (*field.find("name") == Value("recovery.phase"))
                return *field.find("text")->text();
        return std::string("none");
    };
    CHECK(phase_of(cards[0]) == "coordinating");
    CHECK(phase_of(cards[1]) == "halted");
    CHECK(*cards[1].find("changed") == Value(true));
    CHECK(phase_of(cards[2]) == "running");
    CHECK(*cards[2].find("changed") == Value(false));
    for (const Value& field : *told.find("state")->find("shared")->list())
        CHECK(!field.find("name")->text()->starts_with("recovery"));
}

TEST_CASE("nothing is said to hold that the scope cannot break") {
    const auto told_of = [](const std::string& scope, const std::string& name) {
        const Value told = asked("run", body_of(run_of(scope, "repaired")));
        return std::ranges::any_of(*told.find("properties")->list(),
                                   [&](const Value& each) { return *each.find("name") == Value(name); });
    };
    CHECK(told_of("tiny", "recoverability"));
    CHECK(!told_of("tiny", "recovered_consistently"));
    CHECK(!told_of("tiny", "output_exactly_once"));
    CHECK(told_of("async-tiny", "recovered_consistently"));
    CHECK(told_of("outputs", "output_exactly_once"));
}

TEST_CASE("Z3 is asked about the state, and agrees") {
    const Value said = asked("z3", body_of(lost_message()));
    REQUIRE(said.find("answers")->list()->size() == 4);
    for (const Value& each : *said.find("answers")->list()) {
        const bool is_wrong = *each.find("property") == Value("recoverability");
        CHECK(*each.find("answer") == Value(is_wrong ? "violated" : "holds"));
        CHECK(*each.find("agrees") == Value(true));
        CHECK(each.find("lines")->list()->empty() != is_wrong);
    }
}

TEST_CASE("every mistake in a request is answered with its place") {
    const std::string run = body_of(lost_message());
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = run;
        REQUIRE(text.find(from) != std::string::npos);
        return text.replace(text.find(from), from.size(), to);
    };
    CHECK(error_of("run", "").starts_with("request: "));
    CHECK(error_of("run", "[1, 2").starts_with("request: "));
    CHECK(error_of("run", "{}").find("scope") != std::string::npos);
    CHECK(error_of("run", with("\"at\": 7", "\"at\": 8")).starts_with("request: $.at"));
    CHECK(error_of("run", with("\"at\": 7", "\"at\": -1")).starts_with("request: $.at"));
    CHECK(error_of("run", with("\"steps\"", "\"stepps\"")).find("did you mean 'steps'?") != std::string::npos);
    CHECK(error_of("run", with("clean_only", "clean_olny")).find("did you mean 'clean_only'?") != std::string::npos);
    CHECK(error_of("run", with("\"active_processes\": 2", "\"active_processes\": 200")).find("active_processes") !=
          std::string::npos);
    CHECK(error_of("start", run).starts_with("request: $: unknown field"));
    CHECK(error_of("check", check_body(lost_message(), 0, 1)).starts_with("request: $.max_states"));
    CHECK(error_of("check", check_body(lost_message(), 1, 601)).starts_with("request: $.max_seconds"));
    CHECK(error_of("open", open_body("{}", lost_message())).starts_with("file.json: $: expected a trace"));
    CHECK(error_of("open", open_body("{", lost_message())).starts_with("file.json: "));
    PageRun long_run = lost_message();
    long_run.steps.assign(step_count_max + 1, "x");
    CHECK(error_of("run", body_of(long_run)).starts_with("request: $.steps: more than"));
    CHECK(error_of("nothing", "{}", 404).find("/api/nothing") != std::string::npos);
    CHECK(!Answers::knows("/api/../api/run"));
    CHECK(Answers::knows("/api/run"));
}

} // namespace mdcd::checker::cli::explore
