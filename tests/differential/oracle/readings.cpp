// Looks up the names of rules and values: the table of section 4 of the specification, row by row. The first value of a
// row is the default and sets nothing.
#include "tests/differential/oracle/readings.hpp"

#include <stdexcept>
#include <string>
#include <vector>

namespace oracle {
namespace {

struct Switch {
    const char* rule;
    const char* first;
    const char* second;
    bool Readings::*field;
};

const std::vector<Switch>& switches() {
    static const std::vector<Switch> table = {
        {"dirty_delivery", "deliver", "literal", &Readings::literal_delivery},
        {"notification_sn", "advance", "keep", &Readings::keep_on_notification},
        {"validated_register", "shadow_only", "everywhere", &Readings::register_everywhere},
        {"first_checkpoint", "dirty_and_newer", "dirty_only", &Readings::first_checkpoint_dirty_only},
        {"checkpoint_trigger", "published", "every_new_sn", &Readings::checkpoint_every_new_sn},
        {"propagation_mark", "active_only", "any_internal", &Readings::mark_any_internal},
        {"checkpoint_index", "message_sn", "local_sn", &Readings::index_local_sn},
        {"reclamation", "by_index", "by_cover", &Readings::reclaim_by_cover},
        {"receiver_log", "clean_only", "while_dirty", &Readings::log_while_dirty},
        {"shadow_input_index", "low_sn", "shadow_sn", &Readings::input_index_shadow_sn},
        {"shadow_output_index", "shadow_sn", "low_sn", &Readings::output_index_low_sn},
        {"suppress_until", "inclusive", "exclusive", &Readings::suppress_exclusive},
        {"rollback_scope", "all_protocol_state", "application_only", &Readings::rollback_application_only},
        {"recovery_line", "agreed", "local", &Readings::local_line},
        {"in_transit", "discard_unvalidated", "deliver", &Readings::deliver_in_transit},
        {"stop_low", "all_first", "detector_only", nullptr},
        {"shadow_sn", "shared", "per_component", &Readings::shadow_sn_per_component},
        {"shadow_internal", "exchange", "literal", &Readings::shadow_internal_literal},
        {"external_index", "internal_sn", "own_counter", &Readings::external_own_counter},
    };
    return table;
}

[[noreturn]] void refuse(const std::string& rule, const std::string& value) {
    throw std::invalid_argument("no such rule or value: " + rule + "=" + value);
}

Resend resend_from(const std::string& value) {
    if (value == "all_in_log")
        return Resend::all_in_log;
    if (value == "from_checkpoint_index")
        return Resend::from_checkpoint_index;
    if (value == "before_checkpoint_above_validated")
        return Resend::before_checkpoint_above_validated;
    refuse("resend", value);
}

LowNumbers low_sn_from(const std::string& value) {
    if (value == "shared_atomic")
        return LowNumbers::shared_atomic;
    if (value == "shared_broadcast")
        return LowNumbers::shared_broadcast;
    if (value == "vector")
        return LowNumbers::vector;
    refuse("low_sn", value);
}

void set_switch(Readings& readings, const std::string& rule, const std::string& value) {
    for (const Switch& row : switches()) {
        if (rule != row.rule)
            continue;
        if (value != row.first && value != row.second)
            refuse(rule, value);
        if (row.field != nullptr)
            readings.*row.field = value == row.second;
        return;
    }
    refuse(rule, value);
}

} // namespace

Readings readings_from(const Rules& rules) {
    Readings readings;
    for (const auto& [rule, value] : rules) {
        if (rule == "resend") {
            readings.resend = resend_from(value);
        } else if (rule == "low_sn") {
            readings.low_sn = low_sn_from(value);
        } else {
            set_switch(readings, rule, value);
        }
    }
    return readings;
}

} // namespace oracle
