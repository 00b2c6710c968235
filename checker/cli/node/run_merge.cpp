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

constexpr std::uint64_t not_sent = std::numeric_limits<std::uint64_t>::max();

// Among those under way between two processes, in the order of their numbers: the message of that number, or the end.
template <class Queue> auto message_numbered(Queue& waiting, std::uint64_t number) {
    const auto message = std::ranges::lower_bound(waiting, number, {}, [](const auto& each) { return each.number; });
    return message != waiting.end() && message->number == number ? message : waiting.end();
}

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

// In which its message was sent. If it has not been, and is not the next one, it may be that there is no such message.
std::uint64_t RunMerge::turn_of(std::size_t position, const LogLine& line) const {
    const Queue& waiting = queue(from(line), position);
    const auto message = message_numbered(waiting, line.input.number);
    if (message != waiting.end())
        return message->turn;
    if (line.input.number != logs_[position]->core().first_not_taken(line.input.from))
        logs_[position]->check_goes_past();
    return not_sent;
}

// What needs no message goes on when nothing is left to be received; the clocks of machines say only which tick of
// several is next.
std::optional<std::size_t> RunMerge::choose() const {
    std::optional<std::size_t> receives, acts;
    std::uint64_t oldest = not_sent, soonest = 0;
    for (std::size_t position = 0; position < logs_.size(); ++position) {
        const LogLine* const line = logs_[position]->next();
        if (line == nullptr || full_[position] > 0)
            continue;
        if (line->input.kind == Input::Kind::receive) {
            const std::uint64_t turn = turn_of(position, *line);
            if (turn < oldest) {
                oldest = turn;
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
    const auto message = message_numbered(waiting, line.input.number);
    const Digest sent = message->packet;
    if (sent != line.input.packet)
        throw Deviation(logs_[position]->place() + ": $.input.digest: " + names_[position] +
                        " has received as message " + std::to_string(line.input.number) + " of " + names_[sender] +
                        " " + hex(line.input.packet) + ", but what was sent under this number is " + hex(sent));
    if (message != waiting.begin()) {
        check_left_behind(position, line, waiting);
        ++went_past_;
    }
    full_[sender] -= waiting.size() == queue_max ? 1U : 0U;
    waiting.erase(message);
    --under_way_;
    ++received_;
}

// A message goes past others only while these cannot be taken. Why one of the application cannot is not always seen
// here: something that was sent may have had no room in its link.
void RunMerge::check_left_behind(std::size_t position, const LogLine& line, const Queue& waiting) const {
    bool waits_before = false;
    for (const Message& each : waiting) {
        if (each.number == line.input.number)
            return;
        if (!is_of_application(each.change) && logs_[position]->core().blocked(each.change, waits_before).empty())
            throw Deviation(logs_[position]->place() + ": $.input.number: takes message " +
                            std::to_string(line.input.number) + " of " + names_[from(line)] + " before message " +
                            std::to_string(each.number) + ", for which there is room");
        waits_before = true;
    }
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
        queue(position, to).push_back({each.number, each.change, each.packet, turn_});
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
        if (logs_[sender]->next() == nullptr && turn_of(position, *line) == not_sent)
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
