// One line for each answer, sorted, between a head and a sum, so that two saved files can be compared by eye.
// Knows no solver.
#include "model/z3/answer_store.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "checker/file_lock.hpp"
#include "checker/whole_file.hpp"
#include "traces/characters.hpp"
#include "traces/file_error.hpp"

namespace mdcd::model {
namespace {

constexpr std::string_view magic = "mdcd answers of Z3, format 1";

// FNV-1a: finds damage, and keeps nobody from forging.
std::uint64_t sum_of(std::string_view bytes) {
    std::uint64_t sum = 0xcbf29ce484222325U;
    for (const char each : bytes)
        sum = (sum ^ static_cast<unsigned char>(each)) * 0x100000001b3U;
    return sum;
}

std::string hexadecimal(std::uint64_t number) {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(number));
    return text;
}

std::string hexadecimal(std::string_view bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const char each : bytes) {
        text += digits[static_cast<unsigned char>(each) >> 4];
        text += digits[static_cast<unsigned char>(each) & 15];
    }
    return text;
}

template <class Number> std::optional<Number> number_in(std::string_view text, int base) {
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::optional<std::string> bytes_in(std::string_view text) {
    std::string bytes;
    for (std::size_t at = 0; at < text.size(); at += 2) {
        const auto byte = number_in<std::uint8_t>(text.substr(at, 2), 16);
        if (!byte || text.size() - at < 2)
            return std::nullopt;
        bytes += static_cast<char>(*byte);
    }
    return bytes;
}

std::string_view cut(std::string_view& text, char separator) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view first = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return first;
}

const std::string& name_of_property(PropertyId property) {
    return all_properties()[static_cast<std::size_t>(property)].name;
}

// "PROPERTY KEY HASH sat 3 1"; false if it is no such line.
bool read_line(std::string_view line, StoredAnswers& answers) {
    StoredQuestion question;
    const std::string_view name = cut(line, ' ');
    const auto* const property = std::ranges::find(z3_properties, name, name_of_property);
    const auto key = bytes_in(cut(line, ' '));
    const auto hash = number_in<std::uint64_t>(cut(line, ' '), 16);
    const std::string_view answer = cut(line, ' ');
    if (property == z3_properties.end() || !key || !hash || (answer != "sat" && answer != "unsat"))
        return false;
    StoredAnswer stored{.violated = answer == "sat", .unknowns = {}};
    while (!line.empty()) {
        const auto value = number_in<std::uint8_t>(cut(line, ' '), 10);
        if (!value || !stored.violated || stored.unknowns.size() == high_confidence_count_max)
            return false;
        stored.unknowns.push_back(*value);
    }
    return answers.emplace(StoredQuestion{*property, *key, *hash}, std::move(stored)).second;
}

} // namespace

std::string encode_answers(const StoredAnswers& answers, std::string_view identity) {
    std::string text = std::string(magic) + "\n" + std::string(identity) + "\n";
    for (const auto& [question, answer] : answers) {
        text += name_of_property(question.property) + ' ' + hexadecimal(question.key) + ' ' +
                hexadecimal(question.text_hash) + (answer.violated ? " sat" : " unsat");
        for (const std::uint8_t value : answer.unknowns)
            text += ' ' + std::to_string(value);
        text += '\n';
    }
    return with_sum(std::move(text));
}

std::string with_sum(std::string text) {
    const std::string sum = hexadecimal(sum_of(text));
    return std::move(text) + "sum " + sum + "\n";
}

DecodedAnswers decode_answers(std::string_view text) {
    DecodedAnswers decoded;
    const std::string_view whole = text;
    const auto damaged = [&](std::string what) {
        decoded.answers.clear();
        decoded.damage = std::move(what);
        return decoded;
    };
    if (cut(text, '\n') != magic) {
        decoded.is_ours = false;
        return damaged("it does not begin as a file of answers does");
    }
    decoded.identity = cut(text, '\n');
    for (std::size_t number = 3; !text.empty(); ++number) {
        const std::size_t begin = whole.size() - text.size();
        const std::string_view line = cut(text, '\n');
        if (line.starts_with("sum ")) {
            if (line.substr(4) != hexadecimal(sum_of(whole.substr(0, begin))))
                return damaged("its sum does not fit its content");
            return text.empty() && whole.ends_with('\n') ? decoded : damaged("something follows its sum");
        }
        if (!read_line(line, decoded.answers))
            return damaged("line " + std::to_string(number) + " is no answer");
    }
    return damaged("its end is missing");
}

void merge_answers(StoredAnswers& one, const StoredAnswers& other) {
    for (const auto& [question, answer] : other) {
        const auto [place, fresh] = one.emplace(question, answer);
        if (!fresh && place->second.violated == answer.violated) // else the other is a lie: a file can hold anything
            place->second = std::min(place->second, answer);
    }
}

namespace {

// The lock of a file's folder, while the file is read and replaced.
class FolderLock {
public:
    explicit FolderLock(const std::string& path) {
        const std::string folder = std::filesystem::path(path).parent_path().string();
        file_ = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (file_ >= 0)
            static_cast<void>(checker::FileLock::take(file_, checker::FileLock::Wait::yes));
    }
    ~FolderLock() {
        if (file_ >= 0)
            close(file_);
    }
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

private:
    int file_ = -1;
};

} // namespace

AnswerStore::AnswerStore(std::string path, std::string identity)
    : path_(std::move(path)), identity_(std::move(identity)), answers_(load()) {}

std::optional<StoredAnswer> AnswerStore::find(const StoredQuestion& question) const {
    const auto found = answers_.find(question);
    return found == answers_.end() ? std::nullopt : std::optional(found->second);
}

StoredAnswers AnswerStore::load() {
    std::error_code error;
    if (!std::filesystem::exists(path_, error))
        return {};
    if (!std::filesystem::is_regular_file(path_, error)) // a device may have no end
        throw traces::FileError(path_, "", "cannot be read: it is not a regular file");
    constexpr std::uintmax_t bytes_max = std::uintmax_t{1} << 30U;
    if (std::filesystem::file_size(path_, error) > bytes_max || error)
        throw traces::FileError(path_, "", "cannot be read: it is larger than 1 GiB, and no file of saved answers is");
    std::ifstream in(path_, std::ios::binary);
    const bool readable = static_cast<bool>(in);
    const std::string text = readable ? std::string{std::istreambuf_iterator<char>(in), {}} : "";
    if (!readable || in.bad())
        throw traces::FileError(path_, "", "cannot be read");
    DecodedAnswers decoded = decode_answers(text);
    if (!decoded.is_ours)
        throw traces::FileError(path_, "line 1",
                                "this is no file of saved answers, and is not overwritten; expected '" +
                                    std::string(magic) + "'");
    if (!decoded.damage.empty())
        warning_ = path_ + " is damaged (" + decoded.damage + "): nothing of it is used, and it is replaced";
    else if (decoded.identity != identity_)
        warning_ = path_ + " was saved by " + traces::printable(decoded.identity) +
                   ": nothing of it is used, and it is replaced";
    else
        return std::move(decoded.answers);
    return {};
}

void AnswerStore::save(const StoredAnswers& fresh) {
    static std::mutex one_at_a_time; // the checks of a gate share a file
    const std::lock_guard lock(one_at_a_time);
    merge_answers(answers_, fresh);
    const FolderLock folder(path_); // other processes, too
    const std::string warning = warning_;
    merge_answers(answers_, load()); // what others have saved in the meantime
    warning_ = warning;
    checker::write_whole_file(path_, encode_answers(answers_, identity_));
}

} // namespace mdcd::model
