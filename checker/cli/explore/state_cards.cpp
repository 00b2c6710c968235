// Walks the slots by their roles; the fields are whatever the state has.
// Knows no field by name.
#include "checker/cli/explore/state_cards.hpp"

#include <string>
#include <vector>

#include "traces/changes.hpp"

namespace mdcd::checker::cli::explore {

using model::SlotRole;
using traces::Value;

namespace {

constexpr std::size_t record_fields_max = 3; // of a record in a list

// Few words for a value: records in lists by their first fields, nested records not at all.
std::string in_few_words(const Value& value) {
    if (const Value::List* items = value.list()) {
        std::string text;
        for (const Value& item : *items)
            text += (text.empty() ? "" : "; ") + in_few_words(item);
        return text.empty() ? "none" : text;
    }
    const Value::Record* fields = value.record();
    if (fields == nullptr)
        return value == Value(true) ? "yes" : value == Value(false) ? "no" : traces::brief(value);
    std::string text;
    std::size_t shown = 0;
    for (const auto& [name, field] : *fields) {
        if (field.record() != nullptr || shown == record_fields_max)
            continue;
        text += (text.empty() ? "" : ", ") + name + " " + in_few_words(field);
        ++shown;
    }
    return text;
}

bool holds_records(const Value& value) {
    if (value.record() != nullptr)
        return true;
    const Value::List* items = value.list();
    return items != nullptr && !items->empty() && items->front().record() != nullptr;
}

Value field_of(const std::string& name, const Value* before, const Value& after) {
    const bool changed = before == nullptr || *before != after;
    Value::Record field{{"name", name}, {"text", in_few_words(after)}, {"changed", changed}};
    if (changed && before != nullptr)
        field.emplace_back("before", in_few_words(*before));
    if (holds_records(after))
        field.emplace_back("value", after);
    return field;
}

// The fields of a record, those of its records among them under both names; a list is one field.
void add_fields(Value::List& fields, const std::string& prefix, const Value* before, const Value& after) {
    for (const auto& [name, value] : *after.record()) {
        const Value* earlier = before == nullptr ? nullptr : before->find(name);
        if (value.record() != nullptr)
            add_fields(fields, prefix + name + ".", earlier, value);
        else
            fields.push_back(field_of(prefix + name, earlier, value));
    }
}

bool is_changed(const Value* before, const Value& after) {
    return before == nullptr || *before != after;
}

struct Card {
    std::string name;
    Value::List fields;
    bool changed = false;
};

// What a process keeps of recovery stands on its own card.
void add_slot(std::vector<Card>& cards, const model::SlotPlace& place, const std::string& name, const Value* before,
              const Value& now) {
    if (place.role == SlotRole::process)
        cards.push_back({name, {}, false});
    Card& card = cards.back(); // the recovery slot of a process comes after its own
    add_fields(card.fields, place.role == SlotRole::process ? "" : "recovery.", before, now);
    card.changed = card.changed || is_changed(before, now);
}

} // namespace

Value state_cards(const model::Layout& layout, const Value& before, const Value& after) {
    std::vector<Card> cards;
    Value::List channels;
    Value::List shared;
    for (std::size_t slot = 0; slot < layout.slots().size(); ++slot) {
        const std::string& name = layout.slots()[slot].name;
        const Value* now = after.find(name);
        const Value* earlier = before.find(name);
        if (now == nullptr)
            continue;
        const SlotRole role = layout.places()[slot].role;
        if (role == SlotRole::process || role == SlotRole::recovery) {
            add_slot(cards, layout.places()[slot], name, earlier, *now);
        } else if (role == SlotRole::channel) {
            if (!now->list()->empty() || is_changed(earlier, *now))
                channels.push_back(field_of(name, earlier, *now));
        } else if (now->record() != nullptr) {
            add_fields(shared, name + ".", earlier, *now);
        } else {
            shared.push_back(field_of(name, earlier, *now));
        }
    }
    Value::List processes;
    for (Card& card : cards)
        processes.push_back(
            Value::Record{{"name", card.name}, {"fields", std::move(card.fields)}, {"changed", card.changed}});
    return Value::Record{
        {"processes", std::move(processes)}, {"channels", std::move(channels)}, {"shared", std::move(shared)}};
}

} // namespace mdcd::checker::cli::explore
