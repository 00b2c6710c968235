// A path in a file is a path, wherever the program is started: "./tiny" is a file of that name and not the shipped
// scope; and ".." is the system's, not a matter of text. What a field names wrongly is told with the field.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "model/inputs/library.hpp"
#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::cli {
namespace {

std::string shipped_scope(const std::string& name) {
    for (const model::LibraryFile& each : model::scope_files())
        if (each.name == name)
            return std::string(each.text);
    throw std::runtime_error("no scope " + name);
}

std::string shipped_rules(const std::string& name) {
    for (const model::LibraryFile& each : model::rules_files())
        if (each.name == name)
            return std::string(each.text);
    throw std::runtime_error("no preset " + name);
}

const char* const gate_of_files =
    R"({"name": "g", "checks": [{"name": "a", "scope": "./tiny", "rules": "./repaired"}]})";

} // namespace

TEST_CASE("a file that is named as something shipped is checked, from whichever folder") {
    const ScratchFolder folder;
    (void)folder.write("tiny", shipped_scope("small"));
    (void)folder.write("repaired", shipped_rules("published"));
    const std::string file = folder.write("g.json", gate_of_files);
    const std::string expected =
        run_mdcd({"check", "./tiny", "--rules", "./repaired", "--quiet"}, folder.path(".")).out;
    const std::size_t count = expected.find(" distinct states");
    REQUIRE(count != std::string::npos);
    const std::string states =
        expected.substr(expected.rfind(' ', count - 1) + 1, count - expected.rfind(' ', count - 1) - 1);
    REQUIRE(states != "3,465");
    CHECK(run_mdcd({"gate", "g.json", "--pin"}, folder.path(".")).exit_code == 0);
    for (const auto& [name, from] : {std::pair{std::string("g.json"), folder.path(".")},
                                     {file, std::string("/")},
                                     {std::string("./g.json"), folder.path(".")}}) {
        const Finished finished = run_mdcd({"gate", name, "--trace-dir", folder.path("traces")}, from);
        const std::string told = name;
        CAPTURE(told);
        CHECK(finished.exit_code == 0);
        CHECK_MESSAGE(contains(finished.out, states), finished.out);
    }
    const std::string scenario =
        folder.write("s.scenario", "scope ./tiny\nrules ./repaired\nexpect containment holds\n");
    const std::string here = run_mdcd({"scenario", "s.scenario"}, folder.path(".")).out;
    CHECK_MESSAGE(contains(here, "scope small, rules published"), here);
    CHECK(contains(run_mdcd({"scenario", scenario}, "/").out, "scope small, rules published"));
}

TEST_CASE("what is not there is told as the path that it is") {
    const ScratchFolder folder;
    (void)folder.write("g.json",
                       R"({"name": "g", "checks": [{"name": "a", "scope": "./fifo", "rules": "published"}]})");
    const Finished finished = run_mdcd({"gate", "g.json", "--pin"}, folder.path("."));
    CHECK(finished.exit_code == 65);
    CHECK_MESSAGE(contains(finished.err, "./fifo: cannot be "), finished.err);
}

TEST_CASE("two dots after a linked folder lead where the link leads") {
    const ScratchFolder folder;
    std::filesystem::create_directories(folder.path("real/deep"));
    std::filesystem::create_directories(folder.path("g"));
    std::filesystem::create_directory_symlink("../real/deep", folder.path("g/link"));
    (void)folder.write("real/s.json", shipped_scope("tiny"));
    (void)folder.write("g/s.json", shipped_scope("small"));
    (void)folder.write("g/g.json",
                       R"({"name": "g", "checks": [{"name": "a", "scope": "link/../s.json", "rules": "repaired"}]})");
    CHECK(run_mdcd({"gate", "g/g.json", "--pin"}, folder.path(".")).exit_code == 0);
    CHECK(contains(run_mdcd({"gate", "g/g.json"}, folder.path(".")).out, " 3,465 "));
}

TEST_CASE("rules that a scope or a gate names wrongly are told with the field; changes may follow a preset") {
    const ScratchFolder folder;
    std::string scope = shipped_scope("tiny");
    const auto with_rules = [&](const std::string& rules) {
        std::string text = scope;
        const std::string field = R"("rules": "published")";
        REQUIRE(contains(text, field));
        return text.replace(text.find(field), field.size(), R"("rules": ")" + rules + "\"");
    };
    for (const auto& [rules, said] : {std::pair{"published+x=y", "'x': no such rule"},
                                      {"publishd", "did you mean 'published'?"},
                                      {"published+receiver_log=while_drity", "did you mean 'while_dirty'?"}}) {
        const std::string file = folder.write("scope.json", with_rules(rules));
        const Finished finished = run_mdcd({"check", "scope.json"}, folder.path("."));
        const std::string told = rules;
        CAPTURE(told);
        CHECK(finished.exit_code == 65);
        CHECK_MESSAGE(contains(finished.err, "scope.json: $.rules: "), finished.err);
        CHECK_MESSAGE(contains(finished.err, said), finished.err);
        (void)folder.write("g.json", R"({"name": "g", "checks": [{"name": "a", "scope": "tiny", "rules": ")" +
                                         std::string(rules) + "\"}]}");
        const Finished in_gate = run_mdcd({"gate", "g.json", "--pin"}, folder.path("."));
        CHECK(in_gate.exit_code == 65);
        CHECK_MESSAGE(contains(in_gate.err, "g.json: $.checks[0].rules: "), in_gate.err);
    }
    (void)folder.write("g.json", R"({"name": "g", "checks": [{"name": "a", "scope": "tiny",
        "rules": "published+receiver_log=while_dirty"}]})");
    CHECK(run_mdcd({"gate", "g.json", "--pin"}, folder.path(".")).exit_code == 0);
    CHECK(run_mdcd({"gate", "g.json"}, folder.path(".")).exit_code == 0);
    const Finished odd = run_mdcd(
        {"scenario", folder.write("nul.scenario", "scope tiny\nrules published\n" + std::string(1, '\0') + " here\n")},
        "/");
    CHECK(odd.exit_code == 65);
    CHECK_MESSAGE(contains(odd.err, "here"), odd.err);
}

} // namespace mdcd::tests::cli
