// Real sockets: two processes find each other again however often their session breaks, and whoever should not be there
// is refused with a reason, counted, and costs nothing that lasts.
#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <cstring>
#include <map>
#include <mutex>
#include <thread>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "impl/runtime/bytes.hpp"
#include "impl/runtime/network.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::unit::impl_runtime {
namespace {

using namespace mdcd::impl;          // NOLINT: one test
using namespace mdcd::impl::runtime; // NOLINT

constexpr Members members{1, 1}; // L1, S1, A1
constexpr ProcessId caller{Group::low, 0}, s1{Group::shadow, 0}, listener{Group::active, 0};
const Digest system_digest = digest_of("a system");

// What one network reports, from its thread to the test's.
class Events : public NetworkEvents {
public:
    void session_began(std::size_t) override { ++sessions; }
    std::optional<std::string> frame_for(std::size_t) override {
        return next < to_send ? std::optional(encode_frame({++next, 0, 0, packet})) : std::nullopt;
    }
    void frame_arrived(std::size_t, const ReceivedFrame& frame) override {
        if (frame.packet == "malformed")
            throw MalformedBytes("it says so");
        last = frame.number;
    }
    void refused(Refusal refusal, const std::string&) override {
        const std::lock_guard lock(mutex);
        ++refusals[refusal];
    }
    void refused_by(std::size_t, const std::string& reason) override {
        const std::lock_guard lock(mutex);
        reasons.push_back(reason);
    }
    std::size_t count(Refusal refusal) {
        const std::lock_guard lock(mutex);
        return refusals[refusal];
    }

    std::atomic<std::uint64_t> sessions{0}, last{0}, next{0}, to_send{0};
    Contents::Bytes packet = std::make_shared<const std::string>(50'000, 'p');
    std::mutex mutex;
    std::map<Refusal, std::size_t> refusals;
    std::vector<std::string> reasons;
};

std::vector<Address> addresses(const ScratchFolder& scratch) {
    std::vector<Address> all;
    for (const char* name : {"unix:L1", "unix:S1", "unix:A1"})
        all.push_back(parse_address(name, scratch.path("")));
    return all;
}

// A network with its thread.
class Running {
public:
    Running(const ScratchFolder& scratch, ProcessId self, const Digest& system = system_digest,
            std::optional<unsigned> user = {})
        : network({.members = members,
                   .system = system,
                   .self = self,
                   .addresses = addresses(scratch),
                   .user = user,
                   .hello_within = std::chrono::milliseconds(300)},
                  events) {
        network.listen();
        thread_ = std::thread([this] { network.run(); });
    }
    ~Running() {
        network.stop();
        thread_.join();
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    Events events;
    Network network;

private:
    std::thread thread_;
};

template <class Condition> bool soon(Condition condition) {
    for (int attempt = 0; attempt < 6000; ++attempt) {
        if (condition())
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

// A connection of somebody who need not be a peer.
class Stranger {
public:
    explicit Stranger(const std::string& path) : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
        connected = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~Stranger() { ::close(socket_); }
    Stranger(const Stranger&) = delete;
    Stranger& operator=(const Stranger&) = delete;

    void say(const std::string& bytes) const { (void)::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
    // All that is said to it until the other side ends.
    std::string hear() const {
        std::string heard;
        std::array<char, 256> piece{};
        for (ssize_t count = 0; (count = ::recv(socket_, piece.data(), piece.size(), 0)) > 0;)
            heard.append(piece.data(), static_cast<std::size_t>(count));
        return heard;
    }

    bool connected = false;

private:
    int socket_;
};

// Connects as that user, in a process of its own, and hears what is said to it; the error if it cannot connect. Nothing
// but system calls in between: other threads may hold any lock.
std::string heard_as(uid_t user, const std::string& path) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    const pid_t child = ::fork();
    if (child == 0) {
        const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
        const char* failed = nullptr;
        if (::setuid(user) != 0)
            failed = "no such user";
        else if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            failed = errno == EACCES ? "no permission" : "no connection";
        if (failed != nullptr)
            (void)!::write(ends[1], failed, std::strlen(failed));
        std::array<char, 256> piece{};
        for (ssize_t count = 0; failed == nullptr && (count = ::recv(socket, piece.data(), piece.size(), 0)) > 0;)
            (void)!::write(ends[1], piece.data(), static_cast<std::size_t>(count));
        ::_exit(0);
    }
    ::close(ends[1]);
    std::string heard;
    std::array<char, 256> piece{};
    for (ssize_t count = 0; (count = ::read(ends[0], piece.data(), piece.size())) > 0;)
        heard.append(piece.data(), static_cast<std::size_t>(count));
    ::close(ends[0]);
    CHECK(::waitpid(child, nullptr, 0) == child);
    return heard;
}

std::string with_version(std::string hello, char version) {
    hello[5] = version;
    return hello;
}

} // namespace

TEST_CASE("who should not be here is refused with a reason") {
    const ScratchFolder scratch;
    Running node(scratch, listener);
    const std::string path = scratch.path("A1");
    const std::string hello = encode_hello({system_digest, caller});
    const std::string empty_frame = encode_frame({0, 0, 0, nullptr});
    std::string oversize = empty_frame;
    oversize[0] = '\x7f';
    struct Case {
        Refusal refusal;
        std::string said;
    };
    const std::string short_frame("\0\0\0\3abc", 7);
    const auto malformed_packet = std::make_shared<const std::string>("malformed");
    const std::vector<Case> cases = {
        {Refusal::garbage, "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n"},
        {Refusal::garbage, std::string(hello_bytes, '\0')},
        {Refusal::garbage, hello.substr(0, 6) + "\x09" + hello.substr(7)}, // a group that there is not
        {Refusal::other_version, with_version(hello, 2)},
        {Refusal::other_version, with_version(hello, 0)},
        {Refusal::other_system, encode_hello({digest_of("another system"), caller})},
        {Refusal::not_a_peer, encode_hello({system_digest, {Group::low, 1}})},
        {Refusal::not_a_peer, encode_hello({system_digest, listener})}, // itself
        {Refusal::not_a_peer, encode_hello({system_digest, device})},
        {Refusal::oversize, hello + oversize},
        {Refusal::malformed, hello + short_frame},
        {Refusal::malformed, hello + encode_frame({1, 0, 0, malformed_packet})},
        {Refusal::too_slow, hello.substr(0, 39)},
    };
    std::map<Refusal, std::size_t> expected;
    for (const Case& each : cases) {
        CAPTURE(refusal_text(each.refusal));
        const Stranger stranger(path);
        REQUIRE(stranger.connected);
        stranger.say(each.said);
        const std::string heard = stranger.hear();
        CHECK(heard.find(refusal_text(each.refusal)) != std::string::npos);
        CHECK(node.events.count(each.refusal) == ++expected[each.refusal]);
    }
    const Running peer(scratch, s1);
    CHECK(soon([&] { return node.network.sessions() == 1; })); // it is as well as before
}

TEST_CASE("a Unix socket is for the processes of one user, on both sides") {
    const ScratchFolder scratch;
    const unsigned another = ::geteuid() + 1;
    {
        Running node(scratch, listener, system_digest, another);
        const Stranger stranger(scratch.path("A1"));
        REQUIRE(stranger.connected);
        CHECK(stranger.hear().find(refusal_text(Refusal::other_user)) != std::string::npos); // it need not say anything
        CHECK(node.events.count(Refusal::other_user) == 1);
        const Running peer(scratch, caller);
        CHECK(soon([&] { return node.events.count(Refusal::other_user) > 1; }));
        CHECK(node.events.sessions == 0);
    }
    Running node(scratch, listener);
    Running peer(scratch, caller, system_digest, another); // for which somebody else listens there
    CHECK(soon([&] { return peer.events.count(Refusal::other_user) > 1; }));
    CHECK(node.events.sessions == 0);
    CHECK(peer.events.sessions == 0);
}

TEST_CASE("what another user of the machine gets of a Unix socket") {
    const ScratchFolder scratch;
    Running node(scratch, listener);
    const std::string path = scratch.path("A1");
    struct stat about {};
    REQUIRE(::lstat(path.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777U & ~0700U) == 0);
    if (::geteuid() != 0) {
        MESSAGE("who is not root cannot be somebody else: only the socket's mode was looked at");
        return;
    }
    constexpr uid_t nobody = 65534;
    REQUIRE(::chmod(scratch.path("").c_str(), 0755) == 0);
    CHECK(heard_as(nobody, path) == "no permission");
    REQUIRE(::chmod(path.c_str(), 0777) == 0); // somebody was careless
    CHECK(heard_as(nobody, path).find(refusal_text(Refusal::other_user)) != std::string::npos);
    CHECK(node.events.count(Refusal::other_user) == 1);
    CHECK(heard_as(0, path).empty() == false); // .. but it is there for its own: no hello in time
}

TEST_CASE("a thousand strangers do not keep a peer out") {
    const ScratchFolder scratch;
    Running node(scratch, listener);
    std::vector<std::unique_ptr<Stranger>> strangers;
    for (int each = 0; each < 1000; ++each)
        strangers.push_back(std::make_unique<Stranger>(scratch.path("A1")));
    CHECK(soon([&] { return node.events.count(Refusal::too_many) > 900; }));
    CHECK(soon([&] { return node.events.count(Refusal::too_slow) >= 32; }));
    Running peer(scratch, caller);
    CHECK(soon([&] { return peer.events.sessions >= 1; }));
}

TEST_CASE("a process of another system is told why") {
    const ScratchFolder scratch;
    Running node(scratch, listener);
    Running other(scratch, caller, digest_of("another system"));
    CHECK(soon([&] {
        const std::lock_guard lock(other.events.mutex);
        return !other.events.reasons.empty() && other.events.reasons.front() == "another system";
    }));
    CHECK(node.events.sessions == 0);
}

TEST_CASE("a session that breaks is set up again, from whichever side") {
    const ScratchFolder scratch;
    Running one(scratch, caller);
    Running other(scratch, listener);
    CHECK(soon([&] { return one.events.sessions == 1 && other.events.sessions == 1; }));
    for (std::uint64_t times = 2; times <= 10; ++times) {
        Running& breaks = times % 2 == 0 ? one : other;
        breaks.network.post([&breaks] { breaks.network.drop_sessions(); });
        CHECK(soon([&] { return one.events.sessions == times && other.events.sessions == times; }));
    }
}

TEST_CASE("a peer that does not read costs one buffer") {
    const ScratchFolder scratch;
    Running node(scratch, listener);
    node.events.to_send = 1'000'000; // 50 GB
    const Stranger slow(scratch.path("A1"));
    slow.say(encode_hello({system_digest, caller}));
    CHECK(soon([&] { return node.events.sessions == 1; }));
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    CHECK(node.events.next > 0);
    CHECK(node.events.next < 100);
    node.events.to_send = 0;
}

TEST_CASE("addresses: this machine only") {
    CHECK(parse_address("127.0.0.1:7001", "d").port == 7001);
    CHECK(parse_address("127.3.2.1:1", "d").host == "127.3.2.1");
    CHECK(parse_address("[::1]:7001", "d").host == "::1");
    CHECK(parse_address("unix:a.sock", "d").path == "d/a.sock");
    const std::string long_folder(101, 'd');
    for (const auto& [text, part] :
         std::vector<std::pair<std::string, std::string>>{{"192.168.1.4:7001", "need TLS"},
                                                          {"0.0.0.0:7001", "need TLS"},
                                                          {"[2001:db8::1]:7001", "need TLS"},
                                                          {"localhost:7001", "no numeric address"},
                                                          {"127.0.0.1", "is no address"},
                                                          {"127.0.0.1:", "no port"},
                                                          {"127.0.0.1:0", "no port"},
                                                          {"127.0.0.1:65536", "no port"},
                                                          {"127.0.0.1:80x", "no port"},
                                                          {"unix:", "no name"},
                                                          {"unix:/a/b", "is a path"},
                                                          {"unix:../b", "is a path"},
                                                          {"unix:..", "is a path"},
                                                          {"unix:a.sock", "the system allows"},
                                                          {"", "is no address"}}) {
        const std::string told = text;
        CAPTURE(told);
        std::string what;
        try {
            (void)parse_address(text, long_folder);
        } catch (const AddressError& error) {
            what = error.what();
        }
        CHECK(what.find(part) != std::string::npos);
    }
}

} // namespace mdcd::tests::unit::impl_runtime
