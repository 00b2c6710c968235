// Runs of the model by hand, action by action as traces name them, and the scopes that the tests run.
// Knows no property but by its number.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <initializer_list>
#include <string>

#include "checker/path.hpp"
#include "model/runs/run_writer.hpp"
#include "model/state/encoding.hpp"
#include "model/state/local.hpp"
#include "model/system.hpp"

namespace mdcd::tests {

inline constexpr impl::ProcessId l1{impl::Group::low, 0};
inline constexpr impl::ProcessId s1{impl::Group::shadow, 0};
inline constexpr impl::ProcessId a1{impl::Group::active, 0};
inline constexpr impl::ProcessId a2{impl::Group::active, 1};

inline model::Scope scope_of(std::uint8_t active_processes, const model::Budgets& budgets) {
    model::Scope scope;
    scope.name = "test";
    scope.active_processes = active_processes;
    scope.budgets = budgets;
    return scope;
}

// One system and one run of it.
struct Run {
    model::System system;
    model::RunWriter writer;

    explicit Run(const model::Scope& scope, const impl::Rules& rules = {}, bool whole_states = false)
        : system(scope, rules), writer(system, whole_states) {}
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    // How many of the enabled actions are called so.
    [[nodiscard]] std::ptrdiff_t count(const std::string& text) const {
        const auto moves = writer.moves();
        return std::ranges::count_if(moves, [&](const model::Move& move) { return move.action.text == text; });
    }

    // The only enabled action of that name; fails the test if there is none.
    void take(const std::string& text) {
        const auto moves = writer.moves();
        const auto move =
            std::ranges::find_if(moves, [&](const model::Move& each) { return each.action.text == text; });
        std::string enabled;
        for (const model::Move& each : moves)
            enabled += "\n" + each.action.text;
        REQUIRE_MESSAGE(move != moves.end(), text << " is not enabled, but" << enabled);
        writer.advance(*move);
    }

    void take_all(std::initializer_list<const char*> texts) {
        for (const char* text : texts)
            take(text);
    }

    [[nodiscard]] const traces::Action& last() const { return writer.steps().back().action; }
    [[nodiscard]] model::ActiveLocal active(impl::ProcessId id) const {
        return model::decode<model::ActiveLocal>(writer.state()[system.layout().slot_of(id)]);
    }
    [[nodiscard]] model::ShadowLocal shadow(impl::ProcessId id) const {
        return model::decode<model::ShadowLocal>(writer.state()[system.layout().slot_of(id)]);
    }
    [[nodiscard]] bool is_true(model::PropertyId property) const {
        return (checker::judge(system, writer.state()) >> static_cast<unsigned>(property) & 1) != 0;
    }
    [[nodiscard]] model::View view() const {
        return checker::ask(system, writer.state(), [&](auto summaries) {
            model::View copy = system.view(summaries);
            for (model::ProcessView& process : copy.processes)
                process.candidates = nullptr; // they lived in the summaries
            return copy;
        });
    }
};

// The known answer: A1 is clean at the end, although it depends on message 3, which nobody validated.
inline void take_dropped_checkpoint(Run& run) {
    run.take_all({"L1 sends cluster message 1 to A1", "L1 sends cluster message 2 to A2",
                  "L1 sends cluster message 3 to A1", "A1 receives cluster message 1 from L1",
                  "A1 receives cluster message 3 from L1", "A2 receives cluster message 2 from L1",
                  "A2 passes an acceptance test, outputs, and broadcasts passed_AT(2)",
                  "A1 receives passed_AT(2) from A2"});
}

} // namespace mdcd::tests
