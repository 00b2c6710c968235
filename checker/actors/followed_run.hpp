// A run of a system, step by step, on a model that has a place for all that can happen along it. What such a model
// knows depends on nothing but the run, so that whoever takes the same steps again gets the same bytes.
// Not for headers that users compile.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "checker/actors/compile.hpp"
#include "checker/path.hpp"

namespace mdcd::checker::actors {

// A firing by what it is, whatever numbers a model gives to steps.
struct TakenEvent {
    Event event;
    std::string message; // encoded; "" if none is taken
    std::uint16_t outcome = 0;
    friend bool operator==(const TakenEvent&, const TakenEvent&) = default;
};

[[nodiscard]] TakenEvent event_of(const CompiledSystem& model, const GlobalState& before, const Firing& firing);

class FollowedRun {
public:
    // Stands at the initial state of that number. Throws PathError if there is none, ModelError if a handler fails at
    // the start.
    explicit FollowedRun(const SystemParts& parts, std::uint32_t initial = 0);

    [[nodiscard]] const CompiledSystem& model() const { return *checked_->model; }
    [[nodiscard]] const Path& path() const { return path_; }
    [[nodiscard]] const std::vector<GlobalState>& states() const { return states_; } // one more than steps

    // What can happen now, in the model's order: nothing outside of the boundary.
    [[nodiscard]] const std::vector<Enabled>& enabled() const { return enabled_; }
    // Why nobody knows what can happen now: what a handler did wrong. "" if none did.
    [[nodiscard]] const std::string& failure() const { return failure_; }
    [[nodiscard]] bool is_dead_end() const { return enabled_.empty() && failure_.empty() && !is_outside_; }
    // A sentence for one of them; another one than for the others.
    [[nodiscard]] std::string text_of(const Firing& firing) const;

    // `which`: of enabled().
    void take(std::size_t which);
    // Takes the steps of a path of another model of the same system. Throws PathError if it cannot.
    void take_all(const CompiledSystem& other, const Path& path);

    // After something else was asked of the model: makes it again, with a place for what it had none for, and takes the
    // run again on it. False: it had places for all.
    bool grow();

    // Shows the last state as predicates see it.
    void show(const std::function<void(const SystemState& state)>& look) const;

private:
    void look();

    std::unique_ptr<CheckedModel> checked_;
    std::vector<TakenEvent> taken_;
    Path path_;
    std::vector<GlobalState> states_;
    std::vector<Enabled> enabled_;
    std::string failure_;
    bool is_outside_ = false;
};

} // namespace mdcd::checker::actors
