// The loop of a node: as many steps as are possible, one transaction for them, then the frames, then the lines of the
// log. Knows no application.
#include "impl/runtime/node.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "impl/runtime/line_file.hpp"
#include "impl/runtime/log_line.hpp"
#include "impl/runtime/node_report.hpp"

namespace mdcd::impl::runtime {
namespace {

constexpr std::size_t steps_per_transaction_max = 256;
constexpr std::chrono::milliseconds quiet_delay{100}; // until what peers acknowledged is stored by itself
constexpr std::chrono::milliseconds status_period{100};

std::uint64_t now_ms() {
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count());
}

class Node : private NetworkEvents {
public:
    explicit Node(const NodeOptions& options)
        : options_(options), name_(name_in(options.system, options.self)),
          store_(options.folder + "/state.db", name_, options.system.digest, options.durability),
          core_(options_.system, *options_.program, options.self), network_({.members = options.system.members,
                                                                             .upgrades = options.system.upgrades,
                                                                             .system = options.system.digest,
                                                                             .self = options.self,
                                                                             .addresses = options.addresses,
                                                                             .certificates = options.certificates},
                                                                            *this) {}

    NodeEnd run() {
        std::optional<Store::Loaded> loaded = store_.load();
        if (loaded) {
            for (std::string& content : loaded->contents)
                core_.put_content(std::move(content));
            core_.restore_from(loaded->state);
        }
        open_files();
        add(loaded ? core_.restart() : core_.start());
        commit();
        if (!loaded)
            keep_names();
        network_.listen();
        network_.answer({.address = parse_address(operator_address, options_.folder),
                         .end = "\n",
                         .answer = [this](std::string_view word) { return hear(word); }});
        if (options_.metrics)
            network_.answer({.address = *options_.metrics,
                             .end = "\r\n\r\n",
                             .answer = [this](std::string_view request) { return metrics_answer(request, report()); }});
        for (const int signal : {SIGINT, SIGTERM})
            network_.on_signal(signal, [this] { network_.stop(); });
        network_.on_signal(SIGUSR1, [this] { network_.drop_sessions(); });
        if (options_.tick_ms > 0)
            network_.every(std::chrono::milliseconds(options_.tick_ms), [this] {
                core_.tick_at(now_ms());
                work();
            });
        if (options_.status >= 0)
            network_.every(status_period, [this] { tell_status(); });
        schedule();
        network_.run();
        if (core_.may_store())
            commit();
        return end_;
    }

private:
    void open_files() {
        log_.emplace(options_.folder + "/log.ndjson", "step", store_, Store::Lines::log, core_.core().steps(),
                     options_.durability);
        outputs_.emplace(options_.folder + "/output.ndjson", "number", store_, Store::Lines::outputs,
                         core_.core().outputs(), options_.durability);
    }

    // That there are these files must survive a loss of power as what is in them does.
    void keep_names() const {
        for (const std::string& folder : {options_.folder, options_.folder + "/.."}) {
            const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            if (file < 0 || ::fsync(file) != 0)
                std::fprintf(stderr, "mdcd node %s: %s cannot be brought to the disk\n", name_.c_str(), folder.c_str());
            if (file >= 0)
                ::close(file);
        }
    }

    // Once the loop comes to it, however often it is asked for.
    void schedule() {
        if (std::exchange(scheduled_, true))
            return;
        network_.post([this] {
            scheduled_ = false;
            work();
        });
    }

    void work() {
        std::size_t steps = 0;
        for (; steps < steps_per_transaction_max; ++steps) {
            if (options_.tick_ms == 0)
                core_.tick_at(now_ms());
            const std::optional<StepRecord> record = core_.step();
            if (!record)
                break;
            add(*record);
        }
        if (core_.must_store())
            commit();
        else if (core_.may_store() && !std::exchange(quiet_timer_, true))
            network_.once(quiet_delay, [this] {
                quiet_timer_ = false;
                if (core_.may_store())
                    commit();
            });
        network_.wake();
        if (steps == steps_per_transaction_max)
            schedule(); // the sockets have their turn first
    }

    void add(const StepRecord& record) {
        log_lines_.push_back({record.step, log_line(core_.core(), record)});
        for (const DeviceOutput& output : record.outputs)
            output_lines_.push_back({output.number, output_line(name_, output)});
    }

    void commit() {
        const NodeSnapshot snapshot = core_.snapshot();
        Store::Transaction transaction;
        transaction.state = snapshot.state;
        for (const Digest& each : snapshot.contents.added)
            transaction.added.emplace_back(each, core_.core().contents().at(each).get());
        transaction.removed = snapshot.contents.removed;
        transaction.log = std::move(log_lines_);
        transaction.outputs = std::move(output_lines_);
        transaction.log_safe_through = log_->newly_safe();
        transaction.outputs_safe_through = outputs_->newly_safe();
        const auto begin = std::chrono::steady_clock::now();
        store_.commit(transaction);
        ++transactions_;
        transaction_seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        core_.was_stored(snapshot);
        log_->append(transaction.log);
        outputs_->append(transaction.outputs);
        log_lines_.clear();
        output_lines_.clear();
    }

    void session_began(std::size_t peer) override { core_.begin_session(peer); }

    std::optional<std::string> frame_for(std::size_t peer) override {
        const std::optional<NodeFrame> frame = core_.next_frame(peer);
        return frame ? std::optional(encode_frame(*frame)) : std::nullopt;
    }

    void frame_arrived(std::size_t peer, const ReceivedFrame& frame) override {
        const LinkReceipt receipt =
            core_.receive(peer, frame.number, frame.acknowledged, frame.confirmed, frame.packet);
        if (receipt == LinkReceipt::forgotten) {
            std::fprintf(stderr,
                         "mdcd node %s: %s speaks of messages that are not known here: the storage of one of them was "
                         "lost or is an older copy. Stopped, since nothing that follows could be right.\n",
                         name_.c_str(), name_in(options_.system, process_at(options_.system.members, peer)).c_str());
            end_ = NodeEnd::forgotten;
            network_.stop();
            return;
        }
        schedule();
    }

    void refused(Refusal refusal, const std::string& detail) override {
        const std::uint64_t count = ++refusals_[static_cast<std::size_t>(refusal)];
        if ((count & (count - 1)) == 0) // the 1st, 2nd, 4th ..: a flood does not fill the disk
            std::fprintf(stderr, "mdcd node %s: a connection was refused: %s%s%s (%llu so far)\n", name_.c_str(),
                         std::string(refusal_text(refusal)).c_str(), detail.empty() ? "" : ": ", detail.c_str(),
                         static_cast<unsigned long long>(count));
    }

    void refused_by(std::size_t peer, const std::string& reason) override {
        const std::uint64_t count = ++refused_by_;
        if ((count & (count - 1)) == 0)
            std::fprintf(stderr, "mdcd node %s: %s refuses the connection: %s\n", name_.c_str(),
                         name_in(options_.system, process_at(options_.system.members, peer)).c_str(), reason.c_str());
    }

    // An operator's word. What it made is stored before it is answered.
    std::string hear(std::string_view word) {
        std::string_view result;
        if (word != "status") {
            Command command;
            if (const std::string wrong = parse_command(options_.system, word, command); !wrong.empty())
                return "{\"error\":\"" + escaped(wrong) + "\"}\n";
            const StepRecord record = core_.command(command);
            result = record.result;
            add(record);
            commit();
            network_.wake();
            schedule();
        }
        return status_line(report(), result);
    }

    [[nodiscard]] NodeReport report() const {
        return {.process = name_,
                .pid = ::getpid(),
                .state = core_.core().summary(),
                .steps = core_.core().steps(),
                .sent = core_.sent(),
                .taken = core_.taken(),
                .outputs = core_.core().outputs(),
                .transactions = transactions_,
                .transaction_seconds = transaction_seconds_,
                .sessions = network_.sessions(),
                .refusals = refusals_,
                .idle = core_.is_idle(),
                .waits_for = core_.waits_for()};
    }

    // For whoever started the process. A pipe whose reader is slow or gone is no reason to stop.
    void tell_status() {
        const std::string line = status_line(report(), "");
        if (::write(options_.status, line.data(), line.size()) < 0 && errno == EBADF)
            std::fputs("mdcd node: the status descriptor is not open\n", stderr);
    }

    const NodeOptions& options_;
    std::string name_;
    Store store_;
    NodeCore core_;
    Network network_;
    std::optional<LineFile> log_;
    std::optional<LineFile> outputs_;
    std::vector<StoredLine> log_lines_; // of steps that are not stored yet
    std::vector<StoredLine> output_lines_;
    std::array<std::uint64_t, refusal_count> refusals_{};
    std::uint64_t refused_by_ = 0;
    std::uint64_t transactions_ = 0;
    double transaction_seconds_ = 0;
    bool scheduled_ = false;
    bool quiet_timer_ = false;
    NodeEnd end_ = NodeEnd::asked;
};

} // namespace

NodeEnd run_node(const NodeOptions& options) {
    std::signal(SIGPIPE, SIG_IGN);
    return Node(options).run();
}

} // namespace mdcd::impl::runtime
