// `mdcd explain WORD`: what a word of the program's output means.
// Knows no word: the glossary does.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cctype>
#include <iostream>
#include <memory>

#include "checker/cli/glossary.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/cli/terminal.hpp"
#include "checker/cli/usage_error.hpp"
#include "traces/characters.hpp"
#include "traces/file_error.hpp"
#include "traces/markup.hpp"

namespace mdcd::checker::cli {
namespace {

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char each) { return static_cast<char>(std::tolower(static_cast<unsigned char>(each))); });
    return text;
}

void explain(const std::string& word) {
    std::vector<std::string> known;
    bool found = false;
    for (const Explanation& each : all_explanations()) {
        known.push_back(each.word);
        if (lower(each.word) != lower(word))
            continue;
        found = true;
        std::cout << each.word << " (" << each.kind << ")\n";
        for (const std::string& paragraph : each.paragraphs)
            for (const std::string& line : traces::wrapped(paragraph, output_width() - 4))
                std::cout << "    " << line << '\n';
    }
    if (!found)
        throw UsageError("explain: no such word: '" + traces::shortened(traces::printable(word), 60) + "'" +
                         traces::did_you_mean(word, known) + "; docs/glossary.md has all terms");
}

} // namespace

void add_explain(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command = program.add_subcommand(
        "explain", "Says what a word means: a term, a property, a rule, a scope, a preset, an exit code");
    const auto words = std::make_shared<std::vector<std::string>>();
    command->add_option("WORD", *words, "What is not clear; several words are one term")->required()->type_name("WORD");
    command->footer("Examples:\n"
                    "  mdcd explain recoverability\n"
                    "  mdcd explain recovery line\n"
                    "  mdcd explain receiver_log\n"
                    "  mdcd explain 20");
    command->callback([&exit_code, words] {
        std::string term;
        for (const std::string& word : *words)
            term += (term.empty() ? "" : " ") + word;
        explain(term);
        exit_code = ExitCode::as_expected;
    });
}

} // namespace mdcd::checker::cli
