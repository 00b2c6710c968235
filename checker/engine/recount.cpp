// Every sentence on a checkpoint of another model is made here.
// Knows no way to keep states.
#include "checker/engine/recount.hpp"

#include "checker/checkpoint_error.hpp"
#include "checker/decisions.hpp"

namespace mdcd::checker::engine {

void refuse_other_model(const std::string& reason) {
    throw CheckpointError("the checkpoint does not fit, although its identity does: it is of another model, or of "
                          "this one before it was edited: " +
                          reason);
}

OpenQuestions all_questions(const BoundModel& model) {
    OpenQuestions open;
    for (std::size_t i = 0; i < model.properties().size(); ++i) {
        const PropertyKind kind = model.properties()[i].kind;
        open.always |= PropertyBits{kind == PropertyKind::always} << i;
        open.reachable |= PropertyBits{kind == PropertyKind::reachable} << i;
    }
    open.deadlock = model.knows_final_states();
    return open;
}

FirstSettled::FirstSettled(const OpenQuestions& open) : open_(open) {
    by_.fill(nobody);
    open_.failure = true;
}

void FirstSettled::note(const Finding& finding) {
    if (finding.kind == Finding::Kind::bits) {
        const PropertyBits settled = (open_.always & ~finding.bits) | (open_.reachable & finding.bits);
        for (std::size_t property = 0; property < property_count_max; ++property)
            if ((settled >> property & 1) != 0)
                by_[property] = finding.state;
        open_.always &= ~settled;
        open_.reachable &= ~settled;
    } else if (finding.kind == Finding::Kind::deadlock && open_.deadlock) {
        by_.back() = finding.state;
        open_.deadlock = false;
    }
}

std::optional<OtherwiseSettled> settled_otherwise(const FirstSettled& saved, const FirstSettled& found,
                                                  std::uint64_t end) {
    for (std::size_t property = 0; property < FirstSettled::count; ++property) {
        const std::uint64_t first = found.by(property, end);
        const std::uint64_t then = saved.by(property, end);
        if (first != then)
            return OtherwiseSettled{.property = property,
                                    .first = first,
                                    .may_be_too_long = first != FirstSettled::nobody && then == FirstSettled::nobody};
    }
    return {};
}

void refuse_other_model(const OtherwiseSettled& other, const BoundModel& model) {
    refuse_other_model("judged again, its states settle '" +
                       (other.property < model.properties().size() ? model.properties()[other.property].name
                                                                   : std::string(deadlock_freedom)) +
                       "' in another way");
}

void expect_same_sums(const Standing& saved, const Sums& found) {
    if (found.outside != saved.outside)
        refuse_other_model("of its states " + std::to_string(found.outside) + " are outside the boundary, it says " +
                           std::to_string(saved.outside));
    if (found.firings != saved.firings || found.dead_ends != saved.dead_ends)
        refuse_other_model("its states have " + std::to_string(found.firings) + " firings and " +
                           std::to_string(found.dead_ends) + " dead ends, it says " + std::to_string(saved.firings) +
                           " and " + std::to_string(saved.dead_ends));
    if (found.coverage != saved.coverage)
        refuse_other_model("the firings of its states pass other coverage points");
}

} // namespace mdcd::checker::engine
