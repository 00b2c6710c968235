// One case after the other, in the order of the seed. The checker uses one worker and asks no solver.
// What is compared is the length of the shortest violation, -1 where the claim holds.
#include "tests/differential/oracle/comparison.hpp"

#include <doctest/doctest.h>

#include "checker/search.hpp"
#include "impl/rules.hpp"
#include "model/inputs/property_table.hpp"
#include "model/system.hpp"
#include "tests/differential/oracle/oracle.hpp"
#include "tests/differential/oracle/random_case.hpp"
#include "traces/json.hpp"

namespace mdcd::tests {
namespace {

std::string in_words(const RandomCase& drawn) {
    std::string words = traces::to_json(model::to_value(drawn.scope));
    for (const auto& [rule, value] : drawn.oracle_rules())
        words += " --set " + rule + "=" + value;
    return words;
}

int shortest(const checker::PropertyVerdict& found) {
    return found.verdict == checker::Verdict::violated ? static_cast<int>(found.path.value().firings.size())
                                                       : oracle::holds;
}

void compare(const RandomCase& drawn, const checker::Report& report, const oracle::Result& opinion,
             Compared& compared) {
    for (const auto& [claim, length] : opinion.claims) {
        std::size_t property = 0;
        while (property < model::property_count && model::all_properties()[property].name != claim)
            ++property;
        REQUIRE(property < model::property_count);
        if (!model::applies(model::property_at(property), drawn.scope, drawn.rules))
            continue;
        const std::string told(claim);
        CAPTURE(told);
        CHECK(shortest(report.verdicts[property]) == length);
        ++compared.verdicts;
        compared.violated += length == oracle::holds ? 0 : 1;
        compared.violated_by_claim[claim] += length == oracle::holds ? 0 : 1;
    }
}

} // namespace

std::string Compared::text() const {
    return std::to_string(cases) + " cases, " + std::to_string(passed_over) + " passed over, " +
           std::to_string(same_states) + " with equally many states; " + std::to_string(verdicts) + " verdicts, " +
           std::to_string(violated) + " of them violated";
}

Compared compare_with_oracle(const Comparison& comparison) {
    checker::Random random(comparison.seed);
    checker::SearchOptions options;
    options.workers = 1;
    options.limits.states_max = comparison.states_max;
    Compared compared;
    while (compared.cases < comparison.cases) {
        const RandomCase drawn = random_case(random, comparison.components);
        const checker::Report report = checker::search(model::System(drawn.scope, drawn.rules), options);
        if (!report.exhaustive) {
            CAPTURE(in_words(drawn));
            REQUIRE(report.limit == "states"); // and not an error
            ++compared.passed_over;
            continue;
        }
        const oracle::Result opinion = oracle::judge(drawn.oracle_scope(), drawn.oracle_rules());
        CAPTURE(in_words(drawn));
        REQUIRE(opinion.exhausted);
        compare(drawn, report, opinion, compared);
        ++compared.cases;
        compared.same_states += opinion.states == report.distinct_states ? 1 : 0;
    }
    return compared;
}

} // namespace mdcd::tests
