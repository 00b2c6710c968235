// `mdcd show` on the folder of a run: the window that was asked for, what is drawn of a failed test, a take-over and a
// commit, and that nothing is drawn of what `mdcd validate` refuses. The runs are made in memory.
// Knows no renderer's layout.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tests/cli/process.hpp"
#include "tests/runtime/net_logs.hpp"
#include "tests/runtime/system_text.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::runtime {
namespace {

using cli::Finished;
using cli::run_mdcd;

std::size_t times(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

// One upgrade with a fault from reading 22 on.
std::string faulty_run(const ScratchFolder& scratch) {
    const std::string folder = scratch.path("faulty");
    const auto system = checker::cli::node::read_system(system_text({.readings = 64, .fault_from = 22}), "test");
    write_logs(system.system.description, *system.system.program, {}, folder);
    return folder;
}

// An upgrade that begins and is committed.
std::string committed_run(const ScratchFolder& scratch) {
    const auto system = checker::cli::node::read_system(upgrades_text({.readings = 80}, {0}), "test");
    unit::impl_runtime::Net net(system.system.description, *system.system.program);
    net.settle(10);
    CHECK(net.command(4, "begin C1 C2") == "accepted");
    net.settle(30);
    CHECK(net.command(5, "commit") == "accepted");
    net.settle();
    write_logs_of(net, scratch.path("committed"));
    return scratch.path("committed");
}

std::string shown(const std::string& folder, std::vector<std::string> options) {
    options.insert(options.begin(), {"show", folder, "--width", "0"});
    const Finished finished = run_mdcd(options);
    CHECK_MESSAGE(finished.exit_code == 0, finished.err);
    CHECK(finished.err.empty());
    return finished.out;
}

std::string line_with(const std::string& text, const std::string& part) {
    const std::size_t at = text.find(part);
    if (at == std::string::npos)
        return "none has '" + part + "' in " + text;
    const std::size_t begin = text.rfind('\n', at) + 1;
    return text.substr(begin, text.find('\n', at) - begin);
}

} // namespace

TEST_CASE("a failed test and the take-over after it, as text") {
    const ScratchFolder scratch;
    const std::string text = shown(faulty_run(scratch), {"--around", "failed_test", "--steps", "80"});
    CHECK(contains(text, "run of metering-test: every step is what the handlers do"));
    CHECK(contains(text, "  A2  fails an acceptance test, and tells L1, L2, S1, S2, A1\n"));
    CHECK(contains(text, "           * coordinates recovery 1\n"));
    CHECK(contains(text, "  L1  receives announcement 1 from A2\n"));
    CHECK(contains(text, "* rolls back to checkpoint ["));
    CHECK(times(text, "* enters incarnation 1: recovered\n") == 4); // those that stop do not go on
    CHECK(times(text, "* stops for good\n") == 2);
    CHECK(contains(text, "* has taken over, and sends message "));
    CHECK(contains(line_with(text, "  A2  receives period "), " (dirty)"));
}

TEST_CASE("an operator's begin and commit are events of their own") {
    const ScratchFolder scratch;
    const std::string folder = committed_run(scratch);
    const std::string begun = shown(folder, {"--around", "begin", "--steps", "60"});
    CHECK(contains(begun, "  A1   is told by the operator: begin C1 C2 (accepted)\n"));
    CHECK(contains(begun, "receives start 1 from C1a\n"));
    CHECK(contains(begun, "* enters incarnation 1: begun\n"));
    const std::string committed = shown(folder, {"--around", "commit", "--steps", "60"});
    CHECK(contains(committed, "  A2   is told by the operator: commit (accepted)\n"));
    CHECK(times(committed, "* enters incarnation 2: committed\n") == 6);
    CHECK(contains(committed, "C1a: tenant old -> nobody"));
}

TEST_CASE("the window says what it leaves out, and fits together with others") {
    const ScratchFolder scratch;
    const std::string folder = faulty_run(scratch);
    const std::string last = shown(folder, {});
    const std::string claim = line_with(last, "The run: ");
    const std::size_t of = claim.find(" of ");
    REQUIRE(of != std::string::npos);
    const std::size_t all = std::stoul(claim.substr(of + 4));
    CHECK(all > 300);
    CHECK(contains(claim, "events " + std::to_string(all - 39) + " to " + std::to_string(all) + " of "));
    CHECK(contains(claim, "; left out: " + std::to_string(all - 40) + " before, 0 after"));
    // Two windows beside each other are one of the double length.
    const auto steps_of = [&](const std::string& from, const std::string& steps) {
        const std::string text = run_mdcd({"show", folder, "--from", from, "--steps", steps, "--as", "shiviz"}).out;
        std::string events;
        for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1)
            if (const std::string line = text.substr(at, text.find('\n', at) - at); contains(line, "receives"))
                events += line.substr(0, line.find('{')) + "\n";
        return events;
    };
    const std::string first = steps_of("1", "60"), second = steps_of("61", "60"), both = steps_of("1", "120");
    CHECK(times(first, "\n") > 10);
    CHECK(both == first + second);
    const std::string whole = shown(folder, {"--steps", "5000"});
    CHECK_FALSE(contains(whole, "left out"));
    CHECK(times(whole, "* step ") == all);
}

TEST_CASE("diagrams have the dirty messages, checkpoints, tests and the recovery line") {
    const ScratchFolder scratch;
    const std::string folder = faulty_run(scratch);
    const std::vector<std::string> window = {"--around", "failed_test", "--steps", "60", "--as"};
    const auto as = [&](const char* format) {
        std::vector<std::string> options = window;
        options.emplace_back(format);
        return shown(folder, options);
    };
    const std::string svg = as("svg");
    for (const char* part :
         {"class=\"arrow dirty\"", "class=\"box restored\"", "class=\"test failed\"", "class=\"bar\"",
          "class=\"bar coordinating\"", "class=\"stop\"", "class=\"lane undone\"", ">incarnation 1: recovered<"})
        CHECK_MESSAGE(contains(svg, part), part);
    const std::string mermaid = as("mermaid");
    CHECK(mermaid.starts_with("sequenceDiagram\n"));
    CHECK(contains(mermaid, "fails an acceptance test"));
    CHECK(contains(mermaid, "(dirty)"));
    const std::string html = as("html");
    CHECK(contains(html, "<!DOCTYPE html>"));
    CHECK(contains(html, "fails an acceptance test"));
    CHECK(contains(html, "recovery of A2")); // the states are known
    const std::string test = shown(folder, {"--around", "acceptance_test", "--as", "svg"});
    CHECK(contains(test, "class=\"test\""));
}

TEST_CASE("nothing is drawn of logs that are refused, and a wrong step is told where it is") {
    const ScratchFolder scratch;
    const std::string folder = faulty_run(scratch);
    std::vector<std::string> lines;
    {
        std::ifstream in(folder + "/A1/log.ndjson", std::ios::binary);
        for (std::string line; std::getline(in, line);)
            lines.push_back(line);
    }
    const auto with = [&](std::size_t at, const std::string& what, const std::string& by) {
        std::ofstream out(folder + "/A1/log.ndjson", std::ios::binary);
        for (std::size_t each = 0; each < lines.size(); ++each) {
            std::string line = lines[each];
            if (each == at)
                line.replace(line.find(what), what.size(), by);
            out << line << "\n";
        }
        out.close();
        return run_mdcd({"show", folder});
    };
    const Finished refused = with(9, "\"step\":10", "\"step\":12");
    CHECK(refused.exit_code == 65);
    CHECK(refused.out.empty());
    CHECK(contains(refused.err, "A1/log.ndjson, line 10: $.step: is 12; expected 10"));
    const Finished wrong = with(9, "\"dirty\":false,\"low_sn\"", "\"dirty\":true,\"low_sn\"");
    CHECK(wrong.exit_code == 10);
    CHECK(contains(wrong.out, "run of metering-test: not every step is what the handlers do"));
    CHECK(contains(wrong.out, "What is wrong"));
    CHECK(contains(cli::in_one_line(wrong.out), "A1 did in step 10 what the handlers do not do"));
    CHECK(contains(wrong.out, " that could be followed"));
}

TEST_CASE("what cannot be shown of a run is said") {
    const ScratchFolder scratch;
    const std::string folder = faulty_run(scratch);
    const auto refused = [&](std::vector<std::string> arguments, int exit_code, const std::string& said) {
        arguments.insert(arguments.begin(), "show");
        const Finished finished = run_mdcd(arguments);
        CHECK(finished.exit_code == exit_code);
        CHECK_MESSAGE(contains(finished.err, said), finished.err);
    };
    refused({folder, "--around", "faild_test"}, 64, "this run has no such event (did you mean 'failed_test'?)");
    refused({folder, "--from", "100000"}, 64, "the run has fewer events");
    refused({folder, "--steps", "0"}, 64, "--steps 0: expected 1 to 5000");
    refused({folder, "--steps", "5001"}, 64, "expected 1 to 5000");
    refused({folder, "--as", "itf"}, 64, "is the folder of a run, whose states are in no log");
    refused({scratch.path(""), "--steps", "3"}, 65, "holds no PROCESS/log.ndjson");
    refused({folder + "/A1/log.ndjson", "--steps", "3"}, 64, "are for the folder of a run");
    refused({folder, "-o", folder + "/A1/log.ndjson"}, 64, "A1/log.ndjson");
    CHECK(std::filesystem::file_size(folder + "/A1/log.ndjson") > 1000);
}

} // namespace mdcd::tests::runtime
