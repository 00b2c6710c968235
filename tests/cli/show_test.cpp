// `mdcd show`: every format is what the renderer of that name writes, and mistakes in files are said with their place.
// Knows no protocol: the traces here are made by hand.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "tests/cli/process.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"
#include "traces/render_html.hpp"
#include "traces/render_itf.hpp"
#include "traces/render_mermaid.hpp"
#include "traces/render_shiviz.hpp"
#include "traces/render_svg.hpp"
#include "traces/render_text.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::tests::cli {
namespace {

traces::Trace small_trace() {
    traces::Trace trace;
    trace.tool_version = "0.1.0";
    trace.scope_name = "small";
    trace.rules_name = "none";
    trace.scope = traces::Value::Record{};
    trace.rules = traces::Value::Record{};
    trace.property = "intact";
    trace.claim = "The lamp is not broken.";
    trace.verdict = "violated";
    trace.processes = {"lamp"};
    trace.initial_digest = "0000000000000000";
    trace.initial_state = traces::Value(traces::Value::Record{{"lamp", "off"}});
    traces::Step step;
    step.state = traces::Value(traces::Value::Record{{"lamp", "broken"}});
    step.action = {.process = "lamp",
                   .kind = "switch",
                   .text = "switch the lamp",
                   .taken = {},
                   .sent = {},
                   .fired = {},
                   .checkpoint_taken = {},
                   .checkpoints_dropped = {}};
    step.digest = "0000000000000001";
    step.changes = {{"lamp", "off", "broken"}};
    trace.steps.push_back(step);
    return trace;
}

} // namespace

TEST_CASE("each format is what its renderer writes") {
    const ScratchFolder folder;
    const traces::Trace trace = small_trace();
    const std::string file = folder.write("run.json", traces::write_trace(trace));
    const traces::Trace read = traces::read_trace(traces::read_text_file(file), file);
    CHECK(run_mdcd({"show", file}).out == traces::render_text(read));
    CHECK(run_mdcd({"show", file, "--as", "text", "--width", "40"}).out == traces::render_text(read, {.width = 40}));
    CHECK(run_mdcd({"show", file, "--color", "always"}).out == traces::render_text(read, {.color = true}));
    CHECK(run_mdcd({"show", file, "--as", "mermaid"}).out == traces::render_mermaid(read));
    CHECK(run_mdcd({"show", file, "--as", "svg"}).out == traces::render_svg(read));
    CHECK(run_mdcd({"show", file, "--as", "html"}).out == traces::render_html(read));
    CHECK(run_mdcd({"show", file, "--as", "shiviz"}).out == traces::render_shiviz(read));
    CHECK(run_mdcd({"show", file}).exit_code == 0);
}

TEST_CASE("the ITF form needs the states, and says so") {
    const ScratchFolder folder;
    traces::Trace trace = small_trace();
    const std::string whole = folder.write("whole.json", traces::write_trace(trace));
    CHECK(run_mdcd({"show", whole, "--as", "itf"}).out == traces::render_itf(trace, whole));
    trace.initial_state.reset(); // with it, the changes would tell them
    trace.steps.front().state.reset();
    const std::string bare = folder.write("bare.json", traces::write_trace(trace));
    const Finished finished = run_mdcd({"show", bare, "--as", "itf"});
    CHECK(finished.exit_code == 65);
    CHECK(finished.err.find("bare.json") != std::string::npos);
}

TEST_CASE("the output can go into a file") {
    const ScratchFolder folder;
    const std::string file = folder.write("run.json", traces::write_trace(small_trace()));
    const std::string target = folder.path("run.mmd");
    const Finished finished = run_mdcd({"show", file, "--as", "mermaid", "-o", target});
    CHECK(finished.exit_code == 0);
    CHECK(finished.out.empty());
    CHECK(traces::read_text_file(target) == run_mdcd({"show", file, "--as", "mermaid"}).out);
    CHECK(run_mdcd({"show", file, "-o", folder.path("no/such/folder")}).exit_code == 74);
}

TEST_CASE("a file that is missing or malformed exits with 65 and says where") {
    const ScratchFolder folder;
    struct Bad {
        std::string file;
        std::string said;
    };
    const std::string good = traces::write_trace(small_trace());
    std::string unknown_field = good;
    unknown_field.insert(unknown_field.find("\"verdict\""), "\"verdikt\": 1, ");
    const std::vector<Bad> table = {
        {folder.path("missing.json"), "missing.json"},
        {folder.write("cut.json", good.substr(0, good.size() / 2)), "cut.json: "},
        {folder.write("list.json", "[]"), "list.json: "},
        {folder.write("unknown.json", unknown_field), "verdikt"},
    };
    for (const Bad& bad : table) {
        CAPTURE(bad.file);
        const Finished finished = run_mdcd({"show", bad.file});
        CHECK(finished.exit_code == 65);
        CHECK(finished.out.empty());
        CHECK_MESSAGE(finished.err.find(bad.said) != std::string::npos, finished.err);
        CHECK(finished.err.starts_with("mdcd: "));
    }
}

TEST_CASE("an unknown format is wrong usage") {
    const Finished finished = run_mdcd({"show", "run.json", "--as", "pdf"});
    CHECK(finished.exit_code == 64);
    CHECK(finished.err.find("pdf") != std::string::npos);
}

} // namespace mdcd::tests::cli
