// The explorer's page and answers over HTTP, on one address, below a secret path. Nothing is read from disk, so that no
// path leads anywhere but to the files built in and to the answers. What a client can take is bounded: bytes, time and
// connections.
// The HTTP library stays in server.cpp.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>

#include "checker/cli/explore/answers.hpp"

namespace mdcd::checker::cli::explore {

class BindError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct ServerBounds {
    std::chrono::milliseconds head{2'000}; // from connecting to the end of the request's head
    std::chrono::milliseconds body{20'000};
    std::chrono::milliseconds reply{20'000}; // to take it, once it is ready
    std::chrono::milliseconds rest{1'000};   // what a client still sends after its reply is skipped for so long
    std::size_t head_bytes = 16U << 10U;     // the first line and all headers
    std::size_t bodies_bytes = 64U << 20U;   // of all connections together
    std::size_t connections = 64; // where there are more, the one that has waited longest for its client is closed
    std::size_t answering = 8;    // requests that are answered at the same time; others wait
};

class Server {
public:
    // Listens from here on; `port` 0: any that is free. Throws BindError. `answers` must outlive the server. `page`:
    // one that is whole in itself, in the place of the explorer's; "": that one.
    Server(Answers& answers, const std::string& host, int port, const ServerBounds& bounds = {}, std::string page = "");
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] int port() const;
    [[nodiscard]] std::string url() const; // with the secret
    [[nodiscard]] const std::string& secret() const;

    // Whether only this machine can reach it.
    [[nodiscard]] bool is_loopback() const;

    // Serves until stop() is called, by another thread. What is being answered then is ended and waited for.
    void serve();
    void stop();

private:
    class Http;
    std::unique_ptr<Http> http_;
};

} // namespace mdcd::checker::cli::explore
