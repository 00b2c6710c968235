// Texts of invariants that want more than to be judged: none makes a file, runs away or ends the program, by whichever
// way it comes in. What they try is in tests/cli/hostile/.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/process.hpp"
#include "tests/support/scratch_folder.hpp"

namespace mdcd::tests::cli {
namespace {

namespace fs = std::filesystem;

const std::string hostile = MDCD_SOURCE_DIR "/tests/cli/hostile/";

std::string content_of(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    REQUIRE(stream);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string in_json(const std::string& text) {
    std::string quoted;
    for (const char each : text)
        quoted += each == '\n' ? "\\n" : each == '"' || each == '\\' ? std::string("\\") + each : std::string(1, each);
    return quoted;
}

void check_refused(const Finished& finished, const std::string& what) {
    CAPTURE(finished.err);
    CHECK(finished.exit_code == 65);
    CHECK(finished.err.find(what) != std::string::npos);
    CHECK(finished.err.size() < 500);
}

} // namespace

TEST_CASE("a text of an invariant runs no command of a solver: file, scope, scenario, trace") {
    const ScratchFolder folder;
    const std::string here = folder.path(".");
    const std::string text = content_of(hostile + "smuggled_command.smt2");
    const std::string what = "line 2, column 15: '\\' cannot stand in a quoted symbol";
    check_refused(run_mdcd({"check", "tiny", "--invariant", "i=" + hostile + "smuggled_command.smt2"}, here), what);
    const std::string invariants = R"("invariants": [{"name": "i", "text": ")" + in_json(text) + R"("}])";
    const std::string scope =
        folder.write("scope.json",
                     R"({"name": "x", "active_processes": 1, "budgets": {"cluster_messages": 1}, )" + invariants + "}");
    for (const char* const command : {"check", "simulate"})
        check_refused(run_mdcd({command, scope}, here), what);
    const std::string trace = folder.path("t/tiny.published.recoverability.json");
    CHECK(
        run_mdcd({"check", "tiny", "--quiet", "--z3", "off", "--property", "recoverability", "--trace-dir", "t"}, here)
            .exit_code == 10);
    std::string document = content_of(trace);
    const std::size_t at = document.find("\"rules\": \"published\"");
    REQUIRE(at != std::string::npos);
    document.insert(at, invariants + ", ");
    const std::string changed = folder.write("trace.json", document);
    for (const char* const command : {"replay", "minimize"})
        check_refused(run_mdcd({command, changed}, here), what);
    const std::string inside = R"(scope {"name": "x", "active_processes": 1, "budgets": {"cluster_messages": 1}, )";
    check_refused(
        run_mdcd({"scenario", folder.write("s.scenario", inside + invariants + "}\nrules published\n")}, here), what);
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(here))
        CHECK(entry.path().filename() != "pwned.txt");
}

// The second wall: what the program can ask Z3 for at all. No function of Z3's that reads a text, runs commands or
// opens a file is linked. Whoever needs another function adds it here and says why.
TEST_CASE("the program calls only functions of Z3 that build terms, solve, and read answers") {
    const Finished symbols = run_command({"nm", "-D", "--undefined-only", MDCD_EXECUTABLE});
    REQUIRE(symbols.exit_code == 0);
    const std::vector<std::string> fine{
        "Z3_mk_",
        "Z3_get_",
        "Z3_is_",
        "Z3_inc_ref",
        "Z3_dec_ref",
        "Z3_del_",
        "Z3_ast_",
        "Z3_sort_",
        "Z3_func_decl_",
        "Z3_model_",
        "Z3_params_",
        "Z3_solver_assert",
        "Z3_solver_pop",
        "Z3_solver_push",
        "Z3_solver_check",
        "Z3_solver_get",
        "Z3_solver_set_pa",
        "Z3_solver_dec_",
        "Z3_solver_inc_",
        "Z3_set_error_handler",
        "Z3_set_ast_print_mode", // how terms are written in a query for people
        "Z3_global_param_set",   // the limit of memory
    };
    std::istringstream lines(symbols.out);
    unsigned count = 0;
    for (std::string word; lines >> word;) {
        if (!word.starts_with("Z3_"))
            continue;
        ++count;
        CAPTURE(word);
        CHECK(std::ranges::any_of(fine, [&](const std::string& each) { return word.starts_with(each); }));
    }
    CHECK(count > 20);
}

TEST_CASE("a long word is a mistake like any other, and is shortened") {
    const ScratchFolder folder;
    const std::string word(300'000, 'x');
    check_refused(run_mdcd({"check", "tiny", "--invariant", folder.write("i.smt2", "(assert " + word + ")")}),
                  "unknown word '" + std::string(40, 'x') + "..'");
}

TEST_CASE("quantifiers within each other are refused before anything is evaluated") {
    check_refused(
        run_mdcd({"check", "tiny", "--max-seconds", "1", "--invariant", "i=" + hostile + "nested_quantifiers.smt2"}),
        "steps on every state; at most 1048576");
}

} // namespace mdcd::tests::cli
