// More than one counterexample: ways into a violation that differ in the last step, or in what it passed on the way.
// Looks at the first few violating states of each round: which ones are found does not depend on the workers.
#include <bit>

#include "checker/engine/explorer.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::engine {

// The state `number` is the first to violate these properties.
void Explorer::want_more(std::uint64_t number, PropertyBits violated) {
    if (options_.paths_max < 2 || number < position_.initial_count)
        return;
    const Enabled last = trail().last_firing(number);
    for (PropertyBits bits = violated; bits != 0; bits &= bits - 1)
        last_steps_[static_cast<std::size_t>(std::countr_zero(bits))].insert({last.firing.step, last.outcome.fired});
    open_.again |= violated;
}

// Only the first few states of a round count for a property; `seen`: how many it has had.
void Explorer::look_again(const Finding& finding, std::array<unsigned, property_count_max>& seen) {
    for (PropertyBits bits = open_.again & ~finding.bits; bits != 0; bits &= bits - 1)
        if (seen[static_cast<std::size_t>(std::countr_zero(bits))]++ < Tally::again_max)
            settle({.state = finding.state, .kind = Finding::Kind::again, .bits = ~(bits & (~bits + 1))});
}

// `finding.bits` lacks one bit: the property that is violated in another way, if it is another.
void Explorer::settle_again(const Finding& finding) {
    const auto property = static_cast<std::size_t>(std::countr_one(finding.bits));
    try {
        const Enabled last = trail().last_firing(finding.state);
        if (!last_steps_[property].insert({last.firing.step, last.outcome.fired}).second)
            return;
        const auto [path, end] = trail().run_to(finding.state);
        if ((model_.judge_by_hand(end) >> property & 1) != 0)
            throw LostTrail(lost_predicate(model_, PropertyBits{1} << property, options_.use_renamings));
        findings_.push_back(finding);
        decisions_.add(property, path);
        if (last_steps_[property].size() >= options_.paths_max)
            open_.again &= finding.bits;
    } catch (const TrailTooLong&) { // it was more than was asked for
    } catch (const LostTrail& lost) {
        fail_everywhere(lost.what(), {});
    } catch (const ModelError& error) { // it did not fail when it was met
        fail_everywhere(error.what(), {});
    }
}

} // namespace mdcd::checker::engine
