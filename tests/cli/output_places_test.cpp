// No result takes the place of what it was made from, of another result, or of something of the user's; and what comes
// after an option is a value that can be told in a line.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::cli {
namespace {

void put(const ScratchFolder& folder, const std::string& name, const std::string& content) {
    static_cast<void>(folder.write(name, content));
}

std::string content_of(const std::string& path) {
    std::ifstream in(path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

// A gate of one check, with what it finds as what is expected.
void put_gate(const ScratchFolder& folder) {
    put(folder, "gate.json", R"({"name": "g", "checks": [{"name": "a", "scope": "tiny", "rules": "published"}]})");
    REQUIRE(run_mdcd({"gate", "./gate.json", "--pin"}, folder.path(".")).exit_code == 0);
}

const char* const scenario_text = "scope tiny\nrules published\nL1 sends 1 to A2\nexpect containment holds\n";

const char* const mutant_text = "mutant: one\nfile: impl/a.hpp\nfault: Adds too much.\nmatters: yes\n"
                                "old: return 1;\nnew: return 2;\n";

// The program says why, with exit 64, and the file is as it was.
void check_refused(const ScratchFolder& folder, const std::vector<std::string>& arguments, const std::string& file,
                   const std::string& said) {
    CAPTURE(arguments);
    const std::string before = content_of(folder.path(file));
    const Finished finished = run_mdcd(arguments, folder.path("."));
    CHECK(finished.exit_code == 64);
    CHECK_MESSAGE(contains(finished.err, said), finished.err);
    CHECK(content_of(folder.path(file)) == before);
}

} // namespace

TEST_CASE("a result does not replace what it is made from") {
    const ScratchFolder folder;
    put_gate(folder);
    put(folder, "a.scenario", scenario_text);
    const std::string said = " would be written over, and it is read";
    check_refused(folder, {"gate", "./gate.json", "--junit", "gate.json"}, "gate.json", said);
    check_refused(folder, {"gate", "./gate.json", "--sarif", "./gate.json"}, "gate.json", said);
    check_refused(folder, {"gate", "./gate.json", "--results", folder.path("gate.json")}, "gate.json", said);
    std::filesystem::create_hard_link(folder.path("gate.json"), folder.path("other.json"));
    check_refused(folder, {"gate", "./gate.json", "--junit", "other.json"}, "gate.json", said);
    check_refused(folder, {"scenario", "a.scenario", "--trace", "a.scenario"}, "a.scenario", said);
    REQUIRE(run_mdcd({"check", "tiny", "--rules", "published", "--trace-dir", "."}, folder.path(".")).exit_code == 10);
    const std::string run = "tiny.published.recoverability.json";
    check_refused(folder, {"show", run, "--as", "html", "-o", run}, run, said);
    CHECK(run_mdcd({"show", run, "--as", "html", "-o", "/dev/null"}, folder.path(".")).exit_code == 0);
}

TEST_CASE("two results do not share a file") {
    const ScratchFolder folder;
    put_gate(folder);
    check_refused(folder, {"gate", "./gate.json", "--junit", "r.xml", "--sarif", "./r.xml"}, "gate.json",
                  "is named for two results");
    CHECK(!std::filesystem::exists(folder.path("r.xml")));
    CHECK(
        run_mdcd({"gate", "./gate.json", "--junit", "/dev/null", "--sarif", "/dev/null"}, folder.path(".")).exit_code ==
        0);
}

TEST_CASE("sources with mutants go where nothing else is") {
    const ScratchFolder folder;
    std::filesystem::create_directories(folder.path("tree/impl"));
    put(folder, "tree/impl/a.hpp", "#pragma once\n\ninline int one() {\n    return 1;\n}\n");
    put(folder, "m.mutants", mutant_text);
    const auto copy_to = [](const std::string& target) {
        return std::vector<std::string>{"mutate", "--mutants", "m.mutants", "--tree", "tree", "--copy", target};
    };
    check_refused(folder, copy_to("tree"), "tree/impl/a.hpp", "tree holds something that this program has not made");
    check_refused(folder, copy_to("tree/impl/new"), "tree/impl/a.hpp", "name a folder outside");
    CHECK(!std::filesystem::exists(folder.path("tree/impl/new")));
    std::filesystem::create_directories(folder.path("full/impl"));
    put(folder, "full/impl/a.hpp", "precious\n");
    check_refused(folder, copy_to("full"), "full/impl/a.hpp", "full holds something");
    CHECK(run_mdcd(copy_to("fresh"), folder.path(".")).exit_code == 0);
    CHECK(run_mdcd(copy_to("fresh"), folder.path(".")).exit_code == 0); // it is ours
    put(folder, "m.mutants",
        std::string(mutant_text) + "\n" +
            "mutant: two\nfile: impl/a.hpp\nfault: None.\n"
            "matters: yes\nold: return 7;\nnew: return 8;\n");
    CHECK(run_mdcd(copy_to("other"), folder.path(".")).exit_code == 65);
    CHECK(!std::filesystem::exists(folder.path("other")));
}

TEST_CASE("a certificate does not go into a folder with something else") {
    const ScratchFolder folder;
    std::filesystem::create_directories(folder.path("mine"));
    put(folder, "mine/notes.txt", "precious\n");
    check_refused(folder, {"prove", "--certificate", "mine"}, "mine/notes.txt",
                  "mine holds notes.txt, which this program has not made");
    std::filesystem::create_directories(folder.path("linked"));
    std::filesystem::create_directory_symlink(folder.path("mine"), folder.path("linked/containment"));
    check_refused(folder, {"prove", "--certificate", "linked"}, "mine/notes.txt", "linked holds containment");
}

TEST_CASE("an argument that a terminal or a log would act on is refused, and told without it") {
    const ScratchFolder folder;
    for (const std::string name : {"x\n::error::hi", "x\033[31m", "x\xE2\x80\xAEy", "x\xff"}) {
        const Finished finished = run_mdcd({"scenario", name}, folder.path("."));
        CHECK(finished.exit_code == 64);
        CHECK(contains(finished.err, "argument 2 holds a character that cannot be seen"));
        CHECK(!contains(finished.err, "\n::error"));
        CHECK(!contains(finished.err, "\033"));
        CHECK(finished.out.empty());
    }
    CHECK(run_mdcd({"explain", "r\xC3\xA9sum\xC3\xA9"}, folder.path(".")).exit_code == 64); // a letter; no such word
}

TEST_CASE("a value that is empty is none") {
    const ScratchFolder folder;
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{"prove", "--certificate", ""},
                                                      {"check", "tiny", "--trace-dir", ""},
                                                      {"gate", "presets", "--junit", ""},
                                                      {"mutate", "presets", "--every", "0"}}) {
        const Finished finished = run_mdcd(arguments, folder.path("."));
        CAPTURE(arguments);
        CHECK(finished.exit_code == 64);
        CHECK_MESSAGE(contains(finished.err, "expected a "), finished.err);
        CHECK(finished.err.size() < 200);
    }
}

TEST_CASE("a scope that is named as a trace would be stays, and the report comes all the same") {
    const ScratchFolder folder;
    const std::string name = "mdcd-traces/mine.published.recoverability.json";
    const std::string scope = R"({"name": "mine", "components": 1, "active_processes": 2, "channels": "fifo",
 "budgets": {"cluster_messages": 2, "active_messages": 1, "active_acceptance_tests": 1}, "rules": "published"})";
    std::filesystem::create_directories(folder.path("mdcd-traces"));
    put(folder, name, scope);
    const Finished finished = run_mdcd({"check", name, "--z3", "off", "--quiet"}, folder.path("."));
    CHECK(finished.exit_code == 74);
    CHECK_MESSAGE(contains(finished.out, "violated: recoverability"), finished.out);
    CHECK_MESSAGE(contains(finished.err, name + ": there is a file of another kind, and it stays"), finished.err);
    CHECK(content_of(folder.path(name)) == scope);
    // A trace of an earlier run is replaced.
    std::filesystem::rename(folder.path(name), folder.path("scope.json"));
    for (int run = 0; run < 2; ++run)
        CHECK(run_mdcd({"check", "scope.json", "--z3", "off", "--quiet"}, folder.path(".")).exit_code == 10);
    CHECK(content_of(folder.path(name)).starts_with("{\n  \"format\":"));
}

TEST_CASE("a program that is not there is no error of ours") {
    const ScratchFolder folder;
    put(folder, "m.mutants", mutant_text);
    std::filesystem::create_directories(folder.path("tree/impl"));
    put(folder, "tree/impl/a.hpp", "#pragma once\n\ninline int one() {\n    return 1;\n}\n");
    const Finished finished = run_mdcd({"mutate", "presets", "--no-rules", "--mutants", "m.mutants", "--tree", "tree",
                                        "--program", "/nonexistent/mdcd"},
                                       folder.path("."));
    CHECK(finished.exit_code == 64);
    CHECK(contains(finished.err, "--program /nonexistent/mdcd: there is no such file"));
}

TEST_CASE("a saved search loses nothing to a lower limit") {
    const ScratchFolder folder;
    const auto run = [&](const std::string& what, const std::string& states) {
        return run_mdcd({"check", "tiny", what, "kept", "--max-states", states, "--z3", "off", "--quiet"},
                        folder.path("."));
    };
    REQUIRE(run("--checkpoint", "1000").exit_code == 10);
    const Finished less = run("--resume", "5"); // the violation is as true as it was
    CHECK(less.exit_code == 10);
    CHECK_MESSAGE(contains(less.out, "bounded by states: 1,"), less.out);
    CHECK(run("--resume", "1000").exit_code == 10);
}

} // namespace mdcd::tests::cli
