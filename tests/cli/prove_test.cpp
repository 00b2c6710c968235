// `mdcd prove` as a user meets it: what is proved, what is not and where, and every mistake with its exit code.
// The lemmas themselves are tested with the library.
#include <doctest/doctest.h>

#include "tests/cli/process.hpp"
#include "traces/json.hpp"

namespace mdcd::tests::cli {
namespace {

Finished prove(std::vector<std::string> arguments) {
    std::vector<std::string> all{"prove", "--walks", "12", "--states", "60"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return run_mdcd(all);
}

bool says(const Finished& finished, const std::string& text) {
    return finished.out.find(text) != std::string::npos;
}

} // namespace

TEST_CASE("both claims are proved for the repaired rules, which are the default") {
    const Finished finished = prove({});
    CHECK(finished.exit_code == 0);
    CHECK(finished.err.empty());
    CHECK(finished.out.starts_with("rules repaired (published with "));
    CHECK(says(finished, "\ncontainment: proved\n"));
    CHECK(says(finished, "\nconsistency: proved\n"));
    CHECK(says(finished, "not claimed: minimal_rollback reclamation_safety reclamation_completeness takeover_order\n"));
    CHECK(says(finished, " 0 unknown, "));
    CHECK(finished.out.ends_with("verdict: proved\n"));
}

TEST_CASE("the published rules fail at the reception without a checkpoint, and the state is shown") {
    const Finished finished = prove({"--rules", "published", "--claim", "containment"});
    CHECK(finished.exit_code == 10);
    CHECK(says(finished, "active_receives does not keep index_covers_what_follows: "));
    CHECK(says(finished, "a state in which all lemmas hold\n"));
    CHECK(says(finished, "the state after it\n"));
    CHECK(says(finished, " arrives"));
    CHECK_FALSE(says(finished, "consistency:"));
    // The action that really is wrong, with a run.
    CHECK(says(finished, "does a run lead to such a step?\n      reached in tiny: here is the run\n      1. L1 "));
    const Finished unsearched = prove({"--rules", "published", "--claim", "containment", "--search", "0"});
    CHECK_FALSE(says(unsearched, "does a run lead"));
    CHECK(finished.out.ends_with("verdict: not proved\n"));
    const Finished quiet = prove({"--rules", "published", "--claim", "containment", "--quiet"});
    CHECK(quiet.exit_code == 10);
    CHECK_FALSE(says(quiet, "a state in which"));
}

TEST_CASE("one changed rule is enough, and a claim that does not follow shows both ends of a message") {
    const Finished finished = prove({"--set", "suppress_until=exclusive", "--claim", "consistency"});
    CHECK(finished.exit_code == 10);
    CHECK(says(finished, "The lemmas do not imply no_duplicate: "));
    CHECK(says(finished, "the other end of m\n"));
    CHECK(says(finished, "does a run lead to a state in which it is false?\n      "));
}

TEST_CASE("without a lemma") {
    const Finished finished = prove({"--without", "log_is_in_order", "--quiet"});
    CHECK(finished.exit_code == 10);
    CHECK(says(finished, "without lemma log_is_in_order\n"));
    CHECK(says(finished, "\ncontainment: proved\n"));
    CHECK(says(finished, "\nconsistency: not proved\n"));
}

TEST_CASE("any number of components, where the rules number by component") {
    const Finished finished = run_mdcd({"prove", "--rules", "repaired_vector"});
    CHECK(finished.exit_code == 0);
    CHECK(says(finished, "\nany number of components: proved\n"));
    CHECK(says(finished, "reclamation_completeness           follows from the lemmas, and says something\n"));
    CHECK_FALSE(says(finished, "not compared"));
    CHECK(finished.out.ends_with("verdict: proved\n"));
    const Finished one = prove({"--rules", "repaired_vector", "--components", "one"});
    CHECK(one.exit_code == 0);
    CHECK_FALSE(says(one, "any number of components"));
    CHECK(says(finished, "\nrecovery by messages, any number of processes: proved\n  one_outcome           follows: "));
    CHECK(says(finished, "\na link, any number of messages and crashes: proved\n  exactly_once_in_order follows: "));
    CHECK_FALSE(says(one, "recovery by messages, any"));
    const Finished without = prove({"--rules", "repaired_vector", "--without", "past_is_closed", "--quiet"});
    CHECK(without.exit_code == 10);
    CHECK(says(without, "\nany number of components: not proved\n"));
}

TEST_CASE("of several components, what the proof has not in it is refused by name") {
    const Finished shared = prove({"--components", "any"});
    CHECK(shared.exit_code == 64);
    CHECK(shared.err.find("the proof for several components does not know low_sn=shared_atomic; it knows vector") !=
          std::string::npos);
    const Finished changed = prove({"--rules", "repaired_vector", "--set", "in_transit=deliver"});
    CHECK(changed.exit_code == 64);
    CHECK(changed.err.find("does not know in_transit=deliver; it knows discard_unvalidated; --components one asks") !=
          std::string::npos);
}

TEST_CASE("a hostile cluster, with and without each part of the line of defence") {
    const Finished finished = run_mdcd({"prove", "--cluster", "hostile"});
    CHECK(finished.exit_code == 0);
    CHECK(says(finished, "keeps a state from before: proved\n"));
    CHECK(says(finished, "  contained                          follows from the lemmas, and says something\n"));
    CHECK_FALSE(says(finished, "not compared"));
    CHECK(says(finished, "  boundary_checkpoint=by_confidence not proved\n"));
    CHECK(says(finished, "  cluster_in_recovery=is_believed   contained all the same\n"));
    CHECK(finished.out.ends_with("verdict: proved\n"));
    const Finished without =
        prove({"--cluster", "hostile", "--search", "0", "--without", "clean_is_validated", "--quiet"});
    CHECK(without.exit_code == 10);
    CHECK(says(without, "verdict: not proved\n"));
    CHECK(says(without, "\nwithout lemma clean_is_validated\n"));
    const Finished json = prove({"--cluster", "hostile", "--search", "0", "--without", "clean_is_validated",
                                 "--z3-effort", "1", "--format", "json"});
    CHECK(json.exit_code == 20);
    CHECK(says(json, "\"claim\": \"contained\""));
}

TEST_CASE("of a hostile cluster, what does not apply is refused by name") {
    CHECK(prove({"--cluster", "hostile", "--components", "any"}).err.find("--components does not go with") !=
          std::string::npos);
    CHECK(prove({"--cluster", "hostile", "--without", "clean_is_valid"}).err.find("clean_is_validated") !=
          std::string::npos);
    CHECK(prove({"--cluster", "hostile", "--rules", "repaired"}).exit_code == 64);
    CHECK(prove({"--cluster", "friendly"}).exit_code == 64);
}

TEST_CASE("no answer within the limit is inconclusive, never a proof") {
    const Finished finished = prove({"--z3-effort", "1", "--claim", "containment"});
    CHECK(finished.exit_code == 20);
    CHECK(says(finished, "containment: inconclusive\n"));
    CHECK(finished.out.ends_with("verdict: inconclusive\n"));
    const Finished untied = run_mdcd({"prove", "--claim", "containment", "--walks", "0", "--states", "0"});
    CHECK(untied.exit_code == 20);
    CHECK(says(untied, "the actions were not compared with the implementation"));
}

TEST_CASE("what the comparison never met is said, and leaves no proof") {
    const Finished finished = run_mdcd({"prove", "--claim", "containment", "--walks", "0", "--states", "50"});
    CHECK(finished.exit_code == 20);
    CHECK(says(finished, "\ncontainment: proved\n"));
    CHECK(says(finished, "not compared: no state was met that containment is there for: a clean process that depends "
                         "on the cluster\n"));
    CHECK(finished.out.ends_with("verdict: inconclusive\n"));
}

TEST_CASE("recovery and claims are compared as well, where the shadow rolls back, too") {
    const Finished finished = prove({});
    CHECK(says(finished, " rollbacks, "));
    CHECK_FALSE(says(finished, " 0 of the shadow) fit the claims"));
    CHECK(says(finished, "; each claim is true where the checker's is, in "));
    CHECK(says(finished, "no_duplicate                        follows from the lemmas, and says something\n"));
    CHECK_FALSE(says(finished, "not compared"));
}

TEST_CASE("for programs: every question with its answer, and states of those that fail") {
    const Finished finished = prove({"--rules", "published", "--claim", "containment", "--format", "json"});
    CHECK(finished.exit_code == 10);
    const traces::Value report = traces::parse_json(finished.out, "the report");
    const traces::Value& proof = report.find("proofs")->list()->at(0);
    CHECK(*proof.find("verdict")->text() == "refuted");
    unsigned refuted = 0;
    for (const traces::Value& lemma : *proof.find("lemmas")->list())
        for (const traces::Value& check : *lemma.find("checks")->list())
            if (*check.find("verdict")->text() == "refuted") {
                ++refuted;
                CHECK(*check.find("action")->text() == "active_receives");
                CHECK(*check.find("before")->find("process")->find("dirty")->truth());
                CHECK(check.find("after") != nullptr);
            }
    CHECK(refuted == 1);
    CHECK(*report.find("exit_code")->number() == 10);
}

TEST_CASE("the same every time, but for times") {
    const auto without_times = [](std::string text) { return text.substr(0, text.rfind("Z3: ")); };
    const Finished one = prove({"--rules", "published", "--claim", "containment"});
    CHECK(without_times(one.out) == without_times(prove({"--rules", "published", "--claim", "containment"}).out));
}

TEST_CASE("wrong usage") {
    CHECK(prove({"--without", "past_is_pst"}).exit_code == 64);
    CHECK(prove({"--without", "past_is_pst"}).err.find("past_is_past") != std::string::npos);
    CHECK(prove({"--claim", "containment", "--without", "past_is_past"}).exit_code == 64);
    CHECK(prove({"--claim", "everything"}).exit_code == 64);
    CHECK(prove({"--set", "resend=never"}).exit_code == 64);
    CHECK(prove({"--rules", "repared"}).exit_code == 65);
    CHECK(prove({"--rules", "repared"}).err.find("repaired") != std::string::npos);
}

} // namespace mdcd::tests::cli
