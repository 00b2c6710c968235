// A process that replies to messages, so that what befalls it befalls nobody else: started as a program of its own, and
// again after it died. Knows neither Z3 nor what a message says.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace mdcd::checker::smt {

// One for each thread.
class Asker {
public:
    // `command`: a program, looked for on the path if it names no folder, and its arguments. It has to call serve().
    // Nothing is started yet.
    explicit Asker(std::vector<std::string> command) : command_(std::move(command)) {}
    ~Asker(); // ends the process
    Asker(const Asker&) = delete;
    Asker& operator=(const Asker&) = delete;

    struct Reply {
        std::string content;
        std::string death; // why there is none, after "the process that ..": "was ended by signal 11 (SIGSEGV)"
    };

    // Starts the process if none is there. One that has not replied in time is killed; 0: there is no limit.
    [[nodiscard]] Reply ask(std::string_view message, std::chrono::milliseconds time_max);

private:
    [[nodiscard]] std::string start(); // "" if it went well
    [[nodiscard]] std::string bury();  // how the process ended

    std::vector<std::string> command_;
    pid_t process_ = -1;
    int socket_ = -1;
};

// The other side: replies to each message, until whoever asks closes the connection or ends; then this process ends,
// too, even in the midst of a reply. Interrupts from the keyboard are not for it, and if memory runs out it is the
// first to go. It gives up what it does not need (confinement.hpp): no other thread may run yet.
void serve(const std::function<std::string(std::string_view message)>& reply);

} // namespace mdcd::checker::smt
