// SARIF 2.1.0, the form in which code hosts read what a checker found. As much of it as they show: rules, results with
// one place each, the steps that lead there. Knows nothing of what is checked.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "traces/value.hpp"

namespace mdcd::traces {

struct SarifRule {
    std::string id;
    std::string short_text;
    std::string full_text;
    std::string help;
};

struct SarifResult {
    std::string rule;  // the id of one of the rules
    std::string level; // "error", "warning", "note"
    std::string message;
    std::string file; // a path, relative to the root of the repository
    std::size_t line = 1;
    std::size_t column = 1;
    std::string fingerprint;        // stays the same from run to run for the same finding
    std::vector<std::string> steps; // of the run that shows it, in words
};

// Something about the run itself that is no result.
struct SarifNotification {
    std::string level; // as of a result
    std::string message;
};

struct SarifRun {
    std::string tool_version;
    std::string category; // tells this run from others on the same commit
    int exit_code = 0;
    bool completed = true;                        // the tool did all that it was asked
    std::vector<SarifNotification> notifications; // why not
    std::vector<SarifRule> rules;
    std::vector<SarifResult> results;
};

// Same run, same bytes.
[[nodiscard]] std::string write_sarif(const SarifRun& run);

// A path as the URI reference that SARIF wants: '/' between parts, everything unusual percent-encoded.
[[nodiscard]] std::string uri_of(const std::string& path);

} // namespace mdcd::traces
