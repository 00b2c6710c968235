// What the actions of an agreement are put together from, whatever is agreed on: windows of a few peers and of the
// lines between them, one of which acts and takes a message of another one, or neither of which is shown.
#pragma once

#include "model/proof/fields.hpp"

namespace mdcd::model::proof {

template <class Window>
[[nodiscard]] Symbolic::Truth is_same_window(const Window& one, const Window& other, Symbolic::Truth start) {
    visit_both(one, other, [&](const auto& first, const auto& second) { start = start && first == second; });
    return start;
}

// In `then` if `condition`.
template <class Window>
[[nodiscard]] Window choose_window(Symbolic::Truth condition, Window then, const Window& otherwise) {
    visit_both(then, otherwise, [&](auto& one, const auto& other) { one = choose(condition, one, other); });
    return then;
}

// `text`: what is so if that peer acts, and `hidden` if none of those shown does.
template <class Step, class Text>
[[nodiscard]] Symbolic::Truth by_peer(const Step& step, Text text, Symbolic::Truth hidden) {
    Symbolic::Truth result = hidden;
    for (std::size_t peer = step.happening.acts.size(); peer-- > 0;)
        result = choose(step.happening.acts[peer], text(peer), result);
    return result;
}

// Whose message the peer takes: of a sender that is not shown there is no line.
template <class Step, class Text>
[[nodiscard]] Symbolic::Truth from_peer(const Step& step, std::size_t peer, Text text) {
    const std::size_t shown = step.happening.from.size();
    Symbolic::Truth result = text(shown, step.happening.sender);
    for (std::size_t other = 0; other < shown; ++other)
        if (other != peer)
            result = choose(step.happening.from[other], text(other, step.before.peers[other].id), result);
    return result;
}

} // namespace mdcd::model::proof
