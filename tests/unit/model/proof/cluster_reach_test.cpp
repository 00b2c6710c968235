// What the proof for any number of components fails at is looked for among states of two components that can be
// reached: a run where an implementation is wrong in that way, and how far it was looked where it is not.
// Knows lemmas, claims and actions by name.
#include <doctest/doctest.h>

#include <algorithm>

#include "model/inputs/library.hpp"
#include "model/proof/cluster_reach.hpp"

namespace mdcd::model::proof::cluster {
namespace {

// One question alone.
Proof ask(ProofOptions options, const std::string& group, const std::string& obligation) {
    options.induction.wanted = [=](const std::string& asked, const std::string& what) {
        return asked == group && what == obligation;
    };
    return prove(options);
}

impl::Rules changed(const std::string& setting) {
    impl::Rules rules = preset("repaired_vector").rules;
    set_rule(rules, setting);
    return rules;
}

// A reception of which nothing is known but whose it is.
Truth any_reception(const Step& step) {
    return step.happening.here;
}

} // namespace

TEST_CASE("a lemma about components that an action does not keep is reached where the implementation breaks it") {
    std::vector<Action> loose(actions().begin(), actions().end());
    loose[static_cast<std::size_t>(ActionId::active_receives)].relation = any_reception;
    const Proof proof = ask({.actions = loose}, "active_receives", "log_completes_checkpoints");
    CHECK(proof.refuted());

    const Occurrences wrong = find_failures(changed("receiver_log=clean_only"), proof, 3200);
    REQUIRE(wrong.size() == 1);
    const auto& [name, found] = *wrong.begin();
    CHECK(name == "active_receives: log_completes_checkpoints");
    CHECK(found.reached);
    REQUIRE_FALSE(found.run.empty());
    CHECK(found.run.back().starts_with("A")); // an active process receives
    CHECK(describe(found)[0].starts_with("reached in two-"));

    const Occurrences right = find_failures(preset("repaired_vector").rules, proof, 320);
    CHECK_FALSE(right.at(name).reached);
    CHECK(describe(right.at(name))[0] ==
          "not reached within the first 20 states of two-outputs, the first 20 states of two-told, "
          "the first 20 states of two-inside");
}

TEST_CASE("a claim about components that does not follow is reached where it is false") {
    const Proof proof = ask({.without = {"nothing_is_received_twice"}}, "no_duplicate", "no_duplicate");
    CHECK(proof.refuted());
    const Occurrences wrong = find_failures(changed("suppress_until=exclusive"), proof, 32000);
    REQUIRE(wrong.contains("no_duplicate"));
    CHECK(wrong.at("no_duplicate").reached);
    CHECK(wrong.at("no_duplicate").run.size() > 1);
    CHECK_FALSE(find_failures(preset("repaired_vector").rules, proof, 3200).at("no_duplicate").reached);
}

} // namespace mdcd::model::proof::cluster
