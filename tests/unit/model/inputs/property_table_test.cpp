// The one table of properties: complete, in order, each claim with its twin; and to which scopes each applies.
// Knows nothing of what makes a property true.
#include "model/inputs/property_table.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace mdcd::tests {

using namespace model;
using Names = std::set<std::string>;

TEST_CASE("the table is in the order of the enumeration, each name once, each with a reason") {
    Names names;
    for (std::size_t property = 0; property < property_count; ++property) {
        const checker::Property& each = all_properties()[property];
        CHECK(names.insert(each.name).second);
        CHECK(each.rationale.ends_with('.'));
        const PropertyRow& row = property_table()[property];
        CHECK(AnyProperty(row.id) == property_at(property));
        CHECK(position_of(row.id) == property);
        const bool needs_twin = each.kind == checker::PropertyKind::always; // recovery_completed is that of the other
        CHECK(row.twin.has_value() == needs_twin);
        if (row.twin) {
            const PropertyRow& twin = property_table()[static_cast<std::size_t>(*row.twin)];
            CHECK(twin.property.kind == checker::PropertyKind::reachable);
            CHECK((twin.applies == row.applies));
            CHECK(twin.property.rationale.find("(" + each.name + " is not vacuous)") != std::string::npos);
        }
    }
    CHECK(all_properties().size() == property_count);
    CHECK(all_properties()[static_cast<std::size_t>(PropertyId::takeover_order)].name == "takeover_order");
    CHECK(all_properties()[static_cast<std::size_t>(PropertyId::several_resent)].name == "several_resent");
}

TEST_CASE("where a property applies is said, but where that is everywhere") {
    for (const PropertyRow& row : property_table()) {
        const std::string where(where_it_applies(row.id));
        CAPTURE(row.property.name);
        CHECK((where.empty() || where.ends_with('.')));
        const bool everywhere = row.applies == property_table().front().applies; // containment
        CHECK(where.empty() == everywhere);
    }
}

TEST_CASE("claims about several components, external messages or recoveries are made of scopes that have them") {
    Scope scope;
    impl::Rules rules;
    const auto made = [&] {
        Names names;
        for (std::size_t property = 0; property < property_count; ++property)
            if (applies(property_at(property), scope, rules))
                names.insert(all_properties()[property].name);
        return names;
    };
    const Names always = made();
    CHECK(always.size() == 30);
    scope.components = 2;
    CHECK(made().contains("unique_sn"));
    CHECK_FALSE(made().contains("output_exactly_once"));
    scope.budgets.cluster_outputs = 1;
    CHECK(made().size() == 42);
    rules.low_sn = impl::LowSn::vector; // one source of errors: their numbers say something else
    CHECK_FALSE(made().contains("told"));
    CHECK_FALSE(made().contains("number_covers_dependence"));
    scope.faults = FaultModel::independent;
    CHECK(made().contains("told"));
    rules.low_sn = impl::LowSn::shared_atomic;
    scope.faults = FaultModel::cluster;
    scope.order = OrderAssumption::component; // one counter for what has no common order
    CHECK_FALSE(made().contains("told"));
    scope.order = OrderAssumption::cluster;
    CHECK_FALSE(made().contains("history_order"));
    scope.active_processes = 2;
    scope.budgets.active_messages = 2;
    CHECK(made().contains("history_order"));
    scope.channels = ChannelModel::unordered;
    CHECK_FALSE(made().contains("history_order"));
    scope.channels = ChannelModel::fifo;
    scope.recovery = RecoveryMode::asynchronous;
    scope.budgets.detections = 1;
    CHECK(made().contains("recovered_consistently"));
    CHECK_FALSE(made().contains("coordinators_met"));
    scope.budgets.detections = 2;
    CHECK_FALSE(made().contains("log_completes_checkpoints")); // what is dirty is not logged
    rules.receiver_log = impl::ReceiverLog::while_dirty;
    CHECK(made().size() == property_count);
    rules.dirty_delivery = impl::DirtyDelivery::literal; // logged, and not delivered
    CHECK_FALSE(made().contains("log_completes_checkpoints"));
}

} // namespace mdcd::tests
