// Tells rules of upgrades from others by their names alone.
// Knows no value of a rule.
#include "checker/cli/prove_rules.hpp"

#include <algorithm>
#include <iterator>

#include "checker/cli/check_options.hpp"
#include "checker/cli/node/upgrade_rules_text.hpp"
#include "checker/cli/usage_error.hpp"
#include "model/proof/agreement.hpp"
#include "model/proof/change.hpp"
#include "model/proof/cluster_lemmas.hpp"
#include "model/proof/link_proof.hpp"
#include "traces/reader.hpp"
#include "traces/value.hpp"

namespace mdcd::checker::cli {
namespace {

bool is_of_upgrades(const std::string& change) {
    return node::is_upgrade_rule(change.substr(0, change.find('=')));
}

} // namespace

model::NamedRules rules_of_cluster(const std::string& name, const std::vector<std::string>& set) {
    std::vector<std::string> others;
    std::ranges::remove_copy_if(set, std::back_inserter(others), is_of_upgrades);
    return changed_rules(name, others);
}

impl::UpgradeRules rules_of_upgrades(const std::vector<std::string>& set) {
    traces::Value::Record record;
    for (const std::string& change : set)
        if (const std::size_t equals = change.find('='); is_of_upgrades(change))
            record.emplace_back(change.substr(0, equals), equals == std::string::npos ? "" : change.substr(equals + 1));
    const traces::Value value(std::move(record));
    return node::upgrade_rules_from(traces::Reader(value, "--set"));
}

void expect_known_rules_of_upgrades(const impl::UpgradeRules& rules, bool is_asked) {
    const std::string unknown = joined_sentences(model::proof::change::unknown_to_proof(rules));
    if (!unknown.empty())
        throw UsageError(unknown);
    if (!is_asked && !(rules == impl::UpgradeRules{}))
        throw UsageError("rules of upgrades are asked about with several components and all claims "
                         "(--rules repaired_vector)");
}

void add_lemmas_about_several(std::vector<std::string>& known) {
    for (const model::proof::cluster::Lemma& each : model::proof::cluster::lemmas())
        known.emplace_back(each.name);
    for (const model::proof::agreement::Lemma& each : model::proof::agreement::lemmas())
        known.emplace_back(each.name);
    for (const model::proof::change::Lemma& each : model::proof::change::lemmas())
        known.emplace_back(each.name);
    for (const model::proof::link::Statement& each : model::proof::link::lemmas())
        known.emplace_back(each.name);
}

std::string joined_sentences(const std::vector<std::string>& sentences) {
    std::string all;
    for (const std::string& each : sentences)
        all += (all.empty() ? "" : "; ") + each;
    return all;
}

} // namespace mdcd::checker::cli
