// `mdcd upgrade`: begin, commit, abort and status: an operator's words to a running system. Which process hears them
// matters to nobody: it announces the change, and all agree. Knows no protocol.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <iomanip>
#include <iostream>
#include <limits>
#include <map>
#include <thread>

#include "checker/cli/interrupt.hpp"
#include "checker/cli/node/operator.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/cli/usage_error.hpp"
#include "traces/characters.hpp"
#include "traces/file_error.hpp"
#include "traces/reader.hpp"

namespace mdcd::checker::cli {
namespace {

using traces::Reader;
using traces::Value;

struct UpgradeArguments {
    std::string folder;
    std::string at;
    std::vector<std::string> components;
    double seconds = 30;
};

// What a process says of itself, and of the word.
struct Answer {
    std::string process;
    std::string phase;
    std::string endings;
    std::string result;
    std::int64_t incarnation = 0;
    std::int64_t steps = 0;
    bool dirty = false;
};

Answer read_answer(const Value& value, const std::string& process) {
    const Reader root(value, process);
    if (root.has("error"))
        throw UsageError(root.field("error").text());
    return {.process = process,
            .phase = root.field("phase").text(),
            .endings = root.field("endings").text(),
            .result = root.has("result") ? root.field("result").text() : "",
            .incarnation = root.field("incarnation").integer(0, 1'000'000'000),
            .steps = root.field("steps").integer(0, std::numeric_limits<std::int64_t>::max()),
            .dirty = root.field("dirty").boolean()};
}

std::optional<Answer> ask(const UpgradeArguments& arguments, const std::string& process, const std::string& words) {
    const std::optional<Value> value = node::ask(arguments.folder, process, words);
    return value ? std::optional(read_answer(*value, process)) : std::nullopt;
}

// The process that was named, or the first one that answers.
Answer say(const UpgradeArguments& arguments, const std::string& words) {
    const std::vector<std::string> names = node::processes_in(arguments.folder);
    if (!arguments.at.empty() && std::ranges::find(names, arguments.at) == names.end())
        throw UsageError("there is no process '" + arguments.at + "' in " + arguments.folder +
                         traces::did_you_mean(arguments.at, names));
    for (const std::string& name : names)
        if (arguments.at.empty() || arguments.at == name)
            if (const std::optional<Answer> answer = ask(arguments, name, words))
                return *answer;
    throw traces::FileError(arguments.folder, "",
                            (arguments.at.empty() ? "none of its processes" : arguments.at + " does not") +
                                std::string(arguments.at.empty() ? " answers" : " answer") +
                                "; is the system running (mdcd run)?");
}

std::string why_not(const std::string& result) {
    static const std::map<std::string, std::string> reasons = {
        {"busy", "a change of the system is under way; say it again when it is over"},
        {"no_upgrade", "no upgrade is under way"},
        {"upgrade_under_way", "an upgrade is under way: commit or abort it first"},
        {"not_upgradable",
         "name one or more components of the system: C1, C2, .. (a system of L and S runs one upgrade)"},
        {"not_by_these_rules", "several components at once need low_sn=vector and shadow_sn=per_component"},
        {"history_full", "the list of endings could not hold its outcome: recovery_count_max in impl/limits.hpp"},
        {"no_version_left", "the file of the system has no further version of the program"}};
    const auto found = reasons.find(result);
    return found == reasons.end() ? result : found->second;
}

bool is_changing(const std::string& phase) {
    return phase == "halted" || phase == "coordinating" || phase == "starting";
}

// The word, and then what becomes of it in the process that heard it.
ExitCode change(const UpgradeArguments& arguments, std::string words, const std::string& wanted) {
    for (const std::string& each : arguments.components)
        words += " " + each;
    const Answer first = say(arguments, words);
    if (first.result != "accepted") {
        std::cout << first.process << " refuses: " << why_not(first.result) << "\n";
        return ExitCode::violated;
    }
    const auto begin = std::chrono::steady_clock::now();
    const auto incarnation = first.incarnation;
    while (std::chrono::steady_clock::now() - begin < std::chrono::duration<double>(arguments.seconds) &&
           !interrupt_flag()) {
        // It may be down just now.
        const std::optional<Answer> now = ask(arguments, first.process, "status");
        if (now && (now->incarnation > incarnation || !is_changing(now->phase))) {
            std::string endings = now->endings; // the n-th is how the incarnation before the n-th change ended
            for (auto each = incarnation; each > 1 && endings.find(' ') != std::string::npos; --each)
                endings.erase(0, endings.find(' ') + 1);
            const std::string outcome = endings.substr(0, endings.find(' '));
            std::cout << "Incarnation " << incarnation << ", announced by " << first.process << ": "
                      << traces::printable(outcome) << "\n";
            return outcome == wanted ? ExitCode::as_expected : ExitCode::violated;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    std::cout << first.process << " has announced it, and it is not over yet: mdcd upgrade status --dir "
              << arguments.folder << "\n";
    return ExitCode::inconclusive;
}

ExitCode status(const UpgradeArguments& arguments) {
    std::cout << std::left << std::setw(9) << "process" << std::setw(15) << "is" << std::right << std::setw(4) << "inc"
              << std::setw(7) << "dirty" << std::setw(9) << "steps"
              << "  incarnations ended\n";
    bool all = true;
    for (const std::string& name : node::processes_in(arguments.folder)) {
        const std::optional<Answer> answer = ask(arguments, name, "status");
        all &= answer.has_value();
        std::cout << std::left << std::setw(9) << name << std::setw(15);
        if (!answer)
            std::cout << "not running\n";
        else
            std::cout << traces::printable(answer->phase) << std::right << std::setw(4) << answer->incarnation
                      << std::setw(7) << (answer->dirty ? "yes" : "no") << std::setw(9) << answer->steps << "  "
                      << traces::printable(answer->endings) << "\n";
    }
    return all ? ExitCode::as_expected : ExitCode::inconclusive;
}

CLI::App* add_word(CLI::App& upgrade, const std::string& name, const std::string& what,
                   const std::shared_ptr<UpgradeArguments>& arguments) {
    CLI::App* command = upgrade.add_subcommand(name, what);
    command->add_option("--dir", arguments->folder, "The folder of the run (mdcd run --dir)")
        ->required()
        ->type_name("DIR");
    if (name == "status")
        return command;
    command->add_option("--at", arguments->at, "Which process is to announce it; else the first that answers")
        ->type_name("NAME");
    command->add_option("--max-seconds", arguments->seconds, "How long to wait for the outcome")->type_name("S");
    return command;
}

} // namespace

void add_upgrade(CLI::App& program, ExitCode& exit_code) {
    CLI::App* upgrade = program.add_subcommand("upgrade", "Begins, commits and aborts upgrades in a running system");
    const auto arguments = std::make_shared<UpgradeArguments>();
    upgrade->require_subcommand(1);
    upgrade->footer(
        "Exit codes: 0 as it was asked, 10 refused or another outcome, 20 not over in time, 65 nobody runs.\n"
        "Examples:\n  mdcd upgrade begin C1 C2 --dir house\n  mdcd upgrade commit --dir house");
    CLI::App* begin = add_word(*upgrade, "begin", "New versions of components start beside the old ones", arguments);
    begin->add_option("COMPONENT", arguments->components, "C1, C2, ..")->required()->type_name("NAME");
    begin->footer("Examples:\n  mdcd upgrade begin C1 C2 --dir house");
    begin->callback([arguments, &exit_code] { exit_code = change(*arguments, "begin", "begun"); });
    CLI::App* commit = add_word(*upgrade, "commit", "The new versions are right: the old ones end", arguments);
    commit->footer("Examples:\n  mdcd upgrade commit --dir house");
    commit->callback([arguments, &exit_code] { exit_code = change(*arguments, "commit", "committed"); });
    CLI::App* abort = add_word(*upgrade, "abort", "The old versions take over, as after a test that failed", arguments);
    abort->footer("Examples:\n  mdcd upgrade abort --dir house");
    abort->callback([arguments, &exit_code] { exit_code = change(*arguments, "abort", "recovered"); });
    CLI::App* command = add_word(*upgrade, "status", "What each process is", arguments);
    command->footer("Examples:\n  mdcd upgrade status --dir house");
    command->callback([arguments, &exit_code] { exit_code = status(*arguments); });
}

} // namespace mdcd::checker::cli
