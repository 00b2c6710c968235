// A plain system through the fast search: knight's moves, counted by hand, and many states without much memory.
// Knows nothing of slots.
#include "checker/plain_model.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "checker/path.hpp"
#include "checker/plain_search.hpp"
#include "checker/search.hpp"

using namespace mdcd::checker;

namespace {

// A knight on a board; `sides` squares each way.
struct Knight {
    struct State {
        int column = 0;
        int row = 0;
    };
    int sides = 8;
    std::vector<Property> rules = {{"on_board", PropertyKind::always, "It stays on the board."},
                                   {"last_corner", PropertyKind::reachable, "It gets to the corner opposite."}};

    std::vector<State> initial_states() const { return {{0, 0}}; }
    void successors(const State& state, std::vector<State>& next) const {
        for (const auto& [dx, dy] :
             std::vector<std::pair<int, int>>{{1, 2}, {2, 1}, {2, -1}, {1, -2}, {-1, -2}, {-2, -1}, {-2, 1}, {-1, 2}}) {
            const State to{state.column + dx, state.row + dy};
            if (to.column >= 0 && to.row >= 0 && to.column < sides && to.row < sides)
                next.push_back(to);
        }
    }
    std::string encode(const State& state) const {
        return std::to_string(state.column) + "," + std::to_string(state.row);
    }
    State decode(std::string_view bytes) const {
        const std::size_t comma = bytes.find(',');
        return {std::stoi(std::string(bytes.substr(0, comma))), std::stoi(std::string(bytes.substr(comma + 1)))};
    }
    std::span<const Property> properties() const { return rules; }
    PropertyBits judge(const State& state) const {
        const bool inside = state.column < sides && state.row < sides;
        return (inside ? 1U : 0U) | (state.column == sides - 1 && state.row == sides - 1 ? 2U : 0U);
    }
};
static_assert(Model<PlainModel<Knight>>);

} // namespace

TEST_CASE("a knight reaches all squares, and the opposite corner in six moves") {
    const Knight knight;
    const Report report = search(PlainModel(knight));
    CHECK(report.distinct_states == 64);
    CHECK(report.transitions == 336);
    CHECK(report.depth == 6);
    CHECK(report.verdicts[0].verdict == Verdict::holds);
    CHECK(report.verdicts[1].verdict == Verdict::reached);
    CHECK(report.verdicts[1].path->firings.size() == 6);
}

TEST_CASE("what cannot be shared is forgotten when it grows") {
    const Knight knight{.sides = 400};
    const PlainModel model(knight);
    SearchOptions options;
    options.workers = 2;
    options.limits.memory_bytes_max = 48'000'000; // cards for all 160000 states take more than that
    const Report report = search(model, options);
    CHECK(report.exhaustive);
    CHECK(report.distinct_states == 160'000);
}

namespace {

// Two jugs that hold 5 and 3; four are wanted. Steps have names, an empty jug of each kind is covered, amounts are
// measured, and a goal is where it may end.
struct Jugs {
    struct State {
        unsigned large = 0;
        unsigned small = 0;
        bool done = false;
    };
    std::vector<std::string> names = {"fill", "empty", "pour", "stop"};
    std::vector<std::string> points = {"large emptied"};
    std::vector<Property> claims = {{"four", PropertyKind::reachable, "The large jug holds four."}};
    bool may_stop = true; // with four

    std::span<const std::string> step_names() const { return names; }
    std::vector<State> initial_states() const { return {{}}; }
    void successors(const State& at, StepIndex step, std::vector<State>& next) const {
        if (at.done)
            return;
        if (step == 0 && at.large < 5)
            next.push_back({5, at.small});
        if (step == 0 && at.small < 3)
            next.push_back({at.large, 3});
        if (step == 1 && at.large > 0)
            next.push_back({0, at.small});
        if (step == 1 && at.small > 0)
            next.push_back({at.large, 0});
        if (step == 2) {
            const unsigned to_small = std::min(at.large, 3 - at.small);
            const unsigned to_large = std::min(at.small, 5 - at.large);
            next.push_back({at.large - to_small, at.small + to_small});
            next.push_back({at.large + to_large, at.small - to_large});
        }
        if (step == 3 && at.large == 4)
            next.push_back({4, at.small, true});
    }
    std::string encode(const State& at) const {
        return {static_cast<char>('0' + at.large), static_cast<char>('0' + at.small), at.done ? '!' : '.'};
    }
    State decode(std::string_view bytes) const {
        return {static_cast<unsigned>(bytes.at(0) - '0'), static_cast<unsigned>(bytes.at(1) - '0'), bytes.at(2) == '!'};
    }
    std::span<const Property> properties() const { return claims; }
    PropertyBits judge(const State& at) const { return at.large == 4 ? 1 : 0; }
    bool is_final(const State&) const { return may_stop; }
    std::span<const std::string> coverage_points() const { return points; }
    std::uint64_t passed(const State& from, const State& to) const { return from.large > 0 && to.large == 0 ? 1 : 0; }
    void measure(const State& at, std::vector<Measure>& measures) const { measures.push_back({"large", at.large}); }
};
using JugModel = PlainModel<Jugs>;
static_assert(Model<JugModel> && KnowsFinalStates<JugModel> && OffersMeasures<JugModel> && !OffersRenamings<JugModel>);
static_assert(!KnowsFinalStates<PlainModel<Knight>>);

// Three alike that count to two.
struct Alike {
    using State = std::array<char, 3>;
    std::vector<Property> claims = {{"all", PropertyKind::reachable, "All get to two."}};
    std::vector<State> initial_states() const { return {{'0', '0', '0'}}; }
    void successors(const State& at, std::vector<State>& next) const {
        for (std::size_t i = 0; i < 3; ++i)
            if (at[i] < '2') {
                next.push_back(at);
                ++next.back()[i];
            }
    }
    std::string encode(const State& at) const { return {at.begin(), at.end()}; }
    State decode(std::string_view bytes) const { return {bytes.at(0), bytes.at(1), bytes.at(2)}; }
    std::span<const Property> properties() const { return claims; }
    PropertyBits judge(const State& at) const { return at == State{'2', '2', '2'} ? 1 : 0; }
    std::vector<Renaming> renamings() const { return {0x012, 0x021, 0x102, 0x120, 0x201, 0x210}; }
    State renamed(Renaming renaming, const State& at) const {
        return {at[renaming >> 8 & 15], at[renaming >> 4 & 15], at[renaming & 15]};
    }
};
static_assert(OffersFixedRenamings<PlainModel<Alike>>);

struct Fleeting : Knight { // hands out a view of what is gone by then
    std::vector<Property> properties() const { return rules; }
};
static_assert(PlainSystem<Knight> && !PlainSystem<Fleeting>);

} // namespace

TEST_CASE("a plain system names its steps, covers points, is measured, and ends where it may") {
    const JugModel model{Jugs{}}; // nothing is left of the temporary
    std::vector<std::string> told;
    SearchOptions options;
    options.progress_seconds = 0;
    options.progress = [&](const Progress& progress) {
        told.insert(told.end(), progress.growing.begin(), progress.growing.end());
    };
    const Report report = search(model, options);
    CHECK(report.exhaustive);
    REQUIRE(report.verdicts.size() == 2);
    CHECK(report.verdicts[0].verdict == Verdict::reached);
    const Path& path = report.verdicts[0].path.value();
    std::vector<std::string> names;
    for (const Firing& firing : path.firings)
        names.push_back(model.steps()[firing.step].name);
    CHECK(names == std::vector<std::string>{"fill", "pour", "empty", "pour", "fill", "pour"});
    CHECK(model.state(states_along(model, path).back()).large == 4);
    CHECK(report.verdicts[1].property == deadlock_freedom);
    CHECK(report.verdicts[1].verdict == Verdict::holds);
    CHECK(report.dead_ends > 0);
    REQUIRE(report.coverage.size() == 1);
    CHECK(report.coverage[0] > 0);
    Jugs never;
    never.may_stop = false;
    const Report stuck = search(JugModel(never));
    CHECK(stuck.verdicts[1].verdict == Verdict::violated);
    CHECK(stuck.verdicts[1].path.value().firings.size() == 7);
    CHECK(plain_search(JugModel(never)).verdicts[1].verdict == Verdict::violated);
    CHECK(PlainModel(Knight()).steps()[0].name == "next");
}

TEST_CASE("a plain system with renamings has fewer states") {
    const PlainModel model{Alike()};
    CHECK(search(model).distinct_states == 27);
    SearchOptions options;
    options.use_renamings = true;
    const Report report = search(model, options);
    CHECK(report.distinct_states == 10); // multisets of three out of three
    CHECK(report.verdicts[0].verdict == Verdict::reached);
    CHECK(report.verdicts[0].path.value().firings.size() == 6);
}
