// The certificates of all presets, every question put to every solver that is installed; and cvc5's proofs of them,
// checked by cvc5 step by step.
// Knows the command line only.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "tests/cli/certificate.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::cli {

TEST_CASE("every question of every preset, and about a hostile cluster, is answered by cvc5 and z3 as it was by us") {
    for (const std::string rules :
         {"repaired", "repaired_fewest_checkpoints", "repaired_vector", "published", "hostile"}) {
        CAPTURE(rules);
        const std::string option = rules == "hostile" ? "--cluster" : "--rules";
        const ScratchFolder folder;
        const std::string place = folder.path("certificate");
        const int expected = rules == "published" ? 10 : 0;
        CHECK(run_mdcd({"prove", option, rules, "--search", "0", "--certificate", place}).exit_code == expected);
        const CheckedCertificate read = read_certificate(place);
        CHECK(read.unknown == 0);
        if (rules == "repaired_vector") // those of recovery, upgrades and links are in it, too
            CHECK(read.verdicts ==
                  "containment=proved consistency=proved components=proved recovery=proved upgrade=proved "
                  "link=proved");
        for (const std::string solver : {"cvc5", "z3"})
            if (is_there(solver)) {
                const Finished checked = check_certificate(place, {solver});
                CHECK(checked.exit_code == 0);
                CHECK(checked.out == solver + ": " + std::to_string(read.unsat + read.sat) + " questions, " +
                                         std::to_string(read.unsat) + " of them unsat\n");
                MESSAGE(rules << ": " << checked.out);
            }
    }
}

// Not by an independent program: docs/soundness.md says what that is worth.
TEST_CASE("cvc5 has a proof of every question that was answered unsat, and its checker accepts it") {
    if (!is_there("cvc5"))
        return;
    for (const std::string rules : {"repaired", "repaired_vector", "hostile"}) {
        CAPTURE(rules);
        const std::string option = rules == "hostile" ? "--cluster" : "--rules";
        const ScratchFolder folder;
        const std::string place = folder.path("certificate");
        CHECK(run_mdcd({"prove", option, rules, "--search", "0", "--certificate", place}).exit_code == 0);
        const std::string solver = folder.path("with-proofs"); // the script takes one word for a solver
        std::ofstream(solver) << "#!/bin/sh\nexec cvc5 --check-proofs \"$1\"\n";
        std::filesystem::permissions(solver, std::filesystem::perms::owner_all);
        const CheckedCertificate read = read_certificate(place);
        const Finished checked = check_certificate(place, {solver});
        CHECK(checked.exit_code == 0);
        CHECK(checked.out == solver + ": " + std::to_string(read.unsat + read.sat) + " questions, " +
                                 std::to_string(read.unsat) + " of them unsat\n");
        MESSAGE(rules << ": " << read.unsat << " proofs");
    }
}

} // namespace mdcd::tests::cli
