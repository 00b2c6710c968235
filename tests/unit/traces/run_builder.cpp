// Builds a run step by step out of edits of a state.
// Knows no message and no process: an action is handed in as it is.
#include "run_builder.hpp"

#include <array>
#include <cstdio>
#include <stdexcept>

#include "traces/path.hpp"

namespace mdcd::traces::examples {

namespace {

// Any function of the state would do: FNV-1a over its text.
std::string digest_of(const Value& state) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char letter : to_text(state)) {
        hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3U;
    }
    std::array<char, 17> digits{};
    std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(hash));
    return digits.data();
}

} // namespace

RunBuilder::RunBuilder(Value initial_state) : initial_(initial_state), last_(initial_state), state_(initial_state) {}

const Value& RunBuilder::at(const std::string& path) const {
    const Value* value = value_at(state_, path);
    if (value == nullptr) {
        throw std::logic_error("no such place in the example: " + path);
    }
    return *value;
}

void RunBuilder::set(const std::string& path, Value value) {
    const Value* before = value_at(state_, path);
    state_ =
        apply_differences(state_, {{path, before == nullptr ? Value() : *before, std::move(value), false}}).value();
}

void RunBuilder::append(const std::string& list_path, Value item) {
    set(item_path(list_path, at(list_path).list()->size()), std::move(item));
}

void RunBuilder::take_first(const std::string& list_path) {
    Value::List items = *at(list_path).list();
    items.erase(items.begin());
    set(list_path, std::move(items));
}

void RunBuilder::step(Action action) {
    steps_.push_back({std::move(action), digest_of(state_), differences(last_, state_), std::nullopt});
    last_ = state_;
}

void RunBuilder::finish(Trace& trace) && {
    trace.initial_digest = digest_of(initial_);
    trace.initial_state = std::move(initial_);
    trace.steps = std::move(steps_);
}

} // namespace mdcd::traces::examples
