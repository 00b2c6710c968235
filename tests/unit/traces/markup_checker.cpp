// Whether a text is well-formed XML, as far as our documents use it.
// Stricter than XML where our own documents never need the freedom.
#include "markup_checker.hpp"

#include <algorithm>
#include <cctype>

namespace mdcd::traces::examples {

namespace {

class MarkupReader {
public:
    explicit MarkupReader(std::string_view text) : rest_(text) {}

    Markup read() && {
        while (!rest_.empty() && result_.violation.empty()) {
            if (rest_.front() != '<') {
                characters();
            } else if (rest_.starts_with("</")) {
                end_tag();
            } else {
                start_tag();
            }
        }
        if (result_.violation.empty() && (!open_.empty() || result_.elements.empty())) {
            result_.violation = "an element is not closed, or there is none";
        }
        return std::move(result_);
    }

private:
    void fail(const std::string& what) { result_.violation = what + ": " + std::string(rest_.substr(0, 60)); }

    static bool has_bad_entity(std::string_view text) {
        for (std::size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
            const std::string_view entity = text.substr(at, text.find(';', at) - at);
            const bool known =
                entity == "&amp" || entity == "&lt" || entity == "&gt" || entity == "&quot" || entity == "&#39";
            if (!known) {
                return true;
            }
        }
        return false;
    }

    void characters() {
        const std::string_view text = rest_.substr(0, rest_.find('<'));
        const bool outside = open_.empty() && text.find_first_not_of(" \n") != std::string_view::npos;
        const auto is_control = [](char letter) { return static_cast<unsigned char>(letter) < 0x20 && letter != '\n'; };
        if (outside || has_bad_entity(text) || text.find('>') != std::string_view::npos ||
            std::ranges::any_of(text, is_control)) {
            return fail("bad text");
        }
        if (!open_.empty()) {
            result_.elements[open_.back()].text += text;
        }
        rest_.remove_prefix(text.size());
    }

    void end_tag() {
        const std::string_view tag = rest_.substr(2, rest_.find('>') - 2);
        if (open_.empty() || result_.elements[open_.back()].name != tag) {
            return fail("closes what is not open");
        }
        open_.pop_back();
        rest_.remove_prefix(tag.size() + 3);
    }

    std::string name() {
        std::size_t size = 0;
        while (size < rest_.size() &&
               (std::isalnum(static_cast<unsigned char>(rest_[size])) != 0 || rest_[size] == '-')) {
            ++size;
        }
        const std::string found(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return found;
    }

    void start_tag() {
        if (open_.empty() && !result_.elements.empty()) {
            return fail("a second root");
        }
        rest_.remove_prefix(1);
        MarkupElement element;
        element.name = name();
        while (rest_.starts_with(" ")) {
            rest_.remove_prefix(1);
            const std::string attribute = name();
            const std::size_t end = rest_.find('"', 2);
            if (attribute.empty() || !rest_.starts_with("=\"") || end == std::string_view::npos) {
                return fail("bad attribute");
            }
            const std::string_view value = rest_.substr(2, end - 2);
            if (has_bad_entity(value) || value.find('<') != std::string_view::npos ||
                !element.attributes.emplace(attribute, value).second) {
                return fail("bad or repeated attribute value");
            }
            rest_.remove_prefix(end + 1);
        }
        const bool empty = rest_.starts_with("/>");
        if (element.name.empty() || (!empty && !rest_.starts_with(">"))) {
            return fail("bad tag");
        }
        rest_.remove_prefix(empty ? 2 : 1);
        if (!empty) {
            open_.push_back(result_.elements.size());
        }
        result_.elements.push_back(std::move(element));
    }

    std::string_view rest_;
    Markup result_;
    std::vector<std::size_t> open_;
};

} // namespace

Markup read_markup(std::string_view text) {
    return MarkupReader(text).read();
}

} // namespace mdcd::traces::examples
