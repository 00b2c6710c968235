// Numbers and names as text.
// Knows no socket.
#include "impl/runtime/node_report.hpp"

#include <cstdio>
#include <numeric>

#include "impl/runtime/log_line.hpp"

namespace mdcd::impl::runtime {
namespace {

// "ordinary v0", "new v1", "nobody"; if it is not running, what it is doing.
std::string phase_text(const StateSummary& state) {
    if (state.tenant.empty() || state.phase != "running")
        return std::string(state.phase);
    if (state.tenant == "nobody")
        return std::string(state.tenant);
    return std::string(state.tenant) + " v" + std::to_string(state.version);
}

class Metrics {
public:
    explicit Metrics(const std::string& process) : process_(process) {}

    void about(const std::string& name, const char* type, const char* help) {
        name_ = name;
        text_ += "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
    }
    void value(const std::string& value, const std::string& labels = "", const char* suffix = "") {
        text_ += name_ + suffix + "{process=\"" + process_ + "\"" + (labels.empty() ? "" : "," + labels) + "} " +
                 value + "\n";
    }
    void one(const std::string& name, const char* type, std::uint64_t number, const char* help) {
        about(name, type, help);
        value(std::to_string(number));
    }
    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    std::string process_;
    std::string name_;
    std::string text_;
};

std::string label(const char* name, std::string_view value) {
    return std::string(name) + "=\"" + escaped(value) + "\"";
}

} // namespace

std::string status_line(const NodeReport& report, std::string_view result) {
    const StateSummary& state = report.state;
    const auto number = [](const char* name, std::uint64_t value) {
        return ",\"" + std::string(name) + "\":" + std::to_string(value);
    };
    const auto text = [](const char* name, std::string_view value) {
        return ",\"" + std::string(name) + "\":\"" + escaped(value) + "\"";
    };
    const auto truth = [](const char* name, bool value) {
        return ",\"" + std::string(name) + "\":" + (value ? "true" : "false");
    };
    return "{\"process\":\"" + report.process + "\"" + number("pid", static_cast<std::uint64_t>(report.pid)) +
           number("steps", report.steps) + number("incarnation", state.incarnation) + text("phase", phase_text(state)) +
           text("endings", state.endings) + truth("dirty", state.dirty) + number("checkpoints", state.checkpoints) +
           number("logged", state.inputs_logged + state.outputs_logged) + number("sent", report.sent) +
           number("taken", report.taken) + number("outputs", report.outputs) + number("sessions", report.sessions) +
           number("refused", std::accumulate(report.refusals.begin(), report.refusals.end(), std::uint64_t{0})) +
           truth("idle", report.idle) + text("waits_for", report.waits_for) +
           (result.empty() ? std::string() : text("result", result)) + "}\n";
}

std::string metrics_text(const NodeReport& report) {
    const StateSummary& state = report.state;
    Metrics out(report.process);
    out.one("mdcd_steps_total", "counter", report.steps, "Steps, since the process exists.");
    out.one("mdcd_messages_sent_total", "counter", report.sent, "Messages for other processes.");
    out.one("mdcd_messages_taken_total", "counter", report.taken, "Messages of other processes.");
    out.one("mdcd_outputs_total", "counter", report.outputs, "External messages, to the device.");
    out.about("mdcd_transaction_seconds", "summary", "Transactions since this start, and how long they took.");
    std::array<char, 32> seconds{};
    std::snprintf(seconds.data(), seconds.size(), "%.6f", report.transaction_seconds);
    out.value(seconds.data(), "", "_sum");
    out.value(std::to_string(report.transactions), "", "_count");
    out.one("mdcd_incarnation", "gauge", state.incarnation,
            "Changes of the system that this process has been through.");
    out.about("mdcd_phase", "gauge", "1 for what the process is now.");
    out.value("1", label("phase", phase_text(state)));
    out.one("mdcd_version", "gauge", state.version, "Version of the program that runs here.");
    out.one("mdcd_dirty", "gauge", state.dirty ? 1 : 0, "1 if its state depends on what no test has validated.");
    out.one("mdcd_checkpoints", "gauge", state.checkpoints, "Checkpoints that it keeps.");
    out.about("mdcd_log_entries", "gauge", "Messages in its logs.");
    out.value(std::to_string(state.inputs_logged), label("log", "received"));
    out.value(std::to_string(state.outputs_logged), label("log", "suppressed"));
    out.one("mdcd_held_messages", "gauge", state.held, "Messages that wait while it is halted.");
    out.one("mdcd_sessions", "gauge", report.sessions, "Peers that it is connected with.");
    out.one("mdcd_waiting", "gauge", report.waits_for.empty() ? 0 : 1, "1 if it waits for room.");
    out.about("mdcd_refused_connections_total", "counter", "Connections refused since this start, by reason.");
    for (std::size_t each = 0; each < refusal_count; ++each)
        out.value(std::to_string(report.refusals[each]), label("reason", refusal_text(static_cast<Refusal>(each))));
    return out.take();
}

std::string metrics_answer(std::string_view request, const NodeReport& report) {
    const std::string_view first = request.substr(0, request.find("\r\n"));
    const bool found = first.starts_with("GET /metrics ") || first.starts_with("GET /metrics?");
    const std::string body = found ? metrics_text(report) : "Here is nothing but GET /metrics.\n";
    return std::string(found ? "HTTP/1.1 200 OK" : "HTTP/1.1 404 Not Found") +
           "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

} // namespace mdcd::impl::runtime
