// Takes the text of a scenario apart.
// Knows no protocol.
#include "model/scenario/scenario_text.hpp"

#include <algorithm>
#include <array>

#include "traces/characters.hpp"
#include "traces/file_error.hpp"

namespace mdcd::model {

namespace {

constexpr std::string_view blanks = " \t\r";

struct Verb {
    std::string_view word;
    ScenarioVerb verb;
};
constexpr std::array verbs{
    Verb{"scope", ScenarioVerb::scope},   Verb{"rules", ScenarioVerb::rules}, Verb{"set", ScenarioVerb::set},
    Verb{"expect", ScenarioVerb::expect}, Verb{"*", ScenarioVerb::note},
};

void trim_end(std::string_view& text) {
    const std::size_t last = text.find_last_not_of(blanks);
    text = text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

// Drops `count` bytes and the blanks after them.
void skip(std::string_view& text, std::size_t count) {
    text.remove_prefix(count);
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
}

bool is_digit(char each) {
    return each >= '0' && each <= '9';
}

// A comment starts at a # that begins a word. A scope written out holds none: its texts may.
std::string_view without_comment(std::string_view line) {
    std::string_view start = line;
    skip(start, 0);
    if (start.starts_with("scope") && start.find('{') != std::string_view::npos &&
        words_of(start.substr(0, start.find('{'))) == std::vector<std::string>{"scope"})
        return line;
    for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1))
        if (at == 0 || blanks.find(line[at - 1]) != std::string_view::npos)
            return line.substr(0, at);
    return line;
}

// What a report prints around an action.
void strip_decoration(std::string_view& text, bool& dirty) {
    const std::size_t digits = static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
    if (digits > 0 && digits < text.size() && blanks.find(text[digits]) != std::string_view::npos)
        skip(text, digits);
    const std::string_view first = text.substr(0, text.find_first_of(blanks));
    std::string_view rest = text;
    skip(rest, first.size());
    if (!first.empty() && rest.substr(0, rest.find_first_of(blanks)) == first) // a column with the process
        text = rest;
    text = text.substr(0, text.find("<--"));
    trim_end(text);
    static constexpr std::string_view mark = "(dirty)";
    if (text.ends_with(mark)) {
        dirty = true;
        text.remove_suffix(mark.size());
        trim_end(text);
    }
}

ScenarioLine line_from(std::string_view whole, std::string_view text, std::size_t number, const std::string& file) {
    ScenarioLine line;
    line.line = number;
    for (const Verb& verb : verbs) {
        if (!text.starts_with(verb.word) ||
            (text.size() > verb.word.size() && blanks.find(text[verb.word.size()]) == std::string_view::npos))
            continue;
        line.verb = verb.verb;
        skip(text, verb.word.size());
        if (text.empty())
            throw traces::FileError(file, "line " + std::to_string(number),
                                    "'" + std::string(verb.word) + "' needs something after it");
        break;
    }
    if (line.verb == ScenarioVerb::step || line.verb == ScenarioVerb::expect)
        strip_decoration(text, line.dirty);
    line.text = std::string(text);
    const auto offset = static_cast<std::size_t>(text.data() - whole.data());
    line.column = traces::character_count(whole.substr(0, offset)) + 1;
    return line;
}

} // namespace

std::string place_of(const ScenarioLine& line) {
    return "line " + std::to_string(line.line) + ", column " + std::to_string(line.column);
}

std::vector<ScenarioLine> scenario_lines(std::string_view text, const std::string& file) {
    std::vector<ScenarioLine> lines;
    std::size_t number = 0;
    while (!text.empty()) {
        const std::string_view whole = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(whole.size() + 1, text.size()));
        ++number;
        std::string_view rest = without_comment(whole);
        skip(rest, 0);
        trim_end(rest);
        if (rest.empty())
            continue;
        ScenarioLine line = line_from(whole, rest, number, file);
        if (!line.text.empty())
            lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    skip(text, 0);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(blanks), text.size());
        words.emplace_back(text.substr(0, end));
        skip(text, end);
    }
    return words;
}

bool abbreviates(std::string_view written, std::string_view full) {
    const std::vector<std::string> some = words_of(written);
    const std::vector<std::string> all = words_of(full);
    if (some.empty() || all.empty() || some.front() != all.front())
        return false;
    const auto bare = [](const std::string& word) { return word.substr(0, word.find_last_not_of(",;") + 1); };
    std::size_t at = 1;
    for (std::size_t position = 1; position < some.size(); ++position, ++at) {
        const std::string word = bare(some[position]);
        const bool whole = std::ranges::any_of(word, is_digit);
        while (at < all.size() && !(whole ? bare(all[at]) == word : all[at].starts_with(word)))
            ++at;
        if (at == all.size())
            return false;
    }
    return true;
}

} // namespace mdcd::model
