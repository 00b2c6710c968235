// What the solver may be told, what it answers and what that cost, without the solver's own headers. An answer has
// three values: whoever forgets the third must not compile by accident, so it is no bool. Knows no protocol.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace mdcd::checker::smt {

enum class Answer : std::uint8_t {
    satisfiable,
    unsatisfiable,
    unknown, // time, memory or an error of the solver: no answer, and never a pass
};

struct SolverOptions {
    unsigned timeout_ms = 10000; // for each attempt; a query has two
    unsigned effort_max = 0;     // for each attempt, in Z3's own units (rlimit): the same on every machine; 0: no limit
    // Called at the start of each attempt (1 or 2); what it throws is treated as if Z3 had thrown it. For tests.
    std::function<void(unsigned attempt)> before_attempt = {};
};

// A named part of a formula with its value; a truth is 0 or 1.
struct Valued {
    std::string name;
    std::uint64_t value = 0;
    friend bool operator==(const Valued&, const Valued&) = default;
};

struct Result {
    Answer answer = Answer::unknown;
    std::string reason;                  // of `unknown`: what each attempt said
    std::vector<std::uint64_t> unknowns; // `satisfiable`: a value for each unknown, as declared
    std::vector<Valued> parts;           // `satisfiable`: what each named part is under them, as named
    double seconds = 0;                  // both attempts
};

// Both attempts at a question: attempt(1), and attempt(2) if that gave no answer. Each gives a Result.
template <class Attempt> [[nodiscard]] Result in_two_attempts(Attempt attempt) {
    Result result = attempt(1U);
    if (result.answer != Answer::unknown)
        return result;
    Result second = attempt(2U);
    second.seconds += result.seconds;
    if (second.answer == Answer::unknown)
        second.reason =
            result.reason + (result.reason.empty() || second.reason.empty() ? "" : "; then ") + second.reason;
    return second;
}

struct Statistics {
    std::uint64_t queries = 0;
    std::uint64_t second_attempts = 0;
    std::uint64_t unknowns = 0; // after both attempts
    double seconds = 0;
    double slowest_seconds = 0;
    std::string slowest; // the name of that query

    void note(const std::string& query, const Result& result, bool second_attempt) {
        ++queries;
        second_attempts += second_attempt ? 1 : 0;
        unknowns += result.answer == Answer::unknown ? 1 : 0;
        seconds += result.seconds;
        if (result.seconds > slowest_seconds) {
            slowest_seconds = result.seconds;
            slowest = query;
        }
    }

    void add(const Statistics& other) {
        queries += other.queries;
        second_attempts += other.second_attempts;
        unknowns += other.unknowns;
        seconds += other.seconds;
        if (other.slowest_seconds > slowest_seconds) {
            slowest_seconds = other.slowest_seconds;
            slowest = other.slowest;
        }
    }
};

// "4.8.12"
[[nodiscard]] std::string solver_version();

// The version, and a hash of the library that is loaded: "4.8.12, libz3.so.4 HASH". What it answers depends on both.
[[nodiscard]] const std::string& solver_identity();

[[nodiscard]] inline const char* name_of(Answer answer) {
    switch (answer) {
    case Answer::satisfiable:
        return "sat";
    case Answer::unsatisfiable:
        return "unsat";
    case Answer::unknown:
        break;
    }
    return "unknown";
}

} // namespace mdcd::checker::smt
