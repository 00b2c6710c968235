// The conversions underneath take "nan", 2^64 (as one less), octal and hexadecimal: so digits are looked at here.
// Knows no option by name.
#include "checker/cli/numbers.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <string>

#include "traces/characters.hpp"
#include "traces/file_error.hpp"

namespace mdcd::checker::cli {
namespace {

std::string expected(const std::string& what, const std::string& found) {
    return "expected " + what + ", found '" + traces::cut(traces::printable(found), 40) + "'";
}

std::string wrong_with_whole(const std::string& text) {
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, number);
    const bool fits = error == std::errc() && at == end &&
                      number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return fits && (text == "0" || text.front() != '0') ? "" : expected("a whole number from 0 to 2^63 - 1", text);
}

std::string wrong_with_seconds(const std::string& text) {
    constexpr double seconds_max = 1e9;
    double number = 0;
    const char* const end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, number, std::chars_format::general);
    const bool fits = error == std::errc() && at == end && number >= 0 && number <= seconds_max; // and is a number
    return fits ? "" : expected("seconds from 0 to 10^9", text);
}

std::string wrong_with_text(const std::string& text) {
    return text.empty() ? "expected a value, found an empty one" : "";
}

} // namespace

CLI::Validator one_of(const std::vector<std::string>& words) {
    std::string list;
    std::string sentence;
    for (std::size_t i = 0; i < words.size(); ++i) {
        list += (i == 0 ? "{" : ",") + words[i];
        sentence += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
    }
    return CLI::Validator(
        [words, sentence](const std::string& text) {
            const bool known = std::ranges::find(words, text) != words.end();
            return known ? std::string() : expected(sentence, text) + traces::did_you_mean(text, words);
        },
        list + "}");
}

CLI::Validator within(std::uint64_t least, std::uint64_t most) {
    const std::string range = std::to_string(least) + " to " + std::to_string(most);
    return CLI::Validator(
        [=](const std::string& text) {
            std::uint64_t number = 0;
            const char* const end = text.data() + text.size();
            const auto [at, error] = std::from_chars(text.data(), end, number);
            const bool fits = error == std::errc() && at == end && number >= least && number <= most;
            return fits ? std::string() : expected("a whole number from " + range, text);
        },
        range);
}

void check_numbers(CLI::App& program) {
    const auto every = [](const auto*) { return true; };
    for (CLI::Option* const option : program.get_options(every)) {
        const std::string type = option->get_type_name();
        if (type == "N" || type == "MS" || type.starts_with("N:"))
            option->check(CLI::Validator(wrong_with_whole, ""));
        else if (type == "S" || type.starts_with("S:"))
            option->check(CLI::Validator(wrong_with_seconds, ""));
        else if (!option->get_positional() && option->get_type_size() > 0)
            option->check(CLI::Validator(wrong_with_text, "")); // an unset variable of a script, as a rule
    }
    for (CLI::App* const each : program.get_subcommands(every))
        check_numbers(*each);
}

} // namespace mdcd::checker::cli
