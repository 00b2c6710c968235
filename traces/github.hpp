// What a job on GitHub Actions reads of a program: workflow commands on its output, and Markdown for the step summary.
// Knows nothing of what is reported.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mdcd::traces {

struct Annotation {
    std::string level; // "error", "warning", "notice"
    std::string file;
    std::size_t line = 1;
    std::size_t column = 1;
    std::string title;
    std::string message;
};

// One line: "::error file=..,line=..::message", with what would end it or its parts escaped.
[[nodiscard]] std::string workflow_command(const Annotation& annotation);

// Fit for one cell of a Markdown table: nothing in it is markup, no line break.
[[nodiscard]] std::string markdown_cell(std::string_view text);

// The same for a line of our own words: an underscore within a word means nothing and stays as it is.
[[nodiscard]] std::string markdown_text(std::string_view text);

// A Mermaid diagram (render_mermaid) as a block that GitHub draws; "" if it is longer than what GitHub draws.
[[nodiscard]] std::string mermaid_block(const std::string& diagram);

} // namespace mdcd::traces
