// A client that follows a script: operations one after the other, each to an actor of its own, the next when the last
// one has returned. Both are recorded in the system's history. Knows no protocol.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "checker/actors/context.hpp"

namespace mdcd::checker::actors {

template <class M> class ScriptedClient {
public:
    using Message = M;
    struct State {
        std::uint8_t done = 0;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("done", self.done);
        }
    };
    using Here = Context<M>;

    explicit ScriptedClient(std::vector<std::pair<Id, M>> script) : script_(std::move(script)) {}

    State start(Id, Here& context) const {
        next(0, context);
        return {};
    }
    void receive(State& state, Id, const M& message, Here& context) const {
        if (state.done == script_.size()) // said twice
            return;
        context.returned(message);
        next(++state.done, context);
    }

private:
    void next(std::size_t place, Here& context) const {
        if (place == script_.size())
            return;
        context.invoked(script_[place].second);
        context.send(script_[place].first, script_[place].second);
    }

    std::vector<std::pair<Id, M>> script_;
};

} // namespace mdcd::checker::actors
