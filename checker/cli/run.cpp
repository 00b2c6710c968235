// `mdcd run`: all processes of a system on this machine, kept alive, with a live table on a terminal and plain lines
// elsewhere. Knows no protocol.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "checker/cli/counted.hpp"
#include "checker/cli/interrupt.hpp"
#include "checker/cli/node/supervisor.hpp"
#include "checker/cli/node/system_file.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/cli/terminal.hpp"
#include "checker/whole_file.hpp"
#include "traces/characters.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

#include <unistd.h>

namespace mdcd::checker::cli {
namespace {

struct RunArguments {
    std::string file;
    std::string folder;
    bool until_quiet = false;
    double seconds = 0;
    std::uint64_t restarts = 10;
    std::string metrics;
};

// Of the process at that place: one port for each, from the one that was given.
std::string metrics_address(const std::string& first, std::size_t place) {
    const impl::runtime::Address address = impl::runtime::parse_address(first, ".");
    const std::size_t port = address.port + place;
    if (address.is_unix || port > 65535)
        throw traces::FileError("--metrics", "", "'" + first + "' leaves no port for each process");
    return (first.starts_with('[') ? "[" + address.host + "]" : address.host) + ":" + std::to_string(port);
}

// No line is longer than `width`; 0: as long as it is.
std::string table_text(const std::vector<std::string>& names, const std::vector<node::NodeStatus>& table,
                       std::size_t width) {
    std::ostringstream out;
    out << std::left << std::setw(8) << "process" << std::setw(13) << "phase" << std::right << std::setw(4) << "inc"
        << std::setw(6) << "dirty" << std::setw(8) << "steps" << std::setw(7) << "sent" << std::setw(7) << "taken"
        << std::setw(6) << "ckpts" << std::setw(5) << "log" << std::setw(6) << "outs" << std::setw(8) << "refused"
        << "  waits for\n";
    for (std::size_t each = 0; each < names.size(); ++each) {
        const node::NodeStatus& status = table[each];
        out << std::left << std::setw(8) << names[each] << std::setw(13) << status.phase << std::right << std::setw(4)
            << status.incarnation << std::setw(6) << (status.dirty ? "yes" : "no") << std::setw(8) << status.steps
            << std::setw(7) << status.sent << std::setw(7) << status.taken << std::setw(6) << status.checkpoints
            << std::setw(5) << status.logged << std::setw(6) << status.outputs << std::setw(8) << status.refused << "  "
            << traces::cut(traces::printable(status.waits_for), 60) << "\n";
    }
    if (width == 0)
        return out.str();
    std::string text;
    std::istringstream lines(out.str());
    for (std::string line; std::getline(lines, line);)
        text += (line.size() > width ? line.substr(0, width) : line) + "\n";
    return text;
}

// Lines scroll above the table, which is drawn anew where it is.
class Screen {
public:
    Screen(std::vector<std::string> names, bool live) : names_(std::move(names)), live_(live) {}

    void tell(const std::string& line) {
        erase();
        std::cout << traces::printable(line) << std::endl; // flushed: somebody may follow it in a pipe
        if (!last_.empty())
            put();
    }
    void draw(const std::vector<node::NodeStatus>& table) {
        erase();
        last_ = table_text(names_, table, terminal_width(STDOUT_FILENO)); // as it is now
        put();
    }
    void leave() {
        erase();
        last_.clear();
    }
    [[nodiscard]] bool live() const { return live_; }

private:
    void put() {
        std::cout << last_ << std::flush;
        drawn_ = names_.size() + 1;
    }
    void erase() {
        if (live_ && drawn_ > 0)
            std::cout << "\x1b[" << drawn_ << "A\x1b[J";
        drawn_ = 0;
    }

    std::vector<std::string> names_;
    bool live_;
    std::string last_;
    std::size_t drawn_ = 0;
};

std::string own_path() {
    std::error_code error;
    const std::filesystem::path path = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? "mdcd" : path.string();
}

ExitCode run(const RunArguments& arguments) {
    const node::SystemFile system = node::read_system(traces::read_text_file(arguments.file), arguments.file);
    make_folder(arguments.folder);
    const std::string folder = std::filesystem::absolute(arguments.folder).lexically_normal().string();
    (void)node::addresses_in(system, arguments.file, arguments.folder); // before anything is started
    node::SuperviseOptions options;
    options.names = node::process_names(system.system.description);
    options.command = [&](const std::string& name) {
        std::vector<std::string> words = {own_path(), "node",           arguments.file, name,
                                          "--dir",    arguments.folder, "--status-fd",  "@status"};
        const auto place = static_cast<std::size_t>(std::ranges::find(options.names, name) - options.names.begin());
        if (!arguments.metrics.empty())
            words.insert(words.end(), {"--metrics", metrics_address(arguments.metrics, place)});
        return words;
    };
    options.restarts_max = arguments.restarts;
    options.until_quiet = arguments.until_quiet;
    options.seconds_max = arguments.seconds;
    Screen screen(options.names, ::isatty(STDOUT_FILENO) != 0 && terminal_width(STDOUT_FILENO) > 0);
    options.tell = [&screen](const std::string& line) { screen.tell(line); };
    if (screen.live())
        options.draw = [&screen](const std::vector<node::NodeStatus>& table) { screen.draw(table); };
    const node::Supervised result = node::supervise(options, interrupt_flag());
    screen.leave();
    std::cout << table_text(options.names, result.table, terminal_width(STDOUT_FILENO));
    for (std::size_t each = 0; each < options.names.size(); ++each)
        if (result.table[each].outputs > 0)
            std::cout << options.names[each] << " has given "
                      << counted(static_cast<std::uint64_t>(result.table[each].outputs), "output")
                      << " to its device: " << folder << "/" << options.names[each] << "/output.ndjson\n";
    switch (result.end) {
    case node::SuperviseEnd::quiet:
        std::cout << "All is done and nothing is under way (" << counted(result.restarts, "restart")
                  << "). Judge the run: mdcd validate " << arguments.folder << "\n";
        return ExitCode::as_expected;
    case node::SuperviseEnd::interrupted:
        std::cout << "Ended as asked (" << counted(result.restarts, "restart")
                  << "). The same command goes on from here.\n";
        return ExitCode::as_expected;
    case node::SuperviseEnd::time_is_up:
        std::cout << "The time is up" << (arguments.until_quiet ? ", and not all is quiet" : "") << " ("
                  << counted(result.restarts, "restart") << "). The same command goes on from here.\n";
        return arguments.until_quiet ? ExitCode::inconclusive : ExitCode::as_expected;
    case node::SuperviseEnd::gave_up:
        break;
    }
    std::cout << "A process could not be kept alive: all were ended. What they have stored is as it was.\n";
    for (const ExitCode each : {ExitCode::malformed_file, ExitCode::cannot_write})
        if (result.exit_code == static_cast<int>(each))
            return each;
    return ExitCode::internal_error;
}

} // namespace

void add_run(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command = program.add_subcommand("run", "Starts the processes of a system and keeps them alive");
    const auto arguments = std::make_shared<RunArguments>();
    command->add_option("SYSTEM", arguments->file, "The system: processes, addresses, rules, application")
        ->required()
        ->type_name("FILE");
    command->add_option("--dir", arguments->folder, "Where its processes keep their databases, logs and outputs")
        ->required()
        ->type_name("DIR");
    command->add_flag("--until-quiet", arguments->until_quiet,
                      "End when the application has nothing more to do and nothing is under way");
    command->add_option("--max-seconds", arguments->seconds, "End after that time (0: never)")->type_name("S");
    command->add_option("--restarts", arguments->restarts, "Starts of one process without a step before it gives up")
        ->type_name("N");
    command
        ->add_option("--metrics", arguments->metrics,
                     "Where Prometheus may ask the first process, the next port for the next one")
        ->type_name("ADDRESS");
    command->footer("Ctrl-C ends it; the same command goes on where it was.\n"
                    "Examples:\n  mdcd run impl/runtime/examples/metering/faulty.json --dir run --until-quiet\n"
                    "  mdcd validate run");
    command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

} // namespace mdcd::checker::cli
