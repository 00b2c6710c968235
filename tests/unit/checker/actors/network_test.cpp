// Each network by a system so small that its states can be counted by hand: one actor sends the messages 1, 2 and 3,
// another notes what it receives.
#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

#include "checker/actors/check.hpp"

using namespace mdcd::checker::actors;
using mdcd::checker::Verdict;

namespace {

constexpr unsigned messages = 3;

struct Sender {
    using Message = unsigned;
    using Timer = unsigned;
    struct State {};
    bool at_once = true;
    State start(Id, Context<unsigned, unsigned>& context) const {
        for (unsigned message = 1; at_once && message <= messages; ++message)
            context.send(Id(1), message);
        if (!at_once)
            context.set_timer(1);
        return {};
    }
    void timeout(State&, unsigned timer, Context<unsigned, unsigned>& context) const {
        context.send(Id(1), timer);
        if (timer < messages)
            context.set_timer(timer + 1);
    }
};

template <class Notes> struct Receiver {
    using Message = unsigned;
    using State = Notes;
    State start(Id, Context<unsigned>&) const { return {}; }
    void receive(State& notes, Id, const unsigned& message, Context<unsigned>&) const {
        notes.insert(notes.end(), message);
    }
};
using InOrder = std::vector<unsigned>;
using AsSet = std::set<unsigned>;

template <class Notes> SystemReport run(const Network& network, bool at_once = true) {
    ActorSystem system;
    system.add("sender", Sender{at_once});
    system.add("receiver", Receiver<Notes>{});
    system.network(network);
    system.reachable("nothing", [](const SystemState& state) { return state.messages_under_way() == 0; });
    return check(system);
}

} // namespace

TEST_CASE("what is sent at once") {
    // The beginnings of 1, 2, 3.
    CHECK(run<InOrder>({.order = Order::fifo}).search.distinct_states == 4);
    // Any of three, in any order.
    CHECK(run<InOrder>({.order = Order::unordered}).search.distinct_states == 1 + 3 + 6 + 6);
    CHECK(run<AsSet>({.order = Order::unordered}).search.distinct_states == 8);
    // The first k are gone; of these, any were received.
    CHECK(run<InOrder>({.order = Order::fifo, .lossy = true}).search.distinct_states == 1 + 2 + 4 + 8);
    // Of those not received, each is under way or lost.
    CHECK(run<InOrder>({.order = Order::unordered, .lossy = true}).search.distinct_states == 8 + 3 * 4 + 6 * 2 + 6);
    // The first k are gone and received; the next may have been received too.
    CHECK(run<AsSet>({.order = Order::fifo, .duplicating = true}).search.distinct_states == 4 + 3);
    // All stay under way, and any were received.
    const SystemReport sets = run<AsSet>({.order = Order::unordered, .duplicating = true});
    CHECK(sets.search.distinct_states == 8);
    CHECK(sets["nothing"].verdict == Verdict::not_reached);
    // .. or are lost, each, received or not.
    CHECK(run<AsSet>({.order = Order::unordered, .duplicating = true, .lossy = true}).search.distinct_states == 64);
}

TEST_CASE("what is sent one by one") {
    // s sent, r received.
    CHECK(run<InOrder>({.order = Order::fifo}, false).search.distinct_states == 4 + 3 + 2 + 1);
    const SystemReport waits = run<InOrder>({.order = Order::fifo, .capacity = 1, .overflow = Overflow::wait}, false);
    CHECK(waits.search.distinct_states == 4 + 3);
    CHECK(waits["nothing"].verdict == Verdict::reached);
}

TEST_CASE("more than a channel holds is an error, with the run that leads there") {
    const SystemReport full = run<InOrder>({.order = Order::fifo, .capacity = 2}, false);
    CHECK(full["nothing"].verdict == Verdict::reached); // before
    CHECK(exit_code(full) == 0);
    ActorSystem system;
    system.add("sender", Sender{false});
    system.add("receiver", Receiver<InOrder>{});
    system.network({.order = Order::fifo, .capacity = 2});
    system.always("fine", [](const SystemState&) { return true; });
    const SystemReport report = check(system);
    CHECK(report["fine"].verdict == Verdict::error);
    CHECK(report["fine"].reason.find("'sender -> receiver', which already holds 2 messages") != std::string::npos);
    REQUIRE(report["fine"].run);
    CHECK(report["fine"].run->steps.size() == 2);
    CHECK(report["fine"].run->under_way.size() == 2);
    CHECK(exit_code(report) == 10);

    ActorSystem at_once;
    at_once.add("sender", Sender{true});
    at_once.add("receiver", Receiver<InOrder>{});
    at_once.network({.order = Order::fifo, .capacity = 2});
    at_once.always("fine", [](const SystemState&) { return true; });
    const SystemReport start = check(at_once);
    CHECK(start["fine"].verdict == Verdict::error);
    CHECK(start["fine"].reason.find("at the start more is sent") != std::string::npos);
}

TEST_CASE("a cut keeps messages from arriving until it has healed, and may lose them") {
    // Whole: k received, of the rest any lost while it was cut; the budget is one cut.
    const SystemReport cut = run<InOrder>({.order = Order::fifo, .partitions = 1});
    // Before the cut: 4. During it: k received before, j >= k gone: 4 + 3 + 2 + 1. After it: gone j, received all but
    // a middle part that was lost: (k received, l lost, m received after).
    std::set<std::vector<unsigned>> after;
    for (unsigned received = 0; received <= 3; ++received)
        for (unsigned lost = 0; received + lost <= 3; ++lost)
            for (unsigned more = 0; received + lost + more <= 3; ++more) {
                std::vector<unsigned> state = {received + lost + more}; // gone
                for (unsigned each = 1; each <= received + lost + more; ++each)
                    if (each <= received || each > received + lost)
                        state.push_back(each);
                after.insert(state);
            }
    CHECK(cut.search.distinct_states == 4 + 10 + after.size());
}
