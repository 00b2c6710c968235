// A trace as a log that ShiViz reads. ShiViz infers the messages from the clocks, so that a receiver's clock must take
// in exactly that of the send.
#include "traces/render_shiviz.hpp"

#include <algorithm>
#include <cstdint>

#include "traces/characters.hpp"
#include "traces/message_flow.hpp"

namespace mdcd::traces {

namespace {

using Clock = std::vector<std::int64_t>; // an entry for each participant

// One word of printable ASCII, not empty, unlike the hosts before it.
std::string host_name(const std::string& participant, const std::vector<std::string>& taken) {
    std::string name = participant;
    std::ranges::replace_if(
        name, [](char letter) { return letter <= ' ' || letter > '~' || letter == '"' || letter == '\\'; }, '_');
    while (name.empty() || std::ranges::find(taken, name) != taken.end()) {
        name += '_';
    }
    return name;
}

std::string quoted_event(const Action& action) {
    std::string text = action.text;
    for (const std::string& fired : action.fired) {
        text += "; " + fired;
    }
    text = printable(text);
    std::ranges::replace(text, '"', '\'');
    return text;
}

std::string written(const Clock& clock, const std::vector<std::string>& hosts) {
    std::string text;
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        if (clock[i] > 0) {
            text += text.empty() ? "{" : ", ";
            append_quoted(text, hosts[i]);
            text += ":" + std::to_string(clock[i]);
        }
    }
    return text + "}";
}

} // namespace

std::string render_shiviz(const Trace& trace) {
    const MessageFlow flow = flow_of(trace);
    std::vector<std::string> hosts;
    for (const std::string& participant : flow.participants) {
        hosts.push_back(host_name(participant, hosts));
    }
    std::vector<Clock> clock_of_step(trace.steps.size() + 1, Clock(hosts.size()));
    std::vector<Clock> now(hosts.size(), Clock(hosts.size()));
    std::string out = "(?<host>\\S+) \"(?<event>.*)\" (?<clock>\\{.*\\})\n\n";
    for (std::size_t step = 1; step <= trace.steps.size() && !hosts.empty(); ++step) {
        const Action& action = trace.steps[step - 1].action;
        const std::size_t found = flow.index_of(action.process);
        const std::size_t self = found == hosts.size() ? 0 : found;
        Clock& clock = now[self];
        const std::optional<std::size_t> taken = flow.steps[step - 1].taken;
        const bool is_lost = action.kind == "lose"; // nobody has received it: the clocks of both ends stay apart
        if (taken && !is_lost && flow.arrows[*taken].sent_step) {
            const Clock& sender = clock_of_step[*flow.arrows[*taken].sent_step];
            for (std::size_t i = 0; i < clock.size(); ++i) {
                clock[i] = std::max(clock[i], sender[i]);
            }
        }
        ++clock[self];
        clock_of_step[step] = clock;
        out += hosts[self] + " \"" + quoted_event(action) + "\" " + written(clock, hosts) + "\n";
    }
    return out;
}

} // namespace mdcd::traces
