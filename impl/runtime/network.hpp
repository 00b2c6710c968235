// Sessions with the peers over local sockets and TCP (with certificates: TLS), timers and signals: one loop in one
// thread, which calls the node. Between two processes there is one session; it is set up again whenever it breaks, and
// peers that should not be here are refused and counted. The socket library is a detail of network.cpp. Knows no
// frame's content.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "impl/runtime/address.hpp"
#include "impl/runtime/answering.hpp"
#include "impl/runtime/certificates.hpp"
#include "impl/runtime/wire.hpp"

namespace mdcd::impl::runtime {

// Called by the loop, one at a time.
class NetworkEvents {
public:
    virtual ~NetworkEvents() = default;
    virtual void session_began(std::size_t peer) = 0;
    // With the length; none if there is nothing to send now. Asked when the session can take one.
    virtual std::optional<std::string> frame_for(std::size_t peer) = 0;
    // Throws MalformedBytes: the session ends.
    virtual void frame_arrived(std::size_t peer, const ReceivedFrame& frame) = 0;
    virtual void refused(Refusal refusal, const std::string& detail) = 0;
    // The peer said so of us.
    virtual void refused_by(std::size_t peer, const std::string& reason) = 0;
};

struct NetworkOptions {
    Members members;
    bool upgrades = false; // as in SystemDescription: for names
    Digest system;
    ProcessId self;
    std::vector<Address> addresses;             // by position
    std::optional<Certificates> certificates{}; // then TCP is TLS
    std::optional<unsigned> user{};             // whose processes may be peers over Unix sockets; none: this one's
    std::chrono::milliseconds hello_within{5000};
    std::size_t strangers_max = 32; // connections that have not said hello yet
};

class Network {
public:
    Network(NetworkOptions options, NetworkEvents& events);
    ~Network();
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;

    // Throws std::runtime_error with the address.
    void listen();
    void run(); // until stop(); what handlers throw comes out here
    void stop();

    void wake(); // there may be frames
    void post(std::function<void()> task);
    void every(std::chrono::milliseconds period, std::function<void()> task);
    void once(std::chrono::milliseconds delay, std::function<void()> task);
    void on_signal(int signal, std::function<void()> task);
    void answer(AnsweringOptions options); // throws std::runtime_error if it cannot listen there
    void drop_sessions();                  // they are set up again

    [[nodiscard]] std::size_t sessions() const;

private:
    class Loop;
    std::unique_ptr<Loop> loop_;
};

} // namespace mdcd::impl::runtime
