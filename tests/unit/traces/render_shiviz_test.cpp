// The ShiViz form: the lines are what the regular expression in the first line says, and the clocks are those of a run
// in which exactly the trace's messages were exchanged.
#include "traces/render_shiviz.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <regex.h>
#include <sstream>

#include "examples.hpp"
#include "golden.hpp"
#include "traces/json.hpp"
#include "traces/message_flow.hpp"

using namespace mdcd::traces;

namespace {

using Clock = std::map<std::string, std::int64_t>;

struct Event {
    std::string host;
    std::string text;
    Clock clock;
};

// POSIX knows no named groups: they are replaced by plain ones, whose order is told by the names.
std::vector<Event> parsed(const std::string& log) {
    std::istringstream lines(log);
    std::string expression;
    std::string delimiter;
    REQUIRE(std::getline(lines, expression));
    REQUIRE(std::getline(lines, delimiter));
    CHECK(delimiter.empty());
    CHECK(expression == "(?<host>\\S+) \"(?<event>.*)\" (?<clock>\\{.*\\})");
    regex_t compiled;
    REQUIRE(regcomp(&compiled, "^([^[:space:]]+) \"(.*)\" (\\{.*\\})$", REG_EXTENDED) == 0);
    std::vector<Event> events;
    for (std::string line; std::getline(lines, line);) {
        regmatch_t groups[4];
        CAPTURE(line);
        REQUIRE(regexec(&compiled, line.c_str(), 4, groups, 0) == 0);
        const auto group = [&](std::size_t i) {
            return line.substr(static_cast<std::size_t>(groups[i].rm_so),
                               static_cast<std::size_t>(groups[i].rm_eo - groups[i].rm_so));
        };
        Event event{group(1), group(2), {}};
        const Value clock = parse_json(group(3), "clock");
        for (const auto& [host, time] : *clock.record()) {
            event.clock[host] = *time.number();
        }
        events.push_back(std::move(event));
    }
    regfree(&compiled);
    return events;
}

} // namespace

TEST_CASE("the log of the known counterexample is the reviewed one") {
    CHECK(examples::golden_difference("dropped_checkpoint.shiviz.log", render_shiviz(examples::dropped_checkpoint())) ==
          "");
}

TEST_CASE("the clocks are those of the run: own entry one more, merged with the sender's clock and nothing else") {
    for (const Trace& trace : {examples::dropped_checkpoint(), examples::long_run()}) {
        const std::vector<Event> events = parsed(render_shiviz(trace));
        REQUIRE(events.size() == trace.steps.size());
        const MessageFlow flow = flow_of(trace);
        std::map<std::string, Clock> last;
        for (std::size_t i = 0; i < events.size(); ++i) {
            CHECK(events[i].host == trace.steps[i].action.process);
            CHECK(events[i].text.starts_with(trace.steps[i].action.text));
            Clock expected = last[events[i].host];
            for (const Arrow& arrow : flow.arrows) {
                if (arrow.taken_step == i + 1 && arrow.sent_step) {
                    for (const auto& [host, time] : events[*arrow.sent_step - 1].clock) {
                        expected[host] = std::max(expected[host], time);
                    }
                }
            }
            ++expected[events[i].host];
            CHECK(events[i].clock == expected);
            last[events[i].host] = expected;
        }
    }
}

TEST_CASE("who sees a message lost has not received it: its clock does not take in the sender's") {
    Trace trace = examples::awkward();
    trace.steps[1].action.kind = "lose";
    const std::vector<Event> events = parsed(render_shiviz(trace));
    REQUIRE(events.size() == 2);
    CHECK(events[1].clock == Clock{{"B_<2>_&__co_;_#1", 1}});
}

TEST_CASE("awkward names and texts still match the regular expression") {
    const std::vector<Event> events = parsed(render_shiviz(examples::awkward()));
    REQUIRE(events.size() == 2);
    CHECK(events[1].host == "B_<2>_&__co_;_#1");
    CHECK(events[1].clock == Clock{{"end", 1}, {"B_<2>_&__co_;_#1", 1}});
    CHECK(parsed(render_shiviz(examples::smallest())).empty());
}
