// The run of a page, executed: what is true after the step where the page stands, what can happen next, what recovery
// would do. Knows no HTTP; everything it says is a value for the page or a trace.
#pragma once

#include <atomic>
#include <memory>

#include "checker/cli/explore/page_run.hpp"
#include "checker/report.hpp"
#include "model/runs/run_writer.hpp"
#include "model/system.hpp"
#include "traces/document.hpp"

namespace mdcd::checker::cli::explore {

class WalkedRun {
public:
    // Takes the steps in order, up to the first that is not enabled: the run is cut there.
    explicit WalkedRun(PageRun run);

    // For the page: {"run", "cut"? (why the run ends early), "steps": [{"text", "process", "fired", "changes"}],
    // "enabled": [{"text", "process", "kind", "fired"}], "state" (state_cards.hpp), "properties": [{"name", "claim",
    // "kind", "verdict", "striking", "first"? (step), "findings"}], "recovery": [{"process", "text", "rolls_back"}],
    // "property" (which the diagram is about), "diagram" (SVG)}.
    [[nodiscard]] traces::Value told() const;

    // As far as the page stands, about the property chosen, with the verdict of the last state; replays.
    [[nodiscard]] traces::Trace trace(bool whole_states) const;

    // What Z3 says of the state: {"answers": [{"property", "answer", "lines"}]}. Asks no further once `gone`.
    [[nodiscard]] traces::Value asked_z3(const std::atomic<bool>& gone, const std::vector<std::string>& asker) const;

    [[nodiscard]] const PageRun& run() const { return run_; }

private:
    [[nodiscard]] const checker::Property& property_at(std::size_t position) const; // the model's own, then the scope's
    [[nodiscard]] bool is_claim(std::size_t property) const;
    [[nodiscard]] checker::Verdict verdict_of(std::size_t property) const; // where the page stands
    [[nodiscard]] bool is_true(std::size_t property) const;
    [[nodiscard]] traces::Value told_steps() const;
    [[nodiscard]] traces::Value told_moves() const;
    [[nodiscard]] traces::Value told_properties() const;
    [[nodiscard]] traces::Value told_recovery() const;
    [[nodiscard]] std::size_t chosen_property() const;

    PageRun run_;
    std::unique_ptr<model::System> system_;
    std::unique_ptr<model::RunWriter> here_;  // after step run_.at
    std::unique_ptr<model::RunWriter> whole_; // after the last step
    checker::Path path_;                      // of whole_
    std::vector<checker::PropertyBits> bits_; // of the initial state, then after each step up to run_.at
    traces::Value before_;                    // the state before the last step taken; at the start the initial one
    std::string cut_;                         // why the run ends early; "" if it does not
};

} // namespace mdcd::checker::cli::explore
