// The testers of histories against a look at every order of every choice of operations, on histories drawn at random;
// histories that are none; and how a system records one.
#include "checker/actors/history.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "checker/actors/check.hpp"
#include "checker/actors/examples/write_once.hpp"
#include "checker/model_error.hpp"
#include "checker/random.hpp"
#include "tests/support/rounds.hpp"

using namespace mdcd::checker::actors;
using namespace mdcd::checker::actors::examples::write_once;
using mdcd::checker::ModelError;
using mdcd::checker::Random;
using mdcd::checker::Verdict;

namespace {

using Event = HistoryEvent<Message>;
using Events = std::vector<Event>;

Message draw_operation(Random& random) {
    return random.one_in(2) ? Message(Get{}) : Message(Put{static_cast<unsigned>(random.below(2))});
}

Message draw_result(Random& random, const Message& operation) {
    if (std::holds_alternative<Put>(operation))
        return random.one_in(3) ? Message(Refused{}) : Message(Done{});
    return random.one_in(3) ? Message(Value{}) : Message(Value{static_cast<unsigned>(random.below(2))});
}

Events draw(Random& random) {
    Events events;
    std::vector<const Message*> open(3);
    std::vector<Message> operations(3);
    for (std::uint64_t length = 2 + random.below(9); length > 0; --length) {
        const std::size_t client = random.below(3);
        if (open[client] == nullptr) {
            operations[client] = draw_operation(random);
            open[client] = &operations[client];
            events.push_back({.is_return = false, .client = Id(client), .message = operations[client]});
        } else {
            events.push_back({.is_return = true, .client = Id(client), .message = draw_result(random, *open[client])});
            open[client] = nullptr;
        }
    }
    return events;
}

struct Plain {
    std::size_t client = 0;
    std::string call; // encoded
    std::string result;
    std::size_t begin = 0;
    std::size_t end = 1000; // 1000: not yet
};

std::vector<Plain> operations_of(const Events& events) {
    std::vector<Plain> all;
    for (std::size_t at = 0; at < events.size(); ++at) {
        const std::size_t client = events[at].client.index();
        if (!events[at].is_return) {
            all.push_back({.client = client, .call = encode(events[at].message), .result = {}, .begin = at});
            continue;
        }
        const auto mine =
            std::ranges::find_if(all, [&](const Plain& each) { return each.client == client && each.end == 1000; });
        mine->result = encode(events[at].message);
        mine->end = at;
    }
    return all;
}

// Some order of all that returned and some that did not, which keeps the order that there is, and in which each gets
// what it got.
bool some_order_explains(const Events& events, Consistency consistency) {
    const std::vector<Plain> all = operations_of(events);
    for (unsigned chosen = 0; chosen < 1U << all.size(); ++chosen) {
        std::vector<std::size_t> order;
        bool has_all = true;
        for (std::size_t i = 0; i < all.size(); ++i)
            if ((chosen >> i & 1) != 0)
                order.push_back(i);
            else
                has_all = has_all && all[i].end == 1000;
        if (!has_all)
            continue;
        do {
            Register state;
            bool fits = true;
            for (std::size_t place = 0; place < order.size() && fits; ++place) {
                const Plain& here = all[order[place]];
                for (std::size_t later = place + 1; later < order.size(); ++later) {
                    const Plain& other = all[order[later]];
                    if (other.end < here.begin &&
                        (consistency == Consistency::linearizable || other.client == here.client))
                        fits = false;
                }
                const std::string result = encode(state.perform(decode<Message>(here.call)));
                fits = fits && (here.end == 1000 || result == here.result);
            }
            if (fits)
                return true;
        } while (std::ranges::next_permutation(order).found);
    }
    return false;
}

Event invoked(std::size_t client, Message operation) {
    return {.is_return = false, .client = Id(client), .message = std::move(operation)};
}
Event returned(std::size_t client, Message result) {
    return {.is_return = true, .client = Id(client), .message = std::move(result)};
}

bool holds(const Events& events, Consistency consistency) {
    return is_consistent<Register>(std::span<const Event>(events), consistency);
}

} // namespace

TEST_CASE("four thousand random histories against all orders") {
    unsigned linearizable = 0;
    unsigned only_sequential = 0;
    unsigned neither = 0;
    for (std::uint64_t seed = 1; seed <= mdcd::tests::rounds(4000); ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const Events events = draw(random);
        const bool first = holds(events, Consistency::linearizable);
        const bool second = holds(events, Consistency::sequential);
        REQUIRE(first == some_order_explains(events, Consistency::linearizable));
        REQUIRE(second == some_order_explains(events, Consistency::sequential));
        CHECK((second || !first));
        ++(first ? linearizable : second ? only_sequential : neither);
    }
    MESSAGE(linearizable, " linearizable, ", only_sequential, " only sequential, ", neither, " neither");
    CHECK(linearizable >= mdcd::tests::rounds(200));
    CHECK(only_sequential >= mdcd::tests::rounds(50));
    CHECK(neither >= mdcd::tests::rounds(200));
}

TEST_CASE("an old value is read after a write has returned") {
    const Events stale = {invoked(0, Put{1}), returned(0, Done{}), invoked(1, Get{}), returned(1, Value{})};
    CHECK_FALSE(holds(stale, Consistency::linearizable));
    CHECK(holds(stale, Consistency::sequential));
    const Events own = {invoked(0, Put{1}), returned(0, Done{}), invoked(0, Get{}), returned(0, Value{})};
    CHECK_FALSE(holds(own, Consistency::sequential));
    const Events pending = {invoked(0, Put{1}), invoked(1, Get{}), returned(1, Value{1})};
    CHECK(holds(pending, Consistency::linearizable));
    CHECK(holds({}, Consistency::linearizable));
}

TEST_CASE("what is no history") {
    CHECK_THROWS_AS((void)holds({returned(0, Done{})}, Consistency::sequential), ModelError);
    CHECK_THROWS_AS((void)holds({invoked(0, Get{}), invoked(0, Get{})}, Consistency::sequential), ModelError);
    Events many;
    for (int i = 0; i < 65; ++i) {
        many.push_back(invoked(0, Get{}));
        many.push_back(returned(0, Value{}));
    }
    CHECK_THROWS_AS((void)holds(many, Consistency::linearizable), ModelError);
    many.resize(128);
    CHECK(holds(many, Consistency::linearizable));
}

TEST_CASE("a system that records nothing is told so, by handlers and by claims") {
    ActorSystem system;
    const Id server = system.add("server", Server(Id()));
    system.add("client", ScriptedClient<Message>({{server, Get{}}}));
    system.always("fine", [](const SystemState&) { return true; });
    CHECK(check(system)["fine"].reason.find("call record_history()") != std::string::npos);
    ActorSystem silent;
    silent.add("server", Server(Id()));
    silent.always("asks", [](const SystemState& state) { return state.history<Message>().empty(); });
    CHECK(check(silent)["asks"].reason.find("records no history") != std::string::npos);
    silent.record_history();
    CHECK(check(silent)["asks"].verdict == Verdict::holds);
}

TEST_CASE("clients that are alike are so in the history too") {
    ActorSystem system;
    const Id server = system.add("server", Server(Id()));
    system.interchangeable(system.add("client", 3, ScriptedClient<Message>({{server, Put{1}}, {server, Get{}}})));
    system.record_history();
    system.always("linearizable", [](const SystemState& state) {
        return is_consistent<Register>(state.history<Message>(), Consistency::linearizable);
    });
    const SystemReport orbits = check(system);
    CHECK(orbits["linearizable"].verdict == Verdict::holds);
    CheckOptions options;
    options.use_symmetry = false;
    const SystemReport all = check(system, options);
    CHECK(all["linearizable"].verdict == Verdict::holds);
    CHECK(orbits.search.distinct_states < all.search.distinct_states);
    CHECK(orbits.search.distinct_states * 6 >= all.search.distinct_states);
}
