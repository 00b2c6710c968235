// Messages between seats in few words: "announcement: begin {1}, incarnation 1". Found by the type of the application.
// Knows no actor.
#pragma once

#include <string>

#include "impl/upgrade_state.hpp"
#include "model/families/message_words.hpp"
#include "model/upgrade/upgrade_ghost.hpp"

namespace mdcd::model::upgrade {

// Components as people count them.
[[nodiscard]] inline std::string components_text(impl::ComponentSet components) {
    std::string text;
    for (std::uint8_t each = 0; each < components_max; ++each)
        if (components.contains(each))
            text += (text.empty() ? "" : ", ") + std::to_string(each + 1);
    return "{" + text + "}";
}

[[nodiscard]] inline std::string application_text(const impl::Message<Ghost>& message) {
    if (message.kind != impl::MessageKind::application)
        return words_of(message.kind) + " " + numbers_text(message.low_sn);
    const Said& said = message.payload;
    return "message " + std::to_string(said.position + 1) + " of component " + std::to_string(said.component + 1) +
           (message.dirty ? ", dirty, number " + numbers_text(message.low_sn) : ", clean") +
           (said.depends != 0 ? ", depends on new versions" : "");
}

[[nodiscard]] inline std::string message_text(const impl::ChangeMessage<Ghost>& message) {
    const std::string incarnation = ", incarnation " + std::to_string(message.message.incarnation);
    switch (message.kind) {
    case impl::ChangeKind::ordinary:
        return application_text(message.message) + incarnation;
    case impl::ChangeKind::announcement:
        return "announcement: " + words_of(message.intent) +
               (message.intent == impl::Intent::begin ? " " + components_text(message.components) : "") + incarnation;
    case impl::ChangeKind::reply:
        return std::string("reply: ") + (message.objects ? "objects, " : "") + "validated " +
               numbers_text(message.message.low_sn) + incarnation;
    case impl::ChangeKind::decision:
        return "decision: " + words_of(message.outcome) +
               (message.outcome == impl::Outcome::recovered ? " by " + numbers_text(message.message.low_sn) : "") +
               incarnation;
    case impl::ChangeKind::marker:
    case impl::ChangeKind::start:
        break;
    }
    return words_of(message.kind) + incarnation;
}

[[nodiscard]] inline checker::actors::Picture picture_of(const impl::ChangeMessage<Ghost>& message,
                                                         checker::actors::ActorNames) {
    return picture_of_words(message_text(message));
}

} // namespace mdcd::model::upgrade
