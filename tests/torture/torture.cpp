// Plain system calls. The numbers of the processes are read from what `mdcd run` says of them.
// Knows no protocol.
#include "tests/torture/torture.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "impl/runtime/wire.hpp"
#include "tests/torture/machine_page.hpp"

namespace mdcd::tests::torture {
namespace {

const std::vector<std::string> names = {"L1", "L2", "S1", "S2", "A1", "A2"};

void sleep_ms(std::uint32_t time) {
    std::this_thread::sleep_for(std::chrono::milliseconds(time));
}

int connect_to(const std::string& path) {
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
        return socket;
    ::close(socket);
    return -1;
}

} // namespace

// `mdcd run` with a thread that reads what it says.
struct System::Keeper {
    Keeper(const std::string& file, const std::string& folder, const std::string& page) {
        const int errors = ::open((folder + ".errors").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        ::setenv(faults_variable, page.c_str(), 1);
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            throw std::runtime_error("no pipe");
        pid = ::fork();
        if (pid == 0) {
            ::dup2(ends[1], STDOUT_FILENO);
            ::dup2(errors, STDERR_FILENO);
            ::setenv("LD_PRELOAD", MDCD_TORTURE_PRELOAD, 1);
            ::execl(MDCD_EXECUTABLE, "mdcd", "run", file.c_str(), "--dir", folder.c_str(), "--until-quiet",
                    "--restarts", "1000", nullptr);
            ::_exit(127);
        }
        ::close(ends[1]);
        ::close(errors);
        out = ends[0];
        reader = std::thread([this] { read(); });
    }
    ~Keeper() {
        if (!reaped) {
            ::kill(pid, SIGTERM);
            ::waitpid(pid, nullptr, 0);
        }
        reader.join();
        ::close(out);
    }

    void read() {
        std::string line;
        std::array<char, 4096> piece{};
        for (ssize_t count = 0; (count = ::read(out, piece.data(), piece.size())) > 0;)
            for (ssize_t each = 0; each < count; ++each) {
                if (piece[static_cast<std::size_t>(each)] != '\n') {
                    line += piece[static_cast<std::size_t>(each)];
                    continue;
                }
                take(line);
                line.clear();
            }
    }

    void take(const std::string& line) {
        const std::lock_guard lock(mutex);
        text += line + "\n";
        const std::string started = " started, pid ";
        const std::size_t at = line.find(started);
        if (at != std::string::npos)
            pids[line.substr(0, at)] = static_cast<pid_t>(std::stol(line.substr(at + started.size())));
        else if (line.find("is started again") != std::string::npos)
            pids.erase(line.substr(0, line.find(' ')));
    }

    pid_t pid = -1;
    int out = -1;
    bool reaped = false;
    int how = 0;
    std::thread reader;
    std::mutex mutex;
    std::string text;
    std::map<std::string, pid_t> pids;
};

namespace {

// Not ended yet: a process that nobody has waited for still takes signals, and they do nothing to it.
bool is_alive(pid_t process) {
    std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
    std::string text;
    std::getline(stat, text);
    const std::size_t name_end = text.rfind(')'); // the name may hold anything
    return name_end != std::string::npos && name_end + 2 < text.size() && text[name_end + 2] != 'Z' &&
           text[name_end + 2] != 'X';
}

} // namespace

System::System(std::string file, std::string folder, std::uint32_t seed)
    : file_(std::move(file)), folder_(std::move(folder)), random_(seed),
      page_(std::make_unique<MachinePage>(folder_ + ".faults")) {
    std::signal(SIGPIPE, SIG_IGN);
    start();
}

System::~System() {
    for (const int each : crowd_)
        ::close(each);
}

void System::start() {
    keeper_ = std::make_unique<Keeper>(file_, folder_, page_->path());
}

std::optional<pid_t> System::any_process(std::string& name) {
    name = names[random_() % names.size()];
    const std::lock_guard lock(keeper_->mutex);
    const auto found = keeper_->pids.find(name);
    return found == keeper_->pids.end() ? std::nullopt : std::optional(found->second);
}

bool System::inject(Fault fault) {
    if (ended_ || wait_for_the_end(0) || ended_) // nothing can happen to it any more
        return false;
    std::string name;
    const std::optional<pid_t> process = any_process(name);
    bool happened = false;
    switch (fault) {
    case Fault::kill:
        happened = process && is_alive(*process) && ::kill(*process, SIGKILL) == 0;
        break;
    case Fault::end:
        happened = process && is_alive(*process) && ::kill(*process, SIGTERM) == 0;
        break;
    case Fault::cut:
        happened = process && is_alive(*process) && ::kill(*process, SIGUSR1) == 0;
        break;
    case Fault::pause:
        happened = process && is_alive(*process) && ::kill(*process, SIGSTOP) == 0;
        sleep_ms(50 + static_cast<std::uint32_t>(random_() % 200));
        if (happened)
            ::kill(*process, SIGCONT);
        break;
    case Fault::kill_keeper:
        happened = ::kill(keeper_->pid, SIGKILL) == 0;
        ::waitpid(keeper_->pid, nullptr, 0);
        keeper_->reaped = true;
        start(); // the old one's thread ends when the last process has
        break;
    case Fault::garbage:
    case Fault::other_system:
    case Fault::other_version:
    case Fault::impostor:
    case Fault::crowd:
        happened = knock(name, fault);
        break;
    case Fault::full_disk:
    case Fault::failed_sync:
    case Fault::slow_disk:
        happened = trouble_disk(name, fault);
        break;
    case Fault::clock_jump:
        happened = move_clocks();
        break;
    }
    if (happened)
        ++counts_[static_cast<std::size_t>(fault)];
    return happened;
}

bool System::knock(const std::string& name, Fault fault) {
    using namespace mdcd::impl::runtime; // NOLINT: one function
    const std::string path = folder_ + "/" + name + ".sock";
    if (fault == Fault::crowd) {
        for (const int each : crowd_)
            ::close(each);
        crowd_.clear();
        for (int each = 0; each < 50; ++each)
            if (const int socket = connect_to(path); socket >= 0)
                crowd_.push_back(socket);
        return crowd_.size() == 50;
    }
    const int socket = connect_to(path);
    if (socket < 0)
        return false;
    std::string said = encode_hello({digest_of("another system"), {impl::Group::low, 0}});
    if (fault == Fault::garbage)
        said = "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n";
    else if (fault == Fault::other_version)
        said[5] = 99;
    else if (fault == Fault::impostor)
        said += std::string(64, '\xff');
    const bool sent = ::send(socket, said.data(), said.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(said.size());
    timeval patience{.tv_sec = 1, .tv_usec = 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    std::array<char, hello_bytes> heard{};
    const bool refused = sent && ::recv(socket, heard.data(), heard.size(), MSG_WAITALL) > 0 &&
                         std::string_view(heard.data(), 4) == "MDCN";
    ::close(socket);
    return refused;
}

// It has happened when it has hit: an idle process writes nothing.
bool System::trouble_disk(const std::string& name, Fault fault) {
    const auto trouble = fault == Fault::full_disk     ? Trouble::full_disk
                         : fault == Fault::failed_sync ? Trouble::failed_sync
                                                       : Trouble::slow_disk;
    const std::uint64_t before = page_->hits(trouble);
    page_->begin(name, trouble, 100 + static_cast<std::uint32_t>(random_() % 100));
    sleep_ms(50 + static_cast<std::uint32_t>(random_() % 100));
    page_->end();
    return page_->hits(trouble) > before;
}

bool System::move_clocks() {
    page_->move_clocks();
    sleep_ms(30);
    return page_->wrong_clocks() > 0;
}

bool System::wait_for_the_end(int seconds) {
    for (int turn = 0; turn <= 20 * seconds; ++turn) {
        if (::waitpid(keeper_->pid, &keeper_->how, WNOHANG) == keeper_->pid) {
            keeper_->reaped = true;
            ended_ = true;
            return WIFEXITED(keeper_->how) && WEXITSTATUS(keeper_->how) == 0;
        }
        if (turn < 20 * seconds)
            sleep_ms(50);
    }
    return false;
}

std::string System::output() {
    const std::lock_guard lock(keeper_->mutex);
    return keeper_->text;
}

std::string System::errors() {
    std::ifstream in(folder_ + ".errors", std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace mdcd::tests::torture
