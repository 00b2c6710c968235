// `mdcd upgrade` on a system that runs: a faulty upgrade begins and is recovered from, a right one begins and is
// committed, words that cannot be are refused, and processes that die meanwhile change nothing of it.
#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "tests/cli/process.hpp"
#include "tests/cli/running_process.hpp"
#include "tests/runtime/system_text.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::runtime {
namespace {

cli::Finished upgrade(const std::string& folder, std::vector<std::string> words) {
    words.insert(words.begin(), "upgrade");
    words.insert(words.end(), {"--dir", folder});
    return cli::run_mdcd(words);
}

// Until that is what it says of the process; at most a minute.
bool comes_to(const std::string& folder, const std::string& what) {
    for (int turn = 0; turn < 600; ++turn) {
        if (contains(upgrade(folder, {"status"}).out, what))
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
}

bool bill_is_right(const std::string& folder, std::uint64_t readings) {
    std::ifstream in(folder + "/A2/output.ndjson", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    return text == right_bill(readings);
}

std::string said(const cli::Finished& finished) {
    return finished.out + finished.err;
}

} // namespace

TEST_CASE("a faulty upgrade, then a right one, by the operator's words") {
    const ScratchFolder scratch;
    const SystemNumbers numbers{.readings = 1200, .tick_ms = 5, .durability = "full"};
    const std::string system = scratch.write("s.json", upgrades_text(numbers, {1, 0}));
    const std::string folder = scratch.path("d");
    cli::RunningProcess process({MDCD_EXECUTABLE, "run", system, "--dir", folder, "--until-quiet"});
    for (int line = 0; line < 6; ++line)
        CHECK(contains(process.read_line(), " started, pid "));
    REQUIRE(comes_to(folder, "C1a      ordinary v0"));
    CHECK(contains(said(upgrade(folder, {"commit"})), "no upgrade is under way"));
    CHECK(contains(said(upgrade(folder, {"begin", "C3"})), "there is no component 'C3' to be upgraded"));
    const cli::Finished begun = upgrade(folder, {"begin", "C1", "C2", "--at", "A2"});
    CHECK(begun.exit_code == 0);
    CHECK(begun.out == "Incarnation 1, announced by A2: begun\n");
    CHECK(comes_to(folder, "begun recovered")); // billing's test fails
    // The old versions may be catching up: then they object, and it is said again.
    cli::Finished again = upgrade(folder, {"begin", "C1", "C2"});
    for (int turn = 0; turn < 20 && again.exit_code != 0; ++turn)
        again = upgrade(folder, {"begin", "C1", "C2"});
    CHECK_MESSAGE(again.exit_code == 0, said(again));
    CHECK(comes_to(folder, "C1b      new v2"));
    const cli::Finished refused = upgrade(folder, {"begin", "C1"});
    CHECK(refused.exit_code == 10);
    CHECK(contains(refused.out, "refuses: "));
    const cli::Finished committed = upgrade(folder, {"commit", "--at", "C2b"});
    CHECK_MESSAGE(committed.exit_code == 0, said(committed));
    CHECK(contains(committed.out, ", announced by C2b: committed"));
    CHECK(comes_to(folder, "C1a      nobody"));
    CHECK(contains(upgrade(folder, {"status"}).out, "C2b      ordinary v2"));
    while (!process.read_line().starts_with("All is done")) {
    }
    CHECK(bill_is_right(folder, numbers.readings));
    const cli::Finished judged = cli::run_mdcd({"validate", folder});
    CHECK_MESSAGE(judged.exit_code == 0, said(judged));
    CHECK(contains(judged.out, "begun+recovered+"));
    CHECK(contains(judged.out, "; 0 were under way at the end"));
    CHECK(upgrade(folder, {"status"}).exit_code == 20); // nobody runs any more
    CHECK(upgrade(folder, {"commit"}).exit_code == 65);
}

TEST_CASE("an upgrade goes on after all its processes were killed") {
    const ScratchFolder scratch;
    const SystemNumbers numbers{.readings = 400, .tick_ms = 5, .durability = "full"};
    const std::string system = scratch.write("s.json", upgrades_text(numbers, {0}));
    const std::string folder = scratch.path("d");
    {
        cli::RunningProcess process({MDCD_EXECUTABLE, "run", system, "--dir", folder});
        REQUIRE(comes_to(folder, "C1a      ordinary v0"));
        CHECK(upgrade(folder, {"begin", "C1", "C2", "--max-seconds", "0"}).exit_code == 20); // announced, no more
        CHECK(process.end_by(SIGKILL) == 128 + SIGKILL);                                     // its children end with it
    }
    cli::RunningProcess process({MDCD_EXECUTABLE, "run", system, "--dir", folder, "--until-quiet"});
    CHECK(comes_to(folder, "C2b      new v1"));
    CHECK(upgrade(folder, {"abort"}).exit_code == 0);
    while (!process.read_line().starts_with("All is done")) {
    }
    CHECK(bill_is_right(folder, numbers.readings));
    CHECK(cli::run_mdcd({"validate", folder}).exit_code == 0);
}

TEST_CASE("whoever is asked for metrics says how it is, and nothing else") {
    const ScratchFolder scratch;
    const std::string system = scratch.write("s.json", upgrades_text({.readings = 4, .tick_ms = 1}, {0}));
    const std::string folder = scratch.path("d");
    cli::RunningProcess process(
        {MDCD_EXECUTABLE, "node", system, "A1", "--dir", folder, "--metrics", "unix:metrics.sock"});
    REQUIRE(comes_to(folder, "A1       ordinary v0"));
    const std::vector<std::string> ask = {"curl", "--silent", "--unix-socket", folder + "/A1/metrics.sock"};
    const auto asked = [&](const std::string& address) {
        std::vector<std::string> command = ask;
        command.push_back(address);
        return cli::run_command(command).out;
    };
    const std::string text = asked("http://localhost/metrics");
    CHECK(contains(text, "# TYPE mdcd_steps_total counter\nmdcd_steps_total{process=\"A1\"} "));
    CHECK(contains(text, "mdcd_phase{process=\"A1\",phase=\"ordinary v0\"} 1\n"));
    CHECK(contains(text, "mdcd_refused_connections_total{process=\"A1\",reason=\"another system\"} 0\n"));
    CHECK(contains(text, "mdcd_transaction_seconds_count{process=\"A1\"} "));
    CHECK(contains(asked("http://localhost/"), "Here is nothing but GET /metrics."));
}

TEST_CASE("what is wrong with a file in which upgrades begin and end") {
    const ScratchFolder scratch;
    const std::string right = upgrades_text({}, {0});
    struct Mistake {
        std::string what, by, said;
    };
    const std::vector<Mistake> table = {
        {R"("C2b": "unix:C2b.sock", )", "", "2 first seats (a) and 1 second ones (b)"},
        {R"("C1a")", R"("L1")", "'L1' is no process; expected C1a to C4a, as many b"},
        {R"("upgrades": [{"fault_from": 0}])", R"("upgrades": [])", "$.application.upgrades: is empty"},
        {R"("upgrades": [{"fault_from": 0}])", R"("fault_from": 3)", "fault_from"},
        {R"([{"fault_from": 0}])", R"([{"fault_form": 0}])", "did you mean 'fault_from'?"},
    };
    for (const Mistake& each : table) {
        std::string text = right;
        const std::size_t at = text.find(each.what);
        REQUIRE(at != std::string::npos);
        const std::string file = scratch.write("s.json", text.replace(at, each.what.size(), each.by));
        const cli::Finished finished = cli::run_mdcd({"run", file, "--dir", scratch.path("d")});
        CHECK(finished.exit_code == 65);
        CHECK_MESSAGE(contains(finished.err, each.said), finished.err);
    }
}

} // namespace mdcd::tests::runtime
