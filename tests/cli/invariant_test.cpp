// --invariant as a user meets it: the shipped examples, names, mistakes, and traces that stand alone.
// What formulas mean is tested elsewhere.
#include <doctest/doctest.h>

#include <regex>
#include <string>
#include <vector>

#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::cli {
namespace {

const std::string examples = MDCD_SOURCE_DIR "/docs/examples/";

// Which of two processes that are alike it was is the search's choice.
bool finds(const std::string& text, const std::string& pattern) {
    return std::regex_search(text, std::regex(pattern));
}

Finished check_invariant(const ScratchFolder& folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "check");
    return run_mdcd(arguments, folder.path("."));
}

} // namespace

TEST_CASE("the shipped examples hold where the docs say so, and can be named") {
    const ScratchFolder folder;
    const Finished both = check_invariant(folder, {"tiny", "--rules", "repaired", "--quiet", "-v", "--invariant",
                                                   examples + "contained.smt2", "--invariant",
                                                   "array=" + examples + "small_checkpoint_array.smt2"});
    CHECK(both.exit_code == 0);
    CHECK(contains(both.out, "\n  contained                     holds "));
    CHECK(contains(both.out, "\n  array                         holds "));
    const Finished alone = check_invariant(folder, {"tiny", "--quiet", "--invariant", examples + "contained.smt2",
                                                    "--property", "contained", "--expect", "contained=violated"});
    CHECK(alone.exit_code == 10);
    CHECK(contains(alone.out, "(expected: violated)"));
    CHECK_FALSE(contains(alone.out, "recoverability"));
}

TEST_CASE("a broken invariant: its run says for whom, and replays and shows without the file") {
    const ScratchFolder folder;
    const std::string file = folder.write("calm.smt2", "; Nobody is dirty.\n(assert (not (exists ((p Process)) (dirty "
                                                       "p))))");
    const Finished broken = check_invariant(folder, {"tiny", "--full", "--invariant", file, "--property", "calm"});
    CHECK(broken.exit_code == 10);
    CHECK(contains(broken.out, "calm is violated"));
    CHECK(contains(broken.out, "Nobody is dirty."));
    CHECK(contains(broken.out, "in 2 steps  mdcd-traces/tiny.published.calm.json"));
    const std::string trace = folder.path("mdcd-traces/tiny.published.calm.json");
    CHECK(run_mdcd({"replay", trace}).exit_code == 0);
    CHECK(run_mdcd({"show", trace, "--as", "svg"}).exit_code == 0);
    const Finished sampled =
        run_mdcd({"simulate", "tiny", "--walks", "50", "--invariant", file, "--trace-dir", folder.path("walked")});
    CHECK(contains(sampled.out, "  calm                          violated in 2 steps"));
}

TEST_CASE("cascades are explained, as the docs say: after all, and once more") {
    const ScratchFolder folder;
    const Finished orphan =
        check_invariant(folder, {"feedback", "--rules", "repaired", "--set", "checkpoint_trigger=published", "--set",
                                 "propagation_mark=active_only", "--set", "reclamation=by_cover", "--property",
                                 "no_cascading_rollback", "--full"});
    CHECK(orphan.exit_code == 10);
    CHECK(contains(in_one_line(orphan.out),
                   "the latest line that is consistent then: S1 at checkpoint 1 of 1, A1 where "
                   "recovery leaves it, A2 where recovery leaves it"));
    CHECK(finds(in_one_line(orphan.out),
                "cascade at S1: S1 must roll back after all, because it has received (A[12])\\.1, and "
                "\\1 has rolled back to before the send: it then is at checkpoint 1 of 1"));
    CHECK(contains(in_one_line(orphan.out), "the rollbacks end with S1 at checkpoint 1 of 1, A1 where"));
    const Finished twice = check_invariant(
        folder, {"tiny", "--set", "recovery_line=local", "--set", "receiver_log=while_dirty", "--invariant",
                 examples + "one_rollback_is_enough.smt2", "--property", "one_rollback_is_enough", "--full"});
    CHECK(twice.exit_code == 10);
    CHECK(finds(in_one_line(twice.out),
                "cascade at A[12]: A[12] must roll back once more, because it has received "
                "(A[12])\\.1, and \\1 has rolled back to before the send: but it keeps no state that is "
                "free of that"));
}

TEST_CASE("mistakes: exit 65 with the place; names that are none or taken; no such file") {
    const ScratchFolder folder;
    const std::string wrong = folder.write("wrong.smt2", "(assert\n  (dirtty A1))");
    const Finished mistake = check_invariant(folder, {"tiny", "--invariant", wrong});
    CHECK(mistake.exit_code == 65);
    CHECK(contains(mistake.err, "wrong.smt2: line 2, column 4: unknown word 'dirtty'"));
    CHECK(contains(mistake.err, "did you mean 'dirty'?"));
    CHECK(check_invariant(folder, {"tiny", "--invariant", folder.path("nothing.smt2")}).exit_code == 65);
    CHECK(contains(check_invariant(folder, {"tiny", "--invariant", "containment=" + examples + "contained.smt2"}).err,
                   "there is a property 'containment' already"));
    CHECK(contains(check_invariant(folder, {"tiny", "--invariant", "a.b=" + examples + "contained.smt2"}).err,
                   "cannot name an invariant"));
    const std::string beyond = folder.write("beyond.smt2", "(assert (= 0\n  (number_in A1 2)))");
    const Finished no_component = check_invariant(folder, {"tiny", "--invariant", beyond});
    CHECK(no_component.exit_code == 65);
    CHECK(contains(no_component.err, "beyond.smt2: line 2, column 17: 'number_in' takes a number from 1 to 1 here"));
    CHECK(check_invariant(folder, {"tiny", "--symmetry", "--invariant", examples + "contained.smt2"}).exit_code == 64);
    CHECK(contains(
        check_invariant(folder, {"tiny", "--invariant", examples + "contained.smt2", "--property", "contaned"}).err,
        "did you mean 'contained'?"));
}

} // namespace mdcd::tests::cli
