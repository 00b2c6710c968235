// `--partial-order` as a user meets it: all states, or fewer where the properties asked for allow it; a report says
// when states were left out, and what needs all of them refuses by name.
#include <doctest/doctest.h>

#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"

namespace mdcd::tests::cli {
namespace {

Finished asked(const ScratchFolder& folder, std::vector<std::string> arguments) {
    for (const char* each : {"--z3", "off", "--trace-dir", "traces"})
        arguments.emplace_back(each);
    return run_mdcd(arguments, folder.path("."));
}

traces::Value told(const ScratchFolder& folder, const std::string& partial_order) {
    const Finished finished = asked(folder, {"check", "smaller.json", "--property", "device_safety", "--format", "json",
                                             "--partial-order", partial_order});
    REQUIRE(finished.exit_code == 0);
    return traces::parse_json(finished.out, "stdout");
}

std::string text_of(const traces::Value& report, const char* field) {
    REQUIRE(report.find(field) != nullptr);
    return traces::to_json(*report.find(field));
}

} // namespace

TEST_CASE("states are left out when they are asked to be, and the report says so") {
    const ScratchFolder folder;
    (void)folder.write("smaller.json",
                       R"({"name": "smaller", "components": 1, "active_processes": 2, "rules": "repaired",
                                     "budgets": {"cluster_messages": 1, "active_messages": 1, "messages_to_cluster": 1,
                                                 "active_acceptance_tests": 1}})");
    const traces::Value all = told(folder, "edges");
    const traces::Value plain = told(folder, "off");
    const traces::Value fewer = told(folder, "states");
    CHECK(text_of(all, "distinct_states") == text_of(plain, "distinct_states"));
    CHECK(text_of(all, "extent") == text_of(plain, "extent"));
    CHECK(text_of(all, "extent") != text_of(fewer, "extent"));
    CHECK(text_of(fewer, "extent") == "\"exhaustive with reduction\"\n");
    CHECK(std::stoull(text_of(fewer, "distinct_states")) < std::stoull(text_of(all, "distinct_states")));
    CHECK(text_of(fewer, "properties") == text_of(all, "properties"));

    const Finished people =
        asked(folder, {"check", "smaller.json", "--property", "device_safety", "--partial-order", "states"});
    CHECK(people.exit_code == 0);
    CHECK(contains(people.out, "exhaustive with reduction: "));
    CHECK(contains(people.out, "runs need not be the shortest"));
}

TEST_CASE("what needs all states refuses to leave some out, and says why") {
    const ScratchFolder folder;
    const auto refused = [&](std::vector<std::string> arguments, const std::string& why) {
        arguments.insert(arguments.end(), {"--partial-order", "states"});
        const Finished finished = asked(folder, std::move(arguments));
        CHECK(finished.exit_code == 64);
        CHECK(finished.out.find("holds") == std::string::npos);
        CHECK(contains(finished.err, why));
    };
    refused({"check", "tiny"}, "'containment' is about all processes");
    refused({"try", "tiny"}, "'containment' is about all processes");
    refused({"check", "tiny", "--property", "device_safety", "--symmetry"}, "merged up to renaming");
    refused({"check", "tiny", "--property", "device_safety", "--checkpoint", "saved"}, "leave out --checkpoint");
    refused({"check", "upgrade/again"}, "--partial-order");
    refused({"compare", "tiny", "--set", "suppress_until=exclusive"}, "--partial-order states: the costs");
    refused({"repair", "tiny"}, "--partial-order states: a repair");
}

} // namespace mdcd::tests::cli
