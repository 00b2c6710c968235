// `mdcd simulate`: what it finds replays, what it does not find settles nothing, and a seed gives the same walks again.
// Knows nothing of how walks are made.
#include <doctest/doctest.h>

#include <string>

#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::cli {

TEST_CASE("a violation that is walked into exits with 10 and replays; the same seed finds the same with any workers") {
    const ScratchFolder folder;
    const auto walk = [&](const std::string& workers) {
        return run_mdcd({"simulate", "tiny", "--rules", "published", "--set", "in_transit=deliver", "--seed", "7",
                         "--walks", "200", "--workers", workers},
                        folder.path("."));
    };
    const Finished one = walk("1");
    CHECK(one.exit_code == 10);
    CHECK(contains(one.out, "scope tiny, rules published+in_transit=deliver, seed 7\n"));
    CHECK(contains(one.out, "recoverability"));
    CHECK(contains(one.out, "\nsampled: 200 walks, "));
    CHECK(contains(one.out, "\nfired: "));
    CHECK(walk("3").out == one.out);
    const std::string trace = folder.path("mdcd-traces/tiny.published+in_transit=deliver.recoverability.json");
    CHECK(run_mdcd({"replay", trace}).exit_code == 0);
}

TEST_CASE("a sample without a finding is inconclusive, and quiet about it if wanted") {
    const ScratchFolder folder;
    const std::vector<std::string> walk = {"simulate", "tiny", "--rules", "repaired", "--walks", "20"};
    const Finished all = run_mdcd(walk, folder.path("."));
    CHECK(all.exit_code == 20);
    CHECK(contains(all.out, "not seen: "));
    std::vector<std::string> with_quiet = walk;
    with_quiet.emplace_back("--quiet");
    const Finished quiet = run_mdcd(with_quiet, folder.path("."));
    CHECK(quiet.exit_code == 20);
    CHECK(contains(quiet.out, "\nsampled: 20 walks, "));
    CHECK_FALSE(contains(quiet.out, "not seen"));
    CHECK_FALSE(contains(quiet.out, "fired:"));
}

TEST_CASE("walks that would not end, or have no step, are wrong usage") {
    CHECK(run_mdcd({"simulate", "tiny", "--walks", "0"}).exit_code == 64);
    CHECK(run_mdcd({"simulate", "tiny", "--steps", "0"}).exit_code == 64);
}

} // namespace mdcd::tests::cli
