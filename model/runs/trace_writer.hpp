// From a path to a trace document and back: counterexamples are written, re-executed and judged again here.
// Knows no file format.
#pragma once

#include <optional>
#include <string>

#include "checker/report.hpp"
#include "checker/run_difference.hpp"
#include "model/runs/run_writer.hpp"
#include "model/system.hpp"
#include "traces/document.hpp"

namespace mdcd::model {

struct TraceOptions {
    std::string tool_version;
    std::string rules_name;
    bool whole_states = false;
};

// The document of a run that violates or reaches a property, or of one in whose last state it holds or is not reached.
// Every step is executed anew on the implementation and the last state is judged again; a verdict that does not come
// out is a broken invariant.
[[nodiscard]] traces::Trace make_trace(const System& system, const checker::Path& path, const AnyProperty& property,
                                       checker::Verdict verdict, const TraceOptions& options);

// A claim cannot be reached, and what has to be reachable cannot be violated: such a verdict says nothing. Throws
// traces::FileError where a trace has one.
void expect_fit_verdict(const traces::Trace& trace, const checker::Property& property, const std::string& file);

// How a replay went: nothing if it was the same to the last digit.
using ReplayDifference = checker::RunDifference;

// Runs a trace on the implementation, of a family's scope too. Throws traces::FileError (with `file`) if its scope or
// rules are malformed, or if its verdict is one that a property of that kind cannot have.
[[nodiscard]] std::optional<ReplayDifference> replay(const traces::Trace& trace, const std::string& file);

} // namespace mdcd::model
