// A plain system through the fast search: knight's moves, counted by hand, and many states without much memory.
// Knows nothing of slots.
#include "checker/plain_model.hpp"

#include <doctest/doctest.h>

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
