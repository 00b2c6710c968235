// The serving side of a remote prover refuses what is no request, whatever the bytes, and the asking side a program
// that does not serve. What answers are is tested with a program that does: unit/model/z3/served_proofs_test.cpp.
#include "checker/smt/remote_prover.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "checker/smt/message.hpp"
#include "tests/support/rounds.hpp"

using namespace mdcd::checker::smt;

namespace {

constexpr std::uint64_t told_as_done = 0;
constexpr std::uint64_t told_as_failed = 1;

std::string example_request() {
    Formulas formulas;
    const Truth one = formulas.unknown_truth("one");
    const Number count = formulas.unknown_number("count");
    const Truth small = count + 2 <= formulas.number(7);
    const Number chosen = choose(one, count, count + count);
    return proof_request(formulas,
                         {{.name = "some",
                           .premises = {one || !small, chosen == count},
                           .obligations = {{.name = "it", .conclusion = implies(one, small)}}}},
                         {.timeout_ms = 1000, .effort_max = 10000});
}

std::uint64_t outcome_of_reply(const std::string& reply) {
    MessageReader message(reply);
    return message.number();
}

} // namespace

TEST_CASE("a request is one, and less than one is refused") {
    const std::string request = example_request();
    REQUIRE(is_proof_request(request));
    CHECK(outcome_of_reply(reply_to_proof(request)) == told_as_done);
    for (std::size_t size = 0; size < request.size(); ++size)
        CHECK(outcome_of_reply(reply_to_proof(request.substr(0, size))) == told_as_failed);
    CHECK(outcome_of_reply(reply_to_proof(request + '\0')) == told_as_failed);
    CHECK_FALSE(is_proof_request(request.substr(0, 7)));
    CHECK_FALSE(is_proof_request("how old are you?"));
}

TEST_CASE("changed bytes are another request or none, and do no harm") {
    const std::string request = example_request();
    std::mt19937 random(11);
    std::size_t refused = 0;
    constexpr unsigned turns = mdcd::tests::rounds(300);
    for (unsigned turn = 0; turn < turns; ++turn) {
        std::string changed = request;
        changed[8 + random() % (changed.size() - 8)] = static_cast<char>(random());
        const std::uint64_t outcome = outcome_of_reply(reply_to_proof(changed));
        CHECK(outcome <= told_as_failed);
        refused += outcome == told_as_failed ? 1 : 0;
    }
    CHECK(refused > turns / 4);
    CHECK(refused < turns);
}

TEST_CASE("a program that does not serve does not open, and gives no answer") {
    for (const std::string program : {"/no/such/program", "true", MDCD_TEST_ASKER})
        CHECK_FALSE(RemoteProver({program}).opens());
    Formulas formulas;
    const std::vector<ObligationGroup> groups{
        {.name = "some", .premises = {}, .obligations = {{.name = "it", .conclusion = formulas.unknown_truth("one")}}}};
    const Finding dead = RemoteProver({"true"}).prove(formulas, groups, {})[0][0];
    CHECK(dead.verdict == Finding::Verdict::unknown);
    CHECK(dead.reason.starts_with("the process that asked Z3 "));
    CHECK(RemoteProver({MDCD_TEST_ASKER}).prove(formulas, groups, {})[0][0].reason ==
          "the process that asked Z3 makes no sense");
}
