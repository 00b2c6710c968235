// Which step comes next: first what receives, the message that has been under way longest before others, so that little
// is under way and each message arrives soon after it was sent. If no step is possible, a log was cut, or somebody has
// received what nobody sent. Knows no claim and no picture.
#include "checker/cli/node/run_merge.hpp"

#include <algorithm>
#include <filesystem>
#include <limits>

#include "traces/file_error.hpp"

namespace mdcd::checker::cli::node {
namespace {

using impl::runtime::Digest;
using impl::runtime::Input;
using impl::runtime::position_of;
using impl::runtime::Sent;

// What is under way between two processes is bounded by the link and what waits for it, so some process can always go
// on without more than this.
constexpr std::size_t queue_max = 4096;

// Any process that has a log, always the same one.
std::string any_process(const std::string& folder) {
    if (!std::filesystem::is_directory(folder))
        throw traces::FileError(folder, "", "is no folder; expected that of a run (mdcd run --dir)");
    std::string any;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (std::error_code error; std::filesystem::exists(entry.path() / "log.ndjson", error))
            any = std::max(any, entry.path().filename().string());
    if (any.empty())
        throw traces::FileError(folder, "", "holds no PROCESS/log.ndjson; expected the logs of a run (mdcd run --dir)");
    return any;
}

} // namespace

RunMerge::RunMerge(const std::string& folder) {
    const std::string any = any_process(folder);
    const ProcessReplay first(folder + "/" + any + "/log.ndjson", any);
    names_ = process_names(first.system().description);
    for (const std::string& name : names_) {
        const std::string file = folder + "/" + name + "/log.ndjson";
        logs_.push_back(std::make_unique<ProcessReplay>(file, name));
        outputs_.emplace_back(folder + "/" + name + "/output.ndjson", name);
        if (logs_.back()->system().description.digest != first.system().description.digest)
            throw traces::FileError(file, "$.input.system",
                                    "is another one than in the log of " + any + ": these logs are not of one run");
    }
    queues_.resize(names_.size() * names_.size());
    full_.resize(names_.size());
}

std::string RunMerge::log_place(std::size_t position, std::uint64_t line) const {
    return logs_[position]->file() + ", line " + std::to_string(line);
}

void RunMerge::run(const std::vector<RunObserver*>& observers) {
    while (const std::optional<std::size_t> next = choose())
        step(*next, observers);
    if (std::ranges::any_of(logs_, [](const auto& log) { return log->next() != nullptr; }))
        explain_stop();
    for (OutputFile& each : outputs_)
        each.finish();
}

std::size_t RunMerge::from(const LogLine& line) const {
    return position_of(system().description.members, line.input.from);
}

// What needs no message goes on when nothing is left to be received; the clocks of machines say only which tick of
// several is next.
std::optional<std::size_t> RunMerge::choose() const {
    constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();
    std::optional<std::size_t> receives, acts;
    std::uint64_t oldest = never, soonest = never;
    for (std::size_t position = 0; position < logs_.size(); ++position) {
        const LogLine* const line = logs_[position]->next();
        if (line == nullptr || full_[position] > 0)
            continue;
        if (line->input.kind == Input::Kind::receive) {
            const Queue& waiting = queue(from(*line), position);
            if (!waiting.empty() && waiting.front().turn < oldest) {
                oldest = waiting.front().turn;
                receives = position;
            }
            continue;
        }
        const std::uint64_t time = line->input.kind == Input::Kind::tick ? line->input.time : 0;
        if (!acts || time < soonest) {
            soonest = time;
            acts = position;
        }
    }
    return receives ? receives : acts;
}

void RunMerge::take(std::size_t position, const LogLine& line) {
    const std::size_t sender = from(line);
    Queue& waiting = queue(sender, position);
    const Digest sent = waiting.front().packet;
    if (sent != line.input.packet)
        throw Deviation(logs_[position]->place() + ": $.input.digest: " + names_[position] +
                        " has received as message " + std::to_string(line.input.number) + " of " + names_[sender] +
                        " " + hex(line.input.packet) + ", but what was sent under this number is " + hex(sent));
    full_[sender] -= waiting.size() == queue_max ? 1U : 0U;
    waiting.pop_front();
    --under_way_;
    ++received_;
}

void RunMerge::step(std::size_t position, const std::vector<RunObserver*>& observers) {
    ProcessReplay& log = *logs_[position];
    const LogLine& line = *log.next();
    if (line.input.kind == Input::Kind::receive)
        take(position, line);
    const impl::runtime::StepRecord record = log.step();
    outputs_[position].compare(record.outputs);
    ++turn_;
    for (const Sent& each : record.sent) {
        const std::size_t to = position_of(system().description.members, each.to);
        queue(position, to).push_back({each.packet, turn_});
        full_[position] += queue(position, to).size() == queue_max ? 1U : 0U;
        most_ = std::max(most_, ++under_way_);
    }
    for (RunObserver* const each : observers)
        each->saw({position, log, line, record});
    log.read_next();
}

void RunMerge::explain_stop() const {
    for (std::size_t position = 0; position < logs_.size(); ++position) {
        const LogLine* const line = logs_[position]->next();
        if (line == nullptr || line->input.kind != Input::Kind::receive)
            continue;
        const std::size_t sender = from(*line);
        if (logs_[sender]->next() == nullptr && queue(sender, position).empty())
            throw traces::FileError(logs_[sender]->place(), "",
                                    "is the last one, but " + names_[position] + " has received message " +
                                        std::to_string(line->input.number) + " of " + names_[sender] +
                                        ", which is not sent up to here (" + logs_[position]->place() +
                                        "): the end of the log is missing");
    }
    for (std::size_t to = 0; to < logs_.size(); ++to)
        for (std::size_t sender = 0; sender < logs_.size(); ++sender)
            if (logs_[to]->next() == nullptr && queue(sender, to).size() >= queue_max)
                throw traces::FileError(logs_[to]->place(), "",
                                        "is the last one, but " + names_[sender] +
                                            " has sent more than can be under way to it (" + logs_[sender]->place() +
                                            "): the end of the log is missing");
    for (const auto& log : logs_)
        if (log->next() != nullptr)
            throw Deviation(log->place() + ": a message is received before it is sent: no order of the steps fits");
    throw Deviation("no order of the steps fits");
}

} // namespace mdcd::checker::cli::node
