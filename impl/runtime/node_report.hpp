// How a node is, for whoever asks: a line of JSON for who started it and for the operator, and the text that Prometheus
// collects. Knows no socket.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "impl/runtime/handlers.hpp"
#include "impl/runtime/wire.hpp"

namespace mdcd::impl::runtime {

struct NodeReport {
    std::string process;
    std::int64_t pid = 0;
    StateSummary state;
    std::uint64_t steps = 0;
    std::uint64_t sent = 0;
    std::uint64_t taken = 0;
    std::uint64_t outputs = 0;
    std::uint64_t transactions = 0;
    double transaction_seconds = 0; // of all of them
    std::size_t sessions = 0;
    std::array<std::uint64_t, refusal_count> refusals{};
    bool idle = false;
    std::string waits_for;
};

// One line. `result`: of an operator's word, or "".
[[nodiscard]] std::string status_line(const NodeReport& report, std::string_view result);

// Version 0.0.4 of the text format.
[[nodiscard]] std::string metrics_text(const NodeReport& report);

// The same as an answer to an HTTP request; another answer if it asks for something else.
[[nodiscard]] std::string metrics_answer(std::string_view request, const NodeReport& report);

} // namespace mdcd::impl::runtime
