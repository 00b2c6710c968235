// Renamings: fewer states, as many as can be counted by hand, the same verdicts and path lengths, paths in
// original names; and a renaming that is not sound is found out.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "checker/path.hpp"
#include "checker/search.hpp"
#include "tests/support/scripted_model.hpp"

using namespace mdcd::checker;
using mdcd::tests::ScriptedModel;

namespace {

// Four counters, 0 to 4, each counting up on its own; any permutation of them is a renaming, coded as the
// digits of where each goes.
struct Counters : ScriptedModel {
    static constexpr int last = 4;

    Counters() {
        for (SlotIndex slot = 0; slot < 4; ++slot) {
            slot_list.push_back({.name = "counter " + std::to_string(slot)});
            step_list.push_back({.name = "up " + std::to_string(slot), .reads = {slot}, .takes = {}, .room = {}});
        }
        initial = {{"0", "0", "0", "0"}, {"0", "1", "0", "0"}, {"2", "0", "0", "1"}};
        handler = [](StepIndex step, const Inputs& inputs, Outcomes& outcomes) {
            const int value = std::stoi(std::string(inputs.values[0]));
            if (value < last)
                outcomes.push_back({.writes = {{step, std::to_string(value + 1)}}, .sends = {}});
        };
        property_list = {{"not_three_at_two", PropertyKind::always, "Three counters are never at two."},
                         {"all_last", PropertyKind::reachable, "All counters get to the end."}};
        verdict = [](Summaries all) {
            const auto at = [&](const std::string& value) {
                return std::ranges::count_if(all, [&](const std::string* each) { return *each == value; });
            };
            return (at("2") < 3 ? PropertyBits{1} : 0) | (at("4") == 4 ? PropertyBits{2} : 0);
        };
    }

    void candidate_renamings(Summaries, std::vector<Renaming>& candidates) const {
        std::array<unsigned, 4> places = {0, 1, 2, 3};
        do
            candidates.push_back(places[0] | places[1] << 4 | places[2] << 8 | places[3] << 12);
        while (std::ranges::next_permutation(places).found);
    }
    SlotIndex renamed_slot(Renaming renaming, SlotIndex slot) const {
        return static_cast<SlotIndex>(renaming >> (4 * slot) & 15);
    }
    std::string renamed_bytes(Renaming, SlotIndex, std::string_view bytes) const { return std::string(bytes); }
};
static_assert(OffersRenamings<Counters> && !OffersRenamings<ScriptedModel>);

// The same, and says that its renamings are the same in every state.
struct FixedCounters : Counters {
    std::vector<Renaming> renamings() const {
        std::vector<Renaming> all;
        candidate_renamings({}, all);
        return all;
    }
};
static_assert(OffersFixedRenamings<FixedCounters> && !OffersFixedRenamings<Counters>);

SearchOptions renaming(unsigned workers = 1) {
    SearchOptions options;
    options.use_renamings = true;
    options.workers = workers;
    return options;
}

} // namespace

TEST_CASE_TEMPLATE("multisets instead of tuples, the same verdicts and lengths, paths that can be run", M, Counters,
                   FixedCounters) {
    const M model;
    const Report whole = search(model);
    CHECK(whole.distinct_states == 625); // 5 to the power of 4
    for (const unsigned workers : {1U, 2U, 3U}) {
        const Report reduced = search(model, renaming(workers));
        CHECK(reduced.exhaustive);
        CHECK(reduced.distinct_states == 70); // multisets of 4 out of 5
        REQUIRE(reduced.verdicts.size() == 2);
        for (std::size_t i = 0; i < 2; ++i) {
            CHECK(reduced.verdicts[i].verdict == whole.verdicts[i].verdict);
            const Path& path = reduced.verdicts[i].path.value();
            CHECK(path.firings.size() == whole.verdicts[i].path.value().firings.size());
            const GlobalState end = states_along(model, path).back();
            CHECK((judge(model, end) >> i & 1) == i);
        }
    }
}

TEST_CASE_TEMPLATE("a property that sees names is an error that names it, not a state that is lost", M, Counters,
                   FixedCounters) {
    M model;
    model.verdict = [](ScriptedModel::Summaries all) {
        return *all[0] == "4" && *all[1] == "0" && *all[2] != "0" ? PropertyBits{0} : PropertyBits{1};
    };
    for (const PropertyKind kind : {PropertyKind::always, PropertyKind::reachable}) {
        model.property_list = {{"names", kind, "The first is not done before the second begins."}};
        for (const unsigned workers : {1U, 3U}) {
            const Report report = search(model, renaming(workers));
            if (report.verdicts[0].verdict == Verdict::reached) // by a run that shows it
                continue;
            CHECK(report.verdicts[0].verdict == Verdict::error);
            CHECK_FALSE(report.exhaustive);
            CHECK(report.verdicts[0].reason.find("names") != std::string::npos);
        }
    }
    unsigned told = 0;
    for (std::size_t counter = 0; counter < 4; ++counter) {
        model.property_list = {{"alone", PropertyKind::reachable, "This counter gets to the end on its own."}};
        model.verdict = [counter](ScriptedModel::Summaries all) {
            for (std::size_t other = 0; other < 4; ++other)
                if (*all[other] != (other == counter ? "4" : "0"))
                    return PropertyBits{0};
            return PropertyBits{1};
        };
        CHECK(search(model).verdicts[0].verdict == Verdict::reached);
        const Report report = search(model, renaming());
        CHECK((report.verdicts[0].verdict == Verdict::reached || report.verdicts[0].verdict == Verdict::error));
        told += report.verdicts[0].reason.find("property 'alone' tells apart what renaming makes equal") !=
                        std::string::npos
                    ? 1
                    : 0;
    }
    CHECK(told >= 2);
}

TEST_CASE_TEMPLATE("a renaming that does not commute with the steps is an error, which names a step if it can", M,
                   Counters, FixedCounters) {
    M model;
    model.handler = [](StepIndex step, const Inputs& inputs, Outcomes& outcomes) {
        const int value = std::stoi(std::string(inputs.values[0]));
        if (value < (step == 0 ? 4 : 2)) // only the first counter gets to the end
            outcomes.push_back({.writes = {{step, std::to_string(value + 1)}}, .sends = {}});
    };
    model.property_list = {{"far", PropertyKind::reachable, "Two counters get beyond two."}};
    model.verdict = [](ScriptedModel::Summaries all) {
        return PropertyBits{std::ranges::count_if(all, [](const std::string* each) { return *each > "2"; }) >= 2};
    };
    CHECK(search(model).verdicts[0].verdict == Verdict::not_reached);
    const Report report = search(model, renaming());
    CHECK(report.verdicts[0].verdict == Verdict::error); // never a finding that cannot be run
    CHECK(report.verdicts[0].reason.find("not commute") != std::string::npos);
    if (OffersFixedRenamings<M>)
        CHECK(report.verdicts[0].reason.find("step 'up ") != std::string::npos);
}

TEST_CASE("the switch is off by default") {
    CHECK(search(Counters()).distinct_states == search(Counters(), SearchOptions{}).distinct_states);
    CHECK(search(Counters(), renaming()).distinct_states < search(Counters()).distinct_states);
}

namespace {

// A clock that nobody looks at, so that all its times are one; but it has a last one, and stops there.
struct Clock : ScriptedModel {
    static constexpr int last = 6;

    Clock() {
        slot_list = {{.name = "clock"}, {.name = "phase"}};
        step_list.push_back({.name = "tick", .reads = {0, 1}, .takes = {}, .room = {}});
        initial = {{"0", "0"}};
        handler = [](StepIndex, const Inputs& inputs, Outcomes& outcomes) {
            const int time = std::stoi(std::string(inputs.values[0]));
            const int phase = std::stoi(std::string(inputs.values[1]));
            if (time < last && phase < 9)
                outcomes.push_back(
                    {.writes = {{0, std::to_string(time + 1)}, {1, std::to_string(phase + 1)}}, .sends = {}});
        };
        property_list = {{"not_eight", PropertyKind::always, "The phase is never 8."},
                         {"four", PropertyKind::reachable, "The phase gets to 4."}};
        verdict = [](Summaries all) {
            return (*all[1] != "8" ? PropertyBits{1} : 0) | (*all[1] == "4" ? PropertyBits{2} : 0);
        };
    }
    void candidate_renamings(Summaries, std::vector<Renaming>& candidates) const { candidates.push_back(0); }
    SlotIndex renamed_slot(Renaming, SlotIndex slot) const { return slot; }
    std::string renamed_bytes(Renaming, SlotIndex slot, std::string_view bytes) const {
        return slot == 0 ? "0" : std::string(bytes);
    }
};

struct ClockThatKnows : Clock {
    std::optional<std::string> limit_at(const GlobalState& state) const {
        return state[0] == std::to_string(last) ? std::optional<std::string>("time") : std::nullopt;
    }
};
static_assert(KnowsItsLimits<ClockThatKnows> && !KnowsItsLimits<Clock>);

} // namespace

TEST_CASE("a run that cannot be shown, because the model ends, is a limit and no error") {
    const Report report = search(ClockThatKnows(), renaming());
    CHECK_FALSE(report.exhaustive);
    CHECK(report.limit == "time");
    CHECK(report.verdicts[0].verdict == Verdict::inconclusive);
    CHECK(report.verdicts[0].reason == "time");
    CHECK(report.verdicts[1].verdict == Verdict::reached); // its run can be
    CHECK(report.verdicts[1].path.value().firings.size() == 4);

    const Report unknown = search(Clock(), renaming());
    CHECK(unknown.verdicts[0].verdict == Verdict::error);
}

namespace {

// Renamings that are none, each in a way of its own.
template <class M> struct Misled : M {
    std::function<SlotIndex(Renaming, SlotIndex)> moves;
    std::function<std::string(Renaming, SlotIndex, std::string_view)> rewrites =
        [](Renaming, SlotIndex, std::string_view bytes) { return std::string(bytes); };
    SlotIndex renamed_slot(Renaming renaming, SlotIndex slot) const { return moves(renaming, slot); }
    std::string renamed_bytes(Renaming renaming, SlotIndex slot, std::string_view bytes) const {
        return rewrites(renaming, slot, bytes);
    }
};

template <class M> std::string complaint(const Misled<M>& model) {
    std::string said;
    for (const unsigned workers : {1U, 3U}) {
        const Report report = search(model, renaming(workers));
        CHECK_FALSE(report.exhaustive);
        for (const PropertyVerdict& each : report.verdicts)
            if (each.verdict == Verdict::error)
                said = each.reason;
    }
    return said;
}

} // namespace

TEST_CASE_TEMPLATE("numbers and contents that renamings hand over are looked at", M, Counters, FixedCounters) {
    Misled<M> model;
    const auto permuted = [](Renaming renaming, SlotIndex slot) {
        return static_cast<SlotIndex>(renaming >> (4 * slot) & 15);
    };
    model.moves = permuted;
    CHECK(search(model, renaming()).distinct_states == 70);
    model.moves = [&](Renaming renaming, SlotIndex slot) {
        return renaming == 0x3210 ? slot : static_cast<SlotIndex>(permuted(renaming, slot) + 4000);
    };
    CHECK(complaint(model).find("moves slot 'counter 0' to slot 40") != std::string::npos);
    model.moves = [](Renaming renaming, SlotIndex slot) { return renaming == 0x3210 ? slot : SlotIndex{0}; };
    CHECK(complaint(model).find("to slot 'counter 0', where it has moved another one to") != std::string::npos);
    model.moves = permuted;
    model.rewrites = [](Renaming renaming, SlotIndex, std::string_view bytes) {
        return renaming != 0x3210 && bytes == "1" ? throw std::out_of_range("one") : std::string(bytes);
    };
    CHECK(complaint(model).find(" threw std::out_of_range: one") != std::string::npos);
    model.slot_list[2].kind = SlotKind::bag;
    model.rewrites = [](Renaming, SlotIndex, std::string_view bytes) { return std::string(bytes); };
    model.step_list[2].reads = {0};
    model.handler = [](StepIndex, const Inputs&, Outcomes&) {};
    for (GlobalState& state : model.initial)
        state[2].clear();
    CHECK(complaint(model).find("which is of another kind or capacity") != std::string::npos);
}
