// Finds shipped scopes, presets and gates by name. Their texts are generated into library_files.cpp by CMake.
// Knows nothing of what a scope or preset says.
#include "model/inputs/library.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include "checker/invariant.hpp"
#include "model/inputs/families.hpp"
#include "model/inputs/request_error.hpp"
#include "traces/characters.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace mdcd::model {
namespace {

std::vector<std::string> names_of(std::span<const LibraryFile> files) {
    std::vector<std::string> names;
    for (const LibraryFile& file : files)
        names.emplace_back(file.name);
    return names;
}

const LibraryFile* find(std::span<const LibraryFile> files, const std::string& name) {
    const auto found = std::ranges::find(files, name, &LibraryFile::name);
    return found == files.end() ? nullptr : &*found;
}

[[noreturn]] void fail_unknown(const std::string& what, const std::string& name, std::span<const LibraryFile> files) {
    const std::vector<std::string> known = names_of(files);
    std::string list;
    for (const std::string& each : known)
        list += (list.empty() ? "" : ", ") + each;
    throw traces::FileError(name, "",
                            "no such " + what + traces::did_you_mean(name, known) + "; shipped are " + list +
                                "; a file needs its path, with a dot or a slash");
}

} // namespace

std::vector<std::string> scope_names() {
    return names_of(scope_files());
}
std::vector<std::string> preset_names() {
    return names_of(rules_files());
}
std::vector<std::string> gate_names() {
    return names_of(gate_files());
}

bool is_path(const std::string& name) {
    return name.find_first_of("./\\") != std::string::npos;
}

const LibraryFile& gate_file(const std::string& name) {
    const LibraryFile* file = find(gate_files(), name);
    if (file == nullptr)
        fail_unknown("gate", name, gate_files());
    return *file;
}

const NamedRules& preset(const std::string& name) {
    static std::map<std::string, NamedRules> presets = [] {
        std::map<std::string, NamedRules> all;
        for (const LibraryFile& file : rules_files()) {
            const traces::Value value = traces::parse_json(file.text, std::string(file.file));
            invariant(value.find("from") == nullptr, "a shipped preset lists every rule");
            all.emplace(std::string(file.name), rules_from(value, std::string(file.file)));
        }
        return all;
    }();
    const auto found = presets.find(name);
    invariant(found != presets.end(), "a preset that is not shipped");
    return found->second;
}

namespace {

// A family has no file: who asks for one of its scopes where it cannot be explored, or misspells it, is told.
void expect_no_family(const std::string& name) {
    if (is_family_scope(name))
        throw RequestError(
            name, "is a scope of the family " + family_of(name).name() +
                      ", which `mdcd check`, `mdcd compare`, `mdcd explore` and gates take, and nothing else does");
    const std::string near = traces::did_you_mean(name, family_scope_names());
    std::error_code error;
    if (!near.empty() && !std::filesystem::exists(name, error))
        throw traces::FileError(traces::printable(name), "", "no such file" + near);
}

} // namespace

Scope load_scope(const std::string& name_or_path) {
    if (is_path(name_or_path))
        expect_no_family(name_or_path);
    if (is_path(name_or_path))
        return scope_from(traces::parse_json(traces::read_text_file(name_or_path), name_or_path), name_or_path);
    const LibraryFile* file = find(scope_files(), name_or_path);
    if (file == nullptr)
        fail_unknown("scope", name_or_path, scope_files());
    return scope_from(traces::parse_json(file->text, std::string(file->file)), std::string(file->file));
}

namespace {

NamedRules load_unchanged_rules(const std::string& name_or_path) {
    if (is_path(name_or_path))
        return rules_from(traces::parse_json(traces::read_text_file(name_or_path), name_or_path), name_or_path);
    if (find(rules_files(), name_or_path) == nullptr)
        fail_unknown("preset of rules", name_or_path, rules_files());
    return preset(name_or_path);
}

// Where the first change begins: a plus sign with an assignment after it.
std::size_t changes_begin(const std::string& text) {
    const std::size_t equals = text.find('=');
    return equals == std::string::npos ? std::string::npos : text.rfind('+', equals);
}

} // namespace

std::string path_beside(const std::string& folder, const std::string& path) {
    return (std::filesystem::path(folder) / path).string();
}

NamedRules rules_named_at(const traces::Reader& place, const std::string& folder) {
    const std::string name = place.text();
    const bool in_file = is_path(name.substr(0, changes_begin(name)));
    try {
        return load_rules(in_file ? path_beside(folder, name) : name);
    } catch (const RequestError& error) {
        place.fail(error.what());
    } catch (const traces::FileError& error) {
        if (in_file)
            throw;
        place.fail(error.what());
    }
}

NamedRules load_rules(const std::string& name_or_path) {
    std::size_t begin = changes_begin(name_or_path);
    NamedRules rules = load_unchanged_rules(name_or_path.substr(0, begin));
    while (begin != std::string::npos) {
        const std::size_t end = name_or_path.find('+', begin + 1);
        const std::string assignment = name_or_path.substr(begin + 1, end - begin - 1);
        set_rule(rules.rules, assignment);
        rules.name += "+" + assignment;
        begin = end;
    }
    return rules;
}

} // namespace mdcd::model
