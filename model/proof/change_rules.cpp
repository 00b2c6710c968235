// Which values of the rules of upgrades the proof has a text for, by name: a new one cannot slip in under the number of
// another. Says nothing of what they mean: impl/upgrade_guards.hpp does.
#include <algorithm>

#include "impl/enumerator_names.hpp"
#include "model/proof/change.hpp"

namespace mdcd::model::proof::change {

using impl::UpgradeRules;

namespace {

class Unknown {
public:
    explicit Unknown(const UpgradeRules& rules) : rules_(rules) {}

    template <auto member> void expect(const std::vector<std::string_view>& known) {
        using Choice = std::remove_cvref_t<decltype(rules_.*member)>;
        const auto& names = impl::ValueNames<Choice>::names;
        const auto position = static_cast<std::size_t>(rules_.*member);
        const std::string value(position < names.size() ? names[position] : "a value without a name");
        if (std::ranges::find(known, value) != known.end())
            return;
        std::string all;
        for (const std::string_view each : known)
            all += (all.empty() ? "" : ", ") + std::string(each);
        sentences_.push_back("the proof does not know " + std::string(impl::name_in_source<member>()) + "=" + value +
                             "; it knows " + all);
    }
    [[nodiscard]] std::vector<std::string> sentences() const { return sentences_; }

private:
    const UpgradeRules& rules_;
    std::vector<std::string> sentences_;
};

} // namespace

std::vector<std::string> unknown_to_proof(const UpgradeRules& rules) {
    Unknown unknown(rules);
    unknown.expect<&UpgradeRules::commit_against_failure>({"failure_wins", "lower_id_wins", "commit_wins"});
    unknown.expect<&UpgradeRules::late_failure>({"objects", "recovers_alone"});
    unknown.expect<&UpgradeRules::begin_while_catching_up>({"refuse", "allow"});
    // That a change ends at all is no claim here, and with first_come none might.
    unknown.expect<&UpgradeRules::rivals>({"lower_id_wins"});
    // What a window does not show: what is drained, what is sent later, and what becomes of one process.
    unknown.expect<&UpgradeRules::begin_drain>({"every_seat"});
    unknown.expect<&UpgradeRules::held_before_fork>({"receive"});
    unknown.expect<&UpgradeRules::in_transit_at_commit>({"deliver"});
    unknown.expect<&UpgradeRules::commit_declares>({"everything"});
    unknown.expect<&UpgradeRules::shadow_stops>({"when_decided"});
    unknown.expect<&UpgradeRules::numbers>({"anew"});
    unknown.expect<&UpgradeRules::stale_notifications>({"drop"});
    unknown.expect<&UpgradeRules::earlier_version>({"drop"});
    unknown.expect<&UpgradeRules::when_full>({"go_past"});
    static_assert(sizeof(UpgradeRules) == 13, "each rule has a line");
    return unknown.sentences();
}

} // namespace mdcd::model::proof::change
