// Pictures as text, and what two of them differ in.
// Knows no type of a user.
#include "checker/actors/picture.hpp"

#include <algorithm>
#include <cstdio>

namespace mdcd::checker::actors {
namespace {

using Kind = Picture::Kind;

std::string joined(const Picture& picture, const char* opening, const char* closing) {
    std::string line = opening;
    for (const auto& [name, part] : picture.parts) {
        if (&part != &picture.parts.front().second)
            line += ", ";
        if (picture.kind == Kind::map)
            line += name + ": ";
        else if (!name.empty())
            line += name + " ";
        line += to_text(part);
    }
    return line + closing;
}

bool is_group(const Picture& picture) {
    return picture.kind >= Kind::list;
}

bool same_shape(const Picture& a, const Picture& b) {
    return a.kind == b.kind && (a.kind != Kind::record || a.text == b.text);
}

const Picture* part_named(const Picture& picture, const std::string& name) {
    const auto found = std::ranges::find(picture.parts, name, &std::pair<std::string, Picture>::first);
    return found == picture.parts.end() ? nullptr : &found->second;
}

class Comparison {
public:
    void compare(const std::string& place, const Picture& before, const Picture& after) {
        if (before == after)
            return;
        if (!same_shape(before, after) || !is_group(before))
            return say(place, to_text(before) + " -> " + to_text(after));
        if (before.kind == Kind::set)
            return compare_sets(place, before, after);
        if (before.kind == Kind::list)
            return compare_lists(place, before, after);
        for (const auto& [name, part] : before.parts) {
            const std::string inner = place_of(before.kind, place, name);
            if (const Picture* const other = part_named(after, name))
                compare(inner, part, *other);
            else
                say(inner, to_text(part) + " is gone");
        }
        for (const auto& [name, part] : after.parts)
            if (part_named(before, name) == nullptr)
                say(place_of(before.kind, place, name), to_text(part));
    }
    [[nodiscard]] std::vector<std::string> take() { return std::move(lines_); }

private:
    static std::string place_of(Kind kind, const std::string& place, const std::string& name) {
        if (kind == Kind::map)
            return place + "[" + name + "]";
        return place.empty() ? name : place + "." + name;
    }

    void compare_lists(const std::string& place, const Picture& before, const Picture& after) {
        const std::size_t both = std::min(before.parts.size(), after.parts.size());
        for (std::size_t i = 0; i < both; ++i)
            compare(place + "[" + std::to_string(i) + "]", before.parts[i].second, after.parts[i].second);
        for (std::size_t i = both; i < before.parts.size(); ++i)
            say(place + "[" + std::to_string(i) + "]", to_text(before.parts[i].second) + " is gone");
        for (std::size_t i = both; i < after.parts.size(); ++i)
            say(place + "[" + std::to_string(i) + "]", to_text(after.parts[i].second));
    }

    void compare_sets(const std::string& place, const Picture& before, const Picture& after) {
        const auto has = [](const Picture& set, const Picture& wanted) {
            return std::ranges::find(set.parts, wanted, &std::pair<std::string, Picture>::second) != set.parts.end();
        };
        for (const auto& [name, part] : before.parts)
            if (!has(after, part))
                say(place, "without " + to_text(part));
        for (const auto& [name, part] : after.parts)
            if (!has(before, part))
                say(place, "with " + to_text(part));
    }

    void say(const std::string& place, const std::string& what) {
        lines_.push_back(place.empty() ? what : place + ": " + what);
    }

    std::vector<std::string> lines_;
};

} // namespace

std::string to_text(const Picture& picture) {
    switch (picture.kind) {
    case Kind::nothing:
        return "none";
    case Kind::text:
        return "\"" + picture.text + "\"";
    case Kind::list:
        return joined(picture, "[", "]");
    case Kind::set:
    case Kind::map:
        return joined(picture, "{", "}");
    case Kind::record:
        return picture.parts.empty() ? picture.text : joined(picture, (picture.text + "{").c_str(), "}");
    default:
        return picture.text;
    }
}

std::vector<std::string> differences(const Picture& before, const Picture& after) {
    Comparison comparison;
    comparison.compare("", before, after);
    return comparison.take();
}

namespace pictures {

Picture of_number(long long value) {
    return {.kind = Kind::number, .text = std::to_string(value), .parts = {}};
}
Picture of_number(unsigned long long value) {
    return {.kind = Kind::number, .text = std::to_string(value), .parts = {}};
}
Picture of_number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.17g", value);
    return {.kind = Kind::word, .text = text, .parts = {}};
}
Picture of_character(char value) {
    if (value < ' ' || value > '~')
        return of_number(static_cast<long long>(value));
    return of_word(Kind::word, std::string("'") + value + "'");
}
Picture of_word(Kind kind, std::string_view word) {
    return {.kind = kind, .text = std::string(word), .parts = {}};
}
Picture of_actor(Id id, ActorNames names) {
    if (id.is_nobody())
        return of_word(Kind::word, "nobody");
    if (id.index() < names.size())
        return of_word(Kind::word, names[id.index()]);
    return of_word(Kind::word, "actor " + std::to_string(id.index()) + ", which does not exist");
}
Picture group(Kind kind, std::string_view name) {
    return {.kind = kind, .text = std::string(name), .parts = {}};
}
void add_item(Picture& group, Picture part) {
    group.parts.emplace_back(std::string(), std::move(part));
}
void add_field(Picture& record, std::string_view name, Picture part) {
    record.parts.emplace_back(name, std::move(part));
}
void add_entry(Picture& map, const Picture& key, Picture part) {
    map.parts.emplace_back(to_text(key), std::move(part));
}

} // namespace pictures
} // namespace mdcd::checker::actors
