// Reads and writes scopes. Every limit is checked here, with a message that names the place in the file.
// Knows no state.
#include "model/scope.hpp"

#include <array>

#include "impl/limits.hpp"
#include "model/application.hpp"
#include "model/properties.hpp"
#include "traces/reader.hpp"

namespace mdcd::model {

using traces::Reader;
using traces::Value;

namespace {

const std::array<std::string, 2> channel_models{"fifo", "unordered"};

struct BudgetField {
    const char* name;
    std::uint8_t Budgets::*member;
    std::int64_t max;
};
constexpr std::array budget_fields{
    BudgetField{"cluster_messages", &Budgets::cluster_messages, cluster_message_count_max - 1},
    BudgetField{"active_messages", &Budgets::active_messages, active_message_count_max},
    BudgetField{"messages_to_cluster", &Budgets::messages_to_cluster, active_message_count_max},
    BudgetField{"low_acceptance_tests", &Budgets::low_acceptance_tests, 8},
    BudgetField{"active_acceptance_tests", &Budgets::active_acceptance_tests, 8},
};

Budgets budgets_from(const Reader& reader) {
    std::vector<std::string> known;
    for (const BudgetField& field : budget_fields)
        known.emplace_back(field.name);
    reader.only_fields(known);
    Budgets budgets;
    for (const BudgetField& field : budget_fields)
        if (reader.has(field.name))
            budgets.*field.member = static_cast<std::uint8_t>(reader.field(field.name).integer(0, field.max));
    // One active process may send all of both kinds, and its messages share one set of numbers.
    if (budgets.active_messages + budgets.messages_to_cluster > static_cast<int>(active_message_count_max))
        reader.fail("active_messages and messages_to_cluster add up to at most " +
                    std::to_string(active_message_count_max));
    return budgets;
}

std::vector<std::string> properties_from(const Reader& reader) {
    std::vector<std::string> known;
    for (const checker::Property& property : all_properties())
        known.push_back(property.name);
    std::vector<std::string> properties;
    for (const Reader& item : reader.items())
        properties.push_back(item.one_of(known));
    if (properties.empty())
        reader.fail("an empty list would check nothing; leave `properties` out to check all of them");
    return properties;
}

} // namespace

Scope scope_from(const Value& value, const std::string& file) {
    const Reader reader(value, file);
    const std::array<std::string, 8> known{"name",    "description", "components", "active_processes",
                                           "budgets", "channels",    "rules",      "properties"};
    reader.only_fields(known);
    Scope scope;
    scope.name = reader.field("name").text();
    if (scope.name.empty() || scope.name.find_first_of("/\\. \t\n") != std::string::npos)
        reader.field("name").fail("expected a name without dots, slashes and blanks: it becomes part of file names");
    if (reader.has("description"))
        scope.description = reader.field("description").text();
    if (reader.has("components"))
        scope.components = static_cast<std::uint8_t>(reader.field("components").integer(1, 1));
    scope.active_processes = static_cast<std::uint8_t>(
        reader.field("active_processes").integer(1, static_cast<std::int64_t>(impl::active_count_max)));
    scope.budgets = budgets_from(reader.field("budgets"));
    if (reader.has("channels"))
        scope.channels = reader.field("channels").one_of(channel_models) == channel_models[0] ? ChannelModel::fifo
                                                                                              : ChannelModel::unordered;
    if (reader.has("rules"))
        scope.rules = reader.field("rules").text();
    if (reader.has("properties"))
        scope.properties = properties_from(reader.field("properties"));
    return scope;
}

Value to_value(const Scope& scope) {
    Value::Record budgets;
    for (const BudgetField& field : budget_fields)
        budgets.emplace_back(field.name, static_cast<int>(scope.budgets.*field.member));
    Value::Record record{
        {"name", scope.name},
        {"description", scope.description},
        {"components", static_cast<int>(scope.components)},
        {"active_processes", static_cast<int>(scope.active_processes)},
        {"budgets", std::move(budgets)},
        {"channels", channel_models[static_cast<std::size_t>(scope.channels)]},
        {"rules", scope.rules},
    };
    if (!scope.properties.empty()) {
        Value::List properties;
        for (const std::string& property : scope.properties)
            properties.emplace_back(property);
        record.emplace_back("properties", std::move(properties));
    }
    return record;
}

} // namespace mdcd::model
