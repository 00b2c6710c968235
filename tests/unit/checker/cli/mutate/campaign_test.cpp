// In which order a campaign runs the checks of a gate, what it remembers, and what it gives back when it is ended. The
// program that it runs is a script that answers as `mdcd gate` does and writes down what it was asked.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "checker/cli/mutate/campaign.hpp"
#include "checker/cli/mutate/first_checks.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::checker::cli::mutate {
namespace {

using tests::ScratchFolder;

// Check "large" sees every mutant, the others none.
const std::string script = R"~(#!/bin/sh
here=$(dirname "$0")
echo "$4 ${MDCD_MUTANT:-none}" >> "$here/asked"
if [ "$4" = large ] && [ -n "$MDCD_MUTANT" ]; then
    echo '{"checks": [{"deviations": [{"subject": "a", "status": "not_as_expected", "text": "x"}], "properties":'
    echo '[{"name": "a", "expected": "holds", "verdict": "violated", "steps": 7}]}]}'
    exit 10
fi
echo '{"checks": [{"deviations": [], "properties": []}]}'
)~";

Trial trial(const std::string& name, Matters matters) {
    return {.name = name,
            .fault = "",
            .matters = matters,
            .reason = "",
            .function = "",
            .environment = {{"MDCD_MUTANT", name}},
            .checks = {0, 1, 2, 3}};
}

struct Scripted {
    ScratchFolder folder;
    CampaignOptions options;

    Scripted() {
        options.program = folder.write("program", script);
        std::filesystem::permissions(options.program, std::filesystem::perms::owner_all);
        options.gate = "any";
        options.checks = {"huge", "large", "small", "middle"};
        options.sizes = {1000, 100, 1, 10};
        options.scratch = folder.path("");
    }

    // What the program was asked since the last call.
    [[nodiscard]] std::vector<std::string> asked() const {
        std::vector<std::string> lines;
        {
            std::ifstream in(folder.path("asked"));
            for (std::string line; std::getline(in, line);)
                lines.push_back(line);
        }
        std::filesystem::remove(folder.path("asked"));
        return lines;
    }
};

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("small checks come first, no more after a property, and what matters before what does not") {
    Scripted scripted;
    std::vector<std::string> told;
    scripted.options.progress = [&told](std::size_t done, std::size_t total, const std::string& what) {
        told.push_back(std::to_string(done) + "/" + std::to_string(total) + " " + what);
    };
    const std::vector<Trial> trials{trial("harmless", Matters::no), trial("bad", Matters::yes)};
    const Campaign campaign = run_campaign(trials, scripted.options);
    CHECK(scripted.asked() == Lines{"huge none", "large none", "small none", "middle none", "small bad", "middle bad",
                                    "large bad", "small harmless", "middle harmless", "large harmless"});
    CHECK(told == Lines{"1/4 check huge without a mutant", "2/4 check large without a mutant",
                        "3/4 check small without a mutant", "4/4 check middle without a mutant", "1/2 bad: property",
                        "2/2 harmless: property"});
    REQUIRE(is_whole(campaign));
    CHECK(campaign.outcomes[1]->check == "large");
    CHECK(campaign.outcomes[1]->checks_run == 3);
}

TEST_CASE("the check that saw a mutant the last time is tried first, and only it") {
    Scripted scripted;
    const std::vector<Trial> trials{trial("bad", Matters::yes)};
    (void)run_campaign(trials, scripted.options);
    (void)scripted.asked();
    const Campaign again = run_campaign(trials, scripted.options);
    CHECK(scripted.asked().back() == "large bad");
    CHECK(again.outcomes[0]->checks_run == 1);
    std::ofstream(scripted.folder.path("first_checks"), std::ios::app)
        << "bad small\n"; // which does not see it any more
    const Campaign later = run_campaign(trials, scripted.options);
    CHECK(later.outcomes[0]->check == "large");
    CHECK(later.outcomes[0]->checks_run == 3);
    scripted.options.all_checks = true;
    CHECK(run_campaign(trials, scripted.options).outcomes[0]->checks_run == 4);
}

TEST_CASE("a campaign that is ended gives back what it has, and no verdict of what it has not") {
    Scripted scripted;
    const std::vector<Trial> trials{trial("bad", Matters::yes), trial("worse", Matters::yes)};
    std::atomic<bool> interrupt{false};
    scripted.options.interrupt = &interrupt;
    scripted.options.progress = [&interrupt](std::size_t, std::size_t, const std::string& what) {
        interrupt = interrupt || what.starts_with("bad");
    };
    const Campaign campaign = run_campaign(trials, scripted.options);
    CHECK(campaign.interrupted);
    CHECK(campaign.outcomes[0].has_value());
    CHECK_FALSE(campaign.outcomes[1].has_value());

    interrupt = false;
    scripted.options.until = std::chrono::steady_clock::now();
    const Campaign late = run_campaign(trials, scripted.options);
    CHECK(late.out_of_time);
    CHECK_FALSE(late.interrupted);
    CHECK_FALSE(is_whole(late));
    CHECK_FALSE(is_whole(not_begun(trials, scripted.options)));
}

TEST_CASE("what saw a mutant is remembered from file to file; half a line is none") {
    const ScratchFolder folder;
    const std::string file = folder.path("first_checks");
    FirstChecks(file).keep("a", "one");
    FirstChecks(file).keep("a", "two");
    std::ofstream(file, std::ios::app) << "b";
    const FirstChecks read(file);
    CHECK(read.find("a") == "two");
    CHECK_FALSE(read.find("b").has_value());
    CHECK_FALSE(FirstChecks(folder.path("none")).find("a").has_value());
}

} // namespace mdcd::checker::cli::mutate
