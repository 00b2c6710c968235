// Systems whose seats have little room: messages wait, others go past them, and validation says yes. A process that
// takes what it has no room for, or lets a message of the application go past another, is found out.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "checker/cli/node/validation.hpp"
#include "tests/cli/process.hpp"
#include "tests/cli/running_process.hpp"
#include "tests/runtime/net_logs.hpp"
#include "tests/runtime/system_text.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/file_error.hpp"

namespace mdcd::tests::runtime {
namespace {

using checker::cli::node::Deviation;
using checker::cli::node::read_system;
using checker::cli::node::SystemFile;
using checker::cli::node::validate_logs;

const std::string little_room = R"({"checkpoints": 1, "log_entries": 2})";

// The messages that some process took before others of smaller numbers from the same sender.
std::size_t messages_gone_past(const unit::impl_runtime::Net& net) {
    std::size_t count = 0;
    for (std::size_t position = 0; position < net.size(); ++position) {
        std::map<std::string, std::uint64_t> highest;
        for (const std::string& line : net.lines(position)) {
            const std::string begin = R"("kind":"receive","from":")";
            const std::string number = R"(","number":)";
            const std::size_t at = line.find(begin);
            if (at == std::string::npos)
                continue;
            const std::size_t name_end = line.find(number, at);
            const std::string from = line.substr(at + begin.size(), name_end - at - begin.size());
            const std::uint64_t taken = std::stoull(line.substr(name_end + number.size()));
            count += taken < highest[from] ? 1U : 0U;
            highest[from] = std::max(highest[from], taken);
        }
    }
    return count;
}

// A run under those rules, which its logs say nothing of, with two operators; what validation says of it, "" if
// nothing.
std::string judged_with_little_room(impl::WhenFull when_full, std::uint32_t seed, std::size_t& gone_past) {
    const SystemFile right =
        read_system(upgrades_text({.readings = 240, .capacities = little_room}, {0, 0, 0}), "test");
    impl::runtime::SystemDescription description = right.system.description;
    description.upgrade_rules.when_full = when_full;
    unit::impl_runtime::Net net(description, *right.system.program);
    std::mt19937 random(seed);
    net.disturb(seed, 600, 2);
    for (const char* words : {"begin C1 C2", "commit", "begin C2", "abort", "begin C1 C2", "commit"}) {
        (void)net.command(random() % net.size(), words);
        net.disturb(static_cast<std::uint32_t>(random()), 20 + random() % 100, 2);
        (void)net.command(random() % net.size(), words);
        net.disturb(static_cast<std::uint32_t>(random()), 100 + random() % 900, 2);
    }
    // An old version that may log two messages soon waits for a test, and so does the new one for what it would test.
    for (int turn = 0; turn < 200 && net.command(static_cast<std::size_t>(turn) % net.size(), "commit") != "no_upgrade";
         ++turn)
        net.settle(20);
    net.settle();
    const std::size_t left_behind = messages_gone_past(net);
    gone_past += left_behind;
    const ScratchFolder scratch;
    write_logs_of(net, scratch.path(""));
    try {
        const auto validation = validate_logs(scratch.path(""));
        CHECK(validation.received > 100);
        CHECK(validation.under_way == 0); // nobody waits any more
        CHECK((validation.went_past == 0) == (left_behind == 0));
    } catch (const Deviation& deviation) {
        return deviation.what();
    }
    return "";
}

} // namespace

TEST_CASE("with little room messages go past others, and every run is right") {
    std::size_t gone_past = 0;
    for (std::uint32_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        CHECK(judged_with_little_room(impl::WhenFull::go_past, seed, gone_past) == "");
    }
    CHECK(gone_past > 0);
}

TEST_CASE("whoever takes what it has no room for is found out") {
    std::string said;
    std::size_t gone_past = 0;
    for (std::uint32_t seed = 1; seed <= 12 && said.empty(); ++seed)
        said = judged_with_little_room(impl::WhenFull::stop, seed, gone_past);
    CHECK_MESSAGE(contains(said, "log.ndjson, line "), said);
    CHECK_MESSAGE(contains(said, ": takes message "), said);
    CHECK_MESSAGE((contains(said, " is full") || contains(said, "may not go past it")), said);
}

TEST_CASE("a system with little room, as processes: begun, committed, and judged right") {
    const ScratchFolder scratch;
    const SystemNumbers numbers{.readings = 400, .tick_ms = 6, .capacities = little_room};
    const std::string system = scratch.write("s.json", upgrades_text(numbers, {0}));
    const std::string folder = scratch.path("d");
    cli::RunningProcess process({MDCD_EXECUTABLE, "run", system, "--dir", folder, "--until-quiet"});
    for (int turn = 0; turn < 600; ++turn) {
        if (cli::run_mdcd({"upgrade", "status", "--dir", folder}).exit_code == 0)
            break;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    const cli::Finished begun = cli::run_mdcd({"upgrade", "begin", "C1", "C2", "--at", "A2", "--dir", folder});
    CHECK_MESSAGE(begun.exit_code == 0, begun.out, begun.err);
    const cli::Finished committed = cli::run_mdcd({"upgrade", "commit", "--at", "C2b", "--dir", folder});
    CHECK_MESSAGE(committed.exit_code == 0, committed.out, committed.err);
    while (!process.read_line().starts_with("All is done")) {
    }
    std::ifstream in(folder + "/A2/output.ndjson", std::ios::binary);
    const std::string bill{std::istreambuf_iterator<char>(in), {}};
    CHECK(bill == right_bill(numbers.readings));
    const cli::Finished judged = cli::run_mdcd({"validate", folder});
    CHECK_MESSAGE(judged.exit_code == 0, judged.out, judged.err);
    CHECK(contains(judged.out, " messages were received as they were sent, once, in order"));
}

TEST_CASE("how much room a seat has is said with its limits") {
    const auto refused = [](const std::string& capacities) {
        try {
            (void)read_system(upgrades_text({.capacities = capacities}, {0}), "test");
        } catch (const traces::FileError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    CHECK(refused(R"({"checkpoints": 1, "log_entries": 1, "held": 1, "endings": 2})").empty());
    CHECK(contains(refused(R"({"checkpoints": 0})"), "$.capacities.checkpoints"));
    CHECK(contains(refused(R"({"held": 33})"), "$.capacities.held"));
    CHECK(contains(refused(R"({"endings": 1})"), "$.capacities.endings"));
    CHECK(contains(refused(R"({"checkpoint": 1})"), "did you mean 'checkpoints'"));
    std::string one_upgrade = system_text({});
    one_upgrade.insert(1, R"("capacities": {"held": 1}, )");
    CHECK_THROWS_WITH_AS((void)read_system(one_upgrade, "test"),
                         doctest::Contains("means nothing here: it is said of seats"), traces::FileError);
}

} // namespace mdcd::tests::runtime
