// What a step changed, made readable.
// Without the states around a step there is only one place after the other to tell.
#include "traces/changes.hpp"

#include <algorithm>
#include <span>

#include "traces/characters.hpp"
#include "traces/path.hpp"

namespace mdcd::traces {

namespace {

bool is_word(const std::string& text) {
    return !text.empty() && std::ranges::all_of(text, [](unsigned char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
               (letter >= 'A' && letter <= 'Z') || letter == '_' || letter == '-' || letter == '.' || letter == '(' ||
               letter == ')' || letter >= 0x80;
    });
}

std::string path_of(std::span<const PathPart> parts) {
    std::string path;
    for (const PathPart& part : parts) {
        if (const auto* name = std::get_if<std::string>(&part)) {
            path = field_path(path, *name);
        } else {
            path = item_path(path, std::get<std::size_t>(part));
        }
    }
    return path;
}

std::string labelled(const std::string& place, const std::string& what) {
    return place.empty() ? what : place + " " + what;
}

std::string one_change(const std::string& place, const Difference& change) {
    if (change.gone) {
        return labelled(place, "gone (was " + brief(change.before) + ")");
    }
    return labelled(place, brief(change.before) + " -> " + brief(change.after));
}

// An item that came or went, by its first fields: they tell which it is, and the trace has the rest.
std::string shortly(const Value& item) {
    constexpr std::size_t fields_max = 3;
    const Value::Record* fields = item.record();
    if (fields == nullptr || fields->size() <= fields_max) {
        return brief(item);
    }
    std::string text = brief(Value(Value::Record(fields->begin(), fields->begin() + fields_max)));
    text.back() = ',';
    return text + " ..}";
}

// "- [a, b], + c" if items only came or only went (or both, at one place); "" if items changed in place.
std::string came_and_went(const Value::List& before, const Value::List& after) {
    const std::size_t shorter = std::min(before.size(), after.size());
    std::size_t head = 0;
    while (head < shorter && before[head] == after[head]) {
        ++head;
    }
    std::size_t tail = 0;
    while (tail < shorter - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
        ++tail;
    }
    const std::size_t went = before.size() - head - tail;
    const std::size_t came = after.size() - head - tail;
    if (went == came) {
        return "";
    }
    std::string text;
    for (std::size_t i = head; i < head + went; ++i) {
        text += (text.empty() ? "- " : ", - ") + shortly(before[i]);
    }
    for (std::size_t i = head; i < head + came; ++i) {
        text += (text.empty() ? "+ " : ", + ") + shortly(after[i]);
    }
    return text;
}

class Grouping {
public:
    Grouping(const Step& step, const Value* before, const Value* after) : step_(step), before_(before), after_(after) {}

    std::vector<ChangeGroup> groups() && {
        for (const Difference& change : step_.changes) {
            add(change);
        }
        return std::move(groups_);
    }

private:
    void add(const Difference& change) {
        std::vector<PathPart> parts = path_parts(change.path).value_or(std::vector<PathPart>{PathPart(change.path)});
        const std::string* name = parts.empty() ? nullptr : std::get_if<std::string>(&parts.front());
        const std::string place = name != nullptr ? *name : path_of(std::span(parts).first(parts.empty() ? 0 : 1));
        const bool is_channel = place == "channels" || place.find("->") != std::string::npos;
        if (is_channel && (step_.action.taken || !step_.action.sent.empty())) {
            return;
        }
        std::size_t depth = 0; // of the outermost list
        while (depth < parts.size() && !std::holds_alternative<std::size_t>(parts[depth])) {
            ++depth;
        }
        if (depth > 0 && depth < parts.size() && before_ != nullptr && after_ != nullptr) {
            const std::string list_path = path_of(std::span(parts).first(depth));
            if (list_path == told_list_) {
                return;
            }
            const Value* before = value_at(*before_, list_path);
            const Value* after = value_at(*after_, list_path);
            const bool both =
                before != nullptr && after != nullptr && before->list() != nullptr && after->list() != nullptr;
            const std::string told = both ? came_and_went(*before->list(), *after->list()) : "";
            if (!told.empty()) {
                told_list_ = list_path;
                put(place, labelled(path_of(std::span(parts).first(depth).subspan(1)), told));
                return;
            }
        }
        put(place, one_change(parts.empty() ? "" : path_of(std::span(parts).subspan(1)), change));
    }

    void put(const std::string& place, std::string text) {
        auto group = std::ranges::find(groups_, place, &ChangeGroup::place);
        if (group == groups_.end()) {
            group = groups_.insert(groups_.end(), ChangeGroup{place, {}});
        }
        group->changes.push_back(std::move(text));
    }

    const Step& step_;
    const Value* before_;
    const Value* after_;
    std::vector<ChangeGroup> groups_;
    std::string told_list_; // the differences of one list come one after the other
};

} // namespace

std::string brief(const Value& value) {
    if (value.is_null()) {
        return "none";
    }
    std::string text;
    if (const std::string* content = value.text()) {
        if (is_word(*content)) {
            return *content;
        }
        append_quoted(text, *content);
    } else if (const Value::List* items = value.list()) {
        for (const Value& item : *items) {
            text += (text.empty() ? "" : ", ") + brief(item);
        }
        return "[" + text + "]";
    } else if (const Value::Record* fields = value.record()) {
        for (const auto& [name, field] : *fields) {
            text += (text.empty() ? "" : ", ") + name + " " + brief(field);
        }
        return "{" + text + "}";
    } else {
        text = to_text(value);
    }
    return text;
}

std::vector<ChangeGroup> readable_changes(const Step& step, const Value* before, const Value* after) {
    return Grouping(step, before, after).groups();
}

} // namespace mdcd::traces
