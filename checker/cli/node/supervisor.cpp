// One loop: lines of the children, their ends, and the question whether all is quiet.
// Decides nothing for them.
#include "checker/cli/node/supervisor.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include <poll.h>

#include "checker/cli/node/child.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"
#include "traces/reader.hpp"

namespace mdcd::checker::cli::node {
namespace {

using std::chrono::steady_clock;
constexpr std::chrono::milliseconds draw_period{250};
constexpr std::chrono::seconds end_patience{10};
constexpr std::chrono::milliseconds longest_delay{2000};
constexpr int poll_ms = 20;

NodeStatus read_status(const std::string& line) {
    const traces::Value value = traces::parse_json(line, "status");
    const traces::Reader root(value, "status");
    const auto number = [&root](const char* field) {
        return root.field(field).integer(0, std::numeric_limits<std::int64_t>::max());
    };
    return {.pid = number("pid"),
            .steps = number("steps"),
            .incarnation = number("incarnation"),
            .phase = root.field("phase").text(),
            .dirty = root.field("dirty").boolean(),
            .checkpoints = number("checkpoints"),
            .logged = number("logged"),
            .sent = number("sent"),
            .taken = number("taken"),
            .outputs = number("outputs"),
            .sessions = number("sessions"),
            .refused = number("refused"),
            .idle = root.field("idle").boolean(),
            .waits_for = root.field("waits_for").text()};
}

class Supervisor {
public:
    Supervisor(const SuperviseOptions& options, const std::atomic<bool>& interrupted)
        : options_(options), interrupted_(interrupted), processes_(options.names.size()) {}

    Supervised run() {
        for (std::size_t each = 0; each < processes_.size(); ++each)
            start(each);
        const auto begin = steady_clock::now();
        while (!over_) {
            wait();
            take_lines();
            take_ends();
            if (interrupted_)
                over(SuperviseEnd::interrupted);
            else if (options_.until_quiet && is_quiet())
                over(SuperviseEnd::quiet);
            else if (options_.seconds_max > 0 &&
                     steady_clock::now() - begin > std::chrono::duration<double>(options_.seconds_max))
                over(SuperviseEnd::time_is_up);
            draw();
        }
        end_all();
        for (const Process& each : processes_)
            result_.table.push_back(each.status);
        return result_;
    }

private:
    struct Process {
        std::unique_ptr<Child> child;
        NodeStatus status;
        std::string told;                                 // what it was last said to be
        bool fresh = false;                               // said something since the last look for quiet
        std::int64_t steps_at_end = 0;                    // when it ended last
        std::uint64_t restarts = 0;                       // since it made a step
        std::optional<steady_clock::time_point> start_at; // it ended, and is to be started again then
    };

    void over(SuperviseEnd end) {
        over_ = true;
        result_.end = end;
    }

    void start(std::size_t which) {
        Process& process = processes_[which];
        process.child = std::make_unique<Child>(options_.command(options_.names[which]));
        options_.tell(options_.names[which] + " started, pid " + std::to_string(process.child->pid()));
    }

    void wait() {
        std::vector<pollfd> descriptors;
        for (const Process& each : processes_)
            descriptors.push_back({each.start_at ? -1 : each.child->status(), POLLIN, 0});
        ::poll(descriptors.data(), descriptors.size(), poll_ms);
    }

    void take_lines() {
        for (std::size_t which = 0; which < processes_.size(); ++which) {
            Process& process = processes_[which];
            for (const std::string& line : process.child->read_lines()) {
                NodeStatus now;
                try {
                    now = read_status(line);
                } catch (const traces::FileError&) {
                    continue; // a line that was cut when the process died
                }
                process.status = now;
                process.fresh = true;
                tell_change(which);
            }
        }
    }

    // What it has become: not what it is doing just now for that.
    void tell_change(std::size_t which) {
        Process& process = processes_[which];
        const std::string& phase = process.status.phase;
        if (phase == "halted" || phase == "coordinating" || phase == "starting")
            return;
        const std::string now = phase + " in incarnation " + std::to_string(process.status.incarnation);
        const bool first = process.told.empty() && process.status.incarnation == 0;
        if (std::exchange(process.told, now) != now && !first)
            options_.tell(options_.names[which] + " is " + now);
    }

    void take_ends() {
        for (std::size_t which = 0; which < processes_.size() && !over_; ++which) {
            Process& process = processes_[which];
            if (process.start_at && steady_clock::now() >= *process.start_at) {
                process.start_at.reset();
                start(which);
            }
            const std::optional<Child::End> end = process.child->ended();
            if (!end)
                continue;
            process.fresh = false;
            process.restarts = process.status.steps > process.steps_at_end ? 1 : process.restarts + 1;
            process.steps_at_end = process.status.steps;
            // What a file is wrong with does not go away.
            const bool hopeless = end->exit_code == 64 || end->exit_code == 65 || end->exit_code == 127;
            if (hopeless || process.restarts > options_.restarts_max) {
                options_.tell(options_.names[which] + " " + end->words +
                              (hopeless ? ": it is not started again"
                                        : ": it is not started again, since it did not get on " +
                                              std::to_string(options_.restarts_max) + " times"));
                result_.exit_code = end->exit_code;
                return over(SuperviseEnd::gave_up);
            }
            options_.tell(options_.names[which] + " " + end->words + ", and is started again");
            ++result_.restarts;
            process.start_at = steady_clock::now() + delay(process.restarts);
        }
    }

    // At once if it got on before; else what it lacks may need time.
    static std::chrono::milliseconds delay(std::uint64_t restarts) {
        return restarts <= 1 ? std::chrono::milliseconds(0)
                             : std::min(std::chrono::milliseconds(50) * (1U << std::min<std::uint64_t>(restarts, 10)),
                                        longest_delay);
    }

    // Everybody has said so twice, with the same numbers, and all that was sent was taken.
    bool is_quiet() {
        if (!std::ranges::all_of(processes_, [](const Process& each) { return each.fresh; }))
            return false;
        std::vector<std::int64_t> numbers;
        std::int64_t sent = 0, taken = 0;
        bool idle = true;
        for (Process& each : processes_) {
            each.fresh = false;
            idle &= each.status.idle;
            sent += each.status.sent;
            taken += each.status.taken;
            numbers.push_back(each.status.steps);
        }
        const bool same = numbers == seen_;
        seen_ = numbers;
        return idle && same && sent == taken;
    }

    void draw() {
        if (!options_.draw || (!over_ && steady_clock::now() - drawn_ < draw_period))
            return;
        drawn_ = steady_clock::now();
        std::vector<NodeStatus> table;
        for (const Process& each : processes_)
            table.push_back(each.status);
        options_.draw(table);
    }

    void end_all() {
        for (const Process& each : processes_)
            each.child->signal(SIGTERM);
        const auto begin = steady_clock::now();
        std::vector<bool> gone(processes_.size());
        while (std::ranges::find(gone, false) != gone.end()) {
            for (std::size_t which = 0; which < processes_.size(); ++which) {
                take_lines();
                if (gone[which])
                    continue;
                const std::optional<Child::End> end = processes_[which].child->ended();
                gone[which] = processes_[which].child->has_ended();
                if (end && end->exit_code != 0)
                    options_.tell(options_.names[which] + " " + end->words + " when it was told to end");
            }
            if (steady_clock::now() - begin > end_patience) {
                options_.tell("not all processes ended in time: they are killed, and nothing is lost by that");
                return; // by the destructors
            }
            ::poll(nullptr, 0, poll_ms / 5);
        }
    }

    const SuperviseOptions& options_;
    const std::atomic<bool>& interrupted_;
    std::vector<Process> processes_;
    std::vector<std::int64_t> seen_;
    steady_clock::time_point drawn_;
    bool over_ = false;
    Supervised result_;
};

} // namespace

Supervised supervise(const SuperviseOptions& options, const std::atomic<bool>& interrupted) {
    return Supervisor(options, interrupted).run();
}

} // namespace mdcd::checker::cli::node
