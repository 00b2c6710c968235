// JSON Schema (draft 2020-12), as far as the published schemas use it. Every keyword is either checked, or for readers
// only, or an error, so that a schema cannot promise what is not checked. Knows no document.
#pragma once

#include <algorithm>
#include <regex.h> // std::regex draws false warnings from g++ 12 under the address sanitizer
#include <stdexcept>
#include <string>

#include "traces/path.hpp"
#include "traces/value.hpp"

namespace mdcd::traces::examples {

inline std::string schema_type_of(const Value& value) {
    return value.is_null()             ? "null"
           : value.truth() != nullptr  ? "boolean"
           : value.number() != nullptr ? "integer"
           : value.text() != nullptr   ? "string"
           : value.list() != nullptr   ? "array"
                                       : "object";
}

inline bool schema_matches(const std::string& text, const std::string& pattern) {
    regex_t compiled;
    if (regcomp(&compiled, pattern.c_str(), REG_EXTENDED | REG_NOSUB) != 0) {
        throw std::logic_error("bad pattern " + pattern);
    }
    const bool found = regexec(&compiled, text.c_str(), 0, nullptr, 0) == 0;
    regfree(&compiled);
    return found;
}

class SchemaValidator {
public:
    explicit SchemaValidator(const Value& root) : root_(root) {}

    std::string violation(const Value& schema, const Value& value, const std::string& path) const {
        if (schema.record() == nullptr) {
            throw std::logic_error("a schema must be a record");
        }
        for (const auto& [keyword, argument] : *schema.record()) {
            const std::string found = keyword_violation(keyword, argument, schema, value, path);
            if (!found.empty()) {
                return found;
            }
        }
        return "";
    }

private:
    std::string keyword_violation(const std::string& keyword, const Value& argument, const Value& schema,
                                  const Value& value, const std::string& path) const {
        if (keyword == "title" || keyword == "description" || keyword == "$schema" || keyword == "$id" ||
            keyword == "$defs" || keyword == "then") {
            return "";
        }
        if (keyword == "$ref") {
            return violation(referenced(*argument.text()), value, path);
        }
        if (keyword == "const") {
            return value == argument ? "" : path + ": must be " + to_text(argument);
        }
        if (keyword == "enum") {
            const Value::List& allowed = *argument.list();
            return std::ranges::find(allowed, value) != allowed.end() ? "" : path + ": not in " + to_text(argument);
        }
        if (keyword == "type") {
            const Value::List types = argument.list() != nullptr ? *argument.list() : Value::List{argument};
            return std::ranges::find(types, Value(schema_type_of(value))) != types.end()
                       ? ""
                       : path + ": not " + to_text(argument);
        }
        if (keyword == "if") {
            return violation(argument, value, path).empty() ? violation(*schema.find("then"), value, path) : "";
        }
        if (value.number() != nullptr && (keyword == "minimum" || keyword == "maximum")) {
            const bool within =
                keyword == "minimum" ? *value.number() >= *argument.number() : *value.number() <= *argument.number();
            return within ? "" : path + ": beyond " + to_text(argument);
        }
        if (value.text() != nullptr && keyword == "pattern") {
            return schema_matches(*value.text(), *argument.text()) ? "" : path + ": not " + to_text(argument);
        }
        if (value.list() != nullptr && (keyword == "items" || keyword == "uniqueItems")) {
            return list_violation(keyword, argument, *value.list(), path);
        }
        if (keyword == "minItems" || keyword == "minProperties") {
            const bool too_few =
                (value.list() != nullptr && keyword == "minItems" && std::ssize(*value.list()) < *argument.number()) ||
                (value.record() != nullptr && keyword == "minProperties" &&
                 std::ssize(*value.record()) < *argument.number());
            return too_few ? path + ": fewer than " + to_text(argument) : "";
        }
        if (value.record() != nullptr &&
            (keyword == "required" || keyword == "properties" || keyword == "additionalProperties")) {
            return record_violation(keyword, argument, schema, value, path);
        }
        for (const char* known : {"minimum", "maximum", "pattern", "items", "uniqueItems", "required", "properties",
                                  "additionalProperties"}) {
            if (keyword == known) {
                return ""; // about another kind of value
            }
        }
        throw std::logic_error("unknown schema keyword " + keyword);
    }

    std::string list_violation(const std::string& keyword, const Value& argument, const Value::List& items,
                               const std::string& path) const {
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (keyword == "items") {
                const std::string found = violation(argument, items[i], item_path(path, i));
                if (!found.empty()) {
                    return found;
                }
            } else if (*argument.truth() && std::count(items.begin(), items.end(), items[i]) > 1) {
                return item_path(path, i) + ": not unique";
            }
        }
        return "";
    }

    std::string record_violation(const std::string& keyword, const Value& argument, const Value& schema,
                                 const Value& value, const std::string& path) const {
        if (keyword == "required") {
            for (const Value& name : *argument.list()) {
                if (value.find(*name.text()) == nullptr) {
                    return path + ": misses " + *name.text();
                }
            }
            return "";
        }
        const Value* properties = schema.find("properties");
        for (const auto& [name, field] : *value.record()) {
            const Value* declared = properties == nullptr ? nullptr : properties->find(name);
            std::string found;
            if (keyword == "properties" && declared != nullptr) {
                found = violation(*declared, field, field_path(path, name));
            } else if (keyword == "additionalProperties" && declared == nullptr) {
                found = argument == Value(false) ? field_path(path, name) + ": unknown"
                                                 : violation(argument, field, field_path(path, name));
            }
            if (!found.empty()) {
                return found;
            }
        }
        return "";
    }

    const Value& referenced(const std::string& reference) const {
        const std::string prefix = "#/$defs/";
        const Value* definitions = root_.find("$defs");
        const Value* found = definitions == nullptr || !reference.starts_with(prefix)
                                 ? nullptr
                                 : definitions->find(reference.substr(prefix.size()));
        if (found == nullptr) {
            throw std::logic_error("unresolved reference " + reference);
        }
        return *found;
    }

    const Value& root_;
};

// What is wrong with `document`, "" if it conforms. Throws std::logic_error if the schema itself is not understood.
[[nodiscard]] inline std::string schema_violation(const Value& schema, const Value& document) {
    return SchemaValidator(schema).violation(schema, document, "$");
}

} // namespace mdcd::traces::examples
