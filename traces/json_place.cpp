// Walks a JSON text along a path, without building anything.
// Knows no document; that the text is JSON has been checked before, and nothing else is relied upon: on any other text
// it finds nothing, or some place within it.
#include "traces/json_place.hpp"

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "traces/file_error.hpp"
#include "traces/json.hpp"
#include "traces/path.hpp"

namespace mdcd::traces {

namespace {

class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    // The offset of what the parts lead to.
    std::optional<std::size_t> find(const std::vector<PathPart>& parts) {
        skip_blanks();
        std::size_t found = at_;
        for (const PathPart& part : parts) {
            const auto next = std::holds_alternative<std::string>(part) ? enter_field(std::get<std::string>(part))
                                                                        : enter_item(std::get<std::size_t>(part));
            if (!next) {
                return std::nullopt;
            }
            found = *next;
        }
        return found;
    }

private:
    [[nodiscard]] bool sees(char letter) const { return at_ < text_.size() && text_[at_] == letter; }

    void skip_blanks() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

    void skip_string() {
        for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
            at_ += text_[at_] == '\\' ? 1U : 0U;
        }
        at_ = std::min(at_ + 1, text_.size());
    }

    // The whole of a value, however deep.
    void skip_value() {
        std::size_t depth = 0;
        do {
            if (sees('"')) {
                skip_string();
            } else if (sees('{') || sees('[')) {
                ++depth;
                ++at_;
            } else if (sees('}') || sees(']')) {
                depth -= depth > 0 ? 1U : 0U;
                ++at_;
            } else if (depth > 0) {
                ++at_;
            } else {
                at_ = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
            }
        } while (depth > 0 && at_ < text_.size());
    }

    // Past one member and the comma after it; false at the end of the list or record.
    bool skip_member() {
        skip_value();
        skip_blanks();
        if (!sees(',')) {
            return false;
        }
        ++at_;
        skip_blanks();
        return true;
    }

    // Leaves the position at the field's value and returns where its name stands.
    std::optional<std::size_t> enter_field(const std::string& name) {
        if (!sees('{')) {
            return std::nullopt;
        }
        ++at_;
        skip_blanks();
        while (sees('"')) {
            const std::size_t start = at_;
            skip_string();
            const std::string quoted(text_.substr(start, at_ - start));
            skip_blanks();
            at_ += sees(':') ? 1U : 0U;
            skip_blanks();
            if (is_name(quoted, name)) {
                return start;
            }
            if (!skip_member()) {
                break;
            }
        }
        return std::nullopt;
    }

    static bool is_name(const std::string& quoted, const std::string& name) {
        try {
            return parse_json(quoted, "") == Value(name);
        } catch (const FileError&) {
            return false;
        }
    }

    std::optional<std::size_t> enter_item(std::size_t position) {
        if (!sees('[')) {
            return std::nullopt;
        }
        ++at_;
        skip_blanks();
        while (position > 0 && skip_member()) {
            --position;
        }
        return position > 0 || sees(']') ? std::nullopt : std::optional(at_);
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace

TextPlace place_of(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    const auto starts_character = [](char each) { return (static_cast<unsigned char>(each) & 0xC0U) != 0x80U; };
    const std::string_view in_line = before.substr(line_start);
    return {.line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1,
            .column = static_cast<std::size_t>(std::ranges::count_if(in_line, starts_character)) + 1};
}

std::optional<TextPlace> place_in_json(std::string_view text, std::string_view path) {
    auto parts = path_parts(path);
    if (!parts || parts->empty() || parts->front() != PathPart("$")) {
        return std::nullopt;
    }
    parts->erase(parts->begin());
    const std::optional<std::size_t> offset = Scanner(text).find(*parts);
    return offset ? std::optional(place_of(text, *offset)) : std::nullopt;
}

} // namespace mdcd::traces
