// Proofs of a certificate's questions, by cvc5, checked by a program that shares nothing with it: that of LFSC.
// No package has it; docs/soundness.md says where it is from.
// Knows the command line only.
#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>

#include "tests/cli/certificate.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::cli {

TEST_CASE("every question about containment, and about a hostile cluster, has a proof that is checked") {
    const char* const named = std::getenv("LFSC_CHECKER");
    const std::string checker = named == nullptr ? "lfscc" : named;
    if (std::getenv("LFSC_SIGNATURES") == nullptr ||
        run_command({"sh", "-c", "command -v '" + checker + "'"}).exit_code != 0) {
        std::puts("skipped: no LFSC checker (LFSC_CHECKER), or not its rules (LFSC_SIGNATURES)"); // ctest looks for it
        return;
    }
    const auto check = [](const std::vector<std::string>& subject, const std::string& claim, std::size_t questions) {
        const ScratchFolder folder;
        const std::string place = folder.path("certificate");
        std::vector<std::string> command{"prove", "--search", "0", "--certificate", place};
        command.insert(command.end(), subject.begin(), subject.end());
        CHECK(run_mdcd(command).exit_code == 0);
        const Finished checked = run_command({"sh", place + "/proofs.sh"});
        MESSAGE(checked.out);
        const std::string count = std::to_string(questions);
        CHECK(checked.exit_code == 0);
        CHECK(checked.out.starts_with(claim + ": " + count + " questions answered unsat, " + count +
                                      " of them with a proof that was checked, "));
        CHECK(checked.out.find("; 0 not produced, 0 refused, 0 with a step that is not confirmed\n") !=
              std::string::npos);
    };
    check({"--claim", "containment"}, "containment", 118);
    check({"--cluster", "hostile"}, "hostile", 171);
}

} // namespace mdcd::tests::cli
