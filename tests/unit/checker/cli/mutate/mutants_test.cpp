// Lists of mutants, the bodies of functions, and the copy that holds all mutants: text in, text out.
// Compiles nothing: that a copy is valid C++ is seen where the unit tests of impl run under each mutant.
#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "checker/cli/mutate/campaign.hpp"
#include "checker/cli/mutate/child_process.hpp"
#include "checker/cli/mutate/function_bodies.hpp"
#include "checker/cli/mutate/mutant_list.hpp"
#include "checker/cli/mutate/mutated_copy.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"

namespace mdcd::checker::cli::mutate {
namespace {

using tests::ScratchFolder;

const std::string list_text = "# two\n"
                              "mutant: first\n"
                              "file: impl/a.hpp\n"
                              "fault: One is forgotten.\n"
                              "matters: yes\n"
                              "old: return 1;\n"
                              "new:\n\n"
                              "mutant: second\n"
                              "file: impl/a.hpp\n"
                              "fault: Two statements change places.\n"
                              "matters: no; nobody looks\n"
                              "after: int g() {\n"
                              "old: x();\n"
                              "   |    y();\n"
                              "new: y();\n"
                              "   |    x();\n";

std::string complaint_about(const std::string& list) {
    const ScratchFolder folder;
    try {
        (void)read_mutants(folder.write("a.mutants", list));
    } catch (const std::runtime_error& error) {
        const std::string text = error.what();
        return text.substr(text.find("a.mutants") + 11);
    }
    return "";
}

std::string replaced(std::string text, const std::string& old, const std::string& other) {
    REQUIRE(text.find(old) != std::string::npos);
    return text.replace(text.find(old), old.size(), other);
}

std::vector<std::string> names_in(const std::string& text) {
    std::vector<std::string> names;
    for (const FunctionBody& body : function_bodies(text)) {
        CHECK(text[body.open] == '{');
        CHECK(text[body.close] == '}');
        names.push_back(body.name);
    }
    return names;
}

} // namespace

TEST_CASE("a list is read with its places, a folder file by file") {
    const ScratchFolder folder;
    (void)folder.write("b.mutants", list_text);
    (void)folder.write("a.mutants", replaced(replaced(list_text, "first", "other"), "second", "another"));
    (void)folder.write("notes.txt", "not a list");
    const std::vector<SourceMutant> all = read_mutants(folder.path(""));
    REQUIRE(all.size() == 4);
    CHECK(all[0].name == "other");
    CHECK(all[2].name == "first");
    CHECK(all[2].line == 2);
    CHECK(all[2].matters);
    CHECK(all[2].old_text == "return 1;");
    CHECK(all[2].new_text.empty());
    CHECK_FALSE(all[3].matters);
    CHECK(all[3].reason == "nobody looks");
    CHECK(all[3].after == "int g() {");
    CHECK(all[3].old_text == "x();\n    y();");
    CHECK(all[3].new_text == "y();\n    x();");
}

TEST_CASE("what is wrong in a list is said with its line and the nearest word") {
    CHECK(complaint_about(list_text).empty());
    CHECK(complaint_about("").find("expected at least one mutant") != std::string::npos);
    CHECK(complaint_about(replaced(list_text, "fault:", "fualt:")).starts_with("line 4: expected one of the fields"));
    CHECK(complaint_about(replaced(list_text, "fault:", "fualt:")).find("did you mean 'fault'?") != std::string::npos);
    CHECK(complaint_about(replaced(list_text, "fault: One is forgotten.\n", "")) ==
          "line 2: mutant first has no field \"fault\"");
    CHECK(complaint_about(replaced(list_text, "no; nobody looks", "no")) ==
          "line 12: expected \"yes\", or \"no; \" and the reason, not \"no\"");
    CHECK(complaint_about(replaced(list_text, "new:\n\n", "new: return 1;\n")) ==
          "line 7: \"new\" is the same as \"old\"");
    CHECK(complaint_about(replaced(list_text, "old: return 1;", "old:")) == "line 6: \"old\" is empty");
    CHECK(complaint_about(replaced(list_text, "mutant: second", "mutant: first")).find("is taken by") !=
          std::string::npos);
    CHECK(complaint_about(replaced(list_text, "mutant: first", "mutant: 1-2")).find("letters, digits") !=
          std::string::npos);
    CHECK(complaint_about("file: impl/a.hpp\n") == "line 1: expected \"mutant: NAME\" first");
    CHECK(complaint_about("   | x\n") == "line 1: a line of code that belongs neither to \"old\" nor to \"new\"");
}

TEST_CASE("bodies of functions are found, and nothing else is taken for one") {
    CHECK(names_in("namespace a {\nint f() { return 1; }\n} // namespace a\nvoid g(int) {}\n") ==
          std::vector<std::string>{"f", "g"});
    CHECK(
        names_in("struct S {\n    int x = f(1);\n    int y{2};\n    int h() const { if (x) { return 1; } return 2; }\n"
                 "private:\n    S(int a) : x(a) {}\n    bool operator==(const S&) const { return true; }\n};\n") ==
        std::vector<std::string>{"S::h", "S::S", "S::operator=="});
    CHECK(names_in("template <class A, class B = int>\n[[nodiscard]] constexpr auto f(A a, B b = {}) requires x {\n"
                   "    const auto g = [&](int) { return 1; };\n    return g(a);\n}\n") ==
          std::vector<std::string>{"f"});
    CHECK(names_in("enum class E { a, b };\nconstexpr int n[]{1, 2};\ntemplate <class A> concept C = requires(A a) { "
                   "{ a.f() }; };\nconst auto l = f({1});\n#define X(y) { y\n// void f() {\n/* { */ const char* s = "
                   "\"{\"; char c = '{'; int d = 1'000;\nvoid f() { g(\"}\"); }\n") == std::vector<std::string>{"f"});
}

TEST_CASE("a copy holds each function as it is and once for each mutant") {
    const ScratchFolder folder;
    const std::vector<SourceMutant> mutants = read_mutants(folder.write("a.mutants", list_text));
    const std::string text =
        "#pragma once\nint f() {\n    return 1;\n}\nint g() {\n    x();\n    y();\n}\nint h() {}\n";
    MutatedCopy copy;
    const std::string changed = mutated_text("impl/a.hpp", text, mutants, copy);
    CHECK(copy.functions == std::vector<std::string>{"impl/a.hpp: f", "impl/a.hpp: g", "impl/a.hpp: h"});
    CHECK(copy.function_of == std::vector<std::string>{"impl/a.hpp: f", "impl/a.hpp: g"});
    CHECK(changed.find(
              "is(1)) {\n#line 2 \"mutant first\"\n\n    \n\n} else {\n#line 2 \"impl/a.hpp\"\n\n    return 1;") !=
          std::string::npos);
    CHECK(changed.find("    y();\n    x();\n") != std::string::npos);
    CHECK(changed.find("    x();\n    y();\n") != std::string::npos);
    CHECK(changed.ends_with("int h() { ::source_mutants::enter(2);\n#line 9 \"impl/a.hpp\"\n}\n"));
}

TEST_CASE("a mutant that does not fit its file is refused with what to do") {
    const ScratchFolder folder;
    const std::vector<SourceMutant> mutants = read_mutants(folder.write("a.mutants", list_text));
    const auto refusal = [&](const std::string& text) -> std::string {
        MutatedCopy copy;
        try {
            (void)mutated_text("impl/a.hpp", text, mutants, copy);
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "";
    };
    CHECK(refusal("int f() { return 2; }\n").find("mutant first: its old text is not in impl/a.hpp") !=
          std::string::npos);
    CHECK(refusal("int f() { return 1; }\nint e() { return 1; }\n").find("more than once (lines 1 and 2)") !=
          std::string::npos);
    CHECK(refusal("// return 1;\n").find("is not within the body of one function") != std::string::npos);
    CHECK(refusal("int f() { return 1; }\nint e() { x(); }\n").find("the text after which it is is not in") !=
          std::string::npos);
    CHECK(refusal("int f() { return 1; }\nint g() { x(); }\n").find("is not in impl/a.hpp after \"int g() {\"") !=
          std::string::npos);
}

TEST_CASE("a copy of a folder is written once, and files that do not change keep their time") {
    const ScratchFolder folder;
    const std::vector<SourceMutant> mutants = read_mutants(folder.write("a.mutants", list_text));
    std::filesystem::create_directories(folder.path("impl/part"));
    (void)folder.write("impl/a.hpp", "#pragma once\nint f() { return 1; }\nint g() {\n    x();\n    y(); }\n");
    (void)folder.write("impl/part/b.cpp", "int b() { return 2; }\n");
    (void)folder.write("impl/CMakeLists.txt", "# nothing\n");
    const MutatedCopy copy = write_mutated_copy(folder.path(""), "impl", mutants, folder.path("copy"));
    CHECK(copy.functions.back() == "impl/part/b.cpp: b");
    CHECK(traces::read_text_file(folder.path("copy/impl/CMakeLists.txt")) == "# nothing\n");
    CHECK(traces::read_text_file(folder.path("copy/impl/part/b.cpp")).starts_with("#include \"impl/mutation_switch"));
    CHECK(traces::read_text_file(folder.path("copy/impl/mutation_switch.hpp")).find("\"second\",") !=
          std::string::npos);
    const auto time = std::filesystem::last_write_time(folder.path("copy/impl/a.hpp"));
    (void)write_mutated_copy(folder.path(""), "impl", mutants, folder.path("copy"));
    CHECK(std::filesystem::last_write_time(folder.path("copy/impl/a.hpp")) == time);
    (void)folder.write("impl/a.hpp", "int f() { return 3; }\n"); // fits neither
    CHECK_THROWS_WITH_AS((void)write_mutated_copy(folder.path(""), "impl", mutants, folder.path("copy")),
                         doctest::Contains("2 mutants do not fit the sources:"), std::runtime_error);
    CHECK_THROWS_WITH_AS((void)write_mutated_copy(folder.path(""), "impl", mutants, folder.path("copy")),
                         doctest::Contains("mutant second: "), std::runtime_error);
    CHECK(std::filesystem::last_write_time(folder.path("copy/impl/a.hpp")) == time);
    std::filesystem::rename(folder.path("impl/a.hpp"), folder.path("impl/aa.hpp"));
    CHECK_THROWS_WITH_AS((void)write_mutated_copy(folder.path(""), "impl", mutants, folder.path("copy")),
                         doctest::Contains("did you mean 'impl/aa.hpp'?"), std::runtime_error);
}

TEST_CASE("a program is run to its end, or to the end of its time") {
    const ChildResult result = run_child(
        {.words = {"sh", "-c", "echo out; echo $WORD >&2; exit 3"}, .environment = {{"WORD", "err"}}}, nullptr);
    CHECK(result.end == ChildResult::End::exited);
    CHECK(result.code == 3);
    CHECK(result.out == "out\n");
    CHECK(result.err == "err\n");
    CHECK(run_child({.words = {"sh", "-c", "kill -9 $$"}}, nullptr).end == ChildResult::End::killed_by_signal);
    const ChildResult late =
        run_child({.words = {"sh", "-c", "sleep 1000 & sleep 1000"}, .seconds_max = 0.05}, nullptr);
    CHECK(late.end == ChildResult::End::out_of_time);
    const std::atomic<bool> interrupt{true};
    CHECK(run_child({.words = {"sleep", "1000"}}, &interrupt).end == ChildResult::End::interrupted);
    CHECK_THROWS_AS((void)run_child({.words = {"/no/such/program"}}, nullptr), std::runtime_error);
}

TEST_CASE("a check's report says by what a mutant is seen; a limit is never a pass") {
    const auto seen = [](const std::string& properties, const std::string& deviations) {
        ChildResult result;
        result.out = R"({"checks": [{"properties": [)" + properties + R"(], "deviations": [)" + deviations + "]}]}";
        return outcome_of(result, "one");
    };
    const std::string holds = R"({"name": "a", "expected": "holds", "verdict": "holds"})";
    const std::string late = R"({"name": "b", "expected": "holds", "verdict": "violated", "steps": 7})";
    const std::string soon = R"({"name": "c", "expected": "holds", "verdict": "violated", "steps": 3})";
    const auto deviates = [](const std::string& subject, const std::string& status = "not_as_expected") {
        return R"({"subject": ")" + subject + R"(", "text": "x", "status": ")" + status + R"("})";
    };
    CHECK(seen(holds, "").layer == Layer::survived);
    CHECK(seen(holds, deviates("distinct_states")).layer == Layer::count);
    CHECK(seen(holds, deviates("budget", "inconclusive")).layer == Layer::undecided);
    CHECK(seen(R"({"name": "a", "expected": "holds"})", deviates("a")).layer == Layer::survived); // it does not apply
    const std::string error = R"({"name": "d", "expected": "holds", "verdict": "error", "reason": "it threw"})";
    CHECK(seen(error, deviates("d")).layer == Layer::stopped);
    CHECK(seen(error, deviates("d")).found == "it threw");
    CHECK(seen(late + "," + error, deviates("b") + "," + deviates("d")).property == "b");
    CHECK(seen(error + "," + late, deviates("b") + "," + deviates("d")).layer == Layer::property);
    CHECK(seen(holds, deviates("distinct_states") + "," + deviates("budget", "inconclusive")).layer ==
          Layer::undecided);
    CHECK(seen(holds, deviates("internal_error", "error")).layer == Layer::stopped);
    const Outcome outcome =
        seen(late + "," + soon, deviates("b") + "," + deviates("c") + "," + deviates("distinct_states"));
    CHECK(is_caught(outcome));
    CHECK(outcome.property == "c");
    CHECK(outcome.steps == 3);
    ChildResult ended;
    ended.end = ChildResult::End::out_of_time;
    CHECK(outcome_of(ended, "one").layer == Layer::undecided);
    ended.end = ChildResult::End::killed_by_signal;
    ended.err = "mdcd: the checkpoint array is full\n";
    CHECK(outcome_of(ended, "one").layer == Layer::stopped);
    CHECK(outcome_of(ended, "one").found == "mdcd: the checkpoint array is full");
}

} // namespace mdcd::checker::cli::mutate
