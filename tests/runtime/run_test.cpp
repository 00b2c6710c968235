// `mdcd run` and `mdcd node`: the example from beginning to end, killed and started again, and the mistakes that a file
// of a system can hold.
#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/cli/process.hpp"
#include "tests/cli/running_process.hpp"
#include "tests/runtime/system_text.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::runtime {
namespace {

using cli::Finished;
using cli::run_mdcd;

std::string read_all(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

Finished run_to_the_end(const std::string& system, const std::string& folder) {
    return run_mdcd({"run", system, "--dir", folder, "--until-quiet", "--max-seconds", "400"});
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

} // namespace

TEST_CASE("an upgrade that is right, and one that is not: the same bill") {
    for (const std::uint64_t fault_from : {0U, 21U}) {
        const ScratchFolder scratch;
        const std::string system = scratch.write("s.json", system_text({.readings = 64, .fault_from = fault_from}));
        const Finished finished = run_to_the_end(system, scratch.path("d"));
        INFO(finished.out, finished.err);
        CHECK(finished.exit_code == 0);
        CHECK(contains(finished.out, "All is done and nothing is under way (0 restarts)"));
        CHECK(contains(finished.out, "is stopped in incarnation 1") == (fault_from != 0));
        CHECK(read_all(scratch.path("d/A2/output.ndjson")) == right_bill(64));
        const Finished judged = run_mdcd({"validate", scratch.path("d")});
        CHECK(judged.exit_code == 0);
        CHECK(contains(judged.out, "are what the handlers do"));
        CHECK(contains(judged.out, "; 0 were under way at the end"));
        // The same command goes on from there: there is nothing left to do.
        const Finished again = run_to_the_end(system, scratch.path("d"));
        CHECK(again.exit_code == 0);
        CHECK(read_all(scratch.path("d/A2/output.ndjson")) == right_bill(64));
        const Finished judged_again = run_mdcd({"validate", scratch.path("d")});
        CHECK(judged_again.exit_code == 0);
        CHECK(contains(judged_again.out, " 1 restart,"));
    }
}

TEST_CASE("Ctrl-C ends it, and it goes on later") {
    const ScratchFolder scratch;
    const std::string system =
        scratch.write("s.json", system_text({.readings = 200, .fault_from = 50, .tick_ms = 5, .durability = "full"}));
    cli::RunningProcess process({MDCD_EXECUTABLE, "run", system, "--dir", scratch.path("d")});
    for (int line = 0; line < 6; ++line)
        CHECK(contains(process.read_line(), " started, pid "));
    CHECK(contains(process.read_line(), " in incarnation 1")); // the middle of it
    CHECK(process.end_by(SIGINT) == 0);
    CHECK(run_mdcd({"validate", scratch.path("d")}).exit_code == 0);
    CHECK(run_to_the_end(system, scratch.path("d")).exit_code == 0);
    CHECK(read_all(scratch.path("d/A2/output.ndjson")) == right_bill(200));
}

TEST_CASE("a disk that is full ends it, and it goes on when there is room again") {
    const ScratchFolder scratch;
    const std::string system = scratch.write("s.json", system_text({.readings = 400, .fault_from = 300}));
    const Finished full = cli::run_command({"sh", "-c",
                                            "ulimit -f 100; exec \"$0\" run \"$1\" --dir \"$2\" --restarts 2 "
                                            "--until-quiet --max-seconds 400",
                                            MDCD_EXECUTABLE, system, scratch.path("d")});
    INFO(full.out);
    CHECK(full.exit_code == 74);
    CHECK(contains(full.out, "since it did not get on 2 times"));
    CHECK(read_all(scratch.path("d/A2/output.ndjson")) != right_bill(400));
    CHECK(run_to_the_end(system, scratch.path("d")).exit_code == 0);
    CHECK(read_all(scratch.path("d/A2/output.ndjson")) == right_bill(400));
    CHECK(run_mdcd({"validate", scratch.path("d")}).exit_code == 0);
}

TEST_CASE("a folder is of one system, and one at a time") {
    const ScratchFolder scratch;
    const std::string system = scratch.write("s.json", system_text({.readings = 8}));
    CHECK(run_to_the_end(system, scratch.path("d")).exit_code == 0);
    const std::string other = scratch.write("o.json", system_text({.readings = 12}));
    const Finished refused = run_mdcd({"node", other, "A1", "--dir", scratch.path("d")});
    CHECK(refused.exit_code == 65);
    CHECK(contains(refused.err, "is of another system"));
    const Finished gave_up = run_mdcd({"run", other, "--dir", scratch.path("d"), "--max-seconds", "400"});
    CHECK(gave_up.exit_code == 65);
    CHECK(contains(gave_up.out, "it is not started again"));
}

TEST_CASE("a file that has the name of a socket stays, and nobody tries again") {
    const ScratchFolder folder;
    const std::string system = folder.write("system.json", system_text({.readings = 4}));
    std::filesystem::create_directories(folder.path("d"));
    (void)folder.write("d/A2.sock", "mine");
    const Finished finished =
        run_mdcd({"run", system, "--dir", "d", "--until-quiet", "--max-seconds", "20"}, folder.path("."));
    CHECK(finished.exit_code == 65);
    const std::string said = finished.out + finished.err;
    CHECK_MESSAGE(contains(said, "A2.sock: there is something else than a socket"), said);
    CHECK(std::filesystem::file_size(folder.path("d/A2.sock")) == 4);
}

TEST_CASE("what is wrong with a file of a system is said, with its place") {
    const ScratchFolder scratch;
    const std::string right = system_text({});
    struct Mistake {
        std::string what, by, said;
    };
    const std::vector<Mistake> table = {
        {R"("format": 1)", R"("format": 2)", "$.format: is of format 2; this program knows 1"},
        {R"("format": 1, )", "", "$: "},
        {R"("tick_ms")", R"("tick_sm")", "tick_ms"},
        {R"("tick_ms": 1)", R"("tick_ms": -1)", "$.tick_ms"},
        {R"("L1": "unix:L1.sock")", R"("L1": "10.0.0.1:7000")",
         "$.processes.L1: '10.0.0.1:7000' is not on this machine"},
        {R"("L1": "unix:L1.sock")", R"("L1": "nowhere")", "$.processes.L1: 'nowhere' is no address"},
        {R"("L1": "unix:L1.sock")", R"("L1": "unix:S1.sock")", "is the address of L1 too"},
        {R"("L1": "unix:L1.sock", )", "", "there is no L1"},
        {R"("S2": "unix:S2.sock", )", "", "2 new versions (L) and 1 old ones (S)"},
        {R"("A2": )", R"("A3": )", "there is no A2"},
        {R"("A2": )", R"("B2": )", "'B2' is no process"},
        {R"("repaired_vector")", R"("repaired_vectro")", "did you mean 'repaired_vector'?"},
        {R"("repaired_vector")", R"("repaired")", "$.rules: with more than one component"},
        {R"("durability": "off")", R"("durability": "on")", "$.durability"},
        {R"("example": "metering")", R"("example": "meterin")", "$.application.example"},
        {R"("readings": 64)", R"("readings": 0)", "$.application.readings"},
        {R"("fault_from": 0)", R"("fault_form": 0)", "did you mean 'fault_from'?"},
        {R"("name": "metering-test")", R"("name": "../x")", "$.name"},
        {R"("name")", R"("name": "a", "name")", "name"},
    };
    for (const Mistake& each : table) {
        const std::string file = scratch.write("s.json", replaced(right, each.what, each.by));
        for (const std::string command : {"run", "node"}) {
            std::vector<std::string> arguments = {command, file, "--dir", scratch.path("d")};
            if (command == "node")
                arguments.emplace_back("A1");
            const Finished finished = run_mdcd(arguments);
            CAPTURE(each.by);
            CHECK(finished.exit_code == 65);
            CHECK(finished.err.starts_with("mdcd: " + file));
            CHECK_MESSAGE(contains(finished.err, each.said), finished.err);
        }
    }
    const std::string file = scratch.write("s.json", right);
    const Finished nobody = run_mdcd({"node", file, "A3", "--dir", scratch.path("d")});
    CHECK(nobody.exit_code == 65);
    CHECK(contains(nobody.err, "there is no process 'A3'"));
    CHECK(run_mdcd({"run", file}).exit_code == 64);
    CHECK(run_mdcd({"run", scratch.path("none.json"), "--dir", scratch.path("d")}).exit_code == 65);
    CHECK(run_mdcd({"run", file, "--dir", scratch.path(std::string(120, 'd'))}).exit_code == 65); // for a socket
}

TEST_CASE("the shipped systems are ones") {
    for (const auto& entry : std::filesystem::directory_iterator(MDCD_SOURCE_DIR "/impl/runtime/examples/metering")) {
        if (entry.path().extension() != ".json")
            continue;
        const ScratchFolder scratch;
        const Finished finished =
            run_mdcd({"run", entry.path().string(), "--dir", scratch.path("d"), "--max-seconds", "0.5"});
        CAPTURE(entry.path().string());
        CHECK(finished.exit_code == 0);
        CHECK(contains(finished.out, "The time is up"));
    }
}

} // namespace mdcd::tests::runtime
