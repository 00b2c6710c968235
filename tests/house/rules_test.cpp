// Each rule of the house can fail: for each there are small trees that break it and it alone.
// The trees are written into a temporary folder and read as the real one is.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <stdlib.h> // mkdtemp

#include "tests/house/rules.hpp"

namespace mdcd::tests::house {
namespace {

using Files = std::map<std::string, std::string>; // path to content

// A folder of its own, gone at the end.
class ScratchTree {
public:
    explicit ScratchTree(const Files& files) {
        std::string pattern = (std::filesystem::temp_directory_path() / "mdcd_house_XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        root_ = pattern;
        for (const auto& [path, content] : files) {
            std::filesystem::create_directories((root_ / path).parent_path());
            std::ofstream(root_ / path, std::ios::binary) << content;
        }
    }
    ScratchTree(const ScratchTree&) = delete;
    ScratchTree& operator=(const ScratchTree&) = delete;
    ~ScratchTree() {
        std::error_code ignored;
        std::filesystem::remove_all(root_, ignored);
    }
    [[nodiscard]] Tree read() const { return read_tree(root_); }

private:
    std::filesystem::path root_;
};

const std::string opening = "// What it is.\n// What it must not know.\n";

Files good_tree() {
    return {
        {"CMakeLists.txt", "# The build.\nproject(x)\n"},
        {".gitignore", "build/\n"},
        {"build/anything.hpp", "no rule applies to what is ignored\n"},
        {"impl/process.hpp", opening + "#pragma once\n#include <array>\nnamespace mdcd::impl {\n}\n"},
        {"impl/rules.hpp", opening + "#pragma once\nstruct Rules {\n    Resend resend;\n};\n"},
        {"checker/search.cpp", opening + "#include <thread>\n#include \"checker/model.hpp\"\n"},
        {"checker/smt/solver.cpp", opening + "#include <z3++.h>\n#include \"checker/model.hpp\"\n"},
        {"checker/cli/main.cpp", opening + "#include <CLI/CLI.hpp>\n#include \"model/system.hpp\"\n"},
        {"traces/json.cpp", opening + "#include <nlohmann/json.hpp>\n"},
        {"model/views.cpp", opening + "#include <z3++.h>\n#include \"checker/smt/solver.hpp\"\n"},
        {"model/system.hpp", opening + "#pragma once\n#include \"impl/process.hpp\"\n#include \"traces/value.hpp\"\n"},
        {"tests/unit/impl/process_test.cpp", opening + "#include <doctest/doctest.h>\n"},
    };
}

struct Breach {
    std::string rule;
    std::string path;
    std::string content;
};

std::string long_function(int lines) {
    std::string text = opening + "int f() {\n";
    for (int i = 2; i < lines; ++i)
        text += "    // line\n";
    return text + "}\n";
}

// Functions of 71 or 72 lines that a rule which looks at words takes for something else.
std::vector<std::string> long_functions_in_disguise() {
    std::string lines;
    for (int i = 0; i < 68; ++i)
        lines += "        f(i);\n";
    const std::string loop = "    for (int i : all) {\n" + lines;
    return {
        opening + "int f() {\n    const int all[] = {\n    };\n" + loop.substr(0, loop.rfind("        f")) + "}\n",
        opening + "template <class T> int f(T all) {\n" + loop + "}\n",
        opening + "int f(int one,\n      int other) {\n" + loop.substr(0, loop.rfind("        f")) + "}\n",
        opening + "int f() {\n    // a class of its own\n" + lines + "}\n",
        opening + "class C {\npublic:\n    int f() {\n" + lines + "        g();\n    }\n};\n",
    };
}

std::string many_lines(int lines) {
    std::string text = opening;
    for (int i = 2; i < lines; ++i)
        text += "// line\n" + std::string(i % 5 == 0 ? "\n" : "");
    return text;
}

std::vector<Breach> include_breaches() {
    return {
        {"include_order", "impl/a.cpp", opening + "#include \"checker/model.hpp\"\n"},
        {"include_order", "impl/a.cpp", opening + "#include \"model/system.hpp\"\n"},
        {"include_order", "impl/a.cpp", opening + "  #  include \"traces/value.hpp\"\n"},
        {"include_order", "impl/a.cpp", opening + "#include \"process.hpp\"\n"},
        {"include_order", "checker/a.cpp", opening + "#include \"impl/process.hpp\"\n"},
        {"include_order", "checker/a.cpp", opening + "#include \"traces/value.hpp\"\n"},
        {"include_order", "checker/a.cpp", opening + "#include \"model/system.hpp\"\n"},
        {"include_order", "checker/a.cpp", opening + "#include \"checker/smt/solver.hpp\"\n"},
        {"include_order", "checker/a.cpp", opening + "#include \"checker/cli/exit_code.hpp\"\n"},
        {"include_order", "checker/smt/a.cpp", opening + "#include \"impl/process.hpp\"\n"},
        {"include_order", "traces/a.cpp", opening + "#include \"checker/model.hpp\"\n"},
        {"include_order", "traces/a.cpp", opening + "#include \"impl/process.hpp\"\n"},
        {"include_order", "model/a.cpp", opening + "#include \"checker/cli/exit_code.hpp\"\n"},
        {"include_order", "model/a.cpp", opening + "#include \"tests/house/tree.hpp\"\n"},
        {"room_order", "model/state/a.cpp", opening + "#include \"model/claims/view.hpp\"\n"},
        {"room_order", "model/claims/a.cpp", opening + "#include \"model/system.hpp\"\n"},
        {"room_order", "model/attic/a.cpp", opening},
        {"actors_behind_families", "checker/cli/a.cpp", opening + "#include \"model/upgrade/upgrade_system.hpp\"\n"},
        {"actors_behind_families", "model/gate/a.cpp", opening + "#include \"model/families/actor_family.hpp\"\n"},
        {"json_behind_traces", "model/a.cpp", opening + "#include <nlohmann/json.hpp>\n"},
        {"json_behind_traces", "traces/a.hpp", opening + "#pragma once\n#include <nlohmann/json_fwd.hpp>\n"},
        {"z3_behind_smt", "checker/a.cpp", opening + "#include <z3++.h>\n"},
        {"z3_behind_smt", "model/z.cpp", opening + "#include <z3++.h>\n"}, // views.cpp is the one
        {"z3_behind_smt", "model/a.hpp", opening + "#pragma once\n#include <z3.h>\n"},
        {"cli_behind_cli", "model/a.cpp", opening + "#include <CLI/App.hpp>\n"},
        {"http_behind_server", "checker/cli/explore/answers.cpp", opening + "#include <boost/beast/http.hpp>\n"},
        {"http_behind_server", "impl/runtime/node.cpp", opening + "#include <boost/asio.hpp>\n"},
        {"sodium_behind_hash", "checker/engine/a.cpp", opening + "#include <sodium.h>\n"},
        {"sqlite_behind_store", "impl/runtime/node.cpp", opening + "#include <sqlite3.h>\n"},
        {"doctest_behind_tests", "checker/a.cpp", opening + "#include <doctest/doctest.h>\n"},
        {"mpi_behind_world", "checker/a.cpp", opening + "#include <mpi.h>\n"},
        {"regex_in_tests", "traces/a.cpp", opening + "#include <regex>\n"},
        {"pure_impl", "impl/a.cpp", opening + "#include <chrono>\n"},
        {"pure_impl", "impl/a.cpp", opening + "#include <iostream>\n"},
    };
}

std::vector<Breach> text_breaches() {
    return {
        {"opening_comment", "impl/a.cpp", "int x;\n"},
        {"opening_comment", "impl/a.cpp", "// One line.\nint x;\n"},
        {"opening_comment", "impl/a.cpp", "// 1\n// 2\n// 3\n// 4\n// 5\n// 6\n// 7\n"},
        {"opening_comment", "impl/a.cpp", ""},
        {"opening_comment", "model/CMakeLists.txt", "project(x)\n"},
        {"opening_comment", "run", "#!/bin/bash\nset -e\n"},
        {"size", "impl/a.cpp", many_lines(401)},
        {"size", "impl/a.cpp", opening + "// " + std::string(118, 'x') + "\n"},
        {"function_size", "impl/a.cpp", long_function(71)},
        {"nothing_unfinished", "impl/a.cpp",
         opening + "// TO"
                   "DO: later\n"},
        {"nothing_unfinished", "docs/a.md",
         "FIX"
         "ME\n"},
        {"nothing_unfinished", "docs/a.md",
         "a XX"
         "X b\n"},
        {"nothing_unfinished", "model/scopes/a.json",
         "{\"a\": \"HA"
         "CK\"}\n"},
        {"no_machine_paths", "docs/a.md",
         "see /wo"
         "rk/x\n"},
        {"no_machine_paths", "impl/a.cpp",
         opening + "const char* f = \"/tm"
                   "p/x\";\n"},
        {"no_machine_paths", "docs/a.md",
         "/ho"
         "me/someone\n"},
        {"pragma_once", "impl/a.hpp", opening},
        {"top_level", "notes.txt", "x\n"},
        {"top_level", "vendor/a.txt", "x\n"},
        {"no_vague_names", "impl/message_utils.hpp", opening + "#pragma once\n"},
        {"no_vague_names", "docs/common/a.md", "x\n"},
        {"no_vague_names", "impl/a.cpp", opening + "class LogManager {\n};\n"},
        {"no_vague_names", "impl/a.cpp", opening + "    enum class MiscKind { one };\n"},
        {"file_case", "impl/ActiveProcess.cpp", opening},
        {"file_case", "impl/active-process.cpp", opening},
        {"rules_stay_in_impl", "model/check/a.cpp", opening + "bool b = r == impl::Resend::all_in_log;\n"},
        {"rules_stay_in_impl", "impl/runtime/a.cpp", opening + "bool b = r == Resend::all_in_log;\n"},
        {"judges_stand_alone", "model/claims/a.cpp",
         opening + "bool b = impl::reclaimable(process, 0, valid, rules);\n"},
        {"judges_stand_alone", "model/state/ghost.hpp", opening + "#pragma once\nint i = replay(process);\n"},
        {"namespace", "impl/a.cpp", opening + "namespace mdcd::model {\n}\n"},
        {"namespace", "checker/smt/a.cpp", opening + "namespace mdcd::checker {\n}\n"},
        {"namespace", "impl/a.cpp", opening + "namespace mdcd {\n}\n"},
    };
}

std::vector<Breach> breaches() {
    std::vector<Breach> all = include_breaches();
    const std::vector<Breach> more = text_breaches();
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

std::vector<Complaint> complaints_of(const Rule& rule, const Tree& tree) {
    std::vector<Complaint> complaints;
    rule.check(tree, complaints);
    return complaints;
}

} // namespace

TEST_CASE("a good tree breaks no rule") {
    const ScratchTree scratch(good_tree());
    for (const Rule& rule : all_rules()) {
        CAPTURE(rule.name);
        for (const Complaint& each : complaints_of(rule, scratch.read()))
            FAIL_CHECK(each.file << ": " << each.text);
    }
}

TEST_CASE("each breach is found, once, by its own rule and by no other") {
    for (const Breach& breach : breaches()) {
        Files files = good_tree();
        files[breach.path] = breach.content;
        const ScratchTree scratch(files);
        CAPTURE(breach.rule);
        CAPTURE(breach.path);
        CAPTURE(breach.content);
        for (const Rule& rule : all_rules()) {
            const std::vector<Complaint> complaints = complaints_of(rule, scratch.read());
            CAPTURE(rule.name);
            REQUIRE(complaints.size() == (rule.name == breach.rule ? 1 : 0));
            if (!complaints.empty())
                CHECK(breach.path.starts_with(complaints.front().file));
        }
    }
}

TEST_CASE("every rule is shown to be able to fail") {
    std::set<std::string> broken;
    for (const Breach& breach : breaches())
        broken.insert(breach.rule);
    for (const Rule& rule : all_rules()) {
        CAPTURE(rule.name);
        CHECK(broken.contains(rule.name));
        CHECK(!rule.reason.empty());
    }
}

TEST_CASE("a function is measured whatever words stand in it or before it") {
    for (const std::string& content : long_functions_in_disguise()) {
        Files files = good_tree();
        files["impl/a.cpp"] = content;
        const ScratchTree scratch(files);
        CAPTURE(content);
        std::size_t found = 0;
        for (const Rule& rule : all_rules())
            if (rule.name == "function_size")
                for (const Complaint& each : complaints_of(rule, scratch.read())) {
                    CHECK(each.text.starts_with("is a function of 7"));
                    ++found;
                }
        CHECK(found == 1);
    }
}

TEST_CASE("limits are met exactly") {
    Files files = good_tree();
    files["impl/a.cpp"] = long_function(70);
    files["impl/b.cpp"] = opening + "// " + std::string(117, 'x') + "\n";
    const ScratchTree scratch(files);
    for (const Rule& rule : all_rules()) {
        CAPTURE(rule.name);
        CHECK(complaints_of(rule, scratch.read()).empty());
    }
}

} // namespace mdcd::tests::house
