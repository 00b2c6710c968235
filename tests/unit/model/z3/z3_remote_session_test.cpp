// What a process of its own says is what this one would say, and its death is an attempt without an answer.
// The program is tests/support/asker.cpp.
#include "model/z3/z3_remote_session.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <string>

#include "model/z3/z3_local_session.hpp"
#include "tests/support/dies_of.hpp"
#include "tests/support/random_view.hpp"

using namespace mdcd;
using namespace mdcd::model;
using checker::smt::Answer;

namespace {

const std::vector<std::string> program{MDCD_TEST_Z3_ASKER};

} // namespace

TEST_CASE("answers, explanations, texts and hashes are those of a session in this process") {
    Z3RemoteSession remote(program, {});
    REQUIRE(remote.opens());
    Z3LocalSession local({});
    unsigned violated = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        CAPTURE(seed);
        const tests::RandomView random(seed, static_cast<unsigned>(seed % 2));
        for (const PropertyId property : z3_properties) {
            CAPTURE(static_cast<unsigned>(property));
            const checker::smt::Result found = remote.answer(property, random.view);
            CHECK(found.answer == local.answer(property, random.view).answer);
            CHECK(found.answer != Answer::unknown);
            CHECK(remote.text_hash(property, random.view) == local.text_hash(property, random.view));
            const QuestionNotes notes{.origin = "somewhere\nelse", .canonical = true, .expected = found.answer};
            CHECK(remote.text(property, random.view, notes) == local.text(property, random.view, notes));
            const Z3Explanation words = remote.explain(property, random.view);
            const Z3Explanation expected = local.explain(property, random.view);
            CHECK(words.lines == expected.lines);
            CHECK(words.answer.answer == expected.answer.answer);
            CHECK(words.answer.line == expected.answer.line);
            CHECK(words.answer.first_erroneous == expected.answer.first_erroneous);
            violated += expected.answer.violated() ? 1 : 0;
        }
    }
    CHECK(violated > 10);
}

TEST_CASE("a program that is no session does not open") {
    CHECK_FALSE(Z3RemoteSession({"/no/such/program"}, {}).opens());
    CHECK_FALSE(Z3RemoteSession({"true"}, {}).opens());
    CHECK_FALSE(Z3RemoteSession({MDCD_TEST_ASKER}, {}).opens()); // it replies, but not to that
}

TEST_CASE("death at an attempt: the other one may answer, and if it does not, both deaths are told") {
    const tests::RandomView random(1);
    const auto ask = [&](const std::string& dies_of) {
        const tests::DiesOf questions(dies_of);
        Z3RemoteSession session(program, {});
        CHECK(session.answer(PropertyId::containment, random.view).answer != Answer::unknown);
        const checker::smt::Result result = session.answer(PropertyId::minimal_rollback, random.view);
        CHECK(session.answer(PropertyId::containment, random.view).answer != Answer::unknown); // of a new process
        return result;
    };
    const Answer right = Z3LocalSession({}).answer(PropertyId::minimal_rollback, random.view).answer;
    CHECK(ask("minimal_rollback:1:11").answer == right);
    CHECK(ask("minimal_rollback:2:11").answer == right); // which is never made
    const checker::smt::Result lost = ask("minimal_rollback:12:" + std::to_string(SIGABRT));
    CHECK(lost.answer == Answer::unknown);
    CHECK(lost.unknowns.empty());
    const std::string death = "the process that asked Z3 was ended by signal 6 (SIGABRT)";
    CHECK(lost.reason == death + "; then " + death);
}

TEST_CASE("limits go along: effort makes an unknown there as it does here") {
    const tests::RandomView random(1);
    checker::smt::SolverOptions options;
    options.effort_max = 1;
    Z3RemoteSession remote(program, options);
    Z3LocalSession local(options);
    const checker::smt::Result found = remote.answer(PropertyId::minimal_rollback, random.view);
    const checker::smt::Result expected = local.answer(PropertyId::minimal_rollback, random.view);
    CHECK(found.answer == expected.answer);
    CHECK(found.reason == expected.reason);
}
