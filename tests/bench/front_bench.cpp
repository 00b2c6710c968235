// What the typed front costs, in ratios of one run on one machine: systems of actors against models made by hand for
// slots, a plain successor function against a textbook breadth-first search, and a counter's bytes. Processor seconds
// of one worker, since others may use the machine. front.sh runs it.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "checker/actors/check.hpp"
#include "checker/actors/examples/ring.hpp"
#include "checker/actors/examples/two_phase_commit.hpp"
#include "checker/plain_model.hpp"
#include "checker/search.hpp"
#include "checker/textbook/ring.hpp"
#include "checker/textbook/two_phase_commit.hpp"

using namespace mdcd::checker;

namespace {

constexpr int repetitions = 3; // the fastest counts

struct Measured {
    std::uint64_t states = 0;
    double seconds = 1e9;
    std::uint64_t bytes = 0;
};

double processor_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

template <class Run> Measured best_of(Run run) {
    Measured best;
    for (int again = 0; again < repetitions; ++again) {
        const double begin = processor_seconds();
        Measured now = run();
        now.seconds = processor_seconds() - begin;
        if (now.seconds < best.seconds)
            best = now;
    }
    return best;
}

template <class M> Measured by_hand(const M& model) {
    const Report report = search(model);
    return {.states = report.distinct_states, .bytes = report.memory_bytes};
}

Measured typed(const actors::ActorSystem& system) {
    actors::CheckOptions options;
    options.use_symmetry = false;
    const actors::SystemReport report = actors::check(system, options);
    return {.states = report.search.distinct_states, .bytes = report.search.memory_bytes};
}

// True if the bar is kept.
bool print(const char* what, const Measured& ours, const Measured& other, double ratio, double bar, bool at_most) {
    const bool is_kept = at_most ? ratio <= bar : ratio >= bar;
    std::printf("| %s | %llu | %.2f s | %.2f s | %.2f | %s %.1f | %s |\n", what,
                static_cast<unsigned long long>(ours.states), ours.seconds, other.seconds, ratio,
                at_most ? "at most" : "at least", bar, is_kept ? "kept" : "NOT KEPT");
    if (ours.states != other.states)
        std::printf("| %s | NOT THE SAME STATES: %llu | | | | | |\n", what,
                    static_cast<unsigned long long>(other.states));
    return is_kept && ours.states == other.states;
}

// Five counters below a bound, one of which goes up.
constexpr unsigned counters = 5;
struct Counters {
    using State = std::string; // a byte for each
    unsigned bound = 16;

    [[nodiscard]] std::vector<State> initial_states() const { return {State(counters, '\0')}; }
    void successors(const State& state, std::vector<State>& next) const {
        for (unsigned i = 0; i < counters; ++i)
            if (static_cast<unsigned char>(state[i]) + 1U < bound) {
                next.push_back(state);
                ++next.back()[i];
            }
    }
    [[nodiscard]] std::string encode(const State& state) const { return state; }
    [[nodiscard]] State decode(std::string_view bytes) const { return State(bytes); }
    [[nodiscard]] const std::vector<Property>& properties() const {
        static const std::vector<Property> all = {{"in_bounds", PropertyKind::always, "None is too large."}};
        return all;
    }
    [[nodiscard]] PropertyBits judge(const State& state) const {
        return std::ranges::all_of(state, [&](char each) { return static_cast<unsigned char>(each) < bound; }) ? 1 : 0;
    }
};

std::uint64_t allocated = 0;
std::uint64_t allocated_most = 0;
template <class T> struct Counting { // an allocator that counts what a program would hold
    using value_type = T;
    Counting() = default;
    template <class U> Counting(const Counting<U>&) {}
    T* allocate(std::size_t count) {
        allocated_most = std::max(allocated_most, allocated += count * sizeof(T));
        return static_cast<T*>(::operator new(count * sizeof(T)));
    }
    void deallocate(T* at, std::size_t count) {
        allocated -= count * sizeof(T);
        ::operator delete(at);
    }
    friend bool operator==(const Counting&, const Counting&) { return true; }
};

// As everybody writes it: a set of what was seen, each with a parent so that a run can be told, and a queue.
Measured textbook_search(const Counters& system) {
    struct Seen {
        std::string state;
        const Seen* parent = nullptr;
        bool operator==(const Seen& other) const { return state == other.state; }
    };
    struct Hash {
        std::size_t operator()(const Seen& seen) const { return std::hash<std::string>{}(seen.state); }
    };
    allocated = allocated_most = 0;
    std::unordered_set<Seen, Hash, std::equal_to<>, Counting<Seen>> seen;
    std::deque<const Seen*, Counting<const Seen*>> queue;
    for (const std::string& state : system.initial_states())
        queue.push_back(&*seen.insert({.state = state, .parent = nullptr}).first);
    std::vector<std::string> next;
    for (; !queue.empty(); queue.pop_front()) {
        if (system.judge(queue.front()->state) != 1)
            std::abort();
        next.clear();
        system.successors(queue.front()->state, next);
        for (std::string& state : next)
            if (const auto [place, is_new] = seen.insert({.state = std::move(state), .parent = queue.front()}); is_new)
                queue.push_back(&*place);
    }
    return {.states = seen.size(), .bytes = allocated_most};
}

struct Counter {
    using State = std::uint32_t;
    [[nodiscard]] std::vector<State> initial_states() const { return {0}; }
    void successors(const State& state, std::vector<State>& next) const {
        if (state < (1U << 24))
            next.push_back(state + 1);
    }
    [[nodiscard]] std::string encode(const State& state) const {
        return {static_cast<char>(state), static_cast<char>(state >> 8), static_cast<char>(state >> 16),
                static_cast<char>(state >> 24)};
    }
    [[nodiscard]] State decode(std::string_view bytes) const {
        State state = 0;
        for (std::size_t i = 4; i-- > 0;)
            state = state << 8 | static_cast<unsigned char>(bytes[i]);
        return state;
    }
    [[nodiscard]] const std::vector<Property>& properties() const {
        static const std::vector<Property> all = {{"small", PropertyKind::always, "."}};
        return all;
    }
    [[nodiscard]] PropertyBits judge(const State&) const { return 1; }
};

} // namespace

int main(int argc, char** argv) {
    const unsigned managers = argc > 1 ? static_cast<unsigned>(std::atoi(argv[1])) : 8;
    const unsigned processes = argc > 2 ? static_cast<unsigned>(std::atoi(argv[2])) : 11;
    const unsigned bound = argc > 3 ? static_cast<unsigned>(std::atoi(argv[3])) : 16;
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    std::puts("| what | states | ours | the other | ratio | bar | |\n|---|---|---|---|---|---|---|");
    bool all_kept = true;
    const Measured commit =
        best_of([&] { return typed(actors::examples::commit::two_phase_commit(managers, managers)); });
    const Measured commit_by_hand = best_of([&] { return by_hand(textbook::TwoPhaseCommit(managers)); });
    all_kept &=
        print("typed two-phase commit", commit, commit_by_hand, commit.seconds / commit_by_hand.seconds, 1.3, true);
    const Measured ring = best_of([&] { return typed(actors::examples::ring::ring(processes, 8)); });
    const Measured ring_by_hand = best_of([&] { return by_hand(textbook::Ring(processes, 8)); });
    all_kept &= print("typed ring", ring, ring_by_hand, ring.seconds / ring_by_hand.seconds, 1.3, true);
    const Counters system{bound};
    const Measured plain = best_of([&] { return by_hand(PlainModel<Counters>(system)); });
    const Measured textbook_one = best_of([&] { return textbook_search(system); });
    all_kept &= print("plain successor function, how many times as fast", plain, textbook_one,
                      textbook_one.seconds / plain.seconds, 2.5, false);
    all_kept &= print("plain successor function, its part of the memory", plain, textbook_one,
                      static_cast<double>(plain.bytes) / static_cast<double>(textbook_one.bytes), 0.5, true);
    const double begin = processor_seconds();
    const Report report = search(PlainModel<Counter>(Counter{}));
    const Measured counter{
        .states = report.distinct_states, .seconds = processor_seconds() - begin, .bytes = report.memory_bytes};
    all_kept &= print("a counter to 2^24, bytes a state", counter, counter,
                      static_cast<double>(counter.bytes) / static_cast<double>(counter.states), 20, true);
    return all_kept ? 0 : 1;
}
