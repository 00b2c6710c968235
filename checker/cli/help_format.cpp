// The columns of `--help`, for the width of the terminal.
// Knows how the parser asks for its texts, and nothing of any command.
#include "checker/cli/help_format.hpp"

#include <sstream>

#include "checker/cli/terminal.hpp"
#include "traces/characters.hpp"

namespace mdcd::checker::cli {
namespace {

constexpr std::size_t left_column = 36; // characters
constexpr std::size_t right_column_min = 30;

bool says_its_default(const CLI::Option* option) {
    return option->get_type_size() != 0 && !option->get_default_str().empty() && option->get_default_str() != "[]" &&
           option->get_default_str() != "\"\"";
}

} // namespace

HelpFormat::HelpFormat() {
    column_width(left_column);
}

std::string HelpFormat::make_option_opts(const CLI::Option* option) const {
    std::ostringstream out;
    if (option->get_type_size() == 0)
        return "";
    if (!option->get_type_name().empty())
        out << ' ' << get_label(option->get_type_name());
    if (option->get_expected_max() == CLI::detail::expected_max_vector_size)
        out << " ...";
    if (option->get_required())
        out << ' ' << get_label("REQUIRED");
    return out.str();
}

std::string HelpFormat::make_option_desc(const CLI::Option* option) const {
    std::string text = option->get_description();
    if (says_its_default(option))
        text += " (default: " + option->get_default_str() + ")";
    for (const CLI::Option* other : option->get_excludes())
        text += " (not with " + other->get_name() + ")";
    return wrapped(text);
}

std::string HelpFormat::make_subcommand(const CLI::App* subcommand) const {
    std::ostringstream out;
    CLI::detail::format_help(out, subcommand->get_display_name(true), wrapped(subcommand->get_description()),
                             column_width_);
    return out.str();
}

std::string HelpFormat::wrapped(const std::string& text) const {
    const std::size_t width = output_width();
    const std::size_t right = width > column_width_ + right_column_min ? width - column_width_ : right_column_min;
    std::string lines;
    for (const std::string& line : traces::wrapped(text, right))
        lines += (lines.empty() ? "" : "\n") + line;
    return lines;
}

} // namespace mdcd::checker::cli
