// Questions of a prover put to a process of their own: the answers, witnesses and limits are those of this process, and
// what kills that process is a question without an answer, no more. The program is tests/support/z3_asker.cpp.
#include <doctest/doctest.h>

#include <csignal>
#include <random>
#include <string>
#include <vector>

#include "checker/smt/remote_prover.hpp"
#include "tests/support/dies_of.hpp"

namespace mdcd::tests {
namespace {

namespace smt = checker::smt;
using Verdict = smt::Finding::Verdict;

const std::vector<std::string> serving_program{MDCD_TEST_Z3_ASKER};

// Questions about some truths and numbers, by chance.
class RandomQuestions {
public:
    explicit RandomQuestions(unsigned seed, std::size_t count = 3) : random_(seed) {
        for (int each = 0; each < 4; ++each)
            truths_.push_back(formulas.unknown_truth("t" + std::to_string(each)));
        for (int each = 0; each < 3; ++each)
            numbers_.push_back(formulas.unknown_number("n" + std::to_string(each)));
        for (int each = 0; each < 25; ++each)
            grow();
        for (std::size_t each = 0; each < count; ++each)
            groups.push_back({.name = "group",
                              .premises = {truth(), truth()},
                              .obligations = {{.name = "with", .conclusion = truth()},
                                              {.name = "without", .conclusion = truth(), .wants_witness = false}}});
    }

    smt::Formulas formulas;
    std::vector<smt::ObligationGroup> groups;

private:
    smt::Truth truth() { return truths_[random_() % truths_.size()]; }
    smt::Number number() { return numbers_[random_() % numbers_.size()]; }
    void grow() {
        switch (random_() % 9) {
        case 0:
            return truths_.push_back(truth() && truth());
        case 1:
            return truths_.push_back(truth() || !truth());
        case 2:
            return truths_.push_back(truth() == truth());
        case 3:
            return truths_.push_back(number() == number());
        case 4:
            return truths_.push_back(number() <= number());
        case 5:
            return truths_.push_back(choose(truth(), truth(), truth()));
        case 6:
            return numbers_.push_back(number() + static_cast<std::int64_t>(random_() % 4));
        case 7:
            return numbers_.push_back(number() + number());
        default:
            return numbers_.push_back(choose(truth(), number(), formulas.number(2)));
        }
    }

    std::mt19937 random_;
    std::vector<smt::Truth> truths_;
    std::vector<smt::Number> numbers_;
};

} // namespace

TEST_CASE("verdicts and witnesses of a process of its own are those of this one") {
    smt::RemoteProver remote(serving_program);
    REQUIRE(remote.opens());
    std::size_t proved = 0;
    std::size_t refuted = 0;
    for (unsigned seed = 0; seed < 60; ++seed) {
        CAPTURE(seed);
        RandomQuestions some(seed);
        const auto found = remote.prove(some.formulas, some.groups, {});
        const smt::Findings here = smt::prove(some.formulas, some.groups, {});
        REQUIRE(found.size() == here.groups.size());
        for (std::size_t group = 0; group < found.size(); ++group)
            for (std::size_t each = 0; each < found[group].size(); ++each) {
                CHECK(found[group][each].verdict == here.groups[group][each].verdict);
                CHECK(found[group][each].witness == here.groups[group][each].witness);
                proved += found[group][each].verdict == Verdict::proved ? 1 : 0;
                refuted += found[group][each].verdict == Verdict::refuted ? 1 : 0;
            }
    }
    CHECK(proved > 50);
    CHECK(refuted > 50);
}

TEST_CASE("who dies of several questions is asked about each, and who dies of one has no answer") {
    RandomQuestions some(1);
    const smt::Findings here = smt::prove(some.formulas, some.groups, {});
    {
        const DiesOf of_two("proof:2:" + std::to_string(SIGSEGV));
        smt::RemoteProver remote(serving_program);
        REQUIRE(remote.opens());
        const auto found = remote.prove(some.formulas, some.groups, {});
        for (std::size_t group = 0; group < found.size(); ++group)
            CHECK(found[group][0].verdict == here.groups[group][0].verdict);
    }
    const DiesOf of_one("proof:1:" + std::to_string(SIGABRT));
    smt::RemoteProver remote(serving_program);
    REQUIRE(remote.opens());
    for (const std::vector<smt::Finding>& group : remote.prove(some.formulas, some.groups, {}))
        for (const smt::Finding& each : group) {
            CHECK(each.verdict == Verdict::unknown);
            CHECK(each.reason == "the process that asked Z3 was ended by signal 6 (SIGABRT)");
        }
}

TEST_CASE("limits of a prover go along: effort makes an unknown there as it does here") {
    RandomQuestions some(3, 6);
    const smt::InductionOptions little{.timeout_ms = 10000, .effort_max = 1};
    const auto found = smt::RemoteProver(serving_program).prove(some.formulas, some.groups, little);
    const smt::Findings here = smt::prove(some.formulas, some.groups, little);
    std::size_t unknown = 0;
    for (std::size_t group = 0; group < found.size(); ++group)
        for (std::size_t each = 0; each < found[group].size(); ++each) {
            CHECK(found[group][each].verdict == here.groups[group][each].verdict);
            CHECK(found[group][each].reason == here.groups[group][each].reason);
            unknown += found[group][each].verdict == Verdict::unknown ? 1 : 0;
        }
    CHECK(unknown > 0);
}

} // namespace mdcd::tests
