// What things are called: by what they are, in the place where the house expects them.
// Knows the names of the top level, and no other file.
#include <algorithm>
#include <array>
#include <cctype>

#include "tests/house/rules.hpp"

namespace mdcd::tests::house {
namespace {

void check_top_level(const Tree& tree, std::vector<Complaint>& complaints) {
    static constexpr std::array known = {
        "CMakeLists.txt",
        "CMakePresets.json",
        "LICENSE",
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "action.yml",
        "Dockerfile",
        "conanfile.py",
        "run",
        "test",
        "checker",
        "docs",
        "impl",
        "model",
        "tests",
        "traces",
        ".ci",
        ".clang-format",
        ".clang-tidy",
        ".editorconfig",
        ".gitignore",
        ".gitattributes",
        ".git-blame-ignore-revs",
    };
    for (const std::string& name : tree.top_level) {
        if (std::ranges::none_of(known, [&name](const char* each) { return name == each; }))
            complaints.push_back({name, 0, "is not one of the names of the top level"});
    }
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    return result;
}

// snake_case and PascalCase alike: "trace_helpers" and "TraceHelpers" are {trace, helpers}.
std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> words(1);
    for (const char c : name) {
        const bool separates = std::isalnum(static_cast<unsigned char>(c)) == 0;
        if (separates || std::isupper(static_cast<unsigned char>(c)) != 0)
            words.emplace_back();
        if (!separates)
            words.back() += c;
    }
    std::ranges::transform(words, words.begin(), lower);
    return words;
}

// Names of the field that have such a word in them.
bool is_a_term(std::string_view name) {
    return name == "ResourceManager" || name == "TransactionManager"; // two-phase commit
}

bool is_vague(std::string_view name) {
    static constexpr std::array vague = {"util", "utils", "utility", "manager", "helper", "helpers", "misc", "common"};
    return !is_a_term(name) && std::ranges::any_of(words_of(name), [](const std::string& word) {
        return std::ranges::any_of(vague, [&word](const char* each) { return word == each; });
    });
}

// The name after a keyword that opens a type at the start of a line, or nothing.
std::string_view type_named(std::string_view line) {
    static constexpr std::array keywords = {"class ", "struct ", "enum class ", "enum struct ",
                                            "enum ",  "union ",  "using ",      "concept "};
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    std::size_t longest = 0;
    for (const std::string_view keyword : keywords) {
        if (line.starts_with(keyword))
            longest = std::max(longest, keyword.size());
    }
    if (longest == 0 || line.starts_with("using namespace"))
        return {};
    line.remove_prefix(longest);
    const auto end =
        std::ranges::find_if(line, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_'; });
    return line.substr(0, static_cast<std::size_t>(end - line.begin()));
}

void check_vague(const Tree& tree, std::vector<Complaint>& complaints) {
    for (const TextFile& file : tree.files) {
        if (is_vague(file.path))
            complaints.push_back({file.path, 0, "has a name that does not say what it is"});
        for (std::size_t i = 0; file.is_cpp() && i < file.lines.size(); ++i) {
            if (is_vague(type_named(file.lines[i])))
                complaints.push_back({file.path, i + 1, "names a type by nothing that it is"});
        }
    }
}

void check_file_case(const Tree& tree, std::vector<Complaint>& complaints) {
    for (const TextFile& file : tree.files) {
        const auto is_snake = [](char c) {
            return std::islower(static_cast<unsigned char>(c)) != 0 ||
                   std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
        };
        if (file.is_cpp() && !std::ranges::all_of(file.name(), is_snake))
            complaints.push_back({file.path, 0, "is not named in snake_case"});
    }
}

void check_namespace(const Tree& tree, std::vector<Complaint>& complaints) {
    for (const TextFile& file : tree.files) {
        if (!file.is_cpp() || file.is_in("tests"))
            continue;
        std::string expected = "namespace mdcd";
        std::string_view folder = std::string_view(file.path).substr(0, file.path.rfind('/'));
        if (file.is_in("model") && !file.is_in("model/proof"))
            folder = "model"; // its rooms share one namespace
        for (std::size_t at = 0; at < folder.size();) {
            const std::size_t end = std::min(folder.find('/', at), folder.size());
            expected += "::" + std::string(folder.substr(at, end - at));
            at = end + 1;
        }
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            const std::string& line = file.lines[i];
            const bool continues = line.starts_with(expected) && (line.substr(expected.size()).starts_with(' ') ||
                                                                  line.substr(expected.size()).starts_with("::"));
            const bool shares =
                (file.path == "checker/invariant.hpp" && line == "namespace mdcd {") || // with every folder
                file.path == "model/families/fixed_vector_fields.hpp"; // found by the types of engine and protocol
            if (line.starts_with("namespace mdcd") && !continues && !shares)
                complaints.push_back({file.path, i + 1, "should open \"" + expected + "\""});
        }
    }
}

} // namespace

std::vector<Rule> name_rules() {
    return {
        {"top_level", "The front door stays readable.", check_top_level},
        {"no_vague_names", "A name that fits everything says nothing.", check_vague},
        {"file_case", "Files are named alike.", check_file_case},
        {"namespace", "Folder, include prefix and namespace are the same.", check_namespace},
    };
}

} // namespace mdcd::tests::house
