// The shipped scopes, presets and gates: all of them load, are called inside as their files are, and are what lies in
// the source tree. Other files are read by path.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include <stdlib.h> // mkstemps

#include "model/inputs/library.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

// The names of the JSON files in a folder of the source tree.
std::set<std::string> names_in(const std::string& folder) {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(MDCD_SOURCE_DIR) + "/" + folder))
        if (entry.path().extension() == ".json")
            names.insert(entry.path().stem().string());
    return names;
}

template <class Load> std::string complaint_of(Load load) {
    try {
        load();
    } catch (const traces::FileError& error) {
        return error.what();
    }
    return "";
}

// A file with that content in the system's place for such files, gone at the end.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& content) {
        std::string pattern = (std::filesystem::temp_directory_path() / "mdcd_XXXXXX.json").string();
        const int descriptor = mkstemps(pattern.data(), 5);
        REQUIRE(descriptor >= 0);
        path = pattern;
        std::ofstream(path) << content;
    }
    ~TemporaryFile() { std::filesystem::remove(path); }
    std::string path;
};

} // namespace

TEST_CASE("every file of the source tree is shipped, as it is") {
    const auto check = [](std::span<const LibraryFile> files, const std::string& folder) {
        std::set<std::string> shipped;
        for (const LibraryFile& file : files) {
            CAPTURE(file.name);
            shipped.insert(std::string(file.name));
            CHECK(file.file == folder + "/" + std::string(file.name) + ".json");
            CHECK(file.text == traces::read_text_file(std::string(MDCD_SOURCE_DIR) + "/" + std::string(file.file)));
        }
        CHECK(shipped == names_in(folder));
    };
    check(scope_files(), "model/scopes");
    check(rules_files(), "model/rules");
    check(gate_files(), "model/gates");
}

TEST_CASE("every shipped scope loads, is named as its file, and names a shipped preset") {
    REQUIRE(!scope_names().empty());
    for (const std::string& name : scope_names()) {
        CAPTURE(name);
        const Scope scope = load_scope(name);
        CHECK(scope.name == name);
        CHECK(!scope.description.empty());
        CHECK(std::ranges::count(preset_names(), scope.rules) == 1);
    }
}

TEST_CASE("every shipped preset loads, is named as its file, and differs from the others") {
    std::set<std::string> known;
    for (const std::string& name : preset_names()) {
        CAPTURE(name);
        const NamedRules rules = load_rules(name);
        CHECK(rules.name == name);
        CHECK(!rules.description.empty());
        CHECK(rules.rules == preset(name).rules);
        CHECK(known.insert(traces::to_text(to_value(rules.rules))).second);
    }
    CHECK(preset("published").rules == impl::Rules{}); // the most charitable reading is the first value throughout
}

TEST_CASE("a file is read by its path, and says so when it is wrong") {
    const TemporaryFile scope(R"({"name": "mine", "active_processes": 1, "budgets": {}})");
    CHECK(load_scope(scope.path).name == "mine");
    const TemporaryFile rules(R"({"name": "my-rules", "from": "literal", "rules": {}})");
    CHECK(load_rules(rules.path).rules == preset("literal").rules);
    const TemporaryFile wrong(R"({"name": "mine", "active_processes": 0, "budgets": {}})");
    CHECK(complaint_of([&] {
              static_cast<void>(load_scope(wrong.path));
          }).starts_with(wrong.path + ": $.active_processes:"));
    CHECK(complaint_of([&] {
              static_cast<void>(load_rules(wrong.path));
          }).starts_with(wrong.path + ": $: unknown field"));
    const TemporaryFile cut(R"({"name": )");
    CHECK(complaint_of([&] { static_cast<void>(load_scope(cut.path)); }).starts_with(cut.path + ": line 1, column "));
}

TEST_CASE("an unknown name is told with the nearest one and all that there are") {
    const std::string scope = complaint_of([] { static_cast<void>(load_scope("tinny")); });
    CHECK(scope.starts_with("tinny: no such scope (did you mean 'tiny'?); shipped are "));
    for (const std::string& name : scope_names())
        CHECK(scope.find(name) != std::string::npos);
    const std::string rules = complaint_of([] { static_cast<void>(load_rules("publishd")); });
    CHECK(rules.starts_with("publishd: no such preset of rules (did you mean 'published'?); shipped are "));
    CHECK(complaint_of([] { static_cast<void>(load_scope("tiny.json")); }) ==
          "tiny.json: cannot be opened for reading: No such file or directory");
    CHECK(complaint_of([] { static_cast<void>(load_rules("./published")); }) ==
          "./published: cannot be opened for reading: No such file or directory");
}

} // namespace mdcd::tests
