// What `mdcd check` says of Z3: questions as files, saved answers, and questions that stay open.
// Knows the counts of one small scope.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::cli {
namespace {

Finished check_tiny(const ScratchFolder& folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"check", "tiny", "--quiet", "-v"});
    return run_mdcd(arguments, folder.path("."));
}

std::ptrdiff_t files_in(const std::string& path, const std::string& ending) {
    return std::count_if(std::filesystem::directory_iterator(path), std::filesystem::directory_iterator(),
                         [&](const auto& each) { return each.path().string().ends_with(ending); });
}

} // namespace

TEST_CASE("--dump-smt writes each distinct question that was asked") {
    const ScratchFolder folder;
    const Finished finished = check_tiny(folder, {"--dump-smt", "some/questions"});
    CHECK(finished.exit_code == 10);
    CHECK(contains(finished.out, " 37 asked, "));
    CHECK(files_in(folder.path("some/questions"), ".smt2") == 37);
    CHECK(check_tiny(folder, {"--dump-smt", "/dev/null/questions"}).exit_code == 74);
    const Finished off = check_tiny(folder, {"--z3", "off", "--dump-smt", "x"});
    CHECK(off.exit_code == 64);
    CHECK(contains(off.err, "--z3 off does not ask"));
}

TEST_CASE("--z3-cache takes what it saved, warns of damage, and leaves other files alone") {
    const ScratchFolder folder;
    CHECK(contains(check_tiny(folder, {"--z3-cache", "answers"}).out, " 37 asked, "));
    const Finished again = check_tiny(folder, {"--z3-cache", "answers"});
    CHECK(contains(again.out, " 0 asked, "));
    CHECK(contains(again.out, " 37 from saved answers, "));
    CHECK(again.err.empty());

    std::filesystem::resize_file(folder.path("answers"), 1000);
    const Finished damaged = check_tiny(folder, {"--z3-cache", "answers"});
    CHECK(damaged.exit_code == 10);
    CHECK(contains(damaged.err, "mdcd: warning: answers is damaged ("));
    CHECK(contains(damaged.out, " 37 asked, "));
    CHECK(check_tiny(folder, {"--z3-cache", "answers"}).err.empty());

    (void)folder.write("scope.json", "{}");
    const Finished other = check_tiny(folder, {"--z3-cache", "scope.json"});
    CHECK(other.exit_code == 65);
    CHECK(contains(other.err, "scope.json: line 1: this is no file of saved answers"));

    const Finished unsaved = check_tiny(folder, {"--z3-cache", "no/such/folder/answers"});
    CHECK(unsaved.exit_code == 10); // what was explored is told all the same
    CHECK(contains(unsaved.err, "mdcd: warning: no/such/folder/answers: cannot be written: "));
}

TEST_CASE("--z3-effort: what Z3 leaves open is inconclusive and beside the traces, for another solver") {
    const ScratchFolder folder;
    const Finished finished =
        check_tiny(folder, {"--z3-effort", "1", "--rules", "repaired", "--property", "minimal_rollback"});
    CHECK(finished.exit_code == 20);
    CHECK(contains(finished.out, "Z3 gave no answer for "));
    CHECK(contains(finished.out, "mdcd-traces/*.unknown.smt2"));
    CHECK(files_in(folder.path("mdcd-traces"), ".unknown.smt2") > 0);
}

TEST_CASE("Z3 that dies: native verdicts, an inconclusive one, the questions, and how it died") {
    for (const char* const workers : {"1", "2"}) {
        const ScratchFolder folder;
        const Finished finished = run_command({"env", std::string("MDCD_Z3_ASKER=") + MDCD_TEST_Z3_ASKER,
                                               "MDCD_DIES_OF=minimal_rollback:12:11", MDCD_EXECUTABLE, "check", "tiny",
                                               "--rules", "repaired", "--quiet", "--workers", workers},
                                              folder.path("."));
        CHECK(finished.exit_code == 20);
        CHECK(contains(in_one_line(finished.out), "the process that asked Z3 was ended by signal 11 (SIGSEGV); then "));
        CHECK(contains(finished.out, "mdcd-traces/*.unknown.smt2"));
        CHECK(files_in(folder.path("mdcd-traces"), ".unknown.smt2") > 0);
        CHECK(contains(run_mdcd({"check", "tiny", "--rules", "repaired", "--quiet"}, folder.path(".")).out, "holds"));
    }
}

TEST_CASE("a test of the healthy component clears a receiver of the faulty one: both first errors, and what survives") {
    const ScratchFolder folder;
    const Finished finished =
        run_mdcd({"check", "two-components", "--rules", "published", "--set", "notification_sn=keep", "--property",
                  "containment", "--property", "no_cascading_rollback", "--max-states", "20000", "--full"},
                 folder.path("."));
    CHECK(finished.exit_code == 10);
    const std::string text = in_one_line(finished.out);
    CHECK(contains(text, "receives passed_AT(1) from L2 * drops checkpoint 1 [reclamation=by_index] * keeps no "
                         "checkpoint and calls itself clean"));
    CHECK(contains(text,
                   "k_1 = 1: messages of L1 from this number on are erroneous; k_2 = 1: no error of L2 is "
                   "needed; clean, but dependent on an erroneous message: A1 (on messages of L1 up to number 1)"));
    CHECK(contains(text, "{k_1 1, k_2 1}, found by z3"));
    CHECK(contains(text, "after recovery still dependent on an erroneous message: A1 (on messages of L2 up to number "
                         "1)"));
}

} // namespace mdcd::tests::cli
