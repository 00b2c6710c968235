// Which process may go on: one whose next message has been sent already. If none may, a log was cut, or somebody has
// received what nobody sent.
// Knows no command line.
#include "checker/cli/node/validation.hpp"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <map>

#include "checker/cli/node/output_file.hpp"
#include "traces/file_error.hpp"

namespace mdcd::checker::cli::node {
namespace {

using impl::runtime::Digest;
using impl::runtime::Input;
using impl::runtime::position_of;
using impl::runtime::Sent;

// What is under way between two processes is bounded by the link and what waits for it, so some process can always go
// on without more than this.
constexpr std::size_t under_way_max = 4096;

class Merge {
public:
    explicit Merge(const std::string& folder) {
        if (!std::filesystem::is_directory(folder))
            throw traces::FileError(folder, "", "is no folder; expected that of a run (mdcd run --dir)");
        std::string any;
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            if (std::error_code error; std::filesystem::exists(entry.path() / "log.ndjson", error))
                any = std::max(any, entry.path().filename().string()); // always the same one
        if (any.empty())
            throw traces::FileError(folder, "",
                                    "holds no PROCESS/log.ndjson; expected the logs of a run (mdcd run --dir)");
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
    }

    Validation run() {
        bool more = true;
        while (more) {
            more = false;
            bool moved = false;
            for (std::size_t position = 0; position < logs_.size(); ++position) {
                while (can_step(position)) {
                    step(position);
                    moved = true;
                }
                more |= logs_[position]->next() != nullptr;
            }
            if (more && !moved)
                explain_stop();
        }
        for (OutputFile& each : outputs_)
            each.finish();
        return result();
    }

private:
    using Pair = std::pair<std::size_t, std::size_t>; // from, to

    bool can_step(std::size_t position) const {
        const LogLine* const line = logs_[position]->next();
        if (line == nullptr)
            return false;
        for (std::size_t to = 0; to < logs_.size(); ++to)
            if (waiting({position, to}) >= under_way_max)
                return false;
        return line->input.kind != Input::Kind::receive || waiting({from(*line), position}) > 0;
    }

    std::size_t from(const LogLine& line) const {
        return position_of(logs_.front()->system().description.members, line.input.from);
    }

    std::size_t waiting(const Pair& pair) const {
        const auto found = under_way_.find(pair);
        return found == under_way_.end() ? 0 : found->second.size();
    }

    void step(std::size_t position) {
        ProcessReplay& log = *logs_[position];
        const LogLine& line = *log.next();
        if (line.input.kind == Input::Kind::receive) {
            const Pair pair{from(line), position};
            const Digest sent = under_way_[pair].front();
            if (sent != line.input.packet)
                throw Deviation(log.place() + ": $.input.digest: " + names_[position] + " has received as message " +
                                std::to_string(line.input.number) + " of " + names_[pair.first] + " " +
                                hex(line.input.packet) + ", but what was sent under this number is " + hex(sent));
            under_way_[pair].pop_front();
            --count_;
            ++received_;
        }
        const impl::runtime::StepRecord record = log.step();
        outputs_[position].compare(record.outputs);
        for (const Sent& each : record.sent) {
            under_way_[{position, position_of(log.system().description.members, each.to)}].push_back(each.packet);
            most_ = std::max(most_, ++count_);
        }
    }

    [[noreturn]] void explain_stop() const {
        for (std::size_t position = 0; position < logs_.size(); ++position) {
            const LogLine* const line = logs_[position]->next();
            if (line == nullptr || line->input.kind != Input::Kind::receive)
                continue;
            const std::size_t sender = from(*line);
            if (logs_[sender]->next() == nullptr && waiting({sender, position}) == 0)
                throw traces::FileError(logs_[sender]->place(), "",
                                        "is the last one, but " + names_[position] + " has received message " +
                                            std::to_string(line->input.number) + " of " + names_[sender] +
                                            ", which is not sent up to here (" + logs_[position]->place() +
                                            "): the end of the log is missing");
        }
        for (const auto& log : logs_)
            if (log->next() != nullptr)
                throw Deviation(log->place() + ": a message is received before it is sent: no order of the steps fits");
        throw Deviation("no order of the steps fits");
    }

    Validation result() const {
        Validation result;
        result.system = logs_.front()->system().name;
        for (std::size_t position = 0; position < logs_.size(); ++position) {
            const ProcessReplay& log = *logs_[position];
            result.processes.push_back({names_[position], log.core().steps(), log.restarts(), log.core().outputs(),
                                        log.recoveries(), log.core().summary().endings});
        }
        result.received = received_;
        result.under_way = count_;
        result.under_way_at_once = most_;
        return result;
    }

    std::vector<std::string> names_;
    std::vector<std::unique_ptr<ProcessReplay>> logs_;
    std::vector<OutputFile> outputs_; // of each
    std::map<Pair, std::deque<Digest>> under_way_;
    std::uint64_t received_ = 0;
    std::uint64_t count_ = 0;
    std::uint64_t most_ = 0;
};

} // namespace

Validation validate_logs(const std::string& folder) {
    return Merge(folder).run();
}

} // namespace mdcd::checker::cli::node
