// Hidden state is found: in a summary, in a predicate, in a member, in a static that another handler sets; and what
// tells apart states that renaming makes equal. The error names the property or the step.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "checker/liveness.hpp"
#include "checker/search.hpp"
#include "checker/textbook/ring.hpp"
#include "checker/textbook/two_phase_commit.hpp"
#include "tests/support/scripted_model.hpp"

using namespace mdcd::checker;
using mdcd::tests::automaton;
using mdcd::tests::ScriptedModel;

namespace {

bool says(const PropertyVerdict& verdict, const std::string& text) {
    CAPTURE(verdict.reason);
    return verdict.verdict == Verdict::error && verdict.reason.find(text) != std::string::npos;
}

// Two letters in two slots, each of which runs through the alphabet; judging needs no repeated letter.
struct Deduplicating {
    struct Summary {
        mutable std::vector<char> letters; // of this slot; judging takes out what it has met elsewhere
    };
    std::vector<Slot> slot_list = {{.name = "a"}, {.name = "b"}};
    std::vector<Step> step_list = {{.name = "next a", .reads = {0}, .takes = {}, .room = {}},
                                   {.name = "next b", .reads = {1}, .takes = {}, .room = {}}};
    std::vector<Property> property_list = {{"distinct", PropertyKind::always, "The letters differ."}};

    std::span<const Slot> slots() const { return slot_list; }
    std::span<const Step> steps() const { return step_list; }
    std::vector<GlobalState> initial_states() const { return {{"b", "a"}}; }
    void fire(StepIndex step, const Inputs& inputs, Outcomes& outcomes) const {
        if (inputs.values[0] < "e")
            outcomes.push_back(
                {.writes = {{step, std::string(1, static_cast<char>(inputs.values[0][0] + 1))}}, .sends = {}});
    }
    std::span<const Property> properties() const { return property_list; }
    Summary summarise(SlotIndex, std::string_view bytes) const { return {{bytes.begin(), bytes.end()}}; }
    PropertyBits judge(std::span<const Summary* const> all) const {
        auto& first = all[0]->letters;
        auto& second = all[1]->letters;
        const bool meet = !first.empty() && first == second;
        first.clear(); // "it has been looked at"
        return meet ? 0 : 1;
    }
    std::span<const std::string> coverage_points() const { return {}; }
};

// `set a` writes down what it did where `copy` finds it, without being shown it.
struct Whispering : ScriptedModel {
    static inline std::string whispered;

    explicit Whispering(bool setter_first) {
        whispered.clear();
        slot_list = {{.name = "a"}, {.name = "b"}};
        const Step set{.name = "set a", .reads = {0}, .takes = {}, .room = {}};
        const Step copy{.name = "copy a to b", .reads = {1}, .takes = {}, .room = {}};
        step_list = setter_first ? std::vector<Step>{set, copy} : std::vector<Step>{copy, set};
        initial = {{"0", "0"}};
        handler = [setter_first](StepIndex step, const Inputs& inputs, Outcomes& outcomes) {
            if ((step == 0) == setter_first) {
                whispered = "1";
                if (inputs.values[0] == "0")
                    outcomes.push_back({.writes = {{0, "1"}}, .sends = {}});
            } else if (inputs.values[0] == "0" && !whispered.empty()) {
                outcomes.push_back({.writes = {{1, whispered}}, .sends = {}});
            }
        };
        property_list = {{"not_alone", PropertyKind::always, "b is not 1 while a is 0."}};
        verdict = [](Summaries all) { return PropertyBits{*all[1] != "1" || *all[0] == "1"}; };
    }
};

} // namespace

TEST_CASE("a summary that judging changes is found, and the property is named") {
    for (const unsigned workers : {1U, 2U}) {
        SearchOptions options;
        options.workers = workers;
        const Report report = search(Deduplicating(), options);
        CHECK_FALSE(report.exhaustive);
        CHECK(report.verdicts[0].verdict == Verdict::error);
        CHECK(report.verdicts[0].reason.find("'distinct'") != std::string::npos);
    }
}

TEST_CASE("a predicate that counts its calls, and one that sets bits of no property") {
    ScriptedModel model = automaton("a", {"ab", "bc", "cd", "da"});
    model.property_list = {{"one", PropertyKind::always, "."}, {"other", PropertyKind::reachable, "."}};
    unsigned calls = 0;
    model.verdict = [&calls](ScriptedModel::Summaries) { return ++calls > 3 ? PropertyBits{3} : PropertyBits{1}; };
    const Report report = search(model);
    CHECK_FALSE(report.exhaustive);
    CHECK(report.verdicts[1].verdict == Verdict::error);
    model.verdict = [](ScriptedModel::Summaries) { return PropertyBits{0x21}; };
    CHECK(says(search(model).verdicts[0], "the predicates set bit 5, the model has 2 properties"));
}

TEST_CASE("a handler that hears of another by a static is found, whatever their order, and is named") {
    for (const bool setter_first : {true, false}) {
        CAPTURE(setter_first);
        SearchOptions options;
        options.check_determinism = !setter_first; // once it was whispered, it cannot be taken back in this process
        const Report report = search(Whispering(setter_first), options);
        CHECK_FALSE(report.exhaustive);
        CHECK(says(report.verdicts[0], "step 'copy a to b' is not deterministic"));
    }
    const std::vector<ProgressClaim> claims = {{"ends", "."}};
    const auto pending = [](ScriptedModel::Summaries) { return PropertyBits{0}; };
    CHECK(check_progress(Whispering(true), claims, pending).verdicts[0].verdict == Verdict::error);
}

TEST_CASE("a handler that remembers in a member what it did is found at the end, with other histories") {
    struct Remembering : ScriptedModel {
        mutable int highest = 0;
    };
    Remembering model;
    model.slot_list = {{.name = "n"}};
    model.step_list = {{.name = "up", .reads = {0}, .takes = {}, .room = {}}};
    model.initial = {{"0"}};
    model.handler = [&model](StepIndex, const Inputs& inputs, Outcomes& outcomes) {
        const int n = std::stoi(std::string(inputs.values[0]));
        model.highest = std::max(model.highest, n);
        if (n < 9)
            outcomes.push_back({.writes = {{0, std::to_string(model.highest + 1)}}, .sends = {}});
    };
    model.property_list = {{"small", PropertyKind::always, "."}};
    model.verdict = [](ScriptedModel::Summaries) { return PropertyBits{1}; };
    CHECK(says(search(model).verdicts[0], "step 'up' is not deterministic"));
}

TEST_CASE("nothing is found in models that keep their contract") {
    for (const bool check : {true, false}) {
        SearchOptions options;
        options.check_determinism = check;
        CHECK(search(textbook::TwoPhaseCommit(5), options).exhaustive);
        options.use_renamings = true;
        CHECK(search(textbook::TwoPhaseCommit(5), options).exhaustive);
        CHECK(search(textbook::Ring(6), options).exhaustive);
    }
}
