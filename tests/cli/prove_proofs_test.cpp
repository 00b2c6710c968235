// The script that has proofs of a certificate's questions checked: what it lets pass, and what it refuses. The proof is
// written by hand, and a program that prints it stands in for cvc5, another one for the checker: what both are worth is
// seen in prove_proofs_long_test.cpp.
// Knows the command line only.
#include <doctest/doctest.h>

#include <filesystem>

#include "checker/content_hash.hpp"
#include "tests/cli/certificate.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::cli {

namespace {

const std::string question_of_one = "; x is 0 and it is not.\n"
                                    "(set-logic QF_LIA)\n(set-info :status unsat)\n"
                                    "(declare-const x Int)\n(assert (<= 0 x))\n"
                                    "(define-fun part.1 () Bool (<= x 0))\n"
                                    "(assert (and part.1 (not (= (+ x 1) 1))))\n(check-sat)\n";

// What cvc5 would say: its first line, names, assumptions, and steps of which one is only asserted.
struct HandMadeProof {
    std::string answer = "unsat";
    std::string definitions = "(define cvc.x (var 0 Int))\n(define cvc.part.1 (@ t1 (int 0)\n(a.<= cvc.x t1)))\n";
    std::string assumed = "(and cvc.part.1 (and (not (= (a.+ cvc.x (a.+ t2 t1)) t2)) true))";
    std::string asserted = "(= (a.<= cvc.x t1) (not (a.>= cvc.x t2)))";
    std::string conclusion = "false";
    std::string after;
    [[nodiscard]] std::string text() const {
        return answer + "\n; WARNING: adding trust step for THEORY_REWRITE\n" + definitions +
               "(check\n(@ t1 (int 0)\n(@ t2 (int 1)\n(# a0 (holds (a.<= t1 cvc.x))\n(# a1 (holds " + assumed +
               ")\n(: (holds " + conclusion + ")\n(plet _ _\n(trust " + asserted +
               ") ; from THEORY_REWRITE\n(\\ p1 (contra _ a1 p1))))))))\n)\n" + after;
    }
};

class HandMadeCertificate {
public:
    HandMadeCertificate() {
        const std::string real = folder_.path("real");
        REQUIRE(run_mdcd({"prove", "--claim", "containment", "--search", "0", "--walks", "1", "--states", "1",
                          "--certificate", real})
                    .exit_code != 64);
        std::filesystem::create_directories(folder_.path("by_hand/claim"));
        std::filesystem::create_directories(folder_.path("bin"));
        std::filesystem::create_directories(folder_.path("rules"));
        for (const std::string name : {"proofs.sh", "proof.awk"})
            std::filesystem::copy_file(real + "/" + name, folder_.path("by_hand/" + name));
        static_cast<void>(folder_.write("by_hand/claim/one.smt2", question_of_one));
        static_cast<void>(
            folder_.write("by_hand/hashes", checker::content_hash(question_of_one) + "  claim/one.smt2\n"));
        for (const std::string name :
             {"core_defs", "util_defs", "theory_def", "nary_programs", "boolean_programs", "boolean_rules", "cnf_rules",
              "equality_rules", "arith_programs", "arith_rules", "quantifiers_rules"})
            static_cast<void>(folder_.write("rules/" + name + ".plf", ""));
        program("lfscc", "echo success");
    }
    void program(const std::string& name, const std::string& what) {
        std::filesystem::permissions(folder_.write("bin/" + name, "#!/bin/sh\n" + what + "\n"),
                                     std::filesystem::perms::owner_all);
    }
    Finished check(const std::string& proof, const std::string& rules = "rules") {
        program("cvc5", "cat '" + folder_.write("proof", proof) + "'");
        return run_command({"sh", "-c",
                            "PATH='" + folder_.path("bin") + "':$PATH LFSC_SIGNATURES='" + folder_.path(rules) +
                                "' sh '" + folder_.path("by_hand/proofs.sh") + "'"});
    }

private:
    ScratchFolder folder_;
};

// Of one question: what is printed of it before the counts.
std::string refused(const std::string& why) {
    return "claim/one.smt2: " + why +
           "\nclaim: 1 questions answered unsat, 0 of them with a proof that was checked, 0 of these without a step "
           "that is only asserted; ";
}

} // namespace

TEST_CASE("a proof passes if the checker takes it and another solver confirms what it only asserts") {
    if (!is_there("z3"))
        return;
    HandMadeCertificate certificate;
    const HandMadeProof good;
    const Finished passed = certificate.check(good.text());
    CHECK(passed.out ==
          "claim: 1 questions answered unsat, 1 of them with a proof that was checked, 0 of these without "
          "a step that is only asserted; 0 not produced, 0 refused, 0 with a step that is not confirmed\n"
          "    steps that are only asserted, confirmed by z3: THEORY_REWRITE 1\n");
    CHECK(passed.exit_code == 0);
    HandMadeProof wrong;
    wrong.asserted = "(= (a.<= cvc.x t1) (not (a.>= cvc.x t1)))";
    const Finished unconfirmed = certificate.check(wrong.text());
    CHECK(unconfirmed.exit_code == 1);
    CHECK(unconfirmed.out.starts_with(refused("a step is not confirmed: sat") + "0 not produced, 0 refused, 1 with"));
    certificate.program("lfscc", "echo 'Error: the type is another'");
    CHECK(certificate.check(good.text())
              .out.starts_with(refused("refused by lfscc: Error: the type is another") + "0 not produced, 1 refused"));
    certificate.program("lfscc", "echo success; exit 1");
    CHECK(certificate.check(good.text()).exit_code == 1);
}

TEST_CASE("a proof of something else, or from something else, is refused") {
    if (!is_there("z3"))
        return;
    HandMadeCertificate certificate;
    const auto reason = [&](const auto& change) {
        HandMadeProof proof;
        change(proof);
        const Finished checked = certificate.check(proof.text());
        CHECK(checked.exit_code == 1);
        CHECK(checked.out.find("0 of them with a proof that was checked") != std::string::npos);
        const std::string before = "claim/one.smt2: ";
        CHECK(checked.out.starts_with(before));
        return checked.out.substr(before.size(), checked.out.find('\n') - before.size());
    };
    using Proof = HandMadeProof;
    CHECK(reason([](Proof& proof) { proof.answer = "unknown"; }) == "no proof: unknown");
    CHECK(reason([](Proof& proof) { proof.assumed = "(not (a.<= t1 cvc.x))"; }) ==
          "refused: it assumes what the question does not assert");
    CHECK(reason([](Proof& proof) { proof.assumed = "cvc.part.1"; }) ==
          "refused: it assumes what the question does not assert");
    CHECK(reason([](Proof& proof) { proof.conclusion = "true"; }) ==
          "refused: \"false\" was expected, and not \"true\"");
    CHECK(reason([](Proof& proof) { proof.definitions += "(define false true)\n"; }) == "refused: it defines false");
    CHECK(reason([](Proof& proof) { proof.definitions += "(define cvc.y (var 0 Int))\n"; }) ==
          "refused: no variable of the question: cvc.y");
    CHECK(reason([](Proof& proof) { proof.definitions = "(declare known (holds false))\n" + proof.definitions; }) ==
          "refused: \"check\" was expected, and not \"declare\"");
    CHECK(reason([](Proof& proof) { proof.after = "(check true)\n"; }) == "refused: it goes on after its end");
    CHECK(reason([](Proof& proof) { proof.asserted = "(p_of cvc.x)"; }) ==
          "refused: an asserted step is about what is not known here: p_of");
    CHECK(reason([](Proof& proof) { proof.asserted += ") (contra trust"; }) ==
          "refused: a step is asserted where no step stands");
}

TEST_CASE("without a checker, or its rules, nothing passes") {
    HandMadeCertificate certificate;
    const Finished without_rules = certificate.check("unsat\n", "no_rules");
    CHECK(without_rules.exit_code == 69);
    CHECK(without_rules.out.find("core_defs.plf is not there: LFSC_SIGNATURES names a folder of rules\n") !=
          std::string::npos);
}

} // namespace mdcd::tests::cli
