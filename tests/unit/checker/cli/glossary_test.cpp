// Every term of the glossary, every property, rule, scope, preset and exit code can be explained.
// Knows no sentence of them.
#include "checker/cli/glossary.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "checker/cli/exit_code.hpp"
#include "impl/rules.hpp"
#include "model/claims/properties.hpp"
#include "model/inputs/families.hpp"
#include "model/inputs/library.hpp"

namespace mdcd::checker::cli {
namespace {

bool explained(const std::string& word) {
    static const std::vector<Explanation> all = all_explanations();
    const auto found = std::ranges::find(all, word, &Explanation::word);
    return found != all.end() && !found->paragraphs.empty() && !found->paragraphs.front().empty();
}

} // namespace

TEST_CASE("rows of tables become terms, without marks and links") {
    const std::vector<Explanation> terms = terms_of(
        "# Page\n\n| term | meaning |\n|---|---|\n| new version, `low` (L1, ..) | in [ADR 24](adr/24.md), see |\n"
        "| plain | one | two |\nno row\n");
    REQUIRE(terms.size() == 3);
    CHECK(terms[0].word == "new version");
    CHECK(terms[1].word == "low");
    CHECK(terms[1].paragraphs.front() == "in ADR 24, see");
    CHECK(terms[2].word == "plain");
}

TEST_CASE("what the program prints as a name can be explained") {
    for (const std::string word : {"orphan", "lost", "recovery line", "dirty", "passed_AT", "twin", "V"})
        CHECK_MESSAGE(explained(word), word);
    for (const Property& property : model::all_properties())
        CHECK_MESSAGE(explained(property.name), property.name);
    for (const impl::RuleDescription& rule : impl::rule_table())
        CHECK_MESSAGE(explained(std::string(rule.name)), rule.name);
    for (const std::string& scope : model::scope_names())
        CHECK_MESSAGE(explained(scope), scope);
    for (const std::string& preset : model::preset_names())
        CHECK_MESSAGE(explained(preset), preset);
    for (const std::string word : {"selective", "mark_keeps", "levels/two_levels", "begin_drain", "undisturbed"})
        CHECK_MESSAGE(explained(word), word);
    for (const std::string& scope : model::family_scope_names())
        CHECK_MESSAGE(explained(scope), scope);
    for (const ExitCodeMeaning& each : exit_code_meanings)
        CHECK(explained(std::to_string(static_cast<int>(each.code))));
    CHECK(!explained("frobnicate"));
}

} // namespace mdcd::checker::cli
