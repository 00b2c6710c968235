// Each of the three programs keeps a few numbers, the batch that it collects, and what it wants to send, as lines of
// text. Knows no protocol.
#include "impl/runtime/examples/metering/metering.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <utility>
#include <vector>

namespace mdcd::impl::runtime::examples::metering {
namespace {

constexpr std::uint8_t filter = 0; // components
constexpr std::uint8_t estimator = 1;
constexpr std::uint8_t meters = 0; // active processes

constexpr std::int64_t spike_limit = 400;
constexpr std::int64_t period_max =
    1500; // watts in four readings: what no house reaches, nor any faulty reading stays below
constexpr std::int64_t mean_max = 350;
constexpr std::uint64_t readings_per_mean = 8;
constexpr std::uint64_t periods_per_control = 8;

struct State {
    std::uint64_t count = 0; // readings made or received; periods billed
    std::int64_t sum = 0;    // of the readings since the last message; of all periods
    std::int64_t last = 0;   // period
    std::int64_t mean = 0;   // of the last message of the filter
    std::string batch;       // readings that wait for the batch to be full
    std::vector<std::string> pending;
};

std::string_view word(std::string_view& rest, char end) {
    const std::size_t at = std::min(rest.find(end), rest.size());
    const std::string_view first = rest.substr(0, at);
    rest.remove_prefix(std::min(at + 1, rest.size()));
    return first;
}

template <class Number> Number number(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        throw std::invalid_argument("metering: no number: " + std::string(text));
    return value;
}

State read(std::string_view text) {
    State state;
    std::string_view numbers = word(text, '\n');
    state.count = number<std::uint64_t>(word(numbers, ' '));
    state.sum = number<std::int64_t>(word(numbers, ' '));
    state.last = number<std::int64_t>(word(numbers, ' '));
    state.mean = number<std::int64_t>(word(numbers, ' '));
    state.batch = word(text, '\n');
    while (!text.empty())
        state.pending.emplace_back(word(text, '\n'));
    return state;
}

std::string write(const State& state) {
    std::string text = std::to_string(state.count) + " " + std::to_string(state.sum) + " " +
                       std::to_string(state.last) + " " + std::to_string(state.mean) + "\n" + state.batch + "\n";
    for (const std::string& each : state.pending)
        text += each + "\n";
    return text;
}

std::string join(std::string_view kind, std::uint64_t first, std::int64_t second) {
    return std::string(kind) + " " + std::to_string(first) + " " + std::to_string(second);
}

// "reading NUMBER TIME WATTS"
void filter_reading(State& state, std::string_view message, bool is_new, std::uint64_t fault_from) {
    word(message, ' ');
    const auto which = number<std::uint64_t>(word(message, ' '));
    const std::string time(word(message, ' '));
    std::int64_t watts = std::min(number<std::int64_t>(message), spike_limit);
    if (is_new && fault_from != 0 && which >= fault_from)
        watts *= 10;
    ++state.count;
    state.sum += watts;
    if (!is_new) {
        state.pending.push_back("c1 " + join("single", which, watts));
    } else {
        state.batch += " " + std::to_string(watts) + "@" + time;
        if (state.count % readings_per_period == 0) {
            state.pending.push_back("c1 batch" + state.batch);
            state.batch.clear();
        }
    }
    if (state.count % readings_per_mean == 0) {
        state.pending.push_back("a1 " + join("mean", state.count / readings_per_mean,
                                             state.sum / static_cast<std::int64_t>(readings_per_mean)));
        state.sum = 0;
    }
}

void estimate(State& state, std::int64_t watts) {
    ++state.count;
    state.sum += watts;
    if (state.count % readings_per_period != 0)
        return;
    const std::uint64_t period = state.count / readings_per_period;
    state.last = std::exchange(state.sum, 0);
    state.pending.push_back("a1 " + join("period", period, state.last));
    if (period % periods_per_control == 0)
        state.pending.push_back("d0 " + join("control", period, state.last / 10));
}

// "single NUMBER WATTS" or "batch WATTS@TIME .."
void estimate_message(State& state, std::string_view message) {
    const std::string_view kind = word(message, ' ');
    if (kind == "single") {
        word(message, ' ');
        estimate(state, number<std::int64_t>(message));
        return;
    }
    while (!message.empty()) {
        std::string_view entry = word(message, ' ');
        estimate(state, number<std::int64_t>(word(entry, '@')));
    }
}

// "mean NUMBER WATTS" or "period NUMBER WATTS"
void bill(State& state, std::string_view message) {
    const std::string_view kind = word(message, ' ');
    const auto which = number<std::uint64_t>(word(message, ' '));
    const auto watts = number<std::int64_t>(message);
    if (kind == "mean") {
        state.mean = watts;
        return;
    }
    ++state.count;
    state.sum += watts;
    state.last = watts;
    state.pending.push_back("d0 " + join("bill", which, watts) + " " + std::to_string(state.sum));
}

} // namespace

std::int64_t reading(std::uint64_t number) {
    if (number % 50 == 0)
        return 2300;
    return 200 + static_cast<std::int64_t>(number * 37 % 100);
}

std::uint32_t Metering::versions() const {
    return static_cast<std::uint32_t>(std::max<std::size_t>(parameters_.upgrades.size(), 1) + 1);
}

std::uint64_t Metering::fault_from(std::uint32_t version) const {
    if (version == 0)
        return 0;
    return parameters_.upgrades.empty() ? parameters_.fault_from : parameters_.upgrades.at(version - 1);
}

std::string Metering::first_state(const Place&) const {
    return write({});
}

void Metering::deliver(const Place& self, std::string& text, std::string_view message) const {
    State state = read(text);
    if (self.process.group == Group::active) {
        if (self.process.index != meters)
            bill(state, message);
    } else if (self.process.index == filter) {
        filter_reading(state, message, self.version > 0, fault_from(self.version));
    } else if (self.process.index == estimator) {
        estimate_message(state, message);
    }
    text = write(state);
}

bool Metering::wants_ticks(const Place& self, std::string_view text) const {
    return self.process == ProcessId{Group::active, meters} && read(text).count < parameters_.readings;
}

void Metering::tick(const Place&, std::string& text, std::uint64_t time) const {
    State state = read(text);
    ++state.count;
    state.pending.push_back("c0 reading " + std::to_string(state.count) + " " + std::to_string(time) + " " +
                            std::to_string(reading(state.count)));
    text = write(state);
}

std::optional<Intention> Metering::next(const Place&, std::string_view text) const {
    word(text, '\n');
    word(text, '\n');
    if (text.empty())
        return std::nullopt;
    const std::string_view first = word(text, '\n');
    Intention intention;
    intention.to = first[0] == 'a'   ? Intention::To::active
                   : first[0] == 'c' ? Intention::To::component
                                     : Intention::To::device;
    intention.index = static_cast<std::uint8_t>(first[1] - '0');
    intention.content = first.substr(3);
    return intention;
}

void Metering::was_sent(const Place&, std::string& text) const {
    State state = read(text);
    state.pending.erase(state.pending.begin());
    text = write(state);
}

// One faulty reading is enough to exceed a limit, and no right one does.
bool Metering::acceptance_test(const Place&, std::string_view text, std::string_view) const {
    const State state = read(text);
    return state.last <= period_max && state.mean <= mean_max;
}

bool Metering::compensate(const Place&, std::string_view, std::string&) const {
    return false; // there is nothing to correct a wrong filter by
}

} // namespace mdcd::impl::runtime::examples::metering
