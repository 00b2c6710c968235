// `mdcd explore`: serves a page on which a person steps through a scope or a trace, until Ctrl-C.
// Knows neither the page nor HTTP.
#include <CLI/CLI.hpp>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checker/cli/check_options.hpp"
#include "checker/cli/explore/answers.hpp"
#include "checker/cli/explore/server.hpp"
#include "checker/cli/family_arguments.hpp"
#include "checker/cli/interrupt.hpp"
#include "checker/cli/numbers.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/cli/usage_error.hpp"
#include "checker/cli/z3_asker.hpp"
#include "checker/version.hpp"
#include "model/inputs/families.hpp"
#include "model/inputs/family_trace.hpp"
#include "model/inputs/library.hpp"
#include "model/runs/trace_writer.hpp"
#include "traces/characters.hpp"
#include "traces/json.hpp"
#include "traces/render_html.hpp"
#include "traces/trace_file.hpp"
#include "traces/verdict_sentence.hpp"

namespace mdcd::checker::cli {
namespace {

struct ExploreArguments {
    CheckArguments common; // scope (or trace), rules, set, workers
    std::string host = "127.0.0.1";
    int port = 0;
    bool no_open = false;
};

bool is_file(const std::string& name) {
    return name.find_first_of("./") != std::string::npos;
}

// Of a run of a family's scope: whether it is what the handlers do here, as far as somebody looks at it only.
void warn_of_differences(const traces::Trace& trace, const std::string& name) {
    if (trace.tool_version != version)
        std::cerr << "mdcd: warning: " << name << " was written by version " << traces::printable(trace.tool_version)
                  << ", this is " << version << '\n';
    else if (const auto difference = model::replay(trace, name))
        std::cerr << "mdcd: warning: " << name << ": the replay differs"
                  << (difference->step > 0 ? " in step " + std::to_string(difference->step) : "") << ": "
                  << traces::printable(difference->text) << '\n';
}

// A family's scope, or a run of one: by other rules as far as its steps can be taken.
std::string page_of_family(const ExploreArguments& arguments, const std::optional<traces::Trace>& trace) {
    const std::string& name = arguments.common.scope;
    if (!trace)
        return model::family_of(name).page(family_case_of(name, arguments.common.rules, arguments.common.set), {});
    const bool own_rules = arguments.common.rules.empty() && arguments.common.set.empty();
    if (own_rules)
        warn_of_differences(*trace, name);
    model::FamilyCase what = model::case_of_trace(*trace, name);
    if (!arguments.common.rules.empty())
        what = family_case_of(what.scope, arguments.common.rules, arguments.common.set);
    else
        for (const std::string& each : arguments.common.set)
            model::change_rule(what, each);
    std::vector<std::string> along;
    for (const traces::Step& step : trace->steps)
        along.push_back(step.action.text);
    return model::family_of(what.scope).page(what, along);
}

// The page of what is not stepped through on the server: of a family's scope or a run of one, and of a real system's
// run, which is shown as it was, since its states are in no model. "" if it is none of these.
std::string page_of_run(const ExploreArguments& arguments) {
    const std::string& name = arguments.common.scope;
    if (std::error_code error; std::filesystem::is_directory(name, error))
        throw UsageError(name + " is a folder; of a run: mdcd validate " + name +
                         " --trace run.json && mdcd explore run.json");
    if (model::is_family_scope(name))
        return page_of_family(arguments, std::nullopt);
    if (!is_file(name))
        return "";
    const std::string text = traces::read_text_file(name);
    const traces::Value document = traces::parse_json(text, name);
    const traces::Value* const scope = document.find("scope");
    if (scope == nullptr || document.find("steps") == nullptr)
        return "";
    const traces::Value* const of = scope->find("name");
    const bool is_of_a_family = of != nullptr && of->text() != nullptr && model::is_family_scope(*of->text());
    if (!is_of_a_family && scope->find("application") == nullptr)
        return "";
    const traces::Trace trace = traces::read_trace(text, name);
    if (is_of_a_family)
        return page_of_family(arguments, trace);
    if (!traces::is_of_a_system(trace))
        return "";
    if (!arguments.common.rules.empty() || !arguments.common.set.empty())
        throw UsageError(name + " is the run of a real system: it cannot be taken by other rules");
    return traces::render_html(trace);
}

// The run that the page begins with. A trace brings its scope and its rules; --rules and --set put others in their
// place.
explore::PageRun first_run(const ExploreArguments& arguments, std::vector<std::string>& notes) {
    const std::string& name = arguments.common.scope;
    explore::PageRun run;
    if (is_file(name) && !model::is_family_scope(name)) {
        const std::string text = traces::read_text_file(name);
        if (traces::parse_json(text, name).find("steps") != nullptr)
            run = explore::opened(text, name, {}, notes);
    }
    const bool is_trace = !run.scope.name.empty();
    if (!is_trace)
        run.scope = model::load_scope(name);
    if (!is_trace || !arguments.common.rules.empty())
        run.rules = rules_of(arguments.common, run.scope);
    else
        set_rules(run.rules, arguments.common.set);
    return run;
}

bool has_screen() {
    const auto is_set = [](const char* name) {
        const char* const value = std::getenv(name);
        return value != nullptr && *value != '\0';
    };
#ifdef __APPLE__
    return true;
#else
    return is_set("DISPLAY") || is_set("WAYLAND_DISPLAY");
#endif
}

// Asks the desktop to show the page; who has no desktop reads the address. Commands are seen by everybody on the
// machine, so the address does not stand in one: the browser reads it from a file that only its user can read.
class OpenedPage {
public:
    explicit OpenedPage(const std::string& url) {
        const char* const folder = std::getenv("XDG_RUNTIME_DIR");
        file_ = std::string(folder != nullptr && *folder != '\0' ? folder : "/tmp") + "/mdcd-explore-XXXXXX.html";
        const int descriptor = mkostemps(file_.data(), 5, O_CLOEXEC); // made anew, with mode 0600
        if (descriptor < 0) {
            file_.clear();
            return;
        }
        const std::string page = "<!DOCTYPE html><meta http-equiv=\"refresh\" content=\"0;url=" + url + "\">\n";
        const bool written = write(descriptor, page.data(), page.size()) == static_cast<ssize_t>(page.size());
        close(descriptor);
        if (written)
            start_browser();
    }
    ~OpenedPage() {
        if (!file_.empty())
            unlink(file_.c_str());
    }
    OpenedPage(const OpenedPage&) = delete;
    OpenedPage& operator=(const OpenedPage&) = delete;

    // Takes notice of the end of what was started.
    void tend() {
        if (child_ > 0 && waitpid(child_, nullptr, WNOHANG) != 0)
            child_ = 0;
    }

private:
    void start_browser() {
#ifdef __APPLE__
        std::string program = "open";
#else
        std::string program = "xdg-open";
#endif
        std::string address = "file://" + file_;
        std::array<char*, 3> command = {program.data(), address.data(), nullptr};
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        for (const int output : {STDOUT_FILENO, STDERR_FILENO})
            posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0);
        if (posix_spawnp(&child_, program.c_str(), &actions, nullptr, command.data(), environ) != 0)
            child_ = 0;
        posix_spawn_file_actions_destroy(&actions);
    }

    std::string file_;
    pid_t child_ = 0;
};

// The thread that serves; ends with this object, whatever ends it.
class Serving {
public:
    Serving(explore::Answers& answers, explore::Server& server)
        : answers_(answers), server_(server), thread_([this] { server_.serve(); }) {}
    ~Serving() {
        answers_.shut_down();
        server_.stop();
        thread_.join();
    }
    Serving(const Serving&) = delete;
    Serving& operator=(const Serving&) = delete;

private:
    explore::Answers& answers_;
    explore::Server& server_;
    std::thread thread_;
};

ExitCode explore_until_interrupted(const ExploreArguments& arguments) {
    std::vector<std::string> notes;
    std::string page = page_of_run(arguments);
    explore::PageRun run = page.empty() ? first_run(arguments, notes) : explore::PageRun{};
    const auto now = std::chrono::system_clock::now().time_since_epoch().count();
    explore::Answers answers(std::move(run), std::move(notes), std::to_string(now), arguments.common.workers,
                             z3_asker());
    std::unique_ptr<explore::Server> server;
    try {
        server = std::make_unique<explore::Server>(answers, arguments.host, arguments.port, explore::ServerBounds{},
                                                   std::move(page));
    } catch (const explore::BindError& error) {
        throw UsageError(error.what());
    }
    const std::atomic<bool>& interrupted = interrupt_flag();
    const Serving serving(answers, *server);
    std::cout << "Serving " << server->url() << "  (Ctrl-C ends it)" << std::endl; // seen at once, in a pipe too
    if (!server->is_loopback())
        std::cerr << "mdcd: warning: whoever can reach " << arguments.host
                  << " and learns this address can use the page; nothing is encrypted on the way\n";
    std::unique_ptr<OpenedPage> opened;
    if (!arguments.no_open && isatty(STDOUT_FILENO) != 0 && has_screen())
        opened = std::make_unique<OpenedPage>(server->url());
    while (!interrupted) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        if (opened)
            opened->tend();
    }
    return ExitCode::as_expected;
}

} // namespace

void add_explore(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command = program.add_subcommand("explore", "Serves a page to step through a scope or a trace by hand");
    const auto arguments = std::make_shared<ExploreArguments>();
    command->add_option("SCOPE", arguments->common.scope, "A shipped scope by name, or a file: a scope or a trace")
        ->required();
    command
        ->add_option("--rules", arguments->common.rules,
                     "A preset by name, or a file; default: those of the scope or trace")
        ->type_name("RULES");
    command->add_option("--set", arguments->common.set, "Change one rule (repeatable)")->type_name("RULE=VALUE");
    command->add_option("--port", arguments->port, "Listen on this port; 0: any that is free")
        ->check(within(0, 65535))
        ->type_name("N");
    command->add_option("--host", arguments->host, "Listen on this address; the default is seen by this machine alone")
        ->type_name("ADDR");
    command
        ->add_option("--workers", arguments->common.workers, "Threads of a check that the page asks for; 0: all cores")
        ->type_name("N");
    command->add_flag("--no-open", arguments->no_open, "Do not ask the desktop to open the page");
    command->footer("Examples:\n"
                    "  mdcd explore tiny\n"
                    "  mdcd explore one-two --rules repaired --set resend=all_in_log\n"
                    "  mdcd explore upgrade/commit\n"
                    "  mdcd explore mdcd-traces/tiny.published.recoverability.json\n"
                    "  mdcd validate DIR --trace run.json && mdcd explore run.json     a real run, to step through\n"
                    "Ctrl-C ends it, with exit code 0.");
    command->callback([arguments, &exit_code] { exit_code = explore_until_interrupted(*arguments); });
}

} // namespace mdcd::checker::cli
