// Messages of a system with a hostile cluster in few words: "message, hostile, clean (1), from L1". What is said first
// is what a narrow picture shows. Found by the type of the application. Knows no actor.
#pragma once

#include <string>

#include "model/families/message_words.hpp"
#include "model/hostile/hostile_scope.hpp"

namespace mdcd::model::hostile {

// What is said, by which dirty bit and number, in whose name, and what else.
[[nodiscard]] inline std::string message_text(const impl::Message<Ghost>& message) {
    const Said& said = message.payload;
    const bool is_application = message.kind == impl::MessageKind::application;
    const bool is_hostile = is_application && (said.depends & all_hostile) != 0;
    const bool depends = is_application && !is_hostile && (said.depends & all_honest) != 0;
    const bool is_of_cluster = said.source < components_max;
    const std::string place = is_application && said.source != no_source ? " " + std::to_string(said.position + 1) : "";
    return (is_application ? "message" : words_of(message.kind)) + place + (is_hostile ? ", hostile" : "") +
           (message.dirty    ? ", dirty "
            : is_application ? ", clean "
                             : " ") +
           numbers_text(message.low_sn) + ", from " + name_of(message.sender) +
           (depends && !is_of_cluster ? ", depends on the cluster" : "") +
           (message.external_sn != 0 ? ", outputs " + std::to_string(message.external_sn) : "") +
           (message.incarnation != 0 ? ", incarnation " + std::to_string(message.incarnation) : "") +
           (is_application && said.alarm ? ", as a detector would see" : "");
}

[[nodiscard]] inline checker::actors::Picture picture_of(const impl::Message<Ghost>& message,
                                                         checker::actors::ActorNames) {
    return picture_of_words(message_text(message));
}

} // namespace mdcd::model::hostile
