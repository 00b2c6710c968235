// Inductive proofs on a counter that everybody can follow: it grows by two or is set to zero.
// Knows no protocol.
#include <doctest/doctest.h>

#include "checker/smt/induction.hpp"

namespace mdcd::checker::smt {
namespace {

struct Counter {
    Formulas formulas;
    Number before = formulas.unknown_number("before");
    Number after = formulas.unknown_number("after");
    Truth even_before = formulas.unknown_truth("even before");
    Truth even_after = formulas.unknown_truth("even after");

    ObligationGroup grows(std::vector<Truth> lemmas, Truth conclusion) {
        lemmas.push_back(after == before + 2);
        return {"grows", std::move(lemmas), {{"conclusion", conclusion}}};
    }
};

} // namespace

TEST_CASE("what follows is proved, for numbers without bounds") {
    Counter counter;
    const Findings findings =
        prove(counter.formulas, {counter.grows({}, counter.formulas.number(2) <= counter.after)}, InductionOptions{});
    CHECK(findings.groups[0][0].verdict == Finding::Verdict::proved);
    CHECK(findings.statistics.queries == 1);
}

TEST_CASE("what does not follow is refuted by the smallest numbers that do it") {
    Counter counter;
    const Findings findings =
        prove(counter.formulas, {counter.grows({}, counter.after <= counter.formulas.number(4))}, InductionOptions{});
    REQUIRE(findings.groups[0][0].verdict == Finding::Verdict::refuted);
    CHECK(findings.groups[0][0].witness == std::vector<std::int64_t>{3, 5, 0, 0});
}

TEST_CASE("numbers are never negative") {
    Counter counter;
    const Findings findings =
        prove(counter.formulas, {{"any", {}, {{"at least 0", counter.formulas.number(0) <= counter.before}}}},
              InductionOptions{});
    CHECK(findings.groups[0][0].verdict == Finding::Verdict::proved);
}

TEST_CASE("a witness may need large numbers") {
    Counter counter;
    const Findings findings = prove(
        counter.formulas,
        {counter.grows({counter.formulas.number(1000) <= counter.before}, counter.after <= counter.formulas.number(7))},
        InductionOptions{});
    REQUIRE(findings.groups[0][0].verdict == Finding::Verdict::refuted);
    const std::vector<std::int64_t>& witness = findings.groups[0][0].witness;
    CHECK(witness[0] >= 1000);
    CHECK(witness[1] == witness[0] + 2);
}

TEST_CASE("questions of a group do not disturb each other, whatever the answers are") {
    Counter counter;
    const Truth right = counter.formulas.number(2) <= counter.after;
    const Truth wrong = counter.after <= counter.formulas.number(4);
    ObligationGroup group = counter.grows({}, right);
    group.obligations = {{"right", right}, {"wrong", wrong}, {"right again", right}, {"wrong again", wrong}};
    const Findings findings = prove(counter.formulas, {group, group}, InductionOptions{});
    for (const std::vector<Finding>& each : findings.groups) {
        CHECK(each[0].verdict == Finding::Verdict::proved);
        CHECK(each[1].verdict == Finding::Verdict::refuted);
        CHECK(each[2].verdict == Finding::Verdict::proved);
        CHECK(each[3].witness == std::vector<std::int64_t>{3, 5, 0, 0});
    }
}

TEST_CASE("no answer is no proof: it is unknown, with a reason, after two attempts") {
    Counter counter;
    InductionOptions options;
    options.effort_max = 1;
    const Findings findings =
        prove(counter.formulas, {counter.grows({}, counter.formulas.number(2) <= counter.after)}, options);
    CHECK(findings.groups[0][0].verdict == Finding::Verdict::unknown);
    CHECK_FALSE(findings.groups[0][0].reason.empty());
    CHECK(findings.statistics.unknowns == 1);
    CHECK(findings.statistics.second_attempts == 1);
}

TEST_CASE("what is not wanted is not asked") {
    Counter counter;
    InductionOptions options;
    options.wanted = [](const std::string& group, const std::string&) { return group != "grows"; };
    const Findings findings = prove(counter.formulas, {counter.grows({}, counter.formulas.constant(true))}, options);
    CHECK(findings.groups[0][0].verdict == Finding::Verdict::unknown);
    CHECK(findings.groups[0][0].reason == "not asked");
    CHECK(findings.statistics.queries == 0);
}

} // namespace mdcd::checker::smt
