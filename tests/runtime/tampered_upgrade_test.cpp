// Logs of a run with an operator, changed by somebody: each change has its own right answer. The run is made in memory.
// Knows no handler.
#include <doctest/doctest.h>

#include <functional>

#include "checker/cli/node/validation.hpp"
#include "tests/runtime/net_logs.hpp"
#include "tests/runtime/system_text.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/file_error.hpp"

namespace mdcd::tests::runtime {
namespace {

using UpgradeLog = std::vector<std::string>;

struct UpgradeTampering {
    const char* what;
    const char* process;
    std::function<void(UpgradeLog&)> edit;
    bool damaged; // rather than a step that the handlers do not make
    const char* said;
};

// In the first line that has `where`.
std::function<void(UpgradeLog&)> exchange(const std::string& where, const std::string& what, const std::string& by) {
    return [=](UpgradeLog& log) {
        for (std::string& line : log)
            if (contains(line, where)) {
                const std::size_t at = line.find(what);
                REQUIRE_MESSAGE(at != std::string::npos, what);
                line.replace(at, what.size(), by);
                return;
            }
        FAIL("no line has ", where);
    };
}

std::vector<UpgradeTampering> upgrade_tamperings() {
    const std::string word = R"("kind":"command")";
    return {
        {"an operator's word", "A1", exchange(word, R"("intent":"begin")", R"("intent":"abort")"), false,
         "incarnation: the log says 1, the handlers say 0"},
        {"what it is about", "A1", exchange(word, R"("components":3)", R"("components":2)"), false,
         "sent[0].components: the log says 3, the handlers say 2"},
        {"what came of it", "A1", exchange(word, R"("result":"accepted")", R"("result":"busy")"), false,
         "result: the log says \"busy\", the handlers say \"accepted\""},
        {"a word that there is not", "A1", exchange(word, R"("intent":"begin")", R"("intent":"begun")"), true,
         "$.input.intent"},
        {"a word dropped", "A1",
         [=](UpgradeLog& log) { std::erase_if(log, [&](const std::string& line) { return contains(line, word); }); },
         true, "lines are missing"},
        {"an outcome that was decided", "A2",
         exchange(R"("change":"decision")", R"("outcome":"begun")", R"("outcome":"unchanged")"), true,
         "$.input.digest: is "},
        {"the state that a new version starts from", "C1b",
         exchange(R"("change":"start")", R"("content":")", R"("content":"1)"), true, "$.input.digest: is "},
        {"how an incarnation ended", "C2a", exchange("begun committed", "begun committed", "begun recovered"), false,
         "state.endings: the log says \"begun recovered\", the handlers say \"begun committed\""},
        {"a version", "C1b", exchange(R"("tenant":"new")", R"("version":1)", R"("version":2)"), false,
         "state.version: the log says 2, the handlers say 1"},
        {"a seat", "A1", exchange(R"("to":"C1a")", R"("to":"C1a")", R"("to":"C1b")"), false,
         "sent[0].to: the log says \"C1b\", the handlers say \"C1a\""},
    };
}

// "" if all is well.
std::string judged_tampering(const std::string& process, const std::function<void(UpgradeLog&)>& edit, bool& damaged) {
    const auto system = checker::cli::node::read_system(upgrades_text({.readings = 80}, {0}), "test");
    unit::impl_runtime::Net net(system.system.description, *system.system.program);
    net.settle(10);
    CHECK(net.command(4, "begin C1 C2") == "accepted");
    net.settle(30);
    CHECK(net.command(5, "commit") == "accepted");
    net.settle();
    const ScratchFolder scratch;
    write_logs_of(net, scratch.path(""));
    const std::string file = scratch.path("") + "/" + process + "/log.ndjson";
    UpgradeLog log;
    {
        std::ifstream in(file, std::ios::binary);
        for (std::string line; std::getline(in, line);)
            log.push_back(line);
    }
    edit(log);
    std::ofstream out(file, std::ios::binary);
    for (const std::string& line : log)
        out << line << "\n";
    out.close();
    try {
        (void)checker::cli::node::validate_logs(scratch.path(""));
    } catch (const checker::cli::node::Deviation& deviation) {
        damaged = false;
        return deviation.what();
    } catch (const traces::FileError& error) {
        damaged = true;
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE("what somebody changes in the log of an upgrade is found") {
    bool damaged = false;
    CHECK(judged_tampering(
              "A1", [](UpgradeLog&) {}, damaged) == "");
    for (const UpgradeTampering& each : upgrade_tamperings()) {
        CAPTURE(std::string(each.what));
        const std::string said = judged_tampering(each.process, each.edit, damaged);
        CHECK_MESSAGE(contains(said, each.said), said);
        CHECK_MESSAGE(contains(said, each.process), said);
        CHECK(damaged == each.damaged);
    }
}

} // namespace mdcd::tests::runtime
