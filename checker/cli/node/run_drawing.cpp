// The window: what is not drawn is counted and forgotten.
// Knows no renderer and no command line.
#include "checker/cli/node/run_drawing.hpp"

#include <algorithm>

#include "checker/cli/node/run_event.hpp"
#include "checker/version.hpp"
#include "traces/json.hpp"

namespace mdcd::checker::cli::node {
namespace {

// Of what is looked for, so much of the window is before it.
constexpr std::uint64_t part_before = 4;

bool is_between_incarnations(const impl::runtime::StateSummary& state) {
    return state.phase == "halted" || state.phase == "coordinating";
}

} // namespace

RunDrawing::RunDrawing(const RunMerge& merge, DrawingWindow window) : merge_(merge), window_(std::move(window)) {
    for (std::size_t position = 0; position < merge.names().size(); ++position)
        known_.push_back({merge.log(position).core().summary(), 0});
}

// How the incarnation before ended is the last of the endings; where upgrades do not end, only a recovery ends one.
std::string RunDrawing::entered(const MergedStep& step) {
    const impl::runtime::StateSummary state = step.log.core().summary();
    Known& known = known_[step.position];
    if (is_between_incarnations(state) || state.incarnation == known.entered)
        return "";
    known.entered = state.incarnation;
    if (state.phase == "stopped")
        return ""; // for good: the line is drawn through those that go on
    const std::string ending =
        state.endings.empty() ? "recovered" : state.endings.substr(state.endings.find_last_of(' ') + 1);
    return "enters incarnation " + std::to_string(state.incarnation) + ": " + ending;
}

void RunDrawing::saw(const MergedStep& step) {
    Known& known = known_[step.position];
    const std::string entered = this->entered(step);
    for (RunEvent& event : events_of(step, known.state, entered)) {
        ++count_;
        look_for(event.names);
        keep(std::move(event), step.position);
    }
    known.state = step.log.core().summary();
}

void RunDrawing::look_for(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        ++names_[name];
        if (name == window_.around && found_at_ == 0 && count_ >= window_.first)
            found_at_ = count_;
    }
}

void RunDrawing::keep(RunEvent&& event, std::size_t position) {
    const bool searches = !window_.around.empty() && found_at_ == 0;
    const bool is_open_end = window_.around.empty() && window_.first == 0;
    if (window_.around.empty() && count_ < window_.first)
        return;
    const std::uint64_t before = searches ? window_.count / part_before : window_.count;
    if (events_.size() >= before && !searches && !is_open_end)
        return; // the window is full
    events_.push_back({std::move(event.step), position, std::nullopt});
    if (event.carries_changes)
        events_.back().before = known_[position].state;
    last_ = count_;
    while (events_.size() > std::max<std::uint64_t>(before, 1))
        events_.pop_front();
}

std::vector<std::string> RunDrawing::names() const {
    std::vector<std::string> names;
    for (const auto& [name, times] : names_)
        names.push_back(name);
    return names;
}

traces::Value RunDrawing::initial_state() const {
    const std::size_t entries = std::max<std::size_t>(merge_.system().description.members.components, 1);
    traces::Value::Record all;
    for (std::size_t position = 0; position < known_.size(); ++position) {
        const auto first =
            std::ranges::find_if(events_, [&](const Kept& each) { return each.position == position && each.before; });
        const traces::Value::Record fields = state_record(
            merge_.names()[position], first == events_.end() ? known_[position].state : *first->before, entries);
        all.insert(all.end(), fields.begin(), fields.end());
    }
    return all;
}

std::string RunDrawing::claim(bool to_the_end) const {
    const std::uint64_t first = events_.empty() ? 0 : last_ - events_.size() + 1;
    std::string text = "events " + std::to_string(first) + " to " + std::to_string(last_) + " of " +
                       std::to_string(count_) + (to_the_end ? "" : " that could be followed") +
                       ", in an order that fits their causes";
    if (const std::uint64_t left_out = count_ - events_.size(); left_out > 0)
        text += "; left out: " + std::to_string(first - 1) + " before, " + std::to_string(count_ - last_) + " after";
    return text;
}

traces::Trace RunDrawing::trace(const std::string& kind, const std::string& wrong) const {
    const DescribedSystem& system = merge_.system();
    traces::Trace trace;
    trace.tool_version = version;
    trace.scope_name = system.name;
    const traces::Value description = traces::parse_json(system.description.text, "the first line");
    traces::Value::Record scope = *description.record();
    std::erase_if(scope, [&](const auto& field) { return field.first == "rules"; });
    trace.scope = std::move(scope);
    trace.rules = *description.find("rules");
    trace.rules_name = "of its file";
    trace.property = "run of " + system.name;
    trace.claim = claim(wrong.empty());
    trace.verdict = wrong.empty() ? "holds" : "violated";
    trace.processes = merge_.names();
    trace.initial_digest = std::string(16, '0');
    trace.initial_state = initial_state();
    for (const Kept& each : events_)
        trace.steps.push_back(each.step);
    if (!wrong.empty())
        trace.findings.push_back({kind, "", "", wrong});
    return trace;
}

} // namespace mdcd::checker::cli::node
