// Runs the checks of a gate under each mutant, and says by what each mutant is seen.
// Knows mutants by how a program is told of them, and a gate by its report.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mdcd::checker::cli::mutate {

enum class Matters : std::uint8_t { yes, no, not_said };

// One change that is tried.
struct Trial {
    std::string name;
    std::string fault; // in a sentence
    Matters matters = Matters::not_said;
    std::string reason;                                             // why not
    std::string function;                                           // that it changes; "": none, every check is run
    std::vector<std::string> arguments{};                           // for the program
    std::vector<std::pair<std::string, std::string>> environment{}; // of the program
    std::vector<std::size_t> checks{};                              // indices of the checks to try it on
};

enum class Layer : std::uint8_t {
    property,  // a named property is not as expected
    stopped,   // the program found an error in itself, or was ended by a signal
    count,     // only the number of states differs
    survived,  // everything was as expected
    not_run,   // survived, and no check runs the function that it changes
    undecided, // a limit was hit before anything was seen
};

struct Outcome {
    Layer layer = Layer::not_run;
    std::string check;                 // that saw it
    std::string property;              // of `property`
    std::string expected;              // "holds"
    std::string found;                 // "violated in 7 steps"; of `stopped`: what the program said
    std::optional<std::int64_t> steps; // of the shortest run that violates
    std::size_t checks_run = 0;
    double seconds = 0;
};

struct CheckRun {
    std::string name;                   // "": it was ended before it was run
    std::vector<std::string> functions; // of the mutated sources that it runs
};

struct Campaign {
    std::vector<CheckRun> checks;
    std::vector<std::optional<Outcome>> outcomes; // one for each trial; none: it was ended before it was tried
    bool interrupted = false;                     // by a signal
    bool out_of_time = false;                     // by `until`
};

struct CampaignOptions {
    std::string program;              // the mdcd that is run
    std::string gate;                 // as its command line has it
    std::vector<std::string> checks;  // of the gate, in its order
    std::vector<std::uint64_t> sizes; // of each check, in states, as the gate expects them: small ones are tried first
    unsigned workers = 1;             // programs at the same time, each with one thread
    double check_seconds_max = 0;     // for each check
    bool all_checks = false;          // go on after a property has seen a mutant, for the shortest run
    std::string scratch;              // a folder for traces and notes
    const std::atomic<bool>* interrupt = nullptr;
    std::optional<std::chrono::steady_clock::time_point> until{}; // end then, with what there is
    // "12 of 70 checks run without a mutant", and what has just been found. Called by one thread at a time.
    std::function<void(std::size_t done, std::size_t total, const std::string& what)> progress{};
};

// Each check once without a mutant, then the trials: those that matter first, so that a limit on time cuts off the
// others. Throws UsageError if a check is not as expected without a mutant.
[[nodiscard]] Campaign run_campaign(const std::vector<Trial>& trials, const CampaignOptions& options);

// Whether every check was run without a mutant, and every trial tried.
[[nodiscard]] bool is_whole(const Campaign& campaign);

// A campaign of which nothing was run, because it was ended while its program was built.
[[nodiscard]] Campaign not_begun(const std::vector<Trial>& trials, const CampaignOptions& options);

// What one run of one check says. The report is that of `mdcd gate --format json`.
struct ChildResult;
[[nodiscard]] Outcome outcome_of(const ChildResult& result, const std::string& check);

// Whether a named property sees it.
[[nodiscard]] inline bool is_caught(const Outcome& outcome) {
    return outcome.layer == Layer::property;
}

[[nodiscard]] std::string name_of(Layer layer);

} // namespace mdcd::checker::cli::mutate
