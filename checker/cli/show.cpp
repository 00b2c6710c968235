// `mdcd show`: renders a trace, or the logs of a real run. Each format is one row of a table.
// Knows no protocol: a trace is a document; only what turns one into a scenario reads it as a run of the model.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "checker/cli/numbers.hpp"
#include "checker/cli/output_places.hpp"
#include "checker/cli/show_run.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/cli/terminal.hpp"
#include "checker/cli/usage_error.hpp"
#include "checker/whole_file.hpp"
#include "model/scenario/scenario.hpp"
#include "traces/characters.hpp"
#include "traces/json.hpp"
#include "traces/render_html.hpp"
#include "traces/render_itf.hpp"
#include "traces/render_mermaid.hpp"
#include "traces/render_shiviz.hpp"
#include "traces/render_svg.hpp"
#include "traces/render_text.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::checker::cli {
namespace {

struct ShowOptions {
    std::string trace;
    std::string format = "text";
    std::string output; // "": standard output
    std::string color = "auto";
    std::size_t width = traces::TextOptions().width;
    RunWindow window;
    bool has_window = false;
};

bool in_color(const ShowOptions& options) {
    if (options.color != "auto")
        return options.color == "always";
    return options.output.empty() && wants_color();
}

struct Format {
    std::string name;
    std::string (*render)(const traces::Trace&, const ShowOptions&);
};

// A renderer that has no options of its own.
template <std::string (*render)(const traces::Trace&)>
std::string plain(const traces::Trace& trace, const ShowOptions&) {
    return render(trace);
}

const std::vector<Format>& formats() {
    static const std::vector<Format> table = {
        {"text",
         [](const traces::Trace& trace, const ShowOptions& options) {
             return traces::render_text(trace, {.color = in_color(options), .width = options.width});
         }},
        {"mermaid", plain<traces::render_mermaid>},
        {"svg", [](const traces::Trace& trace, const ShowOptions&) { return traces::render_svg(trace); }},
        {"html", plain<traces::render_html>},
        {"itf", [](const traces::Trace& trace,
                   const ShowOptions& options) { return traces::render_itf(trace, options.trace); }},
        {"shiviz", plain<traces::render_shiviz>},
        {"scenario",
         [](const traces::Trace& trace, const ShowOptions& options) {
             return traces::printable_lines(model::scenario_of(trace, options.trace)); // it quotes the trace
         }},
    };
    return table;
}

std::vector<std::string> format_names() {
    std::vector<std::string> names;
    for (const Format& format : formats())
        names.push_back(format.name);
    return names;
}

void write(const std::string& text, const std::string& file) {
    if (file.empty())
        std::cout << text;
    else
        write_whole_file(file, text);
}

void render(const traces::Trace& trace, const ShowOptions& options) {
    for (const Format& format : formats()) {
        if (format.name == options.format)
            write(format.render(trace, options), options.output);
    }
}

ExitCode show(const ShowOptions& options) {
    if (std::error_code error; std::filesystem::is_directory(options.trace, error)) {
        if (options.format == "scenario" || options.format == "itf")
            throw UsageError("--as " + options.format + ": " + options.trace +
                             " is the folder of a run, whose states are in no log; expected text, mermaid, svg, html "
                             "or shiviz");
        if (!options.output.empty())
            expect_distinct(files_of_run(options.trace), {options.output});
        const ShownRun run = shown_run(options.trace, options.window);
        render(run.trace, options);
        return run.wrong.empty() ? ExitCode::as_expected : ExitCode::violated;
    }
    if (options.has_window)
        throw UsageError("--from, --steps and --around are for the folder of a run; " + options.trace + " is none");
    expect_distinct({options.trace}, {options.output});
    render(traces::read_trace(traces::read_text_file(options.trace), options.trace), options);
    return ExitCode::as_expected;
}

} // namespace

void add_show(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command =
        program.add_subcommand("show", "Shows a trace or a real run: as text, as a diagram, or for another tool");
    const auto options = std::make_shared<ShowOptions>();
    command
        ->add_option("TRACE", options->trace,
                     "The trace, as `mdcd check` writes it, or the folder of a run (mdcd run --dir)")
        ->required()
        ->type_name("FILE");
    command->add_option("--as", options->format, "The form")->check(one_of(format_names()))->type_name("FORMAT");
    command->add_option("-o,--output", options->output, "Write here instead of to the terminal")->type_name("FILE");
    command->add_option("--color", options->color, "Colours in the text form")
        ->check(one_of({"auto", "always", "never"}))
        ->type_name("WHEN");
    command->add_option("--width", options->width, "Characters in a line of the text form; 0: never break lines")
        ->type_name("N");
    std::vector<CLI::Option*> window = {
        command->add_option("--from", options->window.from, "Of a run: from that event on; 0: the last ones")
            ->type_name("N"),
        command->add_option("--steps", options->window.steps, "Of a run: at most so many events")->type_name("N"),
        command
            ->add_option("--around", options->window.around,
                         "Of a run: around the first event of that name, as failed_test, begin, committed, "
                         "rolled_back, restart")
            ->type_name("NAME")};
    command->footer("Of a run all logs are read and judged as by mdcd validate; a window of its events is shown.\n"
                    "Examples:\n"
                    "  mdcd show run.json\n"
                    "  mdcd show run.json --as html --output run.html\n"
                    "  mdcd show run.json --as mermaid\n"
                    "  mdcd show house --around failed_test --as svg --output failed.svg");
    command->callback([options, window, &exit_code] {
        options->has_window = std::ranges::any_of(window, [](const CLI::Option* each) { return each->count() > 0; });
        exit_code = show(*options);
    });
}

} // namespace mdcd::checker::cli
