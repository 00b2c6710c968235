// Processes whose handlers of the life of an upgrade are wrong, each in one way: found out from their logs by process,
// line, field and what the right handlers did there. Node cores in memory; two upgrades, the second one in the other
// seats, with an abort or a commit between them.
#include <doctest/doctest.h>

#include <functional>

#include "checker/cli/node/validation.hpp"
#include "tests/runtime/net_logs.hpp"
#include "tests/runtime/system_text.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::runtime {
namespace {

using checker::cli::node::Deviation;
using checker::cli::node::read_system;
using checker::cli::node::SystemFile;
using checker::cli::node::validate_logs;
using impl::UpgradeRules;

struct WrongUpgrade {
    const char* what;
    std::function<void(UpgradeRules&)> make;
    const char* field; // that differs, or "": any
    const char* did;   // what the right handlers note there, or "": any
};

// What validation says of a run under those rules; "" if nothing.
std::string judged_upgrade(const std::function<void(UpgradeRules&)>& make_wrong, std::uint32_t seed) {
    const SystemFile right = read_system(upgrades_text({.readings = 240}, {seed % 2 == 0 ? 60U : 0U, 0, 0}), "test");
    impl::runtime::SystemDescription wrong = right.system.description; // its text says nothing of these rules
    make_wrong(wrong.upgrade_rules);
    unit::impl_runtime::Net net(wrong, *right.system.program);
    std::mt19937 random(seed);
    net.disturb(seed, 600, 2);
    for (const char* words : {"begin C1 C2", "commit", "abort", "begin C1 C2", "commit", "begin C2"}) {
        (void)net.command(random() % net.size(), words);
        net.disturb(static_cast<std::uint32_t>(random()), 100 + random() % 1200, 2);
    }
    net.settle(300); // wrong handlers need not come to an end
    const ScratchFolder scratch;
    write_logs_of(net, scratch.path(""));
    std::uint64_t received = 0;
    try {
        received = validate_logs(scratch.path("")).received;
    } catch (const Deviation& deviation) {
        return deviation.what();
    }
    CHECK(received > 300);
    return "";
}

} // namespace

TEST_CASE("the right handlers of upgrades are right") {
    for (std::uint32_t seed = 1; seed <= 10; ++seed)
        CHECK(judged_upgrade([](UpgradeRules&) {}, seed).empty());
}

TEST_CASE("wrong handlers of upgrades are found out by process, line, field and what happened") {
    using namespace impl; // NOLINT: names of rules
    const std::vector<WrongUpgrade> table = {
        {"nothing is waited for before a fork", [](UpgradeRules& r) { r.begin_drain = BeginDrain::none; }, "sent[", ""},
        {"numbers go on", [](UpgradeRules& r) { r.numbers = UpgradeNumbers::go_on; }, "", "recovered"},
        {"a commit declares only what is validated",
         [](UpgradeRules& r) { r.commit_declares = CommitDeclares::what_is_validated; }, "", "committed"},
        {"the old version stops when it replies",
         [](UpgradeRules& r) { r.shadow_stops = ShadowStops::when_it_replies; }, "", "joined"},
        {"what is under way at a commit is discarded",
         [](UpgradeRules& r) { r.in_transit_at_commit = InTransitAtCommit::discard; }, "", "delivered_late"},
        {"a notification of an earlier incarnation counts",
         [](UpgradeRules& r) { r.stale_notifications = StaleNotifications::by_number; }, "", "dropped_notification"},
        {"who comes first wins", [](UpgradeRules& r) { r.rivals = Rivals::first_come; }, "", ""},
    };
    for (const WrongUpgrade& each : table) {
        CAPTURE(std::string(each.what));
        std::string said;
        for (std::uint32_t seed = 1; seed <= 30 && said.empty(); ++seed) // not every run comes to every guard
            said = judged_upgrade(each.make, seed);
        CHECK_MESSAGE(contains(said, "log.ndjson, line "), said);
        CHECK_MESSAGE(contains(said, " what the handlers do not do: "), said);
        CHECK_MESSAGE(contains(said, each.field), said);
        CHECK_MESSAGE(contains(said, each.did), said);
        CHECK_MESSAGE(contains(said, "the handlers say"), said);
    }
}

} // namespace mdcd::tests::runtime
