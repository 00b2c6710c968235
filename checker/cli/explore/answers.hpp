// What the explorer answers to each request of its page: JSON in, JSON out. Keeps nothing between two requests but
// which check is running. Knows no HTTP library and no sockets.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "checker/cli/explore/page_run.hpp"

namespace mdcd::checker::cli::explore {

struct Answer {
    int status = 200; // of HTTP: 400 a request that is malformed, 409 a check is running, 500 an internal error
    std::string json; // of an error: {"error": message}
};

[[nodiscard]] Answer error_answer(int status, const std::string& message);

inline constexpr std::int64_t check_states_max = 20'000'000;
inline constexpr std::int64_t check_seconds_max = 600;

// All functions may be called by several threads at the same time.
class Answers {
public:
    // `start` is what the page shows first; `notes` are told to the user there. By `id` a page that is loaded anew
    // knows whether it is still the same program that it talks to. `workers`: threads of a check; 0: all cores.
    // `z3_asker`: the process that asks Z3, as in Z3Options; none: this one does.
    Answers(PageRun start, std::vector<std::string> notes, std::string id, unsigned workers,
            std::vector<std::string> z3_asker = {});

    // The paths that answer() knows, each starting with "/api/".
    [[nodiscard]] static bool knows(std::string_view path);

    // start: {} -> scopes, presets, rules, properties, legend, and the run to begin with.
    // run: a run (page_run.hpp) -> WalkedRun::told.
    // z3: a run -> WalkedRun::asked_z3.
    // trace: a run -> {"name", "text"}: a trace file.
    // open: {"name", "text", "around": run} -> {"run", "notes"}.
    // check: {"run", "max_states", "max_seconds"} -> verdicts, each with the steps that lead there.
    // stop: {} -> ends the check that is running.
    // Nobody waits for the answer any more once `gone`: a check ends then. It may be set here, too.
    using Gone = std::atomic<bool>;
    [[nodiscard]] Answer answer(std::string_view path, const std::string& body, Gone& gone);

    // Ends the check that is running and refuses new ones.
    void shut_down();

private:
    [[nodiscard]] traces::Value start(const traces::Reader& request, Gone& gone);
    [[nodiscard]] traces::Value run(const traces::Reader& request, Gone& gone);
    [[nodiscard]] traces::Value z3(const traces::Reader& request, Gone& gone);
    [[nodiscard]] traces::Value trace(const traces::Reader& request, Gone& gone);
    [[nodiscard]] traces::Value open(const traces::Reader& request, Gone& gone);
    [[nodiscard]] traces::Value check(const traces::Reader& request, Gone& gone);
    [[nodiscard]] traces::Value stop(const traces::Reader& request, Gone& gone);

    void begin_check(Gone& gone);
    void end_check();

    struct Route {
        std::string_view path;
        traces::Value (Answers::*give)(const traces::Reader& request, Gone& gone);
    };
    [[nodiscard]] static const Route* find_route(std::string_view path);

    PageRun start_;
    std::vector<std::string> notes_;
    std::string id_;
    unsigned workers_;
    std::vector<std::string> z3_asker_;
    std::mutex mutex_;         // of the two below, and so that a check that has begun can be stopped
    Gone* checking_ = nullptr; // ends the check that is running
    bool shut_down_ = false;
    std::mutex z3_; // held while Z3 is asked: its memory is not bounded
};

} // namespace mdcd::checker::cli::explore
