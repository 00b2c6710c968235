// The programs of the metering example without MDCD: meters, filter, estimator and billing, a process each, on Unix
// sockets. What runtime.py compares a guarded system with: the same contents, sent as soon as they are stored, or at
// once. Knows no protocol, no upgrade and no way to start again from what it stored.
#include <poll.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "impl/runtime/examples/metering/metering.hpp"

namespace {

using namespace mdcd::impl::runtime;
namespace metering = examples::metering;
using Clock = std::chrono::system_clock;

enum Role : std::uint8_t { meters, filter, estimator, billing };
constexpr std::array<const char*, 4> names = {"A1", "L1", "L2", "A2"};
constexpr std::size_t batch_max = 256; // readings or messages of one transaction: as many as a node takes steps

struct Options {
    std::string folder;
    std::uint64_t readings = 0;
    int tick_ms = 0;
    bool full = false; // each transaction is synchronised
};

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error("plain_metering: " + what + ": " + std::strerror(errno));
}

void write_all(int end, const std::string& bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const ssize_t wrote = ::write(end, bytes.data() + at, bytes.size() - at);
        if (wrote < 0)
            fail("write");
        at += static_cast<std::size_t>(wrote);
    }
}

// The state and what is about to leave: one row, one transaction.
class Stored {
public:
    Stored(const std::string& path, bool full) {
        if (sqlite3_open(path.c_str(), &handle_) != SQLITE_OK)
            throw std::runtime_error("plain_metering: " + path + " cannot be opened");
        run("PRAGMA locking_mode=EXCLUSIVE");
        run("PRAGMA journal_mode=WAL");
        run(full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF");
        run("CREATE TABLE state(id INTEGER PRIMARY KEY, state TEXT, leaving TEXT)");
        sqlite3_prepare_v2(handle_, "INSERT OR REPLACE INTO state VALUES(1, ?, ?)", -1, &save_, nullptr);
    }
    ~Stored() {
        sqlite3_finalize(save_);
        sqlite3_close(handle_);
    }
    Stored(const Stored&) = delete;
    Stored& operator=(const Stored&) = delete;

    void save(const std::string& state, const std::string& leaving) {
        sqlite3_bind_text64(save_, 1, state.data(), state.size(), SQLITE_STATIC, SQLITE_UTF8);
        sqlite3_bind_text64(save_, 2, leaving.data(), leaving.size(), SQLITE_STATIC, SQLITE_UTF8);
        if (sqlite3_step(save_) != SQLITE_DONE)
            throw std::runtime_error(std::string("plain_metering: ") + sqlite3_errmsg(handle_));
        sqlite3_reset(save_);
    }

private:
    void run(const char* sql) {
        if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error(std::string("plain_metering: ") + sql + ": " + sqlite3_errmsg(handle_));
    }

    sqlite3* handle_ = nullptr;
    sqlite3_stmt* save_ = nullptr;
};

// One process: what it receives from, and what it sends to, by the role of who receives (-1: nobody).
class Process {
public:
    Process(const Options& options, Role role, std::vector<int> from, std::array<int, 4> to)
        : tick_ms_(options.tick_ms), role_(role), program_({.readings = options.readings}), from_(std::move(from)),
          to_(to), arrived_(from_.size()), state_(program_.first_state(place())),
          stored_(options.folder + "/" + names[role] + ".db", options.full),
          told_(std::fopen((options.folder + "/" + names[role] + ".txt").c_str(), "w")) {
        if (!told_)
            fail("fopen");
    }

    // Until nothing can come any more.
    void run() {
        while (role_ == meters ? tick() : take()) {
            std::array<std::string, 4> leaving;
            std::string outputs;
            say(leaving, outputs);
            stored_.save(state_, leaving[filter] + leaving[estimator] + leaving[billing] + outputs);
            for (std::size_t each = 0; each < to_.size(); ++each)
                if (!leaving[each].empty())
                    write_all(to_[each], leaving[each]);
            std::fwrite(outputs.data(), 1, outputs.size(), told_.get());
            std::fflush(told_.get());
        }
        rusage used{};
        ::getrusage(RUSAGE_SELF, &used);
        const auto seconds = [](timeval time) {
            return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
        };
        std::printf("%s %llu %.6f\n", names[role_], static_cast<unsigned long long>(messages_),
                    seconds(used.ru_utime) + seconds(used.ru_stime));
        std::fflush(stdout);
    }

private:
    [[nodiscard]] Place place() const {
        const bool is_active = role_ == meters || role_ == billing;
        return {.process = {is_active ? mdcd::impl::Group::active : mdcd::impl::Group::low,
                            static_cast<std::uint8_t>(role_ == meters || role_ == filter ? 0 : 1)},
                .version = is_active ? 0U : 1U};
    }

    // Readings of one transaction. False when all are made.
    bool tick() {
        if (tick_ms_ > 0)
            ::usleep(static_cast<useconds_t>(1000 * tick_ms_));
        std::size_t made = 0;
        while (made < (tick_ms_ > 0 ? 1 : batch_max) && program_.wants_ticks(place(), state_)) {
            const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now().time_since_epoch());
            program_.tick(place(), state_, static_cast<std::uint64_t>(now.count()));
            std::fprintf(told_.get(), "%lld\n", static_cast<long long>(now.count()));
            ++made;
        }
        return made > 0;
    }

    // Messages of one transaction: what has come meanwhile. False when all senders have ended.
    bool take() {
        do {
            std::size_t taken = 0;
            for (std::string& bytes : arrived_)
                taken += deliver(bytes, batch_max - taken);
            if (taken > 0)
                return true;
        } while (receive());
        return false;
    }
    // Waits until something comes. False when all senders have ended.
    bool receive() {
        std::vector<pollfd> ends;
        for (const int each : from_)
            ends.push_back({.fd = each, .events = POLLIN, .revents = 0});
        if (::poll(ends.data(), ends.size(), -1) < 0)
            fail("poll");
        bool open = false;
        for (std::size_t each = 0; each < ends.size(); ++each)
            open = (ends[each].revents == 0 ? from_[each] >= 0 : read(each)) || open;
        return open;
    }
    bool read(std::size_t which) {
        std::array<char, 1 << 16> bytes{};
        const ssize_t got = ::read(from_[which], bytes.data(), bytes.size());
        if (got < 0)
            fail("read");
        if (got == 0)
            from_[which] = -1; // poll passes over it
        arrived_[which].append(bytes.data(), static_cast<std::size_t>(got));
        return got > 0;
    }
    std::size_t deliver(std::string& bytes, std::size_t most) {
        std::size_t taken = 0;
        std::size_t begin = 0;
        for (std::size_t end = bytes.find('\n'); end != std::string::npos && taken < most;
             end = bytes.find('\n', begin)) {
            program_.deliver(place(), state_, std::string_view(bytes).substr(begin, end - begin));
            begin = end + 1;
            ++taken;
        }
        bytes.erase(0, begin);
        messages_ += taken;
        return taken;
    }

    void say(std::array<std::string, 4>& leaving, std::string& outputs) {
        while (const std::optional<Intention> next = program_.next(place(), state_)) {
            if (next->to == Intention::To::device) {
                outputs += next->content + "\n";
            } else {
                const bool to_active = next->to == Intention::To::active;
                leaving[to_active ? billing : (next->index == 0 ? filter : estimator)] += next->content + "\n";
                ++messages_;
            }
            program_.was_sent(place(), state_);
        }
    }

    struct Closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };

    int tick_ms_;
    Role role_;
    metering::Metering program_;
    std::vector<int> from_;
    std::array<int, 4> to_;
    std::vector<std::string> arrived_; // from each, not yet a whole message
    std::string state_;
    Stored stored_;
    std::unique_ptr<std::FILE, Closer> told_; // times of readings, or outputs
    std::uint64_t messages_ = 0;              // taken and sent
};

struct Channel {
    Role from;
    Role to;
    std::array<int, 2> ends{};
};

int run_all(const Options& options) {
    std::vector<Channel> channels = {{meters, filter}, {filter, estimator}, {filter, billing}, {estimator, billing}};
    for (Channel& each : channels)
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, each.ends.data()) != 0)
            fail("socketpair");
    for (const Role role : {meters, filter, estimator, billing}) {
        const pid_t child = ::fork();
        if (child < 0)
            fail("fork");
        if (child > 0)
            continue;
        std::vector<int> from;
        std::array<int, 4> to = {-1, -1, -1, -1};
        for (const Channel& each : channels) {
            if (each.from == role)
                to[each.to] = each.ends[0];
            else
                ::close(each.ends[0]);
            if (each.to == role)
                from.push_back(each.ends[1]);
            else
                ::close(each.ends[1]);
        }
        Process(options, role, std::move(from), to).run();
        return 0;
    }
    for (const Channel& each : channels)
        for (const int end : each.ends)
            ::close(end);
    int worst = 0;
    for (int status = 0; ::wait(&status) > 0;)
        worst = status == 0 ? worst : 1;
    return worst;
}

} // namespace

int main(int count, char** words) {
    if (count != 5) {
        std::fprintf(stderr, "usage: plain_metering FOLDER READINGS TICK_MS off|full\n");
        return 64;
    }
    try {
        return run_all({.folder = words[1],
                        .readings = std::strtoull(words[2], nullptr, 10),
                        .tick_ms = std::atoi(words[3]),
                        .full = std::string(words[4]) == "full"});
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
