// Text in, text out; then a folder of it.
// Knows of C++ what function_bodies.hpp says, and how a body is put into another one.
#include "checker/cli/mutate/mutated_copy.hpp"

#include <algorithm>
#include <fstream>
#include <map>

#include "checker/cli/mutate/function_bodies.hpp"
#include "checker/cli/usage_error.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace mdcd::checker::cli::mutate {
namespace {

using traces::FileError;

// What the copied files include. `is` never holds while the compiler evaluates: constants stay what they are.
constexpr const char* switch_text = R"(#pragma once
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <type_traits>

namespace source_mutants {

inline int chosen() {
    const char* const name = std::getenv("MDCD_MUTANT");
    if (name == nullptr || *name == '\0')
        return 0;
    for (int number = 1; number < mutant_count; ++number) {
        if (*name == '?')
            std::puts(mutant_names[number]);
        if (std::strcmp(name, mutant_names[number]) == 0)
            return number;
    }
    if (*name == '?')
        std::exit(0);
    std::fprintf(stderr, "mdcd: MDCD_MUTANT: this program holds no mutant '%s'\n", name);
    std::_Exit(64);
}
inline const int selected = chosen();

constexpr bool is(int number) {
    return !std::is_constant_evaluated() && selected == number;
}

struct Functions {
    std::atomic<bool> entered[function_count]{};
    ~Functions() {
        const char* const name = std::getenv("MDCD_FUNCTIONS");
        std::FILE* const file = name == nullptr ? nullptr : std::fopen(name, "a");
        if (file == nullptr)
            return;
        for (int number = 0; number < function_count; ++number)
            if (entered[number].load(std::memory_order_relaxed))
                std::fprintf(file, "%s\n", function_names[number]);
        std::fclose(file);
    }
};
inline Functions functions;

inline void note(int number) {
    if (!functions.entered[number].load(std::memory_order_relaxed))
        functions.entered[number].store(true, std::memory_order_relaxed);
}
constexpr void enter(int number) {
    if (!std::is_constant_evaluated())
        note(number);
}

} // namespace source_mutants
)";

std::size_t line_of(std::string_view text, std::size_t offset) {
    return 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, offset), '\n'));
}

[[noreturn]] void complain(const SourceMutant& mutant, const std::string& what) {
    throw FileError(mutant.list_file, "line " + std::to_string(mutant.line), "mutant " + mutant.name + ": " + what);
}

// Where a text is that must be there once.
std::size_t only_offset(const SourceMutant& mutant, const std::string& text, const std::string& part,
                        const std::string& what) {
    const std::size_t offset = text.find(part);
    if (offset == std::string::npos)
        complain(mutant, what + " is not in " + mutant.file);
    if (const std::size_t other = text.find(part, offset + 1); other != std::string::npos)
        complain(mutant, what + " is in " + mutant.file + " more than once (lines " +
                             std::to_string(line_of(text, offset)) + " and " + std::to_string(line_of(text, other)) +
                             "): add the line before or after it, or say \"after: TEXT\"");
    return offset;
}

std::size_t offset_of(const SourceMutant& mutant, const std::string& text) {
    if (mutant.after.empty())
        return only_offset(mutant, text, mutant.old_text, "its old text");
    const std::size_t from = only_offset(mutant, text, mutant.after, "the text after which it is");
    const std::size_t offset = text.find(mutant.old_text, from + mutant.after.size());
    if (offset == std::string::npos)
        complain(mutant, "its old text is not in " + mutant.file + " after \"" + mutant.after + "\"");
    return offset;
}

std::size_t body_of(const SourceMutant& mutant, const std::string& text, const std::vector<FunctionBody>& bodies) {
    const std::size_t offset = offset_of(mutant, text);
    for (std::size_t index = 0; index < bodies.size(); ++index)
        if (bodies[index].open < offset && offset + mutant.old_text.size() <= bodies[index].close)
            return index;
    complain(mutant, "its old text (" + mutant.file + " line " + std::to_string(line_of(text, offset)) +
                         ") is not within the body of one function");
}

std::string quoted(const std::string& text) {
    return "\"" + text + "\"";
}

// "    { note; if (is(1)) { .. } else if (is(2)) { .. } else { .. } }" in place of a body.
std::string with_alternatives(const std::string& file, const std::string& text, const FunctionBody& body,
                              const std::vector<std::size_t>& numbers, std::span<const SourceMutant> mutants,
                              std::size_t function) {
    const std::string inside = text.substr(body.open + 1, body.close - body.open - 1);
    std::string result = "{ ::source_mutants::enter(" + std::to_string(function) + ");";
    for (const std::size_t number : numbers) {
        const SourceMutant& mutant = mutants[number];
        std::string changed = inside;
        changed.replace(offset_of(mutant, text) - body.open - 1, mutant.old_text.size(), mutant.new_text);
        result += "\nif (::source_mutants::is(" + std::to_string(number + 1) + ")) {\n#line " +
                  std::to_string(line_of(text, body.open)) + " " + quoted("mutant " + mutant.name) + "\n" + changed +
                  "\n} else";
    }
    result += numbers.empty() ? "" : " {";
    return result + "\n#line " + std::to_string(line_of(text, body.open)) + " " + quoted(file) + "\n" + inside +
           (numbers.empty() ? "}" : "}}");
}

// After its "#pragma once", or else first.
void insert_include(std::string& text, const std::string& folder) {
    const std::string include = "#include \"" + folder + "/" + switch_header + "\"\n";
    const std::string once = "#pragma once\n";
    const std::size_t at = text.find(once);
    text.insert(at == std::string::npos ? 0 : at + once.size(), include);
}

void write_if_changed(const std::filesystem::path& path, const std::string& text) {
    std::error_code error;
    if (std::filesystem::exists(path, error) && traces::read_text_file(path.string()) == text)
        return;
    std::filesystem::create_directories(path.parent_path(), error);
    std::ofstream out(path, std::ios::binary);
    out << text;
    if (!out.flush())
        throw FileError(path.string(), "", "cannot be written");
}

// Neither may be in the other: the copy would be written over what it is made from, or be copied itself next time.
void expect_apart(const std::filesystem::path& from, const std::filesystem::path& to) {
    const auto is_in = [](const std::filesystem::path& inner, const std::filesystem::path& outer) {
        return std::ranges::mismatch(outer, inner).in1 == outer.end();
    };
    std::error_code error;
    const auto source = std::filesystem::weakly_canonical(from, error);
    const auto target = std::filesystem::weakly_canonical(to, error);
    if (is_in(source, target) || is_in(target, source))
        throw UsageError("the copy of " + from.string() + " would be written to " + to.string() +
                         ": name a folder outside");
}

std::string names_array(const std::string& name, const std::vector<std::string>& names) {
    std::string text = "inline constexpr const char* " + name + "[] = {\n";
    for (const std::string& each : names)
        text += "    " + quoted(each) + ",\n";
    return text + "};\n";
}

std::string switch_header_text(const MutatedCopy& copy, std::span<const SourceMutant> mutants) {
    std::vector<std::string> names{"none"};
    for (const SourceMutant& each : mutants)
        names.push_back(each.name);
    std::vector<std::string> functions = copy.functions;
    functions.push_back(""); // an array of none is none
    const std::string text = switch_text;
    const std::string begin = "namespace source_mutants {\n";
    std::string tables = "\n" + names_array("mutant_names", names) +
                         "inline constexpr int mutant_count = " + std::to_string(names.size()) + ";\n" +
                         names_array("function_names", functions) +
                         "inline constexpr int function_count = " + std::to_string(copy.functions.size() + 1) + ";\n";
    return std::string(text).insert(text.find(begin) + begin.size(), tables);
}

// All that do not fit the sources are told together: after an edit of a source it can be several.
void expect_all_fit(const std::filesystem::path& tree, const std::string& folder, const std::vector<std::string>& files,
                    std::span<const SourceMutant> mutants) {
    std::vector<FileError> misfits;
    for (const std::string& file : files) {
        if (!file.ends_with(".hpp") && !file.ends_with(".cpp"))
            continue;
        const std::string text = traces::read_text_file((tree / file).string());
        const std::vector<FunctionBody> bodies = function_bodies(text);
        for (const SourceMutant& mutant : mutants)
            try {
                if (mutant.file == file)
                    (void)body_of(mutant, text, bodies);
            } catch (const FileError& misfit) {
                misfits.push_back(misfit);
            }
    }
    if (misfits.size() == 1)
        throw FileError(misfits.front());
    if (misfits.empty())
        return;
    std::string all = std::to_string(misfits.size()) + " mutants do not fit the sources:";
    for (const FileError& misfit : misfits)
        all += std::string("\n  ") + misfit.what();
    throw FileError((tree / folder).string(), "", all);
}

} // namespace

std::string mutated_text(const std::string& file, const std::string& text, std::span<const SourceMutant> mutants,
                         MutatedCopy& copy) {
    copy.function_of.resize(mutants.size());
    const std::vector<FunctionBody> bodies = function_bodies(text);
    std::vector<std::vector<std::size_t>> numbers(bodies.size());
    std::vector<std::string> names;
    std::map<std::string, std::size_t> same;
    for (const FunctionBody& body : bodies) {
        const std::size_t overload = ++same[body.name];
        names.push_back(file + ": " + body.name + (overload > 1 ? " (" + std::to_string(overload) + ")" : ""));
    }
    for (std::size_t number = 0; number < mutants.size(); ++number) {
        if (mutants[number].file != file)
            continue;
        const std::size_t body = body_of(mutants[number], text, bodies);
        numbers[body].push_back(number);
        copy.function_of[number] = names[body];
    }
    std::string result = text;
    const std::size_t first = copy.functions.size();
    for (std::size_t index = bodies.size(); index-- > 0;) // from the end: offsets before it stay
        result.replace(bodies[index].open, bodies[index].close + 1 - bodies[index].open,
                       with_alternatives(file, text, bodies[index], numbers[index], mutants, first + index));
    copy.functions.insert(copy.functions.end(), names.begin(), names.end());
    return result;
}

MutatedCopy write_mutated_copy(const std::filesystem::path& tree, const std::string& folder,
                               std::span<const SourceMutant> mutants, const std::filesystem::path& target) {
    std::vector<std::string> files; // from the root of the tree
    std::error_code error;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(tree / folder, error))
        if (entry.is_regular_file())
            files.push_back(std::filesystem::relative(entry.path(), tree).generic_string());
    std::ranges::sort(files);
    if (files.empty())
        throw FileError((tree / folder).string(), "", "expected a folder with sources");
    for (const SourceMutant& mutant : mutants)
        if (std::ranges::find(files, mutant.file) == files.end())
            complain(mutant, "no file " + mutant.file + " below " + (tree / folder).string() +
                                 traces::did_you_mean(mutant.file, files));
    expect_apart(tree / folder, target / folder);
    expect_all_fit(tree, folder, files, mutants);
    MutatedCopy copy;
    copy.function_of.resize(mutants.size());
    std::vector<std::string> texts;
    for (const std::string& file : files) {
        std::string text = traces::read_text_file((tree / file).string());
        if (file.ends_with(".hpp") || file.ends_with(".cpp")) {
            text = mutated_text(file, text, mutants, copy);
            insert_include(text, folder);
        }
        texts.push_back(std::move(text));
    }
    for (std::size_t position = 0; position < files.size(); ++position) // all or none
        write_if_changed(target / files[position], texts[position]);
    write_if_changed(target / folder / switch_header, switch_header_text(copy, mutants));
    return copy;
}

} // namespace mdcd::checker::cli::mutate
