// Reads lists of source mutants, line by line.
// Knows no language and does not look into the files that are to be changed.
#include "checker/cli/mutate/mutant_list.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <sstream>

#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace mdcd::checker::cli::mutate {
namespace {

using traces::FileError;

const std::vector<std::string> needed_fields{"mutant", "file", "fault", "matters", "old", "new"};
const std::vector<std::string> known_fields{"mutant", "file", "fault", "matters", "after", "old", "new"};

std::string trimmed(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(" \t\r");
    if (begin == std::string::npos)
        return "";
    return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

class ListReader {
public:
    ListReader(std::string file, const std::string& text) : file_(std::move(file)), in_(text) {}

    std::vector<SourceMutant> read() {
        for (std::string line; std::getline(in_, line);) {
            ++line_;
            read_line(line);
        }
        finish();
        return std::move(mutants_);
    }

private:
    [[noreturn]] void complain(std::size_t line, const std::string& what) const {
        throw FileError(file_, "line " + std::to_string(line), what);
    }

    void read_line(const std::string& line) {
        const std::string text = trimmed(line);
        if (text.starts_with('|'))
            return read_continuation(line);
        if (text.empty() || text.starts_with('#'))
            return;
        const std::size_t colon = text.find(':');
        const std::string field = text.substr(0, colon);
        if (colon == std::string::npos || std::ranges::find(known_fields, field) == known_fields.end())
            complain(line_,
                     "expected one of the fields mutant, file, fault, matters, after, old and new, or \"|\" before a " +
                         ("further line of code" + traces::did_you_mean(field, known_fields)));
        if (field == "mutant")
            begin_mutant();
        if (mutants_.empty() || (field != "mutant" && given_.empty()))
            complain(line_, "expected \"mutant: NAME\" first");
        if (!given_.try_emplace(field, line_).second)
            complain(line_, "\"" + field + "\" is there twice; a mutant begins with \"mutant: NAME\"");
        set(field, trimmed(text.substr(colon + 1)));
    }

    void read_continuation(const std::string& line) {
        if (code_ == nullptr)
            complain(line_, "a line of code that belongs neither to \"old\" nor to \"new\"");
        *code_ += "\n" + line.substr(line.find('|') + 1);
    }

    void begin_mutant() {
        finish();
        given_.clear();
        mutants_.push_back({});
        mutants_.back().list_file = file_;
        mutants_.back().line = line_;
    }

    void set(const std::string& field, const std::string& value) {
        SourceMutant& mutant = mutants_.back();
        code_ = nullptr;
        if (field == "mutant") {
            const auto is_part = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
            if (value.empty() || !std::ranges::all_of(value, is_part))
                complain(line_, "expected a name of letters, digits and \"_\", not \"" + value + "\"");
            mutant.name = value;
        } else if (field == "file") {
            mutant.file = value;
        } else if (field == "after") {
            mutant.after = value;
        } else if (field == "fault") {
            mutant.fault = value;
        } else if (field == "matters") {
            set_matters(mutant, value);
        } else {
            code_ = field == "old" ? &mutant.old_text : &mutant.new_text;
            *code_ = value;
        }
    }

    void set_matters(SourceMutant& mutant, const std::string& value) const {
        mutant.matters = value == "yes";
        if (mutant.matters)
            return;
        if (!value.starts_with("no; ") || trimmed(value.substr(4)).empty())
            complain(line_, "expected \"yes\", or \"no; \" and the reason, not \"" + value + "\"");
        mutant.reason = trimmed(value.substr(4));
    }

    void finish() {
        if (mutants_.empty())
            return;
        const SourceMutant& mutant = mutants_.back();
        for (const std::string& field : needed_fields)
            if (!given_.contains(field))
                complain(mutant.line, "mutant " + mutant.name + " has no field \"" + field + "\"");
        const std::vector<std::pair<std::string, const std::string*>> texts{
            {"file", &mutant.file}, {"fault", &mutant.fault}, {"old", &mutant.old_text}};
        for (const auto& [field, text] : texts)
            if (text->empty())
                complain(given_.at(field), "\"" + field + "\" is empty");
        if (mutant.old_text == mutant.new_text)
            complain(given_.at("new"), "\"new\" is the same as \"old\"");
    }

    std::string file_;
    std::istringstream in_;
    std::size_t line_ = 0;
    std::vector<SourceMutant> mutants_;
    std::map<std::string, std::size_t> given_; // of the mutant that is being read: each field and its line
    std::string* code_ = nullptr;              // what a line with "|" continues; into mutants_.back()
};

std::vector<std::filesystem::path> list_files(const std::filesystem::path& file_or_folder) {
    std::error_code error;
    if (!std::filesystem::is_directory(file_or_folder, error))
        return {file_or_folder};
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(file_or_folder, error))
        if (entry.path().extension() == ".mutants")
            files.push_back(entry.path());
    std::ranges::sort(files);
    if (files.empty())
        throw FileError(file_or_folder.string(), "", "expected files *.mutants in this folder, found none");
    return files;
}

} // namespace

std::vector<SourceMutant> read_mutants(const std::filesystem::path& file_or_folder) {
    std::vector<SourceMutant> all;
    std::map<std::string, std::string> places;
    for (const std::filesystem::path& path : list_files(file_or_folder)) {
        for (SourceMutant& mutant : ListReader(path.string(), traces::read_text_file(path.string())).read()) {
            const std::string place = mutant.list_file + ":" + std::to_string(mutant.line);
            const auto [known, is_new] = places.try_emplace(mutant.name, place);
            if (!is_new)
                throw FileError(mutant.list_file, "line " + std::to_string(mutant.line),
                                "the name " + mutant.name + " is taken by " + known->second);
            all.push_back(std::move(mutant));
        }
    }
    if (all.empty())
        throw FileError(file_or_folder.string(), "", "expected at least one mutant");
    return all;
}

} // namespace mdcd::checker::cli::mutate
