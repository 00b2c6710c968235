// What the program, its help and its documentation say of it is one thing: every command, option, scope, gate and
// preset that an example names exists, and the exit codes are the same in all tables. Knows no command by name.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include "checker/cli/exit_code.hpp"
#include "tests/cli/process.hpp"
#include "traces/json.hpp"

namespace mdcd::tests::cli {
namespace {

using Words = std::vector<std::string>;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

// The names that `mdcd list WHAT` begins its lines with.
const std::set<std::string>& known(const std::string& what) {
    static std::map<std::string, std::set<std::string>> lists;
    std::set<std::string>& names = lists[what];
    if (names.empty())
        for (const std::string& line : lines_of(run_mdcd({"list", what}).out))
            if (!line.empty() && line.front() != ' ')
                names.insert(line.substr(0, line.find(' ')));
    return names;
}

// "" if there is no such command.
const std::string& help_of(const std::string& command) {
    static std::map<std::string, std::string> helps;
    if (!helps.contains(command)) {
        std::vector<std::string> words;
        std::istringstream in(command + " --help"); // "upgrade begin"
        for (std::string word; in >> word;)
            words.push_back(word);
        const Finished help = run_mdcd(words);
        helps[command] = help.exit_code == 0 ? help.out : "";
    }
    return helps[command];
}

bool is_option_of(const std::string& option, const std::string& help) {
    for (const std::string& line : lines_of(help)) {
        const std::string names = line.substr(0, line.find("  ", 2));
        std::istringstream words(names.substr(0, names.find_first_of("[{ ", 2)));
        for (std::string name; std::getline(words, name, ',');)
            if (name.substr(name.find_first_not_of(' ') == std::string::npos ? 0 : name.find_first_not_of(' ')) ==
                option)
                return true;
    }
    return false;
}

bool is_file(const std::string& name) {
    return name.find_first_of("./$-") == 0 || name.find_first_of("./\"$") != std::string::npos;
}

// Where a command is given, with what follows it: up to what the shell reads, or to words that explain it.
struct Example {
    std::string place;
    Words words; // after "mdcd"
};

void add_examples(const std::string& place, const std::string& text, std::vector<Example>& examples) {
    for (std::string line : lines_of(text)) {
        const std::size_t begin = line.find_first_not_of(' ');
        bool ours = false;
        for (const std::string start : {"mdcd ", "./run ", "build/release/bin/mdcd "})
            if (!ours && begin != std::string::npos && line.compare(begin, start.size(), start) == 0) {
                line.erase(0, begin + start.size());
                ours = true;
            }
        if (!ours)
            continue;
        for (const char* const end : {"   ", " |", " >", " &&", " #", " (", " \\", " ||"})
            line = line.substr(0, line.find(end));
        Example example{place, {}};
        std::istringstream words(line);
        for (std::string word; words >> word;)
            example.words.push_back(word);
        if (!example.words.empty())
            examples.push_back(std::move(example));
    }
}

std::vector<Example> all_examples() {
    std::vector<Example> all;
    const std::string program = run_mdcd({"--help"}).out;
    bool below = false;
    for (const std::string& line : lines_of(program)) {
        below = line == "Subcommands:" || (below && line.starts_with("  "));
        if (below && line.starts_with("  ") && line[2] != ' ') {
            const std::string command = line.substr(2, line.find(' ', 2) - 2);
            add_examples("mdcd " + command + " --help", help_of(command), all);
        }
    }
    const std::filesystem::path source = MDCD_SOURCE_DIR;
    add_examples("README.md", traces::read_text_file((source / "README.md").string()), all);
    for (const auto& file : std::filesystem::directory_iterator(source / "docs"))
        if (file.path().extension() == ".md")
            add_examples(file.path().filename().string(), traces::read_text_file(file.path().string()), all);
    return all;
}

// "upgrade/again": as those of `mdcd list scopes` that begin so.
bool is_scope_of_family(const std::string& name) {
    const std::size_t slash = name.find('/');
    return slash != std::string::npos && name.find('.') == std::string::npos &&
           std::ranges::any_of(known("scopes"),
                               [&](const std::string& each) { return each.starts_with(name.substr(0, slash + 1)); });
}

// "published+receiver_log=while_dirty" is about the preset "published".
void check_name(const std::string& what, std::string name) {
    name = name.substr(0, name.find('+'));
    if ((!is_file(name) || is_scope_of_family(name)) &&
        std::ranges::none_of(name, [](char c) { return c >= 'A' && c <= 'Z'; }))
        CHECK_MESSAGE(known(what).contains(name), name, " is not in `mdcd list ", what, "`");
}

void check(Example example) {
    if (example.words.size() > 1 && example.words[0] == "gate" && example.words[1] == "merge")
        example.words.erase(example.words.begin() + 1); // it has options of its command's only
    const std::string& command = example.words.front();
    std::string line;
    for (const std::string& word : example.words)
        line += " " + word;
    INFO(example.place, ": mdcd", line);
    const bool has_words = command == "upgrade" && example.words.size() > 1 && !example.words[1].starts_with('-');
    const std::string& help = help_of(has_words ? command + " " + example.words[1] : command);
    REQUIRE_MESSAGE(!help.empty(), command, " is no command");
    static const std::map<std::string, std::string> positional = {{"check", "scopes"},    {"compare", "scopes"},
                                                                  {"repair", "scopes"},   {"explore", "scopes"},
                                                                  {"simulate", "scopes"}, {"gate", "gates"}};
    std::string before = command;
    for (std::size_t at = 1; at < example.words.size(); before = example.words[at++]) {
        const std::string& word = example.words[at];
        if (word.starts_with('-') && word != "-") {
            const std::string option = word.substr(0, word.find('='));
            CHECK_MESSAGE(is_option_of(option, help), option, " is no option of ", command);
        } else if (before == "--rules" || before == "--from") {
            check_name("presets", word);
        } else if (!before.starts_with('-') && positional.contains(command)) {
            check_name(positional.at(command), word);
        }
    }
}

// The numbers at the start of the rows below a heading, in a help text or a table of Markdown.
std::set<int> codes_below(const std::string& text, const std::string& heading) {
    std::set<int> codes;
    bool below = false;
    for (const std::string& line : lines_of(text)) {
        if (line.starts_with(heading)) {
            below = true;
            continue;
        }
        const bool is_row = line.starts_with("  ") || line.starts_with('|') || line.empty();
        if (below && !is_row)
            break;
        const std::string first = line.starts_with('|') ? line.substr(1, line.find('|', 1) - 1) : line.substr(0, 6);
        std::istringstream numbers(below ? first : "");
        for (std::string number; numbers >> number;)
            if (number.find_first_not_of("0123456789,") == std::string::npos)
                codes.insert(std::stoi(number));
    }
    return codes;
}

} // namespace

TEST_CASE("every example of the help and of the documentation names what there is") {
    const std::vector<Example> all = all_examples();
    CHECK(all.size() > 60);
    for (const Example& each : all)
        check(each);
}

TEST_CASE("exit codes are the same in the program, its help, the manual, and the README") {
    std::set<int> codes;
    for (const auto& each : checker::cli::exit_code_meanings)
        codes.insert(static_cast<int>(each.code));
    CHECK(codes_below(run_mdcd({"--help"}).out, "Exit codes:") == codes);
    const std::string source = MDCD_SOURCE_DIR;
    CHECK(codes_below(traces::read_text_file(source + "/README.md"), "## Exit codes") == codes);
    const std::string manual = run_mdcd({"manual"}).out;
    for (const int code : codes)
        CHECK(manual.find("\\fB" + std::to_string(code) + "\\fR\n") != std::string::npos);
}

} // namespace mdcd::tests::cli
