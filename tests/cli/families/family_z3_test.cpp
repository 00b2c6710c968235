// Z3 as the second judge of a hostile cluster: which messages were hostile and which of them the detector missed is
// left open to it. Right rules and wrong ones, native against Z3, and the choice that is told with a run.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "model/inputs/families.hpp"
#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"
#include "traces/trace_file.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

FamilyCheck asked_of_z3(const std::string& scope, const std::string& rules, bool ask = true) {
    FamilyOptions options;
    options.z3.ask = ask;
    options.search.workers = 2;
    return family_of(scope).explore(family_case(scope, rules), options);
}

const FamilyProperty& named_in(const FamilyCheck& check, const std::string& name) {
    const auto found = std::ranges::find(check.properties, name, [](const auto& each) { return each.property.name; });
    REQUIRE(found != check.properties.end());
    return *found;
}

constexpr const char* judged[] = {"contained", "eradicated", "device_safety"};

} // namespace

TEST_CASE("Z3 agrees that nothing gets through: every question of every state") {
    for (const char* const scope : {"hostile/content", "hostile/headers", "hostile/content_two", "hostile/outputs",
                                    "hostile/to_old_version", "hostile/two_one"}) {
        CAPTURE(scope);
        const FamilyCheck check = asked_of_z3(scope, "");
        for (const char* const claim : judged) {
            CAPTURE(claim);
            const FamilyProperty& property = named_in(check, claim);
            CHECK(property.verdict == checker::Verdict::holds);
            REQUIRE(property.z3);
            CHECK(property.z3->views >= check.report.distinct_states);
            CHECK(property.z3->questions > 0);
            CHECK(property.z3->questions < property.z3->views);
            CHECK(property.z3->violated == 0);
            CHECK(property.z3->unknowns == 0);
        }
        CHECK(!named_in(check, "nothing_lost").z3);
    }
}

TEST_CASE("Z3 finds what the search finds where a part of the defence is missing, and where there is none") {
    struct Case {
        const char* scope;
        const char* rules;
        const char* claim;
    };
    for (const Case& each : {Case{"hostile/content", "hostile+boundary_checkpoint=none", "contained"},
                             Case{"hostile/content", "hostile+boundary_checkpoint=none", "eradicated"},
                             Case{"hostile/headers", "hostile+boundary_stamp=as_claimed", "device_safety"},
                             Case{"hostile/content_two", "hostile+boundary_stamp=one_counter", "contained"},
                             Case{"hostile/tests", "hostile+low_tests=prove", "contained"},
                             Case{"hostile/clean_as_others", "hostile+links=as_claimed", "eradicated"},
                             Case{"hostile/to_old_version", "hostile+other_kinds=received", "contained"},
                             Case{"hostile/undefended_content", "", "contained"},
                             Case{"hostile/undefended_false_replies", "", "eradicated"},
                             Case{"hostile/undefended_as_others_decisions", "", "contained"}}) {
        CAPTURE(each.scope);
        CAPTURE(each.rules);
        const FamilyCheck check = asked_of_z3(each.scope, each.rules); // throws if they disagree
        const FamilyProperty& property = named_in(check, each.claim);
        CHECK(property.verdict == checker::Verdict::violated);
        REQUIRE(property.z3);
        CHECK(property.z3->violated > 0);
        CHECK(property.z3->unknowns == 0);
        REQUIRE(property.trace);
        REQUIRE(property.trace->hypothesis);
        CHECK(property.trace->hypothesis->found_by == "z3");
        CHECK(property.trace->hypothesis->text.starts_with("hostile: "));
        const bool detects = !contains(property.trace->hypothesis->text, "; missed by the detector: ");
        CHECK(detects == (std::string(each.rules).empty()));
    }
}

TEST_CASE("nothing is asked where nothing is unknown, and where nobody wants it") {
    CHECK(family_of("levels/two_levels").judged_by_z3({"levels/two_levels", {}}).empty());
    CHECK(family_of("hostile/content").judged_by_z3({"hostile/content", {}}).size() == 3);
    // Its detector would miss nothing.
    CHECK(family_of("hostile/content").judged_by_z3(family_case("hostile/undefended_content", "hostile")).empty());
    CHECK(!named_in(asked_of_z3("hostile/content", "", false), "contained").z3);
}

TEST_CASE("as a user meets it: how much was asked, and which messages were hostile") {
    const ScratchFolder folder;
    const cli::Finished right = cli::run_mdcd({"check", "hostile/content"}, folder.path("."));
    CHECK(right.exit_code == 0);
    CHECK(contains(right.out, " distinct questions about contained, eradicated, device_safety, all answered as "
                              "natively; "));
    CHECK(!contains(cli::run_mdcd({"check", "hostile/content", "--z3", "off"}, folder.path(".")).out, "Z3"));
    const cli::Finished wrong =
        cli::run_mdcd({"check", "hostile/content", "--set", "boundary_checkpoint=none"}, folder.path("."));
    CHECK(wrong.exit_code == 10);
    CHECK(contains(wrong.out, "fault hypothesis: hostile: "));
    const std::string file = "mdcd-traces/hostile_content.hostile+boundary_checkpoint=none.contained.json";
    const traces::Trace trace = traces::read_trace(traces::read_text_file(folder.path(file)), file);
    REQUIRE(trace.hypothesis);
    CHECK(trace.hypothesis->assignment.find("missed")->list()->size() == 1);
}

} // namespace mdcd::tests
