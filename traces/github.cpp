// Escapes for workflow commands and for Markdown.
// Knows nothing of what is reported.
#include "traces/github.hpp"

#include "traces/characters.hpp"

namespace mdcd::traces {

namespace {

// `in_property`: between the command's name and the "::", where ':' and ',' separate.
std::string escaped(std::string_view text, bool in_property) {
    std::string out;
    for (const char each : text) {
        switch (each) {
        case '%':
            out += "%25";
            break;
        case '\r':
            out += "%0D";
            break;
        case '\n':
            out += "%0A";
            break;
        case ':':
            out += in_property ? "%3A" : ":";
            break;
        case ',':
            out += in_property ? "%2C" : ",";
            break;
        default:
            out += each;
        }
    }
    return out;
}

std::string with_backslashes(std::string_view text, std::string_view special) {
    std::string out;
    for (const char each : printable(text)) {
        out += special.find(each) == std::string_view::npos ? "" : "\\";
        out += each;
    }
    return out;
}

} // namespace

std::string workflow_command(const Annotation& annotation) {
    return "::" + annotation.level + " file=" + escaped(annotation.file, true) +
           ",line=" + std::to_string(annotation.line) + ",col=" + std::to_string(annotation.column) +
           ",title=" + escaped(annotation.title, true) + "::" + escaped(annotation.message, false) + "\n";
}

std::string markdown_cell(std::string_view text) {
    return with_backslashes(text, "\\`*_{}[]<>|#!~&");
}

std::string markdown_text(std::string_view text) {
    return with_backslashes(text, "\\`*[]<>|&");
}

std::string mermaid_block(const std::string& diagram) {
    constexpr std::size_t drawn_max = 50'000; // Mermaid's maxTextSize, unless a page says otherwise
    if (diagram.size() > drawn_max) {
        return "";
    }
    // No line of a diagram begins with a backquote: our renderer writes those in texts as entity codes.
    return "```mermaid\n" + diagram + "```\n";
}

} // namespace mdcd::traces
