// Invariants of users: what can be said in the vocabulary means what the model's own claims say, on every state; the
// run that breaks one is a trace like any other.
#include "model/claims/user_invariant.hpp"

#include <doctest/doctest.h>

#include <bitset>
#include <set>

#include "checker/search.hpp"
#include "model/check/check.hpp"
#include "model/inputs/library.hpp"
#include "model/runs/trace_writer.hpp"
#include "tests/support/explored_views.hpp"
#include "traces/file_error.hpp"

using namespace mdcd;
using namespace mdcd::model;

namespace {

const std::string contained =
    "; Clean means contained.\n(assert (forall ((p Process)) (=> (not (dirty p)) (<= (depends p) validated))))";

const std::string no_cascade = R"(
(define-fun arrived ((m Message)) Bool (exists ((p Process)) (received_after p m)))
(assert (forall ((p Process)) (<= (depends_after p) validated)))
(assert (forall ((m Message)) (=> (and (arrived m) (not (from_cluster m))) (sent_after m)))))";

Scope with(Scope scope, const std::string& name, const std::string& text) {
    add_invariant(scope, {.name = name, .text = text, .origin = name + ".smt2"});
    return scope;
}

std::string mistake_in(const std::string& text) {
    try {
        const System system(with(load_scope("tiny"), "mine", text), {});
    } catch (const traces::FileError& error) {
        return error.what();
    }
    return "none";
}

// Which of them are true of every reachable state; as many at a time as a scope takes.
std::vector<bool> always_true(const std::vector<std::string>& claims) {
    if (claims.size() > invariant_count_max) {
        const auto middle = claims.begin() + invariant_count_max;
        std::vector<bool> all = always_true({claims.begin(), middle});
        const std::vector<bool> rest = always_true({middle, claims.end()});
        all.insert(all.end(), rest.begin(), rest.end());
        return all;
    }
    Scope scope = tests::small_scope(2, {2, 1, 1, 0, 1});
    for (std::size_t i = 0; i < claims.size(); ++i)
        scope = with(std::move(scope), "claim_" + std::to_string(i), "(assert " + claims[i] + ")");
    checker::PropertyBits of_all = ~checker::PropertyBits{0};
    (void)tests::explore_views(System(scope, {}),
                               [&](const View&, RecoveryStage, checker::PropertyBits bits) { of_all &= bits; });
    std::vector<bool> found;
    for (std::size_t i = 0; i < claims.size(); ++i)
        found.push_back((of_all >> (property_count + i) & 1) == 1);
    return found;
}

} // namespace

TEST_CASE("claims of the model's own, said in the vocabulary, are the same on every state") {
    std::uint64_t broken = 0;
    for (const std::string change : {"recovery_line=local", "in_transit=deliver", "checkpoint_index=local_sn"}) {
        impl::Rules rules;
        set_rule(rules, change);
        const Scope scope = with(with(tests::small_scope(2, {2, 1, 1, 0, 1}), "mine", contained), "other", no_cascade);
        const System system(scope, rules);
        (void)tests::explore_views(system, [&](const View&, RecoveryStage, checker::PropertyBits bits) {
            const std::bitset<64> set(bits);
            CHECK(set[property_count] == set[static_cast<std::size_t>(PropertyId::containment)]);
            CHECK(set[property_count + 1] == set[static_cast<std::size_t>(PropertyId::no_cascading_rollback)]);
            broken += set[property_count + 1] ? 0 : 1;
        });
    }
    CHECK(broken > 0);
}

TEST_CASE("after the beginning of a real recovery an invariant is judged of what is") {
    const Scope scope = with(tests::small_asynchronous_scope(), "mine", contained);
    std::array<std::uint64_t, 2> states{};
    std::array<std::uint64_t, 2> broken{};
    for (const std::string change : {"recovery_line=agreed", "checkpoint_index=local_sn"}) {
        impl::Rules rules;
        set_rule(rules, change);
        (void)tests::explore_views(
            System(scope, rules), [&](const View&, RecoveryStage stage, checker::PropertyBits b) {
                const std::bitset<64> set(b);
                CHECK(set[property_count] == set[static_cast<std::size_t>(PropertyId::containment)]);
                ++states.at(stage == RecoveryStage::none ? 0 : 1);
                broken.at(stage == RecoveryStage::none ? 0 : 1) += set[property_count] ? 0 : 1;
            });
    }
    CHECK(states[1] > 100);
    MESSAGE(states[0], " and ", states[1], " states, broken in ", broken[0], " and ", broken[1]);
    const std::string nobody = "(assert (forall ((p Process)) (not (rolls_back p))))";
    std::array<std::uint64_t, 2> rolling{};
    (void)tests::explore_views(System(with(tests::small_asynchronous_scope(), "mine", nobody), {}),
                               [&](const View&, RecoveryStage stage, checker::PropertyBits b) {
                                   rolling.at(stage == RecoveryStage::none ? 0 : 1) +=
                                       (b >> property_count & 1) == 0 ? 1 : 0;
                               });
    CHECK(rolling[0] > 0);
    CHECK(rolling[1] == 0);
}

TEST_CASE("what must be true of every state is, and what must be false of some is") {
    const std::vector<std::string> always{
        "(distinct S1 A1 A2)",
        "(and (shadow S1) (active A1) (not (active S1)) (not (shadow A2)))",
        "(forall ((p Process)) (and (= (number p) (number_in p 1)) (= (depends p) (depends_in p 1)) (= 0 (number_in "
        "p (+ 1 1)) (number_in p (- 1 1)) (number_in p (+ 1 8)))))",
        "(= validated (validated_in 1))",
        "(forall ((p Process)) (= (rolls_back p) (<= (target p) (checkpoints p))))",
        "(forall ((p Process)) (=> (dirty p) (> (checkpoints p) 0)))",
        "(forall ((p Process)) (= (depends p) (checkpoint_depends p (+ 1 (checkpoints p)))))",
        "(forall ((p Process)) (= 0 (checkpoint_index p 0) (checkpoint_index p (+ 1 (checkpoints p)))))",
        "(forall ((p Process) (m Message)) (=> (received p m) (sent m)))",
        "(forall ((m Message)) (=> (under_way m) (sent m)))",
        "(and (from_cluster c1) (not (from_cluster A1.1)) (= 2 (position c2) (position A1.2)))",
    };
    const std::vector<std::string> not_always{
        "(forall ((p Process)) (not (dirty p)))",
        "(forall ((p Process)) (= 0 (checkpoint_index p 1)))",
        "(forall ((p Process)) (<= (number p) 1))",
        "(forall ((p Process)) (= 0 (known_valid p)))",
        "(forall ((p Process) (m Message)) (= (received p m) (received_after p m)))",
        "(forall ((m Message)) (not (delivered_later m)))",
        "(forall ((m Message)) (not (resent m)))",
        "(forall ((m Message)) (not (generated_later m)))",
        "(forall ((m Message)) (= (sent m) (sent_after m)))",
        "(forall ((m Message)) (not (under_way m)))",
    };
    CHECK(always_true(always) == std::vector<bool>(always.size(), true));
    CHECK(always_true(not_always) == std::vector<bool>(not_always.size(), false));
}

TEST_CASE("a broken invariant has a shortest run that says for whom, and replays from its trace alone") {
    const Scope scope = with(load_scope("tiny"), "always_clean",
                             "; Nobody is ever dirty.\n(assert (forall ((p Process)) (not (dirty p))))");
    CheckOptions options;
    options.properties = {"always_clean"};
    const Check result = check(scope, preset("published"), options);
    REQUIRE(result.properties.size() == 1);
    CHECK(result.properties[0].verdict == checker::Verdict::violated);
    REQUIRE(result.properties[0].trace.has_value());
    const traces::Trace& trace = *result.properties[0].trace;
    CHECK(trace.steps.size() == 2); // a message out of the cluster, and its delivery
    CHECK(trace.claim == "Nobody is ever dirty.");
    REQUIRE(trace.findings.size() == 1);
    CHECK(trace.findings[0].text.starts_with("the invariant always_clean is false, for p = A"));
    CHECK_FALSE(replay(trace, "trace").has_value());
    options.symmetry = Symmetry::sound;
    CHECK_THROWS_AS((void)check(scope, preset("published"), options), traces::FileError);
    options.symmetry = Symmetry::none;
    options.renumbering = true; // numbers, too
    CHECK_THROWS_AS((void)check(scope, preset("published"), options), traces::FileError);
}

TEST_CASE("a scope file can have invariants, and is written with them") {
    const Scope scope = with(load_scope("tiny"), "contained", contained);
    const Scope again = scope_from(to_value(scope), "file");
    REQUIRE(again.invariants.size() == 1);
    CHECK(again.invariants[0].name == "contained");
    CHECK(again.invariants[0].text == contained);
    CHECK(again.invariants[0].origin == "file: $.invariants[0].text");
    CHECK(property_names(again).back() == "contained");
}

TEST_CASE("mistakes name file, line, column, and the nearest word") {
    CHECK(mistake_in("(assert\n  (dirtty A1))") ==
          "mine.smt2: line 2, column 4: unknown word 'dirtty'; understood are not, and, or, =>, xor, =, distinct, ite, "
          "let, <=, <, >=, >, +, -, forall, exists and the vocabulary (did you mean 'dirty'?)");
    CHECK(mistake_in("(assert (dirty A3))").find("line 1, column 16: unknown word 'A3'") != std::string::npos);
    CHECK(mistake_in("(assert (dirty A3))").find("did you mean 'A") != std::string::npos);
    CHECK(mistake_in("(assert (forall ((p Proces)) (dirty p)))").find("did you mean 'Process'") != std::string::npos);
    Scope scope = load_scope("tiny");
    for (const std::string name : {"", "a.b", "containment", "a b"})
        CHECK_THROWS_AS(add_invariant(scope, {.name = name, .text = contained, .origin = "f"}), traces::FileError);
    CHECK(scope.invariants.empty());
}

TEST_CASE("every word of the vocabulary has its own name and says what it means") {
    std::set<std::string> names;
    for (const VocabularyWord& word : vocabulary_words()) {
        CHECK(names.insert(word.name).second);
        CHECK(word.meaning.ends_with("."));
    }
    CHECK(names.size() > 20);
}
