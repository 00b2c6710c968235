// The global claims on runs of real node cores: they hold by the repaired rules, whatever dies and breaks; wrong rules,
// which replay of each process alone cannot see, are found by the claim, with a process, a line and a cut; and each
// claim can fail. Knows no renderer.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <random>

#include "checker/cli/node/run_claims.hpp"
#include "tests/runtime/net_logs.hpp"
#include "tests/runtime/system_text.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/file_error.hpp"

namespace mdcd::tests::runtime {
namespace {

namespace node = checker::cli::node;

// One upgrade that has begun, with a fault: crashes and broken sessions by chance, then calm.
void disturbed_run(const std::string& rules, std::uint32_t seed, const std::string& folder) {
    const auto system =
        node::read_system(system_text({.readings = 64, .fault_from = 22 + seed % 20, .rules = rules}), "test");
    write_logs(system.system.description, *system.system.program, {seed, 700, 10}, folder);
}

// Two upgrades by an operator's words: one ends by a failed test, an abort or a commit, the other one likewise.
std::string upgraded_run(const std::string& rules, std::uint32_t seed, const std::string& folder) {
    const auto system =
        node::read_system(upgrades_text({.readings = 120, .rules = rules}, {20 + seed % 40, 0}), "test");
    unit::impl_runtime::Net net(system.system.description, *system.system.program);
    net.settle(6 + seed % 9);
    CHECK(net.command(seed % 6, "begin C1 C2") == "accepted");
    net.disturb(seed + 1, 175, 10);
    net.settle(seed % 3 == 0 ? 30 : 12);
    (void)net.command((seed + 3) % 6, seed % 3 == 0 ? "abort" : "commit");
    net.settle(25);
    (void)net.command(seed % 5, "begin C1 C2");
    net.disturb(seed + 4, 175, 10);
    net.settle(20);
    (void)net.command((seed + 1) % 6, "commit");
    net.settle();
    write_logs_of(net, folder);
    return net.core(0).core().summary().endings;
}

// Several upgrades and words of operators, which come as chance has it, with crashes among them.
void eventful_run(const std::string& upgrade_rules, std::uint32_t seed, const std::string& folder) {
    const std::uint64_t first_fault = seed % 2 == 0 ? 0 : 20 + seed % 40, second_fault = seed % 4 == 1 ? 90 : 0;
    const auto system = node::read_system(
        upgrades_text({.readings = 160, .upgrade_rules = upgrade_rules}, {first_fault, second_fault, 0, 0}), "test");
    unit::impl_runtime::Net net(system.system.description, *system.system.program);
    std::mt19937 random(seed);
    net.settle(6 + seed % 9);
    for (const char* words : {"begin C1 C2", "commit", "abort", "begin C1 C2", "commit", "begin C2", "abort"}) {
        (void)net.command(random() % net.size(), words);
        if (random() % 3 == 0) {
            const std::string other = random() % 2 == 0 ? "abort" : "commit";
            (void)net.command(random() % net.size(), other);
        }
        net.disturb(static_cast<std::uint32_t>(random()), 50 + random() % 400, 6);
        if (random() % 2 == 0)
            net.settle(5 + random() % 25);
    }
    net.settle(300); // wrong handlers need not come to an end
    write_logs_of(net, folder);
}

// Without the claims nothing is found: each process did what its handlers do, and the messages fit together.
void check_replays(const std::string& folder) {
    node::RunMerge merge(folder);
    CHECK_NOTHROW(merge.run({}));
}

// "" if all claims hold.
std::string violated_claim(const std::string& folder, std::uint64_t& cuts) {
    node::RunMerge merge(folder);
    node::RunClaims claims(merge);
    try {
        merge.run({&claims});
        claims.finish();
    } catch (const node::ClaimViolation& violation) {
        return violation.what();
    }
    cuts += claims.cuts();
    return "";
}

node::NumberSet numbers(const std::vector<std::uint64_t>& all) {
    node::NumberSet set;
    for (const std::uint64_t each : all)
        set.insert(each);
    return set;
}

// One message of a log as somebody else would have it, and everything after it as the handlers make it: a log that is
// right in itself.
void forge(const std::string& folder, const std::string& process,
           const std::function<void(std::size_t, std::vector<node::LogLine>&)>& edit) {
    const std::string file = folder + "/" + process + "/log.ndjson";
    std::vector<node::LogLine> lines;
    node::DescribedSystem system;
    {
        std::ifstream in(file, std::ios::binary);
        for (std::string text; std::getline(in, text);) {
            if (lines.empty())
                system = node::described_from(node::read_first_line(text, file), file, "$.input.system");
            lines.push_back(node::read_log_line(text, file, system.description));
        }
    }
    edit(lines.size(), lines);
    impl::runtime::Contents contents;
    impl::runtime::ProcessCore core(system.description, *system.program, contents,
                                    node::process_named(system, process, file));
    std::ofstream out(file, std::ios::binary);
    for (node::LogLine& each : lines) {
        if (each.input.kind == impl::runtime::Input::Kind::receive)
            each.input.packet = contents.put(each.packet);
        out << impl::runtime::log_line(core, core.step(each.input)) << "\n";
    }
}

} // namespace

TEST_CASE("by the repaired rules every claim holds on every run, with crashes, recoveries and commits") {
    std::uint64_t cuts = 0;
    std::size_t recovered = 0, committed = 0;
    for (std::uint32_t seed = 1; seed <= 10; ++seed) {
        const ScratchFolder scratch;
        disturbed_run("repaired_vector", seed, scratch.path("one"));
        CHECK(violated_claim(scratch.path("one"), cuts) == "");
        const std::string endings = upgraded_run("repaired_vector", seed, scratch.path("two"));
        recovered += contains(endings, "recovered") ? 1U : 0U;
        committed += contains(endings, "committed") ? 1U : 0U;
        CHECK(violated_claim(scratch.path("two"), cuts) == "");
    }
    CHECK(recovered == 10);
    CHECK(committed == 10);
    CHECK(cuts > 10'000);
}

TEST_CASE("wrong rules, by which each process is right alone, break a claim of the whole") {
    struct Wrong {
        std::string rules, claim, process;
    };
    const std::vector<Wrong> table = {
        {"repaired_vector+dirty_delivery=literal", "nothing_lost", "A2"},
        {"repaired_vector+shadow_internal=literal", "nothing_lost", "S2"},
        {"repaired_vector+shadow_output_index=low_sn", "nothing_lost", "A2"},
        {"repaired_vector+suppress_until=exclusive", "nothing_twice", "A2"},
        {"repaired_vector+checkpoint_index=local_sn", "no_unvalidated_after_recovery", "A2"},
        {"repaired_vector+external_index=internal_sn", "output_exactly_once", "S2"},
        {"published+low_sn=vector+shadow_sn=per_component", "output_exactly_once", "S2"},
    };
    for (const Wrong& each : table) {
        CAPTURE(each.rules);
        std::string said;
        for (std::uint32_t seed = 1; seed <= 12 && said.empty(); ++seed) {
            const ScratchFolder scratch;
            disturbed_run(each.rules, seed, scratch.path("d"));
            std::uint64_t cuts = 0;
            said = violated_claim(scratch.path("d"), cuts);
            if (!said.empty())
                check_replays(scratch.path("d"));
        }
        CHECK_MESSAGE(contains(said, each.process + "/log.ndjson, line "), said);
        CHECK_MESSAGE(contains(said, ": " + each.claim + " does not hold: " + each.process + ": "), said);
        CHECK_MESSAGE(contains(said, "; the cut, by steps: L1 "), said);
    }
}

TEST_CASE("wrong rules of the life of an upgrade, by which each process is right alone, break a claim") {
    struct Wrong {
        const char* rules;
        const char* claim;
    };
    for (const Wrong& each : {Wrong{R"({"commit_declares": "what_is_validated"})", "clean_between_upgrades"},
                              Wrong{R"({"commit_declares": "what_is_validated"})", "containment"},
                              Wrong{R"({"begin_drain": "none"})", "nothing_lost"},
                              Wrong{R"({"in_transit_at_commit": "discard"})", "nothing_lost"}}) {
        CAPTURE(std::string(each.rules));
        CAPTURE(std::string(each.claim));
        bool found = false;
        std::string said;
        for (std::uint32_t seed = 1; seed <= 60 && !found; ++seed) { // not every run comes to it
            const ScratchFolder scratch;
            eventful_run(each.rules, seed, scratch.path("d"));
            std::uint64_t cuts = 0;
            said = violated_claim(scratch.path("d"), cuts);
            found = contains(said, std::string(": ") + each.claim + " does not hold: ");
            if (found)
                check_replays(scratch.path("d"));
        }
        CHECK_MESSAGE(found, said);
        CHECK_MESSAGE(contains(said, "/log.ndjson, line "), said);
    }
    std::uint64_t cuts = 0;
    for (std::uint32_t seed = 1; seed <= 8; ++seed) {
        const ScratchFolder scratch;
        eventful_run("", seed, scratch.path("d"));
        CHECK(violated_claim(scratch.path("d"), cuts) == "");
    }
}

TEST_CASE("one outcome, asked of what the logs of a run say: a process that ended otherwise is refused") {
    const ScratchFolder scratch;
    CHECK(contains(upgraded_run("repaired_vector", 1, scratch.path("d")), "begun recovered"));
    std::vector<std::string> endings; // as they stand in the lines of all processes
    for (const std::string process : {"C1a", "C1b", "C2a", "C2b", "A1", "A2"}) {
        std::ifstream in(scratch.path("d/" + process + "/log.ndjson"), std::ios::binary);
        const std::string mark = R"("endings":")";
        for (std::string line; std::getline(in, line);) {
            const std::size_t at = line.find(mark, line.find(R"("state":)")) + mark.size();
            endings.push_back(line.substr(at, line.find('"', at) - at));
        }
    }
    const auto judged = [&](std::size_t changed, const std::string& what) {
        node::OneOutcome outcome;
        for (std::size_t each = 0; each < endings.size(); ++each)
            if (const std::string wrong = outcome.saw_endings(each == changed ? what : endings[each]); !wrong.empty())
                return wrong;
        return std::string();
    };
    REQUIRE(endings.size() > 400);
    CHECK(judged(endings.size(), "") == "");
    const std::string other = endings.back().substr(0, endings.back().rfind(' ') + 1) + "otherwise";
    CHECK(contains(judged(endings.size() - 1, other), "its incarnations ended '" + other + "', those of "));
    CHECK(contains(judged(0, "unchanged"), "those of another process 'unchanged'"));
    node::OneOutcome outcome;
    impl::SequenceVector numbers, others;
    others.entries[0] = 7;
    CHECK(outcome.saw_decision(1, numbers) == "");
    CHECK(outcome.saw_decision(1, numbers) == "");
    CHECK(outcome.saw_decision(2, others) == "");
    CHECK(contains(outcome.saw_decision(1, others), "it decides incarnation 1 by other validated numbers"));
}

TEST_CASE("a log that is right in itself, but whose messages nobody has sent so") {
    const ScratchFolder scratch;
    disturbed_run("repaired_vector", 1, scratch.path("other"));
    std::filesystem::copy(scratch.path("other"), scratch.path("more"), std::filesystem::copy_options::recursive);
    std::uint64_t cuts = 0;
    // With other content: the last message that L1 has got from the meters.
    forge(scratch.path("other"), "L1", [](std::size_t count, std::vector<node::LogLine>& lines) {
        while (count > 0 && !contains(lines[count - 1].packet, "reading "))
            --count;
        REQUIRE(count > 0);
        std::string& packet = lines[count - 1].packet;
        packet.back() = packet.back() == '1' ? '2' : '1';
    });
    CHECK_THROWS_WITH_AS(violated_claim(scratch.path("other"), cuts),
                         doctest::Contains("but what was sent under this number is"), node::Deviation);
    // One more than was sent.
    forge(scratch.path("more"), "S1", [](std::size_t, std::vector<node::LogLine>& lines) {
        for (std::size_t at = lines.size(); at-- > 0;)
            if (contains(lines[at].packet, "reading ")) {
                node::LogLine again = lines[at];
                ++again.input.number;
                again.step = lines.size() + 1;
                lines.push_back(again);
                return;
            }
    });
    CHECK_THROWS_WITH_AS(violated_claim(scratch.path("more"), cuts), doctest::Contains("which is not sent up to here"),
                         traces::FileError);
}

TEST_CASE("each fault of a reception is told, and what is no fault is not") {
    const node::UpgradeNumbers none{}, three{3};
    const auto fault = [&](const node::Exchange& exchange, bool twice = false,
                           const node::UpgradeNumbers& depends = {}) {
        return node::reception_fault({exchange}, twice, depends, none, 2);
    };
    const node::NumberSet five = numbers({1, 2, 3, 4, 5}), gap = numbers({1, 2, 4, 5});
    CHECK_FALSE(fault({.sender = 2, .sent = 5, .received = &five}));
    CHECK(fault({.sender = 2, .sent = 4, .received = &five})->fault == node::ReceptionFault::orphan);
    CHECK_FALSE(fault({.sender = 0, .sent = 4, .received = &five, .may_lag = true}));
    CHECK(fault({.sender = 2, .sent = 6, .received = &five})->fault == node::ReceptionFault::lost);
    CHECK_FALSE(fault({.sender = 2, .sent = 6, .received = &five, .is_under_way = true}));
    CHECK(fault({.sender = 3, .sent = 5, .received = &gap})->component == 3);
    CHECK(fault({.sender = 2, .sent = 5, .received = &five}, true)->fault == node::ReceptionFault::twice);
    CHECK(fault({.sender = 2, .sent = 5, .received = &five}, false, three)->fault == node::ReceptionFault::unvalidated);
    CHECK(node::uncontained(three, {2}, 2) == 0);
    CHECK_FALSE(node::uncontained(three, {3}, 2));
    CHECK(node::uncontained({0, 7}, {9, 6}, 2) == 1);
}

TEST_CASE("sets of numbers are intervals, and the ghost comes through bytes as it was") {
    node::NumberSet set = numbers({3, 1, 5, 4});
    CHECK(set.through() == 1);
    CHECK(set.apart() == std::vector<node::NumberSet::Interval>{{3, 5}});
    CHECK(set.first_missing(5) == 2);
    CHECK(set.first_missing(1) == 0);
    set.insert(2);
    set.insert(2);
    CHECK(set.through() == 5);
    CHECK(set.apart().empty());
    CHECK(set.contains(5));
    CHECK_FALSE(set.contains(0));
    CHECK_FALSE(set.contains(6));
    CHECK(numbers({9, 7, 8, 5}).apart() == std::vector<node::NumberSet::Interval>{{5, 5}, {7, 9}});
    CHECK(numbers({9, 7, 8, 5}).last() == 9);
    CHECK(set.first_missing(5) == 0);
    CHECK(set.first_missing(9) == 6);
    node::GhostHistory history;
    node::GhostMessage message{.sender = 2, .number = 1, .depends = {}};
    message.depends[2][1] = 7;
    history.deliver(message);
    CHECK_FALSE(history.twice);
    history.sent[3] = 4;
    history.outputs = 9;
    const std::string bytes = node::with(history, "the state");
    std::string_view rest = bytes;
    node::GhostHistory read = node::split_history(rest);
    CHECK(rest == "the state");
    CHECK(read.depends[2][1] == 7);
    CHECK(read.sent == history.sent);
    CHECK(read.outputs == 9);
    CHECK(read.received[2].contains(1));
    read.deliver(message);
    CHECK(read.twice);
    std::string_view cut = std::string_view(bytes).substr(0, 9);
    CHECK_THROWS_AS((void)node::split_history(cut), impl::runtime::MalformedBytes);
}

TEST_CASE("in which upgrade a process is, from how its incarnations ended") {
    impl::runtime::StateSummary state;
    state.phase = "running";
    state.endings = "begun recovered unchanged begun";
    node::UpgradeStanding standing = node::standing_of(state, true);
    CHECK(standing.current == 2);
    CHECK(standing.recovered[1]);
    CHECK_FALSE(standing.recovered[2]);
    CHECK(standing.last_recovered);
    state.endings += " committed";
    standing = node::standing_of(state, true);
    CHECK(standing.current == 0);
    CHECK_FALSE(standing.last_recovered);
    state.incarnation = 1;
    CHECK(node::standing_of(state, false).recovered[1]);
    state.incarnation = 0;
    CHECK(node::standing_of(state, false).current == 1);
}

} // namespace mdcd::tests::runtime
