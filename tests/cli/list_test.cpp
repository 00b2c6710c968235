// `mdcd list`: everything that can be named elsewhere, with its reason.
// The texts themselves are those of the tables; here it is checked that all of them are shown.
#include <doctest/doctest.h>

#include "impl/rules.hpp"
#include "model/claims/properties.hpp"
#include "model/claims/user_invariant.hpp"
#include "model/inputs/library.hpp"
#include "tests/cli/process.hpp"

namespace mdcd::tests::cli {
namespace {

std::string listed(const std::string& kind) {
    const Finished finished = run_mdcd({"list", kind});
    CHECK(finished.exit_code == 0);
    CHECK(finished.err.empty());
    return "\n" + finished.out;
}

void check_entry(const std::string& list, const std::string& head, const std::string& text) {
    CHECK_MESSAGE(list.find("\n" + head + "\n    " + text) != std::string::npos, head);
}

} // namespace

TEST_CASE("rules with their values and what is open") {
    const std::string list = listed("rules");
    for (const impl::RuleDescription& rule : impl::rule_table()) {
        std::string head(rule.name);
        for (const std::string_view value : rule.values)
            head.append(value == rule.values.front() ? " = " : " | ").append(value);
        check_entry(list, head, std::string(rule.gap) + " (" + std::string(rule.source) + ")\n");
    }
}

TEST_CASE("properties with their kind and claim") {
    const std::string list = listed("properties");
    for (const checker::Property& property : model::all_properties())
        check_entry(list,
                    property.name + (property.kind == checker::PropertyKind::always      ? " (always)"
                                     : property.kind == checker::PropertyKind::reachable ? " (reachable)"
                                                                                         : " (eventually)"),
                    property.rationale + "\n");
}

TEST_CASE("scopes and presets with their descriptions, presets with what they change") {
    const std::string scopes = listed("scopes");
    for (const std::string& name : model::scope_names())
        check_entry(scopes, name, model::load_scope(name).description + "\n");
    const std::string presets = listed("presets");
    for (const std::string& name : model::preset_names()) {
        const model::NamedRules& preset = model::preset(name);
        const std::string changed = model::changes(model::preset("published").rules, preset.rules);
        check_entry(presets, name,
                    preset.description + "\n" +
                        (changed.empty() ? "" : "    differs from published: " + changed + "\n"));
    }
}

TEST_CASE("the vocabulary of invariants, with types") {
    const std::string list = listed("vocabulary");
    for (const model::VocabularyWord& word : model::vocabulary_words())
        check_entry(list, word.name + (word.arguments.empty() ? "" : " (" + word.arguments + ")") + ": " + word.result,
                    word.meaning + "\n");
    check_entry(list, "checkpoint_index (Process Int): Int",
                "The index of a checkpoint that it keeps, by position from 1, the oldest first; 0 if there is none.\n");
}

TEST_CASE("something else is wrong usage") {
    const Finished unknown = run_mdcd({"list", "ruels"});
    CHECK(unknown.exit_code == 64);
    CHECK(unknown.err.find("unknown command 'ruels' (did you mean 'rules'?)") != std::string::npos);
    CHECK(run_mdcd({"list"}).exit_code == 64);
    CHECK(run_mdcd({"list", "rules", "more"}).exit_code == 64);
}

} // namespace mdcd::tests::cli
