// Coverage points and which of them a scope and its rules leave room for: what fires is always foreseen, and in the
// shipped smallest scope what is foreseen fires.
#include <doctest/doctest.h>

#include <set>
#include <string>

#include "checker/search.hpp"
#include "model/inputs/library.hpp"
#include "model/steps/coverage.hpp"
#include "tests/unit/model/run.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

// The points that fired in an exhaustive search. Each must have been foreseen.
std::set<std::string> fired(const Scope& scope, const impl::Rules& rules) {
    const System system(scope, rules);
    const checker::Report report = checker::search(system);
    REQUIRE(report.exhaustive);
    REQUIRE(report.coverage.size() == step_coverage_points().size());
    std::set<std::string> names;
    for (std::size_t point = 0; point < report.coverage.size(); ++point)
        if (report.coverage[point] > 0) {
            names.insert(step_coverage_points()[point]);
            CHECK_MESSAGE(can_fire(point, scope, rules), step_coverage_points()[point] << " was not foreseen");
        }
    return names;
}

std::set<std::string> foreseen(const Scope& scope, const impl::Rules& rules) {
    std::set<std::string> names;
    for (std::size_t point = 0; point < step_coverage_points().size(); ++point)
        if (can_fire(point, scope, rules))
            names.insert(step_coverage_points()[point]);
    return names;
}

} // namespace

TEST_CASE("the points are the notes that steps can make, by name") {
    const auto points = step_coverage_points();
    CHECK(points.size() == static_cast<std::size_t>(impl::NoteKind::rolled_back));
    for (std::size_t point = 0; point < points.size(); ++point)
        CHECK(points[point] == impl::note_name(static_cast<impl::NoteKind>(point)));
}

TEST_CASE("in the smallest shipped scope everything that is foreseen fires") {
    const Scope scope = load_scope("tiny");
    const impl::Rules& rules = preset(scope.rules).rules;
    CHECK(fired(scope, rules) == foreseen(scope, rules));
}

TEST_CASE("whatever fires was foreseen, under every value of every rule") {
    const Scope scope = scope_of(2, {.cluster_messages = 2, .active_messages = 1, .active_acceptance_tests = 1});
    for (const impl::RuleDescription& rule : impl::rule_table())
        for (std::uint8_t value = 1; value < rule.values.size(); ++value) {
            CAPTURE(rule.name);
            CAPTURE(rule.values[value]);
            impl::Rules rules;
            rule.set(rules, value);
            CHECK(fired(scope, rules).contains("checkpoint_first"));
        }
}

TEST_CASE("what needs a budget or a rule is not foreseen without it") {
    const Scope nothing = scope_of(1, {.cluster_messages = 1});
    for (const std::string name : {"sent_clean", "propagated", "checkpoint_propagated", "withheld", "checkpoint_new_sn",
                                   "no_checkpoint_not_newer", "at_passed", "checkpoint_dropped", "became_clean",
                                   "outputs_purged", "inputs_purged", "number_advanced"})
        CHECK_MESSAGE(!foreseen(nothing, {}).contains(name), name);
    CHECK(foreseen(nothing, {}).contains("checkpoint_first"));
    impl::Rules literal;
    literal.dirty_delivery = impl::DirtyDelivery::literal;
    CHECK(foreseen(nothing, literal).contains("withheld"));
    CHECK(!foreseen(scope_of(1, {.cluster_messages = 1, .low_acceptance_tests = 1}), {}).contains("number_advanced"));
    const Scope tests = scope_of(2, {.cluster_messages = 1, .low_acceptance_tests = 1});
    CHECK(foreseen(tests, {}).contains("number_advanced"));
    impl::Rules keep;
    keep.notification_sn = impl::NotificationSn::keep;
    CHECK(!foreseen(tests, keep).contains("number_advanced"));
}

} // namespace mdcd::tests
