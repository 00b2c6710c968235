// Paths into a value tree. Knows no value: a path is text.
// Building and taking apart are inverse to each other for every name, the empty one too.
#include "traces/path.hpp"

#include <charconv>

namespace mdcd::traces {

namespace {

bool is_plain(std::string_view field) {
    return !field.empty() && field.find_first_of(".[]\"\\") == std::string_view::npos;
}

// Reads `"..."` at the start of `rest`; the only escapes are \" and \\.
std::optional<std::string> take_quoted(std::string_view& rest) {
    std::string name;
    rest.remove_prefix(1);
    while (!rest.empty()) {
        char letter = rest.front();
        rest.remove_prefix(1);
        if (letter == '"') {
            return name;
        }
        if (letter == '\\') {
            if (rest.empty()) {
                return std::nullopt;
            }
            letter = rest.front();
            rest.remove_prefix(1);
        }
        name += letter;
    }
    return std::nullopt;
}

// Reads what stands between brackets, the opening one already taken, and the closing one.
std::optional<PathPart> take_bracketed(std::string_view& rest) {
    std::optional<PathPart> part;
    if (!rest.empty() && rest.front() == '"') {
        std::optional<std::string> name = take_quoted(rest);
        if (!name) {
            return std::nullopt;
        }
        part = std::move(*name);
    } else {
        std::size_t position = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), position);
        if (error != std::errc{}) {
            return std::nullopt;
        }
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        part = position;
    }
    if (rest.empty() || rest.front() != ']') {
        return std::nullopt;
    }
    rest.remove_prefix(1);
    return part;
}

} // namespace

std::string field_path(std::string_view parent, std::string_view field) {
    std::string path(parent);
    if (is_plain(field)) {
        if (!path.empty()) {
            path += '.';
        }
        return path.append(field);
    }
    path += "[\"";
    for (const char letter : field) {
        if (letter == '"' || letter == '\\') {
            path += '\\';
        }
        path += letter;
    }
    return path += "\"]";
}

std::string item_path(std::string_view parent, std::size_t position) {
    return std::string(parent) + '[' + std::to_string(position) + ']';
}

std::optional<std::vector<PathPart>> path_parts(std::string_view path) {
    std::vector<PathPart> parts;
    std::string_view rest = path;
    while (!rest.empty()) {
        if (rest.front() == '[') {
            rest.remove_prefix(1);
            std::optional<PathPart> part = take_bracketed(rest);
            if (!part) {
                return std::nullopt;
            }
            parts.push_back(std::move(*part));
            continue;
        }
        if (!parts.empty()) {
            if (rest.front() != '.') {
                return std::nullopt;
            }
            rest.remove_prefix(1);
        }
        const std::string_view name = rest.substr(0, rest.find_first_of(".["));
        if (!is_plain(name)) {
            return std::nullopt;
        }
        parts.emplace_back(std::string(name));
        rest.remove_prefix(name.size());
    }
    return parts;
}

} // namespace mdcd::traces
