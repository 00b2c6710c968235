// Reads and adds lines.
// Knows nothing of what an answer is used for.
#include "model/repair/repair_answers.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "checker/engine/content_hash.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"
#include "traces/reader.hpp"

namespace mdcd::model {

using traces::Reader;
using traces::Value;

namespace {

constexpr std::int64_t number_max = std::int64_t{1} << 62;

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
    std::string all;
    for (const std::string& text : texts)
        all.append(std::to_string(text.size())).append(":").append(text);
    char digits[33];
    std::snprintf(digits, sizeof digits, "%016llx%016llx",
                  static_cast<unsigned long long>(checker::engine::content_hash(1, all)),
                  static_cast<unsigned long long>(checker::engine::content_hash(2, all)));
    return digits;
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
        answer.distinct_states = static_cast<std::uint64_t>(reader.field("distinct_states").integer(0, number_max));
        for (const Reader& name : reader.field("unreached").items())
            answer.unreached.push_back(name.text());
        answer.cost = cost_from(reader.field("cost").value(), place, "$.cost");
    } else {
        const std::array<std::string, 3> known{"key", "holds", "path"};
        reader.only_fields(known);
        answer.path = path_from(reader.field("path"));
    }
    return {std::move(key), std::move(answer)};
}

RepairAnswers::RepairAnswers(const std::string& file) : file_(file) {
    if (file.empty())
        return;
    if (std::filesystem::exists(file)) {
        const std::string text = traces::read_text_file(file);
        std::size_t begin = 0;
        std::size_t number = 0;
        for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
            answers_.insert(answer_from_line(std::string_view(text).substr(begin, end - begin), file, ++number));
            begin = end + 1;
        }
        if (begin < text.size())
            std::filesystem::resize_file(file, begin);
    }
    out_.open(file, std::ios::binary | std::ios::app);
    if (!out_)
        throw std::runtime_error(file + " cannot be written");
}

const RepairAnswer* RepairAnswers::find(const std::string& key) const {
    const auto found = answers_.find(key);
    return found == answers_.end() ? nullptr : &found->second;
}

void RepairAnswers::add(const std::string& key, const RepairAnswer& answer) {
    if (file_.empty())
        return;
    answers_.insert_or_assign(key, answer);
    if (!(out_ << to_line(key, answer) << '\n').flush())
        throw std::runtime_error(file_ + " cannot be written");
}

} // namespace mdcd::model
