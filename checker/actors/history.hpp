// What clients did and saw, in the order in which it happened: operations that were invoked, and what they returned.
// Two testers say whether some order of the operations explains it, as if they had been performed one after the other.
// Knows no engine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "checker/actors/codec.hpp"
#include "checker/actors/id.hpp"

namespace mdcd::checker::actors {

template <class Message> struct HistoryEvent {
    bool is_return = false;
    Id client;
    Message message = {}; // the operation, or what it returned
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("is_return", self.is_return);
        visit("client", self.client);
        visit("message", self.message);
    }
};

enum class Consistency : std::uint8_t {
    linearizable, // operations take effect between their invocation and their return
    sequential,   // each client's operations take effect in its own order
};

namespace histories {

template <class Message> struct Operation {
    Id client;
    const Message* call = nullptr;
    const Message* result = nullptr; // none: it has not returned, and may take effect or not
    std::size_t invoked = 0;
    std::size_t returned = ~std::size_t{0};
};

inline constexpr std::size_t operations_max = 64;

// A client has one operation at a time.
template <class Message> std::vector<Operation<Message>> operations_of(std::span<const HistoryEvent<Message>> history) {
    std::vector<Operation<Message>> all;
    std::map<Id, std::size_t> open;
    for (std::size_t at = 0; at < history.size(); ++at) {
        const HistoryEvent<Message>& event = history[at];
        const auto found = open.find(event.client);
        if (event.is_return != (found != open.end()))
            fail(event.is_return ? "a history in which an operation returns that was not invoked"
                                 : "a history in which a client invokes an operation before the last one has returned");
        if (event.is_return) {
            all[found->second].result = &event.message;
            all[found->second].returned = at;
            open.erase(found);
        } else {
            open.emplace(event.client, all.size());
            all.push_back({.client = event.client, .call = &event.message, .invoked = at});
        }
    }
    if (all.size() > operations_max)
        fail("a history of more than 64 operations");
    return all;
}

// Depth first (Wing and Gong, 1993), with a memory of what was tried in vain: which operations took effect, and the
// state they led to.
template <class Message, class Specification> class Search {
public:
    Search(std::vector<Operation<Message>> operations, Consistency consistency)
        : operations_(std::move(operations)), consistency_(consistency) {}

    [[nodiscard]] bool run(const Specification& state, std::uint64_t done = 0) {
        bool all_explained = true;
        for (std::size_t i = 0; i < operations_.size(); ++i)
            all_explained = all_explained && (is_in(done, i) || operations_[i].result == nullptr);
        if (all_explained)
            return true;
        if (!tried_.emplace(done, encode(state)).second)
            return false;
        for (std::size_t i = 0; i < operations_.size(); ++i) {
            if (is_in(done, i) || !may_be_next(i, done))
                continue;
            Specification next = state;
            const Message result = next.perform(*operations_[i].call);
            const bool is_as_seen =
                operations_[i].result == nullptr || encode(result) == encode(*operations_[i].result);
            if (is_as_seen && run(next, done | std::uint64_t{1} << i))
                return true;
        }
        return false;
    }

private:
    static bool is_in(std::uint64_t done, std::size_t operation) { return (done >> operation & 1) != 0; }

    // Nothing that has not taken effect must come before it.
    [[nodiscard]] bool may_be_next(std::size_t operation, std::uint64_t done) const {
        for (std::size_t other = 0; other < operations_.size(); ++other) {
            if (other == operation || is_in(done, other))
                continue;
            const bool is_earlier = operations_[other].returned < operations_[operation].invoked;
            if (is_earlier && (consistency_ == Consistency::linearizable ||
                               operations_[other].client == operations_[operation].client))
                return false;
        }
        return true;
    }

    std::vector<Operation<Message>> operations_;
    Consistency consistency_;
    std::set<std::pair<std::uint64_t, std::string>> tried_;
};

} // namespace histories

// Whether some order explains what was seen. A Specification says what operations do one after the other:
// `Message perform(const Message& operation)` changes it and returns what the client gets to see; its fields are listed
// as those of a State. At most 64 operations; a client has one at a time.
template <class Specification, class Message>
[[nodiscard]] bool is_consistent(std::span<const HistoryEvent<Message>> history, Consistency consistency,
                                 const Specification& before = {}) {
    return histories::Search<Message, Specification>(histories::operations_of(history), consistency).run(before);
}

} // namespace mdcd::checker::actors
