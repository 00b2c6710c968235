// The explorer's page and answers over HTTP, on one address. Nothing is read from disk, so that no path leads anywhere
// but to the files built in and to the answers.
// The HTTP library stays in server.cpp.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "checker/cli/explore/answers.hpp"

namespace mdcd::checker::cli::explore {

class BindError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class Server {
public:
    // Listens from here on; `port` 0: any that is free. A client that says nothing for `wait_seconds` is dropped; so
    // long stop() may take. Throws BindError. `answers` must outlive the server.
    Server(Answers& answers, const std::string& host, int port, int wait_seconds = 2);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] int port() const;
    [[nodiscard]] std::string url() const;

    // Serves until stop() is called, by another thread.
    void serve();
    void stop();

private:
    struct Http;
    std::unique_ptr<Http> http_;
};

} // namespace mdcd::checker::cli::explore
