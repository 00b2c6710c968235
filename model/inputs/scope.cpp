// Reads and writes scopes. Every limit is checked here, with a message that names the place in the file.
// Knows no state.
#include "model/inputs/scope.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "impl/limits.hpp"
#include "model/inputs/families.hpp"
#include "model/inputs/library.hpp"
#include "model/inputs/limits.hpp"
#include "model/inputs/property_table.hpp"
#include "traces/characters.hpp"
#include "traces/file_error.hpp"
#include "traces/reader.hpp"

namespace mdcd::model {

using traces::Reader;
using traces::Value;

namespace {

const std::array<std::string, 2> channel_models{"fifo", "unordered"};
const std::array<std::string, 2> order_assumptions{"cluster", "component"};
const std::array<std::string, 2> fault_models{"cluster", "independent"};
const std::array<std::string, 2> recovery_modes{"atomic", "asynchronous"};

// A preset with its changes is known at once; a file is read when its rules are wanted.
std::string rules_name_from(const Reader& reader) {
    const std::string name = reader.text();
    if (!is_path(name))
        (void)rules_named_at(reader, "");
    return name;
}

struct BudgetField {
    const char* name;
    std::uint8_t Budgets::*member;
    std::int64_t max;
    bool may_be_unbounded = false;
};
constexpr std::array budget_fields{
    BudgetField{"cluster_messages", &Budgets::cluster_messages, cluster_message_count_max - 1, true},
    BudgetField{"active_messages", &Budgets::active_messages, active_message_count_max, true},
    BudgetField{"messages_to_cluster", &Budgets::messages_to_cluster, active_message_count_max, true},
    BudgetField{"low_acceptance_tests", &Budgets::low_acceptance_tests, 8, true},
    BudgetField{"active_acceptance_tests", &Budgets::active_acceptance_tests, 8, true},
    BudgetField{"cluster_outputs", &Budgets::cluster_outputs, cluster_message_count_max - 1},
    BudgetField{"low_internal_messages", &Budgets::low_internal_messages, 8},
    BudgetField{"shadow_internal_messages", &Budgets::shadow_internal_messages, shadow_message_count_max},
    BudgetField{"detections", &Budgets::detections, detection_count_max},
    BudgetField{"coverage_misses", &Budgets::coverage_misses, miss_count_max},
};

constexpr std::int64_t channel_capacity_max = 8;
constexpr std::int64_t unsettled_max = 6; // and a few numbers that are settled must fit as well

// One position of `names` from a field that may be left out.
template <class Enum>
void read_choice(const Reader& reader, const char* field, std::span<const std::string> names, Enum& value) {
    if (!reader.has(field))
        return;
    const std::string name = reader.field(field).one_of(names);
    value = static_cast<Enum>(std::ranges::find(names, name) - names.begin());
}

// Asynchronous scopes look at one recovery unless they say something else.
void check_detections(const Reader& reader, Scope& scope) {
    const Reader budgets = reader.field("budgets");
    if (scope.recovery == RecoveryMode::asynchronous) {
        if (!budgets.has("detections"))
            scope.budgets.detections = 1;
        else if (scope.budgets.detections == 0)
            budgets.field("detections").fail("recovery = asynchronous needs a test that fails: 1 to 3");
        if (scope.budgets.coverage_misses > 0)
            budgets.field("coverage_misses")
                .fail("only with recovery = atomic may a test miss an error: where tests fail as steps, one "
                      "that passed has missed nothing");
    } else if (scope.budgets.detections > 0) {
        budgets.field("detections")
            .fail("only with recovery = asynchronous can a test fail: no step of an atomic one "
                  "begins a recovery");
    }
}

// What the fields allow each by itself, but not together.
void check_together(const Reader& reader, const Scope& scope) {
    const Budgets& budgets = scope.budgets;
    for (const auto* const field : {"channel_capacity", "unsettled"})
        if (const char* const reason = why_not_renumbered(scope); reason != nullptr && reader.has(field))
            reader.field(field).fail("not in this scope: " + std::string(reason));
    if (budgets.cluster_messages == unbounded_budget)
        return;
    const unsigned leaving = budgets.cluster_messages + 0U + budgets.cluster_outputs;
    const unsigned most = scope.components == 1 ? cluster_message_count_max - 1 : component_message_count_max;
    if (leaving > most)
        reader.field("budgets").fail("cluster_messages and cluster_outputs add up to at most " + std::to_string(most) +
                                     " in a cluster of " + std::to_string(scope.components));
    if (budgets.cluster_outputs > 0 && budgets.low_acceptance_tests > 0)
        reader.field("budgets").fail("with cluster_outputs every acceptance test of the cluster belongs to one of "
                                     "them: leave low_acceptance_tests out");
    if (scope.components == 1 && budgets.low_internal_messages + budgets.shadow_internal_messages > 0)
        reader.field("budgets").fail("a cluster of one component has no messages inside");
    if (scope.order == OrderAssumption::component && scope.components > 1 && scope.faults == FaultModel::cluster)
        reader.fail("order = component needs faults = independent: without one order of the cluster's messages there "
                    "is no number from which on all are erroneous");
}

// `or_unbounded`: a budget that is left out has no bound, if it is one that may have none; otherwise it is 0.
Budgets budgets_from(const Reader& reader, bool or_unbounded) {
    std::vector<std::string> known;
    for (const BudgetField& field : budget_fields)
        known.emplace_back(field.name);
    reader.only_fields(known);
    Budgets budgets;
    for (const BudgetField& field : budget_fields)
        if (reader.has(field.name))
            budgets.*field.member = static_cast<std::uint8_t>(reader.field(field.name).integer(0, field.max));
        else if (or_unbounded && field.may_be_unbounded)
            budgets.*field.member = unbounded_budget;
    // One active process may send all of both kinds, and its messages share one set of numbers.
    if (budgets.active_messages != unbounded_budget && budgets.messages_to_cluster != unbounded_budget &&
        budgets.active_messages + budgets.messages_to_cluster > static_cast<int>(active_message_count_max))
        reader.fail("active_messages and messages_to_cluster add up to at most " +
                    std::to_string(active_message_count_max));
    return budgets;
}

void invariants_from(const Reader& reader, const std::string& file, Scope& scope) {
    const std::array<std::string, 2> known{"name", "text"};
    for (const Reader& item : reader.items()) {
        item.only_fields(known);
        add_invariant(scope, {.name = item.field("name").text(),
                              .text = item.field("text").text(),
                              .origin = file + ": " + item.field("text").path()});
    }
}

std::vector<std::string> properties_from(const Reader& reader, const std::vector<std::string>& known) {
    std::vector<std::string> properties;
    for (const Reader& item : reader.items())
        properties.push_back(item.one_of(known));
    if (properties.empty())
        reader.fail("an empty list would check nothing; leave `properties` out to check all of them");
    return properties;
}

} // namespace

const char* why_not_renumbered(const Scope& scope) {
    if (scope.recovery == RecoveryMode::asynchronous)
        return "after a recovery that really happens nothing is settled: incarnations and decisions are counted from "
               "the beginning";
    if (scope.components > 1)
        return "what is settled is known for clusters of one component only";
    if (scope.budgets.cluster_outputs > 0)
        return "external messages of the cluster are counted from the beginning";
    if (scope.budgets.coverage_misses > 0)
        return "what a test has proved is not settled where tests may miss an error";
    if (!scope.invariants.empty())
        return "an invariant may name numbers and messages";
    return nullptr;
}

bool is_unbounded(const Scope& scope) {
    return std::ranges::any_of(
        budget_fields, [&](const BudgetField& field) { return scope.budgets.*field.member == unbounded_budget; });
}

Scope scope_from(const Value& value, const std::string& file, const std::string& path) {
    const Reader reader(value, file, path);
    const std::array<std::string, 14> known{
        "name",   "description", "components", "active_processes", "budgets",          "channels",  "order",
        "faults", "recovery",    "rules",      "properties",       "channel_capacity", "unsettled", "invariants"};
    reader.only_fields(known);
    Scope scope;
    if (const std::string* const name = reader.field("name").value().text(); name != nullptr && is_family_scope(*name))
        reader.field("name").fail(
            "is a scope of a family: its traces are for `mdcd show` (not as scenario), `replay`, `minimize` and "
            "`explore` only");
    scope.name = reader.field("name").name();
    if (reader.has("description"))
        scope.description = reader.field("description").text();
    if (reader.has("components"))
        scope.components = static_cast<std::uint8_t>(reader.field("components").integer(1, scope_components_max));
    scope.active_processes = static_cast<std::uint8_t>(
        reader.field("active_processes").integer(1, static_cast<std::int64_t>(scope_actives_max)));
    if (reader.has("channel_capacity"))
        scope.channel_capacity =
            static_cast<std::uint8_t>(reader.field("channel_capacity").integer(1, channel_capacity_max));
    if (reader.has("unsettled"))
        scope.unsettled = static_cast<std::uint8_t>(reader.field("unsettled").integer(1, unsettled_max));
    scope.budgets = budgets_from(reader.field("budgets"), scope.channel_capacity > 0 && scope.unsettled > 0);
    read_choice(reader, "channels", channel_models, scope.channels);
    read_choice(reader, "order", order_assumptions, scope.order);
    read_choice(reader, "faults", fault_models, scope.faults);
    read_choice(reader, "recovery", recovery_modes, scope.recovery);
    check_detections(reader, scope);
    check_together(reader, scope);
    if (reader.has("rules"))
        scope.rules = rules_name_from(reader.field("rules"));
    if (reader.has("invariants"))
        invariants_from(reader.field("invariants"), file, scope);
    if (reader.has("properties"))
        scope.properties = properties_from(reader.field("properties"), property_names(scope));
    return scope;
}

Value to_value(const Scope& scope) {
    Value::Record budgets;
    const auto is_written = [&scope](const BudgetField& field) { // an assumption is written down where it is made
        if (field.member == &Budgets::detections)
            return scope.recovery == RecoveryMode::asynchronous;
        return field.member != &Budgets::coverage_misses || scope.budgets.coverage_misses > 0;
    };
    for (const BudgetField& field : budget_fields)
        if (is_written(field) && scope.budgets.*field.member != unbounded_budget)
            budgets.emplace_back(field.name, static_cast<int>(scope.budgets.*field.member));
    Value::Record record{
        {"name", scope.name},
        {"description", scope.description},
        {"components", static_cast<int>(scope.components)},
        {"active_processes", static_cast<int>(scope.active_processes)},
        {"budgets", std::move(budgets)},
        {"channels", channel_models[static_cast<std::size_t>(scope.channels)]},
        {"order", order_assumptions[static_cast<std::size_t>(scope.order)]},
        {"faults", fault_models[static_cast<std::size_t>(scope.faults)]},
        {"rules", scope.rules},
    };
    if (scope.recovery == RecoveryMode::asynchronous)
        record.emplace_back("recovery", recovery_modes[1]);
    if (scope.channel_capacity > 0)
        record.emplace_back("channel_capacity", static_cast<int>(scope.channel_capacity));
    if (scope.unsettled > 0)
        record.emplace_back("unsettled", static_cast<int>(scope.unsettled));
    if (!scope.properties.empty()) {
        Value::List properties;
        for (const std::string& property : scope.properties)
            properties.emplace_back(property);
        record.emplace_back("properties", std::move(properties));
    }
    if (!scope.invariants.empty()) {
        Value::List invariants;
        for (const InvariantSource& invariant : scope.invariants)
            invariants.emplace_back(Value::Record{{"name", invariant.name}, {"text", invariant.text}});
        record.emplace_back("invariants", std::move(invariants));
    }
    return record;
}

std::vector<std::string> property_names(const Scope& scope) {
    std::vector<std::string> names;
    for (const checker::Property& property : all_properties())
        names.push_back(property.name);
    for (const InvariantSource& invariant : scope.invariants)
        names.push_back(invariant.name);
    return names;
}

void add_invariant(Scope& scope, InvariantSource invariant) {
    constexpr std::size_t name_max = 100;
    const bool is_word = !invariant.name.empty() && invariant.name.size() <= name_max &&
                         std::ranges::all_of(invariant.name, [](char each) {
                             return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') ||
                                    (each >= '0' && each <= '9') || each == '_' || each == '-';
                         });
    if (!is_word)
        throw traces::FileError(invariant.origin, "",
                                "'" + traces::cut(traces::printable(invariant.name), name_max) +
                                    "' cannot name an invariant; expected at most 100 letters, digits, _ and -");
    const std::vector<std::string> taken = property_names(scope);
    if (std::ranges::find(taken, invariant.name) != taken.end())
        throw traces::FileError(invariant.origin, "", "there is a property '" + invariant.name + "' already");
    if (scope.invariants.size() == invariant_count_max)
        throw traces::FileError(invariant.origin, "",
                                "more than " + std::to_string(invariant_count_max) + " invariants");
    scope.invariants.push_back(std::move(invariant));
}

} // namespace mdcd::model
