// A user of the installed engine: a lamp that may be switched on, and may break when it is; the engine explores it
// and must find the shortest way to a broken lamp.
#include <cstdio>

#include <mdcd/checker/model.hpp>
#include <mdcd/checker/search.hpp>
#include <mdcd/checker/version.hpp>

namespace {

using namespace mdcd::checker;

struct Lamp {
    using Summary = char; // 'o'ff, 'l'it, 'b'roken
    std::vector<Slot> slots_ = {{.name = "lamp"}};
    std::vector<Step> steps_ = {{.name = "switch", .reads = {0}, .takes = {}, .room = {}}};
    std::vector<Property> properties_ = {{"intact", PropertyKind::always, "The lamp is not broken."}};
    std::vector<std::string> coverage_;

    const std::vector<Slot>& slots() const { return slots_; }
    const std::vector<Step>& steps() const { return steps_; }
    const std::vector<Property>& properties() const { return properties_; }
    const std::vector<std::string>& coverage_points() const { return coverage_; }
    std::vector<GlobalState> initial_states() const { return {{"o"}}; }
    Summary summarise(SlotIndex, std::string_view bytes) const { return bytes[0]; }
    PropertyBits judge(std::span<const Summary* const> lamp) const { return *lamp[0] != 'b'; }
    void fire(StepIndex, const Inputs& inputs, Outcomes& outcomes) const {
        if (inputs.values[0] == "o")
            outcomes.push_back({.writes = {{0, "l"}}, .sends = {}});
        if (inputs.values[0] == "l")
            outcomes = {{.writes = {{0, "o"}}, .sends = {}}, {.writes = {{0, "b"}}, .sends = {}}};
    }
};
static_assert(Model<Lamp>);

// A name that a user may have: no header of ours may make it mean something else.
struct Claim {
    bool invariant(bool condition, const char*) const { return condition; }
};

} // namespace

int main() {
    const Report report = search(Lamp());
    const PropertyVerdict& intact = report.verdicts.front();
    const std::size_t steps = intact.path ? intact.path->firings.size() : 0;
    std::printf("engine %s: %llu states, broken after %zu steps\n", version,
                static_cast<unsigned long long>(report.distinct_states), steps);
    const bool right = intact.verdict == Verdict::violated && steps == 2 && report.distinct_states == 3;
    return Claim().invariant(right && report.exhaustive, "three states") ? 0 : 1;
}
