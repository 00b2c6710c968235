// The type of a variable of an ITF trace.
// One rule: admit first, write then; what was not admitted has no place in the type.
#include "traces/itf_type.hpp"

#include <algorithm>

namespace mdcd::traces {

namespace {

Value variant(const char* tag, Value content) {
    return Value::Record{{"tag", tag}, {"value", std::move(content)}};
}

bool is_name_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
           letter == '_';
}

// An identifier unlike those in `taken`.
std::string fit_name(const std::string& name, const std::vector<std::string>& taken) {
    std::string fit;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name.compare(i, 2, "->") == 0) {
            fit += "_to_";
            ++i;
        } else {
            fit += is_name_letter(name[i]) ? name[i] : '_';
        }
    }
    if (fit.empty() || (fit.front() >= '0' && fit.front() <= '9')) {
        fit.insert(0, "_");
    }
    while (std::ranges::find(taken, fit) != taken.end()) {
        fit += '_';
    }
    return fit;
}

} // namespace

void ItfType::widen(Kind kind) {
    if (kind_ == Kind::nothing) {
        kind_ = kind;
    } else if (kind_ != kind) {
        kind_ = Kind::mixed;
        item_.reset();
        fields_.clear();
        fit_names_.clear();
    }
}

void ItfType::admit(const Value& value) {
    if (value.is_null()) {
        may_be_null_ = true;
    } else if (value.truth() != nullptr) {
        widen(Kind::boolean);
    } else if (value.number() != nullptr) {
        widen(Kind::integer);
    } else if (value.text() != nullptr) {
        widen(Kind::text);
    } else if (const Value::List* items = value.list()) {
        widen(Kind::list);
        if (kind_ == Kind::list) {
            item_ = item_ ? std::move(item_) : std::make_unique<ItfType>();
            std::ranges::for_each(*items, [this](const Value& item) { item_->admit(item); });
        }
    } else {
        widen(Kind::record);
        if (kind_ != Kind::record) {
            return;
        }
        // A field that one of the records does not have is an option in all.
        for (auto& [name, type] : fields_) {
            type.may_be_null_ = type.may_be_null_ || value.find(name) == nullptr;
        }
        for (const auto& [name, content] : *value.record()) {
            auto field = std::ranges::find(fields_, name, &std::pair<std::string, ItfType>::first);
            if (field == fields_.end()) {
                field = fields_.emplace(fields_.end(), name, ItfType());
                field->second.may_be_null_ = records_admitted_ > 0;
                fit_names_.push_back(fit_name(name, fit_names_));
            }
            field->second.admit(content);
        }
        ++records_admitted_;
    }
}

std::string ItfType::notation() const {
    std::string text;
    switch (kind_) {
    case Kind::boolean:
        text = "Bool";
        break;
    case Kind::integer:
        text = "Int";
        break;
    case Kind::list:
        text = "Seq(" + item_->notation() + ")";
        break;
    case Kind::record:
        for (const auto& [name, notation] : field_notations()) {
            text += (text.empty() ? "{ " : ", ") + name + ": " + notation;
        }
        text += text.empty() ? "{}" : " }";
        break;
    case Kind::nothing: // no value but null was seen: any type will do
    case Kind::text:
    case Kind::mixed:
        text = "Str";
        break;
    }
    return may_be_null_ ? "None(UNIT) | Some(" + text + ")" : text;
}

std::vector<std::pair<std::string, std::string>> ItfType::field_notations() const {
    std::vector<std::pair<std::string, std::string>> notations;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        notations.emplace_back(fit_names_[i], fields_[i].second.notation());
    }
    return notations;
}

Value ItfType::written(const Value& value) const {
    if (!may_be_null_) {
        return written_present(value);
    }
    return value.is_null() ? variant("None", "U_OF_UNIT") : variant("Some", written_present(value));
}

Value ItfType::written_present(const Value& value) const {
    switch (kind_) {
    case Kind::integer:
        return Value::Record{{"#bigint", std::to_string(*value.number())}};
    case Kind::list: {
        Value::List items;
        for (const Value& item : *value.list()) {
            items.push_back(item_->written(item));
        }
        return items;
    }
    case Kind::record: {
        Value::Record fields;
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            const Value* field = value.find(fields_[i].first);
            fields.emplace_back(fit_names_[i], fields_[i].second.written(field == nullptr ? Value() : *field));
        }
        return fields;
    }
    case Kind::mixed:
        return to_text(value);
    default:
        return value;
    }
}

} // namespace mdcd::traces
