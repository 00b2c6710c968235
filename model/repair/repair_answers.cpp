// Reads and adds lines.
// Knows nothing of what an answer is used for.
#include "model/repair/repair_answers.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "checker/content_hash.hpp"
#include "checker/file_lock.hpp"
#include "checker/whole_file.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"
#include "traces/reader.hpp"

namespace mdcd::model {

using traces::Reader;
using traces::Value;

namespace {

constexpr std::int64_t answer_number_max = std::int64_t{1} << 62;
constexpr std::string_view first_line = R"({"file": "mdcd repair answers", "version": 3})";

Value path_value(const checker::Path& path) {
    Value::List firings;
    for (const checker::Firing& firing : path.firings)
        firings.emplace_back(Value::List{static_cast<int>(firing.step), static_cast<int>(firing.taken),
                                         static_cast<int>(firing.outcome)});
    return Value::Record{{"initial", static_cast<std::int64_t>(path.initial)}, {"firings", std::move(firings)}};
}

checker::Path path_from(const Reader& reader) {
    const std::array<std::string, 2> known{"initial", "firings"};
    reader.only_fields(known);
    checker::Path path{.initial = static_cast<std::uint32_t>(reader.field("initial").integer(0, 0xffffffff)),
                       .firings = {}};
    for (const Reader& item : reader.field("firings").items()) {
        const std::vector<Reader> numbers = item.items();
        if (numbers.size() != 3)
            item.fail("expected three numbers: step, message taken, outcome");
        path.firings.push_back({.step = static_cast<checker::StepIndex>(numbers[0].integer(0, 0xffff)),
                                .taken = static_cast<std::uint16_t>(numbers[1].integer(0, 0xffff)),
                                .outcome = static_cast<std::uint16_t>(numbers[2].integer(0, 0xffff))});
    }
    return path;
}

} // namespace

std::string answer_key(const std::vector<std::string>& texts) {
    checker::ContentHash hash;
    for (const std::string& text : texts)
        hash.add_text(text);
    return hash.digits();
}

std::string to_line(const std::string& key, const RepairAnswer& answer) {
    Value::Record record{{"key", key}, {"holds", answer.holds}};
    if (answer.holds) {
        Value::List unreached;
        for (const std::string& name : answer.unreached)
            unreached.emplace_back(name);
        record.emplace_back("distinct_states", static_cast<std::int64_t>(answer.distinct_states));
        record.emplace_back("unreached", std::move(unreached));
        record.emplace_back("cost", to_value(answer.cost));
    } else if (answer.holds_natively) {
        record.emplace_back("holds_natively", true);
    } else {
        record.emplace_back("path", path_value(answer.path));
    }
    return traces::to_text(record);
}

std::pair<std::string, RepairAnswer> answer_from_line(std::string_view line, const std::string& file,
                                                      std::size_t line_number) {
    const std::string place = file + ":" + std::to_string(line_number);
    const Value value = traces::parse_json(line, place);
    const Reader reader(value, place);
    RepairAnswer answer;
    answer.holds = reader.field("holds").boolean();
    std::string key = reader.field("key").text();
    if (answer.holds) {
        const std::array<std::string, 5> known{"key", "holds", "distinct_states", "unreached", "cost"};
        reader.only_fields(known);
        answer.distinct_states =
            static_cast<std::uint64_t>(reader.field("distinct_states").integer(0, answer_number_max));
        for (const Reader& name : reader.field("unreached").items())
            answer.unreached.push_back(name.text());
        answer.cost = cost_from(reader.field("cost").value(), place, "$.cost");
    } else if (reader.has("holds_natively")) {
        const std::array<std::string, 3> known{"key", "holds", "holds_natively"};
        reader.only_fields(known);
        answer.holds_natively = reader.field("holds_natively").boolean();
        if (!answer.holds_natively)
            reader.field("holds_natively").fail("expected true, or a path");
    } else {
        const std::array<std::string, 3> known{"key", "holds", "path"};
        reader.only_fields(known);
        answer.path = path_from(reader.field("path"));
    }
    return {std::move(key), std::move(answer)};
}

RepairAnswers::RepairAnswers(const std::string& file) : path_(file) {
    if (path_.empty())
        return;
    file_ = open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0666);
    if (file_ < 0)
        fail(errno == ELOOP ? "it is a symbolic link; name the file itself" : std::strerror(errno));
    try {
        struct stat status {};
        if (fstat(file_, &status) != 0 || !S_ISREG(status.st_mode))
            fail("it is not a regular file");
        if (!checker::FileLock::take(file_, checker::FileLock::Wait::no))
            fail("another mdcd keeps its answers there; wait for its end, or name another file");
        const std::size_t whole = load(path_);
        if (whole != traces::read_text_file(path_).size())
            cut(whole);
        if (whole == 0)
            append(std::string(first_line) + "\n");
    } catch (...) {
        close(file_);
        throw;
    }
}

RepairAnswers::~RepairAnswers() {
    if (file_ >= 0)
        close(file_);
}

std::size_t RepairAnswers::load(const std::string& file) {
    const std::string text = traces::read_text_file(file);
    std::size_t begin = std::min(text.find('\n'), text.size());
    const std::string_view head = std::string_view(text).substr(0, begin);
    const bool is_cut = begin == text.size();
    if (is_cut ? !first_line.starts_with(head) : head != first_line)
        throw traces::FileError(file, "line 1",
                                "this is no file of answers of this version, and stays as it is; expected " +
                                    std::string(first_line));
    if (is_cut)
        return 0;
    ++begin;
    std::size_t number = 1;
    for (std::size_t end = text.find('\n', begin); end != std::string::npos; end = text.find('\n', begin)) {
        const auto [key, answer] = answer_from_line(std::string_view(text).substr(begin, end - begin), file, ++number);
        take(key, answer);
        begin = end + 1;
    }
    return begin;
}

// What says more stays.
void RepairAnswers::take(const std::string& key, const RepairAnswer& answer) {
    const auto [place, is_new] = answers_.try_emplace(key, answer);
    if (!is_new && !answer.holds_natively)
        place->second = answer;
}

void RepairAnswers::read(const std::string& file) {
    const std::size_t before = answers_.size();
    load(file);
    read_count_ += answers_.size() - before;
}

void RepairAnswers::cut(std::size_t size) {
    if (ftruncate(file_, static_cast<off_t>(size)) != 0)
        fail(std::strerror(errno));
}

void RepairAnswers::append(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = write(file_, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            fail(std::strerror(errno));
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

void RepairAnswers::fail(const std::string& reason) const {
    throw checker::WriteError(path_ + ": answers cannot be kept here: " + reason);
}

const RepairAnswer* RepairAnswers::find(const std::string& key) const {
    const auto found = answers_.find(key);
    return found == answers_.end() ? nullptr : &found->second;
}

void RepairAnswers::add(const std::string& key, const RepairAnswer& answer) {
    if (path_.empty())
        return;
    take(key, answer);
    if (!failure_.empty()) // a line after half a line would be lost with it
        return;
    try {
        append(to_line(key, answer) + "\n");
    } catch (const checker::WriteError& error) {
        failure_ = error.what();
    }
}

} // namespace mdcd::model
