// `mdcd validate --trace`: the run comes back as a trace document that `mdcd show` draws and `mdcd explore` serves;
// what is wrong ends it; and what a trace of a real run is not good for is said. The runs are made in memory. Knows no
// renderer's layout.
#include <doctest/doctest.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/cli/process.hpp"
#include "tests/cli/running_process.hpp"
#include "tests/runtime/net_logs.hpp"
#include "tests/runtime/system_text.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::tests::runtime {
namespace {

using cli::Finished;
using cli::run_mdcd;

// One upgrade with a fault from reading 22 on.
std::string run_to_trace(const ScratchFolder& scratch, const std::string& rules = "repaired_vector",
                         std::uint32_t seed = 1) {
    const std::string folder = scratch.path("run");
    const auto system =
        checker::cli::node::read_system(system_text({.readings = 64, .fault_from = 22, .rules = rules}), "test");
    write_logs(system.system.description, *system.system.program, {seed, 700, 10}, folder);
    return folder;
}

// What a browser gets from "http://127.0.0.1:PORT/SECRET/", with its head.
std::string page_at(const std::string& url) {
    const std::size_t port = url.rfind(':') + 1, path = url.find('/', port);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoul(url.substr(port, path - port))));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    REQUIRE(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    const std::string request =
        "GET " + url.substr(path) + " HTTP/1.1\r\nHost: " + url.substr(7, path - 7) + "\r\n\r\n";
    CHECK(::send(socket, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size()));
    std::string page;
    std::array<char, 4096> piece{};
    for (ssize_t count = 0; (count = ::recv(socket, piece.data(), piece.size(), 0)) > 0;)
        page.append(piece.data(), static_cast<std::size_t>(count));
    ::close(socket);
    return page;
}

traces::Trace trace_in(const std::string& file) {
    return traces::read_trace(traces::read_text_file(file), file);
}

} // namespace

TEST_CASE("a run comes back as a trace that is drawn as the run itself is") {
    const ScratchFolder scratch;
    const std::string folder = run_to_trace(scratch), file = scratch.path("run.json");
    const Finished judged = run_mdcd({"validate", folder, "--trace", file});
    CHECK_MESSAGE(judged.exit_code == 0, judged.err);
    CHECK(contains(judged.out, " steps of 6 processes of metering-test are what the handlers do"));
    CHECK(contains(judged.out, file + ": events 1 to "));
    const traces::Trace trace = trace_in(file);
    CHECK(trace.verdict == "holds");
    CHECK(trace.steps.size() > 300);
    CHECK(trace.findings.empty());
    CHECK(traces::write_trace(trace) == traces::read_text_file(file));
    for (const char* format : {"text", "svg", "html", "mermaid", "shiviz"}) {
        CAPTURE(format);
        const Finished from_file = run_mdcd({"show", file, "--as", format});
        CHECK(from_file.exit_code == 0);
        CHECK(from_file.out == run_mdcd({"show", folder, "--steps", "5000", "--as", format}).out);
        CHECK_FALSE(contains(from_file.out, "The claim:"));
    }
    CHECK(contains(run_mdcd({"show", file, "--width", "0"}).out,
                   "  System metering-test, rules of its file; " + std::to_string(trace.steps.size()) + " steps of "));
    const Finished window = run_mdcd({"validate", folder, "--trace", file, "--around", "failed_test", "--steps", "24"});
    CHECK(window.exit_code == 0);
    CHECK(trace_in(file).steps.size() == 24);
}

TEST_CASE("the explorer serves it as a page") {
    const ScratchFolder scratch;
    const std::string folder = run_to_trace(scratch), file = scratch.path("run.json");
    CHECK(run_mdcd({"validate", folder, "--trace", file, "--steps", "100"}).exit_code == 0);
    cli::RunningProcess explorer({MDCD_EXECUTABLE, "explore", file, "--no-open"});
    const std::string served = explorer.read_line();
    REQUIRE(served.starts_with("Serving http://127.0.0.1:"));
    const std::string page = page_at(served.substr(8, served.find(' ', 8) - 8));
    CHECK(page.starts_with("HTTP/1.1 200 OK"));
    CHECK(contains(page, "script-src 'unsafe-inline'"));
    CHECK(contains(page, "run of metering-test: every step is what the handlers do, and every claim holds"));
    CHECK(contains(page, "receives period "));
    CHECK(explorer.end_by(SIGINT) == 0);
}

TEST_CASE("what is wrong ends the trace, and is in it") {
    const ScratchFolder scratch;
    const std::string file = scratch.path("run.json");
    std::string said;
    for (std::uint32_t seed = 1; seed <= 12 && said.empty(); ++seed) { // a claim: not every run breaks it
        const std::string folder = run_to_trace(scratch, "repaired_vector+dirty_delivery=literal", seed);
        const Finished judged = run_mdcd({"validate", folder, "--trace", file});
        if (judged.exit_code == 10)
            said = judged.out;
        CHECK(run_mdcd({"validate", folder}).out == judged.out.substr(0, judged.out.rfind(file)));
    }
    CHECK_MESSAGE(contains(said, "nothing_lost does not hold"), said);
    const traces::Trace claim = trace_in(file);
    CHECK(claim.verdict == "violated");
    REQUIRE(claim.findings.size() == 1);
    CHECK(claim.findings[0].kind == "claim");
    CHECK(contains(said, claim.findings[0].text));
    CHECK(contains(run_mdcd({"show", file}).out, "run of metering-test: a claim does not hold"));

    const std::string folder = run_to_trace(scratch);
    std::string log = traces::read_text_file(folder + "/A1/log.ndjson");
    const std::size_t at = log.find("\"dirty\":false,\"low_sn\"", log.size() / 2);
    REQUIRE(at != std::string::npos);
    std::ofstream(folder + "/A1/log.ndjson", std::ios::binary) << log.replace(at, 13, "\"dirty\":true");
    const Finished wrong = run_mdcd({"validate", folder, "--trace", file});
    CHECK(wrong.exit_code == 10);
    CHECK(trace_in(file).findings.at(0).kind == "deviation");
    CHECK(contains(run_mdcd({"show", file}).out, "run of metering-test: not every step is what the handlers do"));
}

TEST_CASE("what cannot be is refused") {
    const ScratchFolder scratch;
    const std::string folder = run_to_trace(scratch), file = scratch.path("run.json");
    const auto refused = [](const std::vector<std::string>& arguments, int exit_code, const std::string& part) {
        const Finished finished = run_mdcd(arguments);
        CHECK(finished.exit_code == exit_code);
        CHECK_MESSAGE(contains(cli::in_one_line(finished.err), part), finished.err);
    };
    refused({"validate", folder, "--steps", "3"}, 64, "expected --trace FILE");
    refused({"validate", folder, "--trace", file, "--steps", "5001"}, 64, "expected 1 to 5000");
    refused({"validate", folder, "--trace", folder + "/A1/log.ndjson"}, 64, "A1/log.ndjson");
    refused({"validate", folder, "--trace", file, "--around", "faild_test"}, 64, "did you mean 'failed_test'?");
    refused({"explore", folder, "--no-open"}, 64, "mdcd validate " + folder + " --trace");
    CHECK(run_mdcd({"validate", folder, "--trace", file}).exit_code == 0);
    refused({"explore", file, "--rules", "repaired", "--no-open"}, 64, "cannot be taken by other rules");
    refused({"replay", file}, 65, "unknown field \"format\"");
    refused({"show", file, "--as", "scenario"}, 65, "$.scope: unknown field");
    CHECK(std::filesystem::file_size(folder + "/A1/log.ndjson") > 1000);
}

} // namespace mdcd::tests::runtime
