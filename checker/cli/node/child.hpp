// A process of the system as a child of this one: started, watched, and told to end. It ends with its parent.
// Knows nothing of what it does.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace mdcd::checker::cli::node {

class Child {
public:
    // `command` is a path and its arguments; "@status" among them becomes the number of a descriptor into which it may
    // write lines. Throws std::runtime_error.
    explicit Child(std::vector<std::string> command);
    ~Child(); // kills it, if it still runs
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    [[nodiscard]] pid_t pid() const { return pid_; }
    [[nodiscard]] int status() const { return status_; } // to be polled
    [[nodiscard]] std::vector<std::string> read_lines(); // that have come since; never waits

    // How it ended, in words, or nothing if it still runs. The exit code is -1 if a signal ended it.
    struct End {
        int exit_code = -1;
        std::string words;
    };
    [[nodiscard]] std::optional<End> ended(); // once
    [[nodiscard]] bool has_ended() const { return reaped_; }
    void signal(int number) const;

private:
    pid_t pid_ = -1;
    int status_ = -1;
    std::string unread_;
    bool reaped_ = false;
};

} // namespace mdcd::checker::cli::node
