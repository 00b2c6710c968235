// Two ends of a link, explored to the end in every scope: each message once and in order, nothing kept for ever, no
// frame before its step is stored. And what every wrong value of every rule of the link costs, in the fewest steps.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "checker/path.hpp"
#include "checker/plain_search.hpp"
#include "checker/random.hpp"
#include "tests/differential/link/link_scopes.hpp"

using namespace mdcd::checker;
using namespace mdcd::impl;
using namespace mdcd::tests::link;

namespace {

LinkScope scope_named(const std::string& name) {
    const std::vector<LinkScope> all = link_scopes();
    return *std::ranges::find(all, name, &LinkScope::name);
}

struct Pinned {
    std::uint64_t states = 0;
    std::uint64_t transitions = 0;
    std::uint64_t depth = 0;
    std::string not_passed; // coverage points
};

const std::map<std::string, Pinned>& pinned() {
    static const std::map<std::string, Pinned> table = {
        {"session", {73015, 291680, 44, "no room, lost, repeated, overtaken, sent again"}},
        {"network",
         {196933, 1257502, 48,
          "no room, A crashed, B crashed, a crash cost a decision, a crash cost a taking, a crash cost what had "
          "arrived, a session broke, a frame arrived in another session"}},
        {"both_ways", {102840, 464000, 43, "held, no room, repeated, overtaken, a session broke"}},
        {"answers", {37309, 121036, 48, "held, no room, lost, repeated, overtaken, sent again"}},
        {"narrow",
         {71222, 411717, 47,
          "held, overtaken, A crashed, B crashed, a crash cost a decision, a crash cost a taking, a crash cost what "
          "had "
          "arrived, a session broke, a frame arrived in another session"}},
        {"everything", {194255, 2129831, 45, "held, no room, many steps in one transaction"}},
    };
    return table;
}

void check_holds(const LinkResult& result) {
    CHECK(result.report.exhaustive);
    for (const PropertyVerdict& each : result.report.verdicts) {
        CAPTURE(each.property);
        CAPTURE(each.reason);
        CHECK((each.verdict == Verdict::holds || each.verdict == Verdict::reached));
    }
}

std::string not_passed(const LinkResult& result) {
    std::string names;
    for (std::size_t point = 0; point < result.points.size(); ++point)
        if (result.report.coverage[point] == 0)
            names += (names.empty() ? "" : ", ") + result.points[point];
    return names;
}

// What a wrong rule costs: the claims that it violates in a scope, each with the length of its shortest run.
std::string violations(const LinkScope& scope, const LinkRules& rules, const std::vector<std::string>& claims) {
    std::string text;
    for (const std::string& claim : claims) {
        SearchOptions options;
        options.stop_at = {claim};
        options.limits.states_max = 400'000;
        const LinkResult result = explore(scope, rules, options);
        const PropertyVerdict& verdict = *result.find(claim);
        text += (text.empty() ? "" : ", ") + claim + " " +
                (verdict.verdict == Verdict::violated ? std::to_string(verdict.path->firings.size())
                                                      : name_of(verdict.verdict));
        if (verdict.verdict == Verdict::violated)
            MESSAGE(claim, ": ", result.words(verdict));
    }
    return text;
}

} // namespace

TEST_CASE("every claim about a link holds in every scope, to the end; every fault and every limit is met") {
    std::set<std::string> never_passed;
    for (const LinkScope& scope : link_scopes()) {
        CAPTURE(scope.name);
        SearchOptions options;
        options.workers = 2;
        const LinkResult result = explore(scope, {}, options);
        check_holds(result);
        const Pinned& expected = pinned().at(scope.name);
        CHECK(result.report.distinct_states == expected.states);
        CHECK(result.report.transitions == expected.transitions);
        CHECK(result.report.depth == expected.depth);
        CHECK(not_passed(result) == expected.not_passed);
        if (scope.name == "session")
            never_passed.insert(result.points.begin(), result.points.end());
        for (std::size_t point = 0; point < result.points.size(); ++point)
            if (result.report.coverage[point] > 0)
                never_passed.erase(result.points[point]);
    }
    CHECK(never_passed.empty());
}

TEST_CASE("whatever was decided is taken and nothing is kept or sent any more, in every fair run") {
    for (const LinkScope& scope : link_scopes()) {
        if (scope.name == "network" || scope.name == "everything") // large graphs
            continue;
        CAPTURE(scope.name);
        CHECK(comes_to_rest(scope, {}).verdict == Verdict::holds);
    }
}

TEST_CASE("rule durability: storage after the frame, or none, costs a message that its sender has never sent") {
    const LinkScope session = scope_named("session");
    const std::vector<std::string> claims = {"nothing_before_storage", "once_and_in_order", "kept_until_taken"};
    const std::string expected = "nothing_before_storage 3, once_and_in_order 7, kept_until_taken 8";
    CHECK(violations(session, {.durability = Durability::never}, claims) == expected);
    CHECK(violations(session, {.durability = Durability::after_send}, claims) == expected);
}

TEST_CASE("every wrong value of the other rules is refuted") {
    CHECK(violations(scope_named("session"), {.acknowledgement = LinkAcknowledgement::arrived},
                     {"nothing_before_storage", "kept_until_taken", "quiet_is_done"}) ==
          "nothing_before_storage 8, kept_until_taken 9, quiet_is_done 14");
    CHECK(violations(scope_named("session"), {.numbering = LinkNumbering::each_session}, {"once_and_in_order"}) ==
          "once_and_in_order 14");
    CHECK(violations(scope_named("answers"), {.when_full = WhenLinkFull::drop_oldest},
                     {"kept_until_taken", "quiet_is_done"}) == "kept_until_taken 2, quiet_is_done 8");
    CHECK(violations(scope_named("network"), {.gap = LinkGap::skip}, {"once_and_in_order", "quiet_is_done"}) ==
          "once_and_in_order 11, quiet_is_done 16");
    CHECK(violations(scope_named("session"), {.resumption = LinkResumption::unsent}, {"quiet_is_done"}) ==
          "quiet_is_done 8");
}

TEST_CASE("one step, one transaction: a link and its process that are stored apart lose a message or take it twice") {
    LinkScope scope = scope_named("session");
    scope.scope.stored_apart = true;
    CHECK(violations(scope, {}, {"once_and_in_order", "kept_until_taken"}) ==
          "once_and_in_order 9, kept_until_taken 12");
}

TEST_CASE("without a timer on a network that loses frames, messages are kept for ever") {
    LinkScope scope = scope_named("network");
    scope.scope.timer = false;
    CHECK(violations(scope, {}, {"quiet_is_done"}) == "quiet_is_done 7");
}

TEST_CASE("two processes that send whenever they take can stand still: both windows are full, as docs/link.md warns") {
    LinkScope scope = scope_named("answers");
    scope.scope.answers_back = true;
    scope.scope.faults = {};
    CHECK(violations(scope, {}, {"quiet_is_done"}) == "quiet_is_done 17");
}

TEST_CASE("quiet means that no step is enabled but decisions and faults") {
    for (const char* name : {"session", "network", "both_ways", "answers"}) {
        CAPTURE(name);
        unsigned quiet = 0;
        const LinkSystem system = system_of(scope_named(name), {});
        const std::vector<StepIndex> unfair = system.unfair_steps();
        mdcd::checker::Random random(7);
        for (unsigned walk = 0; walk < 300; ++walk) {
            GlobalState state = system.initial_states().front();
            for (unsigned step = 0; step < 80; ++step) {
                const std::vector<Enabled> all = enabled(system, state);
                const bool waits = std::ranges::none_of(all, [&](const Enabled& each) {
                    return std::ranges::find(unfair, each.firing.step) == unfair.end();
                });
                CHECK(ask(system, state, [&](auto summaries) { return system.is_quiet(summaries); }) == waits);
                quiet += waits ? 1 : 0;
                if (all.empty())
                    break;
                const Enabled& next = all[random.below(all.size())];
                state = apply(system, state, next.firing, next.outcome);
            }
        }
        CHECK(quiet > 100);
    }
}

TEST_CASE("the plain search finds the same") {
    const LinkScope scope = scope_named("answers");
    const Report fast = explore(scope, {}).report;
    const Report plain = plain_search(system_of(scope, {}));
    CHECK(plain.distinct_states == fast.distinct_states);
    CHECK(plain.transitions == fast.transitions);
    CHECK(plain.depth == fast.depth);
    CHECK(plain.coverage == fast.coverage);
    for (std::size_t claim = 0; claim < fast.verdicts.size(); ++claim)
        CHECK(plain.verdicts[claim].verdict == fast.verdicts[claim].verdict);
}
