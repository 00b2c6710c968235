// Messages of a system with a hostile cluster in few words: "message, hostile, from L1, clean, number (1)". Found by
// the type of the application. Knows no actor.
#pragma once

#include <string>

#include "model/families/message_words.hpp"
#include "model/hostile/hostile_ghost.hpp"

namespace mdcd::model::hostile {

[[nodiscard]] inline std::string said_text(const Said& said) {
    const std::string depends = (said.depends & all_hostile) != 0  ? ", hostile"
                                : (said.depends & all_honest) != 0 ? ", depends on the cluster"
                                                                   : "";
    const std::string place = said.source == no_source ? "" : " " + std::to_string(said.position + 1);
    return "message" + place + depends + (said.alarm ? ", as a detector would see" : "");
}

[[nodiscard]] inline std::string message_text(const impl::Message<Ghost>& message) {
    const bool is_group_low = message.sender.group == impl::Group::low;
    const std::string name = (is_group_low                                  ? "L"
                              : message.sender.group == impl::Group::shadow ? "S"
                                                                            : "A") +
                             std::to_string(message.sender.index + 1);
    const std::string header = ", from " + name + (message.dirty ? ", dirty" : ", clean") + ", number " +
                               numbers_text(message.low_sn) +
                               (message.external_sn != 0 ? ", outputs " + std::to_string(message.external_sn) : "") +
                               (message.incarnation != 0 ? ", incarnation " + std::to_string(message.incarnation) : "");
    if (message.kind == impl::MessageKind::application)
        return said_text(message.payload) + header;
    return words_of(message.kind) + header;
}

[[nodiscard]] inline checker::actors::Picture picture_of(const impl::Message<Ghost>& message,
                                                         checker::actors::ActorNames) {
    return picture_of_words(message_text(message));
}

} // namespace mdcd::model::hostile
