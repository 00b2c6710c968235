// One pass over the text with a stack of braces. What stands before a "{" decides what it opens.
// Knows no compiler: what it takes wrongly, the build of the mutated copy says.
#include "checker/cli/mutate/function_bodies.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace mdcd::checker::cli::mutate {
namespace {

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// The same text with blanks in place of comments, of the contents of strings and characters, and of preprocessor
// lines, so that offsets stay.
std::string without_comments_and_strings(std::string_view text) {
    std::string plain(text);
    const auto blank = [&plain](std::size_t from, std::size_t to) {
        for (std::size_t at = from; at < std::min(to, plain.size()); ++at)
            if (plain[at] != '\n')
                plain[at] = ' ';
    };
    const auto end_of_line = [&text](std::size_t at) { return std::min(text.find('\n', at), text.size()); };
    bool line_is_empty = true;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        std::size_t end = at + 1;
        if (text.substr(at).starts_with("//") || (c == '#' && line_is_empty)) {
            end = end_of_line(at);
            blank(at, end);
        } else if (text.substr(at).starts_with("/*")) {
            end = std::min(text.find("*/", at + 2), text.size() - 2) + 2;
            blank(at, end);
        } else if (c == '"' || (c == '\'' && (at == 0 || !is_word(text[at - 1])))) {
            while (end < text.size() && text[end] != c)
                end += text[end] == '\\' ? 2 : 1;
            blank(at + 1, end);
            ++end;
        }
        line_is_empty = c == '\n' || (line_is_empty && (c == ' ' || c == '\t'));
        at = end;
    }
    return plain;
}

// Without "template <...>" and "[[...]]" at its begin.
std::string_view declaration_of(std::string_view head) {
    for (;;) {
        head.remove_prefix(std::min(head.find_first_not_of(" \n\t\r"), head.size()));
        if (head.starts_with("[[")) {
            head.remove_prefix(std::min(head.find("]]"), head.size() - 2) + 2);
        } else if (head.starts_with("template")) {
            std::size_t depth = 0;
            std::size_t at = std::min(head.find('<'), head.size());
            for (; at < head.size(); ++at) {
                depth += head[at] == '<' ? 1 : 0;
                if (head[at] == '>' && --depth == 0)
                    break;
            }
            head.remove_prefix(std::min(at + 1, head.size()));
        } else {
            return head;
        }
    }
}

std::string_view first_word(std::string_view text) {
    return text.substr(0, static_cast<std::size_t>(std::ranges::find_if_not(text, is_word) - text.begin()));
}

// The last word, with a "~" or "operator.." before it.
std::string name_before(std::string_view text) {
    if (const std::size_t at = text.find("operator"); at != std::string_view::npos)
        return std::string(text.substr(at, text.find_last_not_of(' ') + 1 - at));
    const std::size_t end = text.find_last_not_of(" \n");
    if (end == std::string_view::npos)
        return "";
    std::size_t begin = end + 1;
    while (begin > 0 && is_word(text[begin - 1]))
        --begin;
    return std::string(text.substr(begin, end + 1 - begin));
}

struct Scope {
    enum class Kind : unsigned char { space, type, function, other };
    Kind kind = Kind::other;
    std::string name;
    std::size_t open = 0;
};

Scope opened_by(std::string_view head, std::size_t open) {
    const std::string_view declaration = declaration_of(head);
    const std::string_view word = first_word(declaration);
    if (word == "namespace" || word == "extern")
        return {Scope::Kind::space, "", open};
    if (word == "class" || word == "struct" || word == "union") {
        std::string_view rest = declaration.substr(word.size());
        rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
        return {Scope::Kind::type, std::string(first_word(rest)), open};
    }
    const std::size_t parenthesis = declaration.find('(');
    const std::size_t assignment = declaration.substr(0, parenthesis).find(" = ");
    if (word == "enum" || word == "concept" || word == "using" || parenthesis == std::string_view::npos ||
        assignment != std::string_view::npos)
        return {Scope::Kind::other, "", open};
    return {Scope::Kind::function, name_before(declaration.substr(0, parenthesis)), open};
}

} // namespace

std::vector<FunctionBody> function_bodies(std::string_view text) {
    const std::string plain = without_comments_and_strings(text);
    std::vector<FunctionBody> bodies;
    std::vector<Scope> scopes;
    std::size_t parentheses = 0;
    std::size_t head = 0;            // where the declaration began that is being read
    const auto is_open = [&scopes] { // declarations are read here
        return scopes.empty() || scopes.back().kind == Scope::Kind::space || scopes.back().kind == Scope::Kind::type;
    };
    for (std::size_t at = 0; at < plain.size(); ++at) {
        const char c = plain[at];
        parentheses += c == '(' ? 1 : 0;
        parentheses -= c == ')' && parentheses > 0 ? 1 : 0;
        if (c == '{') {
            const bool declares = is_open() && parentheses == 0;
            scopes.push_back(declares ? opened_by(std::string_view(plain).substr(head, at - head), at)
                                      : Scope{Scope::Kind::other, "", at});
            if (is_open())
                head = at + 1;
        } else if (c == '}' && !scopes.empty()) {
            const Scope scope = scopes.back();
            scopes.pop_back();
            if (scope.kind == Scope::Kind::function) {
                std::string name;
                for (const Scope& each : scopes)
                    name += each.name.empty() ? "" : each.name + "::";
                bodies.push_back({name + scope.name, scope.open, at});
            }
            if (is_open() && parentheses == 0 && scope.kind != Scope::Kind::other)
                head = at + 1;
        } else if (c == ';' && is_open() && parentheses == 0) {
            head = at + 1;
        } else if (c == ':' && is_open() && parentheses == 0) { // after "public:"
            const std::string_view word = declaration_of(std::string_view(plain).substr(head, at - head));
            if (word == "public" || word == "private" || word == "protected")
                head = at + 1;
        }
    }
    std::ranges::sort(bodies, {}, &FunctionBody::open);
    return bodies;
}

} // namespace mdcd::checker::cli::mutate
