// Sessions over TLS: both sides are who their certificates say, or there is none. Certificates of another authority, of
// another process or system, that are over, or none at all; and strangers who do not speak TLS.
#include <doctest/doctest.h>

#include <atomic>
#include <cstring>
#include <map>
#include <mutex>
#include <thread>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "impl/runtime/network.hpp"
#include "tests/support/certificates.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::unit::impl_runtime {
namespace {

using namespace mdcd::impl;          // NOLINT: one test
using namespace mdcd::impl::runtime; // NOLINT

constexpr Members tls_members{1, 1};
const Digest tls_system = digest_of("a certified system");

class TlsEvents : public NetworkEvents {
public:
    void session_began(std::size_t) override { ++sessions; }
    std::optional<std::string> frame_for(std::size_t) override {
        return next < to_send ? std::optional(encode_frame({++next, 0, 0, packet})) : std::nullopt;
    }
    void frame_arrived(std::size_t, const ReceivedFrame& frame) override {
        if (frame.packet == *packet)
            last = frame.number;
    }
    void refused(Refusal refusal, const std::string& detail) override {
        const std::lock_guard lock(mutex);
        ++refusals[refusal];
        details += detail + "; ";
    }
    void refused_by(std::size_t, const std::string& reason) override {
        const std::lock_guard lock(mutex);
        details += "by peer: " + reason + "; ";
    }
    std::size_t count(Refusal refusal) {
        const std::lock_guard lock(mutex);
        return refusals[refusal];
    }
    std::string text() {
        const std::lock_guard lock(mutex);
        return details;
    }

    std::atomic<std::uint64_t> sessions{0}, last{0}, next{0}, to_send{0};
    Contents::Bytes packet = std::make_shared<const std::string>(50'000, 'p');
    std::mutex mutex;
    std::map<Refusal, std::size_t> refusals;
    std::string details;
};

std::uint16_t free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(socket, reinterpret_cast<const sockaddr*>(&address), size);
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(socket);
    return ntohs(address.sin_port);
}

struct TlsRunning {
    TlsRunning(std::uint16_t port, const Authority& authority, ProcessId self, const std::string& certificate)
        : network({.members = tls_members,
                   .system = tls_system,
                   .self = self,
                   .addresses = {parse_address("127.0.0.1:" + std::to_string(free_port()), ""),
                                 parse_address("127.0.0.1:" + std::to_string(free_port()), ""),
                                 parse_address("127.0.0.1:" + std::to_string(port), "")},
                   .certificates = Certificates{authority.file("authority.pem"), authority.file(certificate + ".pem"),
                                                authority.file(certificate + ".key"), "house"},
                   .hello_within = std::chrono::milliseconds(3000)},
                  events) {
        network.listen();
        thread = std::thread([this] { network.run(); });
    }
    ~TlsRunning() {
        network.stop();
        thread.join();
    }

    TlsEvents events;
    Network network;
    std::thread thread;
};

template <class Condition> bool before_long(Condition condition) {
    for (int attempt = 0; attempt < 3000; ++attempt) {
        if (condition())
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

constexpr ProcessId tls_caller{Group::low, 0}, tls_listener{Group::active, 0};

} // namespace

TEST_CASE("with the right certificates frames go both ways") {
    const ScratchFolder scratch;
    const Authority authority(scratch.path(""));
    authority.issue("L1", "L1.house");
    authority.issue("A1", "A1.house");
    const std::uint16_t port = free_port();
    TlsRunning node(port, authority, tls_listener, "A1");
    node.events.to_send = 100; // 5 MB, more than a buffer
    TlsRunning peer(port, authority, tls_caller, "L1");
    peer.events.to_send = 100;
    CHECK(before_long([&] { return node.events.last == 100 && peer.events.last == 100; }));
    peer.network.post([&peer] { peer.network.drop_sessions(); });
    CHECK(before_long([&] { return node.events.sessions >= 2 && peer.events.sessions >= 2; }));
    CHECK(node.events.count(Refusal::certificate) == 0);
}

TEST_CASE("who has not the right certificate is refused") {
    const ScratchFolder scratch, elsewhere;
    const Authority authority(scratch.path(""));
    const Authority another(elsewhere.path(""));
    authority.issue("A1", "A1.house");
    another.issue("L1", "L1.house");
    authority.issue("other_process", "S1.house");
    authority.issue("other_system", "L1.garden");
    authority.issue("over", "L1.house", -60);
    const std::uint16_t port = free_port();
    TlsRunning node(port, authority, tls_listener, "A1");
    struct Case {
        const Authority& authority;
        const char* certificate;
        const char* said;
    };
    for (const Case& each :
         {Case{another, "L1", ""}, Case{authority, "other_process", "it is of 'S1.house', not of L1"},
          Case{authority, "other_system", "it is of 'L1.garden', not of L1"},
          Case{authority, "over", "certificate verify failed"}}) {
        CAPTURE(std::string(each.certificate));
        const std::size_t before = node.events.count(Refusal::certificate);
        TlsRunning peer(port, each.authority, tls_caller, each.certificate);
        // A last attempt of the peer before may be refused in between.
        CHECK_MESSAGE(before_long([&] {
                          return node.events.count(Refusal::certificate) > before &&
                                 node.events.text().find(each.said) != std::string::npos;
                      }),
                      node.events.text());
        CHECK(peer.events.sessions == 0);
        CHECK(before_long([&] { return !peer.events.text().empty(); })); // it is told, or sees it itself
    }
    CHECK(node.events.sessions == 0);
}

TEST_CASE("who does not speak TLS is refused, also if it says a right hello") {
    const ScratchFolder scratch;
    const Authority authority(scratch.path(""));
    authority.issue("A1", "A1.house");
    const std::uint16_t port = free_port();
    TlsRunning node(port, authority, tls_listener, "A1");
    for (const std::string& said : {encode_hello({tls_system, tls_caller}), std::string("GET / HTTP/1.1\r\n\r\n")}) {
        const std::size_t before = node.events.count(Refusal::certificate);
        const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        REQUIRE(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
        (void)::send(socket, said.data(), said.size(), MSG_NOSIGNAL);
        CHECK(before_long([&] { return node.events.count(Refusal::certificate) > before; }));
        ::close(socket);
    }
    CHECK(node.events.sessions == 0);
}

TEST_CASE("files that are no certificates are named") {
    const ScratchFolder scratch;
    const Authority authority(scratch.path(""));
    authority.issue("A1", "A1.house");
    authority.issue("L1", "L1.house");
    TlsEvents events;
    const auto made = [&](const std::string& own, const std::string& key) {
        try {
            const Network network({.members = tls_members,
                                   .system = tls_system,
                                   .self = tls_listener,
                                   .addresses = {},
                                   .certificates = Certificates{authority.file("authority.pem"), own, key, "house"}},
                                  events);
        } catch (const CertificateError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    CHECK(made(authority.file("A1.pem"), authority.file("A1.key")).empty());
    CHECK(made(authority.file("A1.key"), authority.file("A1.key")).find("A1.key cannot be used for TLS") !=
          std::string::npos);
    CHECK(made(authority.file("A1.pem"), authority.file("L1.key")).find("L1.key cannot be used for TLS") !=
          std::string::npos);
    CHECK(made(authority.file("none.pem"), authority.file("A1.key")).find("none.pem cannot be used") !=
          std::string::npos);
}

} // namespace mdcd::tests::unit::impl_runtime
