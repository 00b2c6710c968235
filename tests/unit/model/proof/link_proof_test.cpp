// The proof that a link delivers each message once and in order: that it goes through, that no lemma is idle, that ends
// which are wrong are refuted, and that it fits the implementation. Knows the lemmas and actions by name.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "model/proof/link_tie.hpp"

namespace mdcd::model::proof::link {
namespace {

using Names = std::vector<std::string>;

bool has(const Names& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

} // namespace

TEST_CASE("a link delivers once and in order, with any number of messages and crashes") {
    const Proof proof = prove();
    CHECK(proof.refutations() == Names{});
    CHECK(proof.unknowns() == Names{});
    CHECK(proof.proved_claims() == Names{"exactly_once_in_order", "nothing_lost", "never_forgotten"});
    CHECK(proof.statistics.queries == (6 + 1) * (action_count + 1) + 3 * 3);
}

TEST_CASE("no lemma about links is idle") {
    struct Needed {
        const char* lemma;
        const char* refuted;
    };
    constexpr std::array needed{
        Needed{"storage_follows", "sends: frames_are_stored"}, Needed{"history_grows", "exactly_once_in_order"},
        Needed{"what_is_open_is_kept", "nothing_lost"},        Needed{"frames_are_stored", "never_forgotten"},
        Needed{"acknowledged_is_taken", "nothing_lost"},       Needed{"taken_is_stored", "exactly_once_in_order"},
    };
    CHECK(needed.size() == lemmas().size());
    for (const Needed& each : needed) {
        CAPTURE(each.lemma);
        CHECK(has(prove({.without = {each.lemma}}).refutations(), each.refuted));
    }
}

// The mistakes that impl/link.hpp keeps as rules, as texts.
TEST_CASE("links that are wrong are refuted") {
    const auto refuted = [](const impl::LinkRules& rules) { return prove({.actions = actions(rules)}).refutations(); };
    CHECK(refuted({.durability = impl::Durability::after_send}) ==
          Names{"sends: frames_are_stored", "acknowledges: acknowledged_is_taken"});
    CHECK(refuted({.acknowledgement = impl::LinkAcknowledgement::arrived}) ==
          Names{"acknowledges: acknowledged_is_taken"});
    CHECK(refuted({.when_full = impl::WhenLinkFull::drop_oldest}) == Names{"submits: acknowledged_is_taken"});
    CHECK(refuted({.gap = impl::LinkGap::skip}) == Names{"receives: taken_is_stored"});
}

TEST_CASE("two ends of the implementation fit the actions; lemmas and claims hold; every other rule is noticed") {
    const TieReport report = tie(actions(), {});
    CHECK(report.failure == "");
    CHECK(report.not_met() == Names{});
    CHECK(report.duplicates > 10);
    CHECK(TieReport{}.not_met().size() == action_count + 1);
    const std::vector<impl::LinkRules> wrong{{.durability = impl::Durability::never},
                                             {.durability = impl::Durability::after_send},
                                             {.acknowledgement = impl::LinkAcknowledgement::arrived},
                                             {.numbering = impl::LinkNumbering::each_session},
                                             {.when_full = impl::WhenLinkFull::drop_oldest},
                                             {.gap = impl::LinkGap::skip},
                                             {.resumption = impl::LinkResumption::unsent}};
    for (const impl::LinkRules& rules : wrong)
        CHECK_FALSE(tie(actions(), {.rules = rules, .judge_lemmas = false}).failure.empty());
}

// The explicit half of the argument: a run of the ends to the step that a wrong rule fails at.
TEST_CASE("what the proof about a wrong link fails at is reached, and the run is told") {
    const impl::LinkRules rules{.acknowledgement = impl::LinkAcknowledgement::arrived};
    const std::string failure = "acknowledges: acknowledged_is_taken";
    const TieReport report =
        tie(actions(rules), {.rules = rules, .walks = 20, .failures = {failure}, .judge_lemmas = false});
    const Occurrence& met = report.met.at(failure);
    CHECK(met.reached);
    CHECK(met.run.size() > 3);
    CHECK(met.run.back() == "an acknowledgement leaves");
    CHECK(describe(met).front() == "reached in 20 random runs: here is the run");
}

} // namespace mdcd::model::proof::link
