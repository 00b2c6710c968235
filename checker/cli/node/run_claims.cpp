// The processes with their ghosts, and the claims about one of them: containment, clean between upgrades, outputs, one
// outcome. What two say of each other is in run_reception.cpp.
// Knows no command line.
#include "checker/cli/node/run_claims.hpp"

#include <algorithm>
#include <stdexcept>

#include "traces/characters.hpp"

namespace mdcd::checker::cli::node {

using impl::Group;
using impl::runtime::DeviceOutput;
using impl::runtime::Input;
using impl::runtime::position_of;
using impl::runtime::process_at;
using impl::runtime::ProcessCore;
using impl::runtime::Sent;
using impl::runtime::StateSummary;
using impl::runtime::StepRecord;

namespace {

constexpr std::size_t contents_more = 32;

} // namespace

UpgradeStanding standing_of(const StateSummary& state, bool upgrades) {
    UpgradeStanding standing;
    if (!upgrades) { // one, that has begun before the first step
        standing.current = state.incarnation == 0 ? 1 : 0;
        standing.last_recovered = standing.recovered[1] = state.incarnation > 0 && state.phase == "running";
        return standing;
    }
    unsigned begun = 0;
    std::string_view rest = state.endings;
    while (!rest.empty()) {
        const std::string_view ending = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(ending.size() + 1, rest.size()));
        if (ending == "begun") {
            standing.current = std::min<unsigned>(++begun, upgrade_count_max);
        } else if (ending == "committed" || ending == "recovered") {
            standing.last_recovered = ending == "recovered";
            standing.recovered[standing.current] |= standing.last_recovered;
            standing.current = 0;
        }
    }
    return standing;
}

RunClaims::RunClaims(const RunMerge& merge) : merge_(merge), system_(merge.system().description) {
    for (std::size_t position = 0; position < merge.names().size(); ++position) {
        const impl::ProcessId self = process_at(system_.members, position);
        auto process = std::make_unique<Process>(*merge.system().program, system_);
        process->core = std::make_unique<ProcessCore>(system_, process->program, process->contents, self);
        process->component = process->program.component_of(self);
        process->state = process->core->summary();
        processes_.push_back(std::move(process));
    }
    queues_.resize(processes_.size() * processes_.size());
}

// The handlers do what they did, since they cannot see the ghost.
StepRecord RunClaims::repeat(const ClaimStep& step) {
    Process& process = *processes_[step.position];
    Input input = step.input;
    if (input.kind == Input::Kind::receive) {
        Queue& waiting = queue(position_of(system_.members, input.from), step.position);
        const auto message = std::ranges::find(waiting, input.number, &Message::number); // most often the first
        input.packet = process.contents.put(message->packet);
        join(process.proved, message->proved);
        waiting.erase(message);
    }
    StepRecord record = process.core->step(input);
    const auto same = [](const Sent& one, const ClaimStep::SentAs& other) {
        return one.to == other.to && one.number == other.number && one.change.kind == other.kind;
    };
    if (!std::ranges::equal(record.sent, step.sent, same) || record.outputs.size() != step.outputs)
        throw std::logic_error("a step with the ghost differs from the same step without (" +
                               merge_.log_place(step.position, step.line) + ")");
    join(process.proved, process.program.take_proved());
    return record;
}

void RunClaims::learn(const ClaimStep& step, const StepRecord& record) {
    Process& process = *processes_[step.position];
    for (const Sent& each : record.sent)
        queue(step.position, position_of(system_.members, each.to))
            .push_back({each.number, process.contents.at(each.packet), process.proved});
    process.state = process.core->summary();
    process.standing = standing_of(process.state, system_.upgrades);
    process.line = step.line;
    process.history.reset();
    if (process.state.application != impl::runtime::Digest{}) {
        std::string_view bytes = *process.contents.at(process.state.application);
        process.history = split_history(bytes);
    }
    if (process.contents.size() < process.contents_max)
        return;
    impl::runtime::DigestSet alive; // what nobody refers to is forgotten now and then
    process.core->collect(alive);
    (void)process.contents.keep_only(alive);
    process.contents_max = 2 * process.contents.size() + contents_more;
}

ClaimStep claim_step(const MergedStep& step) {
    ClaimStep copy{step.position, step.log.line(), step.line.input, {}, step.record.outputs.size()};
    for (const Sent& each : step.record.sent)
        copy.sent.push_back({each.to, each.number, each.change.kind});
    return copy;
}

void RunClaims::judge(const ClaimStep& step) {
    const impl::Incarnation before = processes_[step.position]->state.incarnation;
    const std::string phase(processes_[step.position]->state.phase);
    const StepRecord record = repeat(step);
    learn(step, record);
    judge_outcome(step.position, record);
    judge_outputs(step.position, record);
    judge_alone(step.position);
    const StateSummary& now = processes_[step.position]->state;
    if (now.incarnation != before || now.phase != phase) // its own history may be another one, too
        for (std::size_t each = 0; each < processes_.size(); ++each)
            judge_reception(each);
    else if (step.input.kind == Input::Kind::receive)
        judge_reception(step.position);
}

void RunClaims::finish() {
    for (std::size_t each = 0; each < processes_.size(); ++each)
        judge_reception(each);
}

bool RunClaims::is_in_service(const Process& process) const {
    if (process.state.phase != "running" || !process.history)
        return false;
    if (system_.upgrades)
        return process.state.tenant == "ordinary" || process.state.tenant == "new";
    const Group group = process.core->self().group;
    return group == Group::active || (group == Group::low) == (process.state.incarnation == 0);
}

void RunClaims::judge_alone(std::size_t position) {
    const Process& process = *processes_[position];
    ++cuts_;
    const bool is_between = system_.upgrades && process.state.tenant == "ordinary" &&
                            process.state.phase == "running" && process.standing.current == 0;
    if (is_between && (process.state.dirty || process.state.checkpoints > 0 || process.state.inputs_logged > 0))
        fail(position, "clean_between_upgrades",
             "no upgrade is under way, but it is dirty, or keeps checkpoints or logged messages", true);
    const bool is_new = process.core->self().group == Group::low && !system_.upgrades;
    if (process.history && !process.state.dirty && !is_new && process.standing.current > 0)
        judge_containment(position);
}

// What tests have proved grows along every order of causes, so the least cut with this state is the hardest one.
void RunClaims::judge_containment(std::size_t position) {
    const Process& process = *processes_[position];
    const auto& depends = process.history->depends[process.standing.current];
    const auto& proved = process.proved[process.standing.current];
    const std::optional<std::uint8_t> component = uncontained(depends, proved, system_.members.components);
    if (component)
        fail(position, "containment",
             "it calls itself clean, but depends on message " + std::to_string(depends[*component]) +
                 " of the new version of " + component_name(*component) + ", of which no test has proved more than " +
                 std::to_string(proved[*component]),
             true);
}

// To the device each message of a component comes once and in order, whichever version gives it.
void RunClaims::judge_outputs(std::size_t position, const StepRecord& record) {
    const Process& process = *processes_[position];
    NumberSet& given = outputs_[process.component];
    for (const DeviceOutput& each : record.outputs) {
        std::string_view content = each.content;
        const GhostMessage message = split_message(content);
        const std::string what = "output " + std::to_string(message.number) + " of " +
                                 component_name(process.component) + " (" +
                                 traces::cut(traces::printable(content), 40) + ")";
        if (given.contains(message.number))
            fail(position, "output_exactly_once", what + " comes twice", false);
        if (message.number != given.last() + 1)
            fail(position, "output_exactly_once", what + " comes before output " + std::to_string(given.last() + 1),
                 false);
        given.insert(message.number);
    }
    if (!is_in_service(process))
        return;
    if (const std::uint64_t lost = given.first_missing(process.history->outputs); lost > 0)
        fail(position, "output_exactly_once",
             "output " + std::to_string(lost) + " of " + component_name(process.component) +
                 " is in its history, but the device never got it",
             false);
}

void RunClaims::judge_outcome(std::size_t position, const StepRecord& record) {
    if (const std::string wrong = outcome_.saw_endings(processes_[position]->state.endings); !wrong.empty())
        fail(position, "one_outcome", wrong, false);
    for (const Sent& each : record.sent) {
        const impl::runtime::StoredMessage& message = each.change.message;
        if (each.change.kind != impl::ChangeKind::decision &&
            !(each.change.kind == impl::ChangeKind::ordinary && message.kind == impl::MessageKind::recovery_decision))
            continue;
        if (const std::string wrong = outcome_.saw_decision(message.incarnation, message.low_sn); !wrong.empty())
            fail(position, "one_outcome", wrong, false);
    }
}

std::string RunClaims::component_name(std::uint8_t component) const {
    if (component >= system_.members.components)
        return "A" + std::to_string(component - system_.members.components + 1);
    return (system_.upgrades ? "C" : "component ") + std::to_string(component + 1);
}

void RunClaims::fail(std::size_t position, const std::string& claim, const std::string& what, bool least_cut) const {
    const Process& process = *processes_[position];
    std::string cut;
    for (std::size_t each = 0; each < processes_.size(); ++each) {
        const std::uint64_t steps = least_cut ? process.core->clock()[each] : processes_[each]->core->steps();
        cut += (cut.empty() ? "" : ", ") + merge_.names()[each] + " " + std::to_string(steps);
    }
    throw ClaimViolation(merge_.log_place(position, process.line) + ": " + claim +
                         " does not hold: " + merge_.names()[position] + ": " + what + "; the cut, by steps: " + cut);
}

} // namespace mdcd::checker::cli::node
