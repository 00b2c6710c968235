// The reader. What only one machine could do (a counter that two processes share) is refused here, before anything
// runs. Knows no socket and no log.
#include "checker/cli/node/system_file.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "checker/cli/node/upgrade_rules_text.hpp"
#include "impl/runtime/examples/metering/metering.hpp"
#include "model/inputs/library.hpp"
#include "model/inputs/rules_file.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"
#include "traces/reader.hpp"

namespace mdcd::checker::cli::node {
namespace {

namespace metering = impl::runtime::examples::metering;
using impl::Group;
using impl::Members;
using impl::ProcessId;
using impl::runtime::SystemDescription;
using traces::Reader;
using traces::Value;

const std::vector<std::string> system_fields = {"format",     "name",          "description", "processes",
                                                "rules",      "upgrade_rules", "capacities",  "tick_ms",
                                                "durability", "application",   "certificates"};
const std::vector<std::string> described_fields = {"format",        "name",       "processes",  "rules",
                                                   "upgrade_rules", "capacities", "application"};
const std::vector<std::string> metering_fields = {"example", "readings", "fault_from"};
const std::vector<std::string> metering_upgrades_fields = {"example", "readings", "upgrades"};
const std::vector<std::string> metering_version_fields = {"fault_from"};
const std::vector<std::string> certificates_fields = {"authority", "folder"};
const std::vector<std::string> examples = {"metering"};
const std::vector<std::string> durabilities = {"full", "off"};

// All names that there could be, in the order of positions for these numbers.
std::vector<std::string> names_of(bool upgrades, std::size_t low, std::size_t shadow, std::size_t active) {
    std::vector<std::string> names;
    const auto add = [&](impl::Group group, std::size_t count) {
        for (std::size_t index = 0; index < count; ++index)
            names.push_back(impl::runtime::name_of({group, static_cast<std::uint8_t>(index)}, upgrades));
    };
    add(impl::Group::low, low);
    add(impl::Group::shadow, shadow);
    add(impl::Group::active, active);
    return names;
}

// Seats, in which versions come and go, rather than the processes of one upgrade.
bool names_seats(const std::vector<std::string>& names) {
    return std::ranges::any_of(names, [](const std::string& each) { return each.starts_with('C'); });
}

// From the names that are in the file.
Members members_of(const std::vector<std::string>& names, const Reader& place) {
    const bool upgrades = names_seats(names);
    const std::vector<std::string> known =
        names_of(upgrades, impl::component_count_max, impl::component_count_max, impl::active_count_max);
    const std::string most = std::to_string(impl::component_count_max);
    std::array<std::size_t, 3> count{};
    for (const std::string& name : names) {
        if (std::ranges::find(known, name) == known.end())
            place.fail("'" + name + "' is no process; expected " +
                       (upgrades ? "C1a to C" + most + "a, as many b" : "L1 to L" + most + ", as many S") +
                       ", and A1 to A" + std::to_string(impl::active_count_max) + traces::did_you_mean(name, known));
        ++count[name[0] == 'A' ? 2U : name[0] == 'L' || name.ends_with('a') ? 0U : 1U];
    }
    for (const std::string& name : names_of(upgrades, count[0], count[1], count[2]))
        if (std::ranges::find(names, name) == names.end())
            place.fail("there is no " + name + ": processes of a kind are numbered from 1 without a gap");
    if (count[0] == 0 || count[0] != count[1])
        place.fail("there are " + std::to_string(count[0]) +
                   (upgrades ? " first seats (a) and " : " new versions (L) and ") + std::to_string(count[1]) +
                   (upgrades ? " second ones (b)" : " old ones (S)") +
                   "; expected one of each for each component, at least one");
    if (count[2] == 0)
        place.fail("there is no active process; expected A1 at least");
    return {static_cast<std::uint8_t>(count[0]), static_cast<std::uint8_t>(count[2])};
}

// Processes that run by themselves have no counter in common.
void check_rules(const impl::Rules& rules, const Members& members, const Reader& place) {
    if (members.components > 1 &&
        (rules.low_sn != impl::LowSn::vector || rules.shadow_sn != impl::ShadowSn::per_component))
        place.fail("with more than one component each needs a counter of its own, since processes share no memory: "
                   "expected low_sn=vector and shadow_sn=per_component, as in repaired_vector");
}

// Of the life of an upgrade: where upgrades begin and end, and there only if they are others than the right ones.
impl::UpgradeRules upgrade_rules_in(const Reader& root, bool upgrades) {
    if (!root.has("upgrade_rules"))
        return {};
    const Reader place = root.field("upgrade_rules");
    if (!upgrades)
        place.fail(
            "means nothing here: with processes L1, S1, .. one upgrade has begun, and none begins or is committed");
    return upgrade_rules_from(place);
}

struct CapacityField {
    const char* name;
    std::size_t impl::Capacities::*member;
    std::int64_t least;
};
const std::array<CapacityField, 4> capacity_fields = {{
    {"checkpoints", &impl::Capacities::checkpoints, 1},
    {"log_entries", &impl::Capacities::log_entries, 1},
    {"held", &impl::Capacities::held, 1},
    {"endings", &impl::Capacities::endings, 2}, // an upgrade begins and ends
}};

// How much room a seat has, at most that of impl/limits.hpp.
impl::Capacities capacities_in(const Reader& root, bool upgrades) {
    impl::Capacities capacities;
    if (!root.has("capacities"))
        return capacities;
    const Reader place = root.field("capacities");
    if (!upgrades)
        place.fail("means nothing here: it is said of seats, C1a, C1b, .., in which upgrades begin and end");
    std::vector<std::string> names;
    for (const CapacityField& each : capacity_fields)
        names.emplace_back(each.name);
    place.only_fields(names);
    for (const CapacityField& each : capacity_fields)
        if (place.has(each.name))
            capacities.*each.member = static_cast<std::size_t>(
                place.field(each.name).integer(each.least, static_cast<std::int64_t>(impl::Capacities{}.*each.member)));
    return capacities;
}

Value::Record changed_capacities(const impl::Capacities& capacities) {
    Value::Record changed;
    for (const CapacityField& each : capacity_fields)
        if (capacities.*each.member != impl::Capacities{}.*each.member)
            changed.emplace_back(each.name, static_cast<std::int64_t>(capacities.*each.member));
    return changed;
}

void check_format(const Reader& root, int expected) {
    const std::int64_t format = root.field("format").integer(0, 1'000'000);
    if (format != expected)
        root.field("format").fail("is of format " + std::to_string(format) + "; this program knows " +
                                  std::to_string(expected));
}

std::unique_ptr<impl::runtime::Program> program_from(const Reader& application, const Members& members, bool upgrades) {
    application.only_fields(upgrades ? metering_upgrades_fields : metering_fields);
    (void)application.field("example").one_of(examples);
    if (members.components != metering::component_count || members.actives != metering::active_count)
        application.field("example").fail(
            upgrades ? "metering is C1a, C1b, C2a, C2b, A1 and A2: filter, estimator, meters, billing"
                     : "metering is L1, L2, S1, S2, A1 and A2: filter, estimator, meters, billing");
    const auto fault_from = [](const Reader& place) {
        return place.has("fault_from")
                   ? static_cast<std::uint64_t>(place.field("fault_from").integer(0, 1'000'000'000'000))
                   : std::uint64_t{0};
    };
    metering::Parameters parameters;
    parameters.readings = static_cast<std::uint64_t>(application.field("readings").integer(1, 1'000'000'000'000));
    if (!upgrades) {
        parameters.fault_from = fault_from(application);
        return std::make_unique<metering::Metering>(parameters);
    }
    for (const Reader& each : application.field("upgrades").items()) {
        each.only_fields(metering_version_fields);
        parameters.upgrades.push_back(fault_from(each));
    }
    if (parameters.upgrades.empty())
        application.field("upgrades").fail("is empty; expected what each upgrade brings, {} for one without a fault");
    return std::make_unique<metering::Metering>(parameters);
}

// Paths are from the folder of the file.
impl::runtime::Certificates certificates_from(const Reader& place, const std::string& file) {
    place.only_fields(certificates_fields);
    const std::filesystem::path folder = std::filesystem::path(file).parent_path();
    impl::runtime::Certificates certificates;
    certificates.authority = (folder / place.field("authority").text()).string();
    certificates.own = certificates.key = (folder / place.field("folder").text()).string();
    return certificates;
}

// `names` in the order of positions.
Value described(const std::string& name, const std::vector<std::string>& names, const impl::Rules& rules,
                const impl::UpgradeRules& upgrade_rules, const impl::Capacities& capacities, const Value& application) {
    Value::List processes;
    for (const std::string& each : names)
        processes.emplace_back(each);
    Value::Record record{{"format", system_format},
                         {"name", name},
                         {"processes", Value(std::move(processes))},
                         {"rules", model::to_value(rules)}};
    if (Value::Record changed = changed_upgrade_rules(upgrade_rules); !changed.empty())
        record.emplace_back("upgrade_rules", std::move(changed));
    if (Value::Record changed = changed_capacities(capacities); !changed.empty())
        record.emplace_back("capacities", std::move(changed));
    record.emplace_back("application", application);
    return record;
}

} // namespace

std::vector<std::string> process_names(const SystemDescription& system) {
    const Members& members = system.members;
    return names_of(system.upgrades, members.components, members.components, members.actives);
}

DescribedSystem described_from(const Value& value, const std::string& file, const std::string& path) {
    const Reader root(value, file, path);
    root.only_fields(described_fields);
    check_format(root, system_format);
    DescribedSystem system;
    system.name = root.field("name").name();
    std::vector<std::string> names;
    for (const Reader& each : root.field("processes").items())
        names.push_back(each.name());
    system.description.members = members_of(names, root.field("processes"));
    system.description.upgrades = names_seats(names);
    if (names != process_names(system.description))
        root.field("processes")
            .fail("are not in their order: new versions or first seats, old versions or second "
                  "seats, active processes");
    const Reader rules = root.field("rules");
    system.description.rules = model::all_rules_from(rules.value(), file, rules.path());
    check_rules(system.description.rules, system.description.members, rules);
    system.description.upgrade_rules = upgrade_rules_in(root, system.description.upgrades);
    system.description.capacities = capacities_in(root, system.description.upgrades);
    system.program = program_from(root.field("application"), system.description.members, system.description.upgrades);
    system.description.text = traces::to_text(value);
    system.description.digest = impl::runtime::digest_of(system.description.text);
    return system;
}

SystemFile read_system(const std::string& text, const std::string& file) {
    const Value value = traces::parse_json(text, file);
    const Reader root(value, file);
    root.only_fields(system_fields);
    check_format(root, system_format);
    SystemFile system;
    if (root.has("certificates"))
        system.certificates = certificates_from(root.field("certificates"), file);
    const Reader processes = root.field("processes");
    std::vector<std::string> given;
    for (const auto& [name, address] : processes.fields())
        given.push_back(name);
    const Members members = members_of(given, processes);
    const bool upgrades = names_seats(given);
    const std::vector<std::string> names = names_of(upgrades, members.components, members.components, members.actives);
    for (const std::string& name : names) {
        const Reader place = processes.field(name);
        const std::string address = place.text();
        const auto same = std::ranges::find(system.addresses, address);
        if (same != system.addresses.end())
            place.fail("is the address of " + names[static_cast<std::size_t>(same - system.addresses.begin())] +
                       " too; expected one for each process");
        try {
            (void)impl::runtime::parse_address(address, ".", system.certificates.has_value());
        } catch (const impl::runtime::AddressError& error) {
            place.fail("'" + address + "' " + error.what());
        }
        system.addresses.push_back(address);
    }
    const Reader rules = root.field("rules");
    const impl::Rules chosen = model::rules_named_at(rules, "").rules;
    check_rules(chosen, members, rules);
    if (root.has("description"))
        (void)root.field("description").text();
    system.tick_ms = static_cast<std::uint32_t>(root.field("tick_ms").integer(0, 3'600'000));
    if (root.has("durability") && root.field("durability").one_of(durabilities) == "off")
        system.durability = impl::runtime::StoreDurability::off;
    const Reader application = root.field("application");
    (void)program_from(application, members, upgrades); // its messages name this file
    system.system = described_from(described(root.field("name").name(), names, chosen, upgrade_rules_in(root, upgrades),
                                             capacities_in(root, upgrades), application.value()),
                                   file, "$");
    return system;
}

std::vector<impl::runtime::Address> addresses_in(const SystemFile& system, const std::string& file,
                                                 const std::string& folder) {
    std::vector<impl::runtime::Address> addresses;
    for (const std::string& each : system.addresses) {
        try {
            addresses.push_back(impl::runtime::parse_address(each, folder, system.certificates.has_value()));
        } catch (const impl::runtime::AddressError& error) {
            throw traces::FileError(file, "$.processes", "'" + each + "' " + error.what());
        }
    }
    return addresses;
}

impl::runtime::Certificates certificates_of(const SystemFile& system, const std::string& process) {
    const std::string stem = system.certificates->own + "/" + process;
    return {system.certificates->authority, stem + ".pem", stem + ".key", system.system.name};
}

ProcessId process_named(const DescribedSystem& system, const std::string& name, const std::string& file) {
    const std::vector<std::string> names = process_names(system.description);
    const auto found = std::ranges::find(names, name);
    if (found == names.end())
        throw traces::FileError(file, "$.processes",
                                "there is no process '" + name + "'" + traces::did_you_mean(name, names));
    return impl::runtime::process_at(system.description.members, static_cast<std::size_t>(found - names.begin()));
}

} // namespace mdcd::checker::cli::node
