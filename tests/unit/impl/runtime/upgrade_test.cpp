// Upgrades that begin, fail, are committed and aborted while the example runs on node cores in memory: the bill and the
// control outputs are right whatever is said when, and whatever dies and breaks meanwhile.
#include <doctest/doctest.h>

#include <algorithm>

#include "impl/runtime/examples/metering/metering.hpp"
#include "tests/unit/impl/runtime/net.hpp"
#include "tests/unit/impl/runtime/vector_system.hpp"

namespace mdcd::tests::unit::impl_runtime {
namespace {

namespace metering = mdcd::impl::runtime::examples::metering;

constexpr std::size_t c1a = 0, c2a = 1, c1b = 2, c2b = 3, meters = 4, billing = 5;
constexpr std::uint64_t upgrade_readings = 480;

SystemDescription seats() {
    SystemDescription system = vector_system();
    system.upgrades = true;
    return system;
}

std::vector<std::string> bill_of(std::uint64_t readings) {
    std::vector<std::string> lines;
    std::int64_t total = 0;
    for (std::uint64_t period = 1; period <= readings / 4; ++period) {
        std::int64_t sum = 0;
        for (std::uint64_t number = 4 * period - 3; number <= 4 * period; ++number)
            sum += std::min<std::int64_t>(metering::reading(number), 400);
        total += sum;
        lines.push_back("bill " + std::to_string(period) + " " + std::to_string(sum) + " " + std::to_string(total));
    }
    return lines;
}

std::string tenant(Net& net, std::size_t position) {
    const StateSummary state = net.core(position).core().summary();
    return std::string(state.phase) + " " + std::string(state.tenant) + " " + std::to_string(state.version);
}

// All is done: nothing lost, nothing twice, nobody waits, and all know the same of what has been.
void check_all(Net& net, const std::string& endings) {
    const auto bill = bill_of(upgrade_readings);
    CHECK(net.outputs(billing).size() == bill.size());
    for (std::size_t each = 0; each < std::min(bill.size(), net.outputs(billing).size()); ++each)
        CHECK(net.outputs(billing)[each] == bill[each]);
    CHECK_FALSE(net.forgotten);
    std::vector<std::string> controls = net.outputs(c2a);
    controls.insert(controls.end(), net.outputs(c2b).begin(), net.outputs(c2b).end());
    std::ranges::sort(controls, {}, [](const std::string& each) { return std::stoi(each.substr(8)); });
    CHECK(controls.size() == upgrade_readings / 32);
    for (std::size_t each = 0; each < controls.size(); ++each)
        CHECK(controls[each].starts_with("control " + std::to_string(8 * (each + 1)) + " "));
    for (std::size_t position = 0; position < net.size(); ++position) {
        INFO(name_in(net.system(), net.core(position).core().self()), " waits for ", net.core(position).waits_for());
        CHECK(net.core(position).is_idle());
        CHECK(net.core(position).core().summary().endings == endings);
        CHECK(net.stored_contents(position) <= 8);
    }
}

// The word is said again as long as something is in its way.
void say(Net& net, std::size_t position, const std::string& words) {
    std::string result;
    for (int turn = 0; turn < 400 && result != "accepted"; ++turn) {
        net.settle(1);
        result = net.command(position, words);
    }
    CHECK(result == "accepted");
}

} // namespace

TEST_CASE("without an upgrade ordinary processes do the work") {
    const metering::Metering program({.readings = upgrade_readings, .fault_from = 0, .upgrades = {0}});
    Net net(seats(), program);
    net.settle();
    check_all(net, "");
    CHECK(tenant(net, c1a) == "running ordinary 0");
    CHECK(tenant(net, c1b) == "running nobody 0");
}

TEST_CASE("a faulty upgrade is recovered from, and a right one is committed") {
    const metering::Metering program({.readings = upgrade_readings, .fault_from = 0, .upgrades = {100, 0}});
    Net net(seats(), program);
    net.settle(20);
    CHECK(net.command(meters, "begin C1 C2") == "accepted");
    net.settle(15);
    CHECK(tenant(net, c1a) == "running old 0");
    CHECK(tenant(net, c1b) == "running new 1");
    CHECK(net.command(billing, "begin C1") == "upgrade_under_way");
    for (int turn = 0; turn < 400 && net.core(c1b).core().summary().endings != "begun recovered"; ++turn)
        net.settle(1); // the fault shows
    CHECK(tenant(net, c1a) == "running ordinary 0");
    CHECK(tenant(net, c1b) == "running nobody 1");
    CHECK(net.command(billing, "commit") == "no_upgrade");
    say(net, c2a, "begin C1 C2");
    net.settle(20);
    CHECK(tenant(net, c2b) == "running new 2");
    say(net, c2b, "commit");
    net.settle();
    check_all(net, "begun recovered begun committed");
    CHECK(tenant(net, c1b) == "running ordinary 2");
    CHECK(tenant(net, c1a) == "running nobody 0");
    CHECK(net.command(meters, "begin C1") == "no_version_left");
}

TEST_CASE("upgrades of one component and of the other, from one seat to the other and back") {
    const metering::Metering program({.readings = upgrade_readings, .fault_from = 0, .upgrades = {0, 0, 0}});
    Net net(seats(), program);
    net.settle(10);
    for (const std::string components : {"C1 C2", "C2", "C1"}) { // the first one changes what they say to each other
        say(net, meters, "begin " + components);
        net.settle(25);
        say(net, billing, "commit");
        net.settle(25);
    }
    net.settle();
    check_all(net, "begun committed begun committed begun committed");
    CHECK(tenant(net, c1a) == "running ordinary 3");
    CHECK(tenant(net, c2a) == "running ordinary 2");
}

TEST_CASE("words that cannot be") {
    const metering::Metering program({.readings = upgrade_readings, .fault_from = 0, .upgrades = {0}});
    Net net(seats(), program);
    CHECK(net.command(meters, "begin") == "not_upgradable");
    CHECK(net.command(meters, "abort") == "no_upgrade");
    CHECK(net.command(meters, "begin C3") == "there is no component 'C3' to be upgraded; expected C1 to C2");
    CHECK(net.command(meters, "comit").starts_with("'comit' is no word of an operator"));
    CHECK(net.command(meters, "commit C1") == "what follows commit is too much: it is of the whole upgrade");
    CHECK(net.command(meters, "begin C2") == "accepted");
    CHECK(net.command(meters, "commit") == "busy");
    net.settle();
    check_all(net, "begun");
}

// Words of one or two operators at any seats while nodes crash. A faulty version is not committed: that would be the
// operators' fault.
void live_through(std::uint32_t seed, std::size_t& crashes) {
    INFO("seed ", seed);
    const bool faulty = seed % 2 == 0;
    const metering::Metering program(
        {.readings = upgrade_readings, .fault_from = 0, .upgrades = {faulty ? 30 + 5 * (seed % 20) : 0, 0, 0}});
    Net net(seats(), program);
    std::mt19937 random(seed);
    const auto disturb = [&](std::size_t moves) {
        net.disturb(static_cast<std::uint32_t>(random()), moves, seed % 4 == 0 ? 40 : 5);
    };
    const auto tell = [&](const std::string& words) {
        const std::size_t where = random() % net.size();
        const std::string endings = net.core(where).core().summary().endings;
        if (words == "commit" && faulty && std::count(endings.begin(), endings.end(), 'g') < 2)
            return; // of version 1
        (void)net.command(where, words);
    };
    disturb(800);
    for (const std::string words : {"begin C1 C2", "commit", "begin C2", "abort", "begin C1 C2", "commit"}) {
        tell(words);
        if (seed % 3 == 0)
            tell(random() % 2 == 0 ? "abort" : "begin C2");
        disturb(200 + random() % 1500);
    }
    for (std::size_t one = 0; one < net.size(); ++one)
        for (std::size_t other = 0; other < one; ++other)
            net.break_session(one, other);
    net.settle();
    const std::string endings = net.core(meters).core().summary().endings;
    INFO(endings);
    check_all(net, endings);
    crashes += net.crashes;
}

TEST_CASE("crashes and broken sessions change nothing of the life of an upgrade") {
    std::size_t crashes = 0;
    for (std::uint32_t seed = 1; seed <= 40; ++seed)
        live_through(seed, crashes);
    CHECK(crashes > 1000);
}

} // namespace mdcd::tests::unit::impl_runtime
