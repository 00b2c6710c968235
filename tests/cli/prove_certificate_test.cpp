// Certificates of proofs: what another solver says of the questions, and that nobody can change one unseen.
// Knows the command line only.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "tests/cli/certificate.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::cli {

TEST_CASE("every question about containment is answered by cvc5 as it was by us") {
    const ScratchFolder folder;
    const std::string place = folder.path("certificate");
    const Finished finished = run_mdcd({"prove", "--claim", "containment", "--certificate", place});
    CHECK(finished.exit_code == 0);
    CHECK(finished.out.find("certificate: " + place + ", to be checked by sh ") != std::string::npos);
    const CheckedCertificate read = read_certificate(place);
    CHECK(read.verdicts == "containment=proved");
    CHECK(read.unsat == 9 * 13 + 1);
    CHECK(read.sat == 13 + 2); // each action, the start and the claim can happen; the claim can fail
    CHECK(read.unknown == 0);
    if (is_there("cvc5")) { // z3 as a program answers in a long test
        const Finished checked = check_certificate(place, {"cvc5"});
        CHECK(checked.out == "cvc5: 133 questions, 118 of them unsat\n");
        CHECK(checked.exit_code == 0);
    }
}

TEST_CASE("a question is readable: which action, which lemma, what is given") {
    const ScratchFolder folder;
    const std::string place = folder.path("certificate");
    CHECK(run_mdcd({"prove", "--rules", "published", "--claim", "containment", "--certificate", place}).exit_code ==
          10);
    const std::string text = file_text(place + "/containment/active_receives.index_covers_what_follows.smt2");
    CHECK(text.starts_with("; mdcd prove, rules published, containment\n"
                           "; After active_receives lemma index_covers_what_follows holds: What was absorbed after"));
    CHECK(text.find("(set-info :status sat)\n") != std::string::npos);
    CHECK(text.find("\n; Given: lemma clean_is_validated: ") != std::string::npos);
    CHECK(text.find("\n; Given: action active_receives: an active process receives a message\n") != std::string::npos);
    CHECK(text.find("(declare-const before.process.low_sn Int)\n(assert (<= 0 before.process.low_sn))\n") !=
          std::string::npos);
    CHECK(text.find("without a proof") == std::string::npos);
    CHECK(text.ends_with("(check-sat)\n"));
    CHECK(read_certificate(place).verdicts == "containment=refuted");
}

TEST_CASE("whoever changes a question, or what was answered, is found out") {
    const ScratchFolder folder;
    const std::string place = folder.path("certificate");
    CHECK(run_mdcd({"prove", "--claim", "containment", "--certificate", place}).exit_code == 0);
    const std::string file = place + "/containment/containment.smt2";
    const std::string text = file_text(file);
    std::ofstream(file) << text + "; more\n";
    const Finished changed = check_certificate(place, {"true"});
    CHECK(changed.exit_code == 1);
    CHECK(changed.out.find("a file is not what it was") != std::string::npos);
    std::ofstream(file) << text;
    const Finished silent = check_certificate(place, {"true"}); // a solver that says nothing
    CHECK(silent.exit_code == 1);
    CHECK(silent.out.find("true: containment/containment.smt2: , and not unsat\n") != std::string::npos);
    CHECK(silent.out.ends_with("133 answers are others\n"));
    CHECK(check_certificate(place, {"a-solver-that-is-not-here"}).exit_code == 69);
    // A list without questions, or with fewer than the manifest's, proves nothing.
    const std::string hashes = file_text(place + "/hashes");
    const std::size_t first = hashes.find(".smt2\n") + 6;
    std::ofstream(place + "/hashes") << hashes.substr(first);
    CHECK(check_certificate(place, {"true"}).out.find("the manifest lists 133 questions") != std::string::npos);
    std::string others;
    std::istringstream lines(hashes);
    for (std::string line; std::getline(lines, line);)
        if (!line.ends_with(".smt2"))
            others += line + "\n";
    std::ofstream(place + "/hashes") << others;
    const Finished empty = check_certificate(place, {"true"});
    CHECK(empty.exit_code == 1);
    CHECK(empty.out == "true: 0 questions, 0 of them unsat\nthe manifest lists 133 questions\n");
}

} // namespace mdcd::tests::cli
