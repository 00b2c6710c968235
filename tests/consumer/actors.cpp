// A user of the installed typed front, compiled with and without exceptions, and with sanitizers (actors.cmake): states
// of every kind, a crash, timers, a choice, claims of states and of whole runs, a history, a graph, a mistake or two.
#include <array>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include <mdcd/checker/actors/check.hpp>
#include <mdcd/checker/actors/history.hpp>
#include <mdcd/checker/actors/scripted_client.hpp>
#include <mdcd/checker/actors/system.hpp>
#include <mdcd/checker/actors/system_graph.hpp>
#include <mdcd/checker/actors/trace.hpp>
#include <mdcd/traces/render_html.hpp>

namespace {

using namespace mdcd::checker::actors;

enum class Mood : std::int8_t { sour = -1, plain, sweet };

struct Order {
    std::string text;
    std::optional<Id> from;
    std::map<Id, std::vector<std::int64_t>> shares;
    std::array<std::pair<bool, Mood>, 2> pairs{};
    std::tuple<double, std::uint64_t> numbers{};
    template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
        visit("text", self.text);
        visit("from", self.from);
        visit("shares", self.shares);
        visit("pairs", self.pairs);
        visit("numbers", self.numbers);
    }
};
struct Receipt {};
using Message = std::variant<Order, Receipt>;

struct Shop {
    using Message = ::Message;
    enum class Timer { close };
    struct Durable {
        std::deque<Order> orders;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("orders", self.orders);
        }
    };
    struct State {
        Durable durable;
        std::set<std::string> seen;
        bool is_closed = false;
        template <class Self, class Visit> static void visit_fields(Self& self, Visit&& visit) {
            visit("durable", self.durable);
            visit("seen", self.seen);
            visit("is_closed", self.is_closed);
        }
    };
    using Here = Context<Message, Timer>;
    bool throws = false; // a mistake; without exceptions there is none to make

    State start(Id, Here& context) const {
        context.set_timer(Timer::close);
        return {};
    }
    State restart(Id, const Durable& durable, Here&) const {
        return {.durable = durable, .seen = {}, .is_closed = true};
    }
    void timeout(State& state, Timer, Here& context) const {
        state.is_closed = context.choose(2) == 1;
        context.cover(state.is_closed ? "closes" : "stays open");
    }
    void receive(State& state, Id from, const Message& message, Here& context) const {
        const Order& order = std::get<Order>(message);
#ifdef __cpp_exceptions
        if (throws)
            throw order.text;
#endif
        if (state.seen.insert(order.text).second)
            state.durable.orders.push_back(order);
        context.send(from, Receipt{});
    }
};

struct Ledger { // what the clients would see, one after the other
    template <class Self, class Visit> static void visit_fields(Self&, Visit&&) {}
    Message perform(const Message&) { return Receipt{}; }
};

ActorSystem shop(bool throws, Id second_shop) {
    ActorSystem system;
    const Id counter = system.add("shop", Shop{throws});
    const Order order{.text = "tea",
                      .from = Id(0),
                      .shares = {{Id(0), {-3, 5}}},
                      .pairs = {{{true, Mood::sour}, {false, Mood::sweet}}},
                      .numbers = {0.5, ~std::uint64_t{0}}};
    system.add("client", 2, ScriptedClient<Message>({{second_shop, order}}));
    system.network({.order = mdcd::checker::actors::Order::fifo, .lossy = true});
    system.crashes(1, {counter});
    system.interchangeable({Id(1), Id(2)});
    system.record_history();
    system.always("once", [=](const SystemState& state) { return state.durable<Shop>(counter).orders.size() <= 1; });
    system.always("linearizable", [](const SystemState& state) {
        return is_consistent<Ledger>(state.history<Message>(), Consistency::linearizable);
    });
    system.eventually("ordered",
                      [=](const SystemState& state) { return !state.durable<Shop>(counter).orders.empty(); });
    return system;
}

// The claim has this verdict, and its run, if there is one, can be drawn.
bool ends(const ActorSystem& system, const char* claim, mdcd::checker::Verdict verdict) {
    CheckOptions options;
    options.search.workers = 2;
    const SystemReport report = check(system, options);
    print(report);
    bool is_right = report[claim].verdict == verdict;
    if (report[claim].run)
        is_right = mdcd::traces::render_html(trace_of(report, claim)).ends_with("</html>\n") && is_right;
    if (!is_right)
        std::printf("NOT AS EXPECTED: %s\n", claim);
    return is_right;
}

} // namespace

int main() {
    using mdcd::checker::Verdict;
    const ActorSystem forgetful = shop(false, Id(0));
    bool all_right = ends(forgetful, "once", Verdict::violated); // what it has seen is not on disk
    all_right = ends(forgetful, "linearizable", Verdict::holds) && all_right;
    all_right = ends(forgetful, "ordered", Verdict::violated) && all_right;    // orders are lost
    all_right = ends(shop(false, Id(7)), "once", Verdict::error) && all_right; // there is no such actor
#ifdef __cpp_exceptions
    all_right = ends(shop(true, Id(0)), "once", Verdict::error) && all_right;
#endif
    const SystemGraph graph = graph_of(forgetful, {.states_max = 50});
    const bool is_drawn = graph.states.size() == 50 && !graph.limit.empty() && graph.failure.empty() &&
                          to_dot(graph).starts_with("digraph") && to_json(graph).starts_with("{");
    if (!is_drawn)
        std::puts("NOT AS EXPECTED: the graph");
    return all_right && is_drawn ? 0 : 1;
}
