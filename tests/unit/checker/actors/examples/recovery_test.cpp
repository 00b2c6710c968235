// The classics of rollback recovery, with their pinned counts, which the plain search has as well, and their mistakes.
// Knows nothing of how they are compiled.
#include <doctest/doctest.h>

#include "checker/actors/check.hpp"
#include "checker/actors/examples/checkpointing.hpp"
#include "checker/actors/examples/snapshots.hpp"
#include "tests/unit/checker/actors/examples/with_all_states.hpp"

using namespace mdcd::checker;
using namespace mdcd::checker::actors;
using examples::checkpointing::checkpointing;
using examples::checkpointing::Rule;
using examples::snapshots::snapshots;
using mdcd::tests::with_all_states;

TEST_CASE("a snapshot is a recovery line; not if channels do not keep their order") {
    const SystemReport two = with_all_states(snapshots(2, 2));
    MESSAGE(to_text(two));
    CHECK(two.search.distinct_states == 436);
    CHECK(exit_code(two) == 0);
    const SystemReport three = with_all_states(snapshots(3, 1));
    MESSAGE(to_text(three));
    CHECK(three.search.distinct_states == 21385);
    CHECK(exit_code(three) == 0);
    const SystemReport overtaken = check(snapshots(2, 2, Order::unordered));
    CHECK(overtaken["no_loss"].verdict == Verdict::violated);
    CHECK(overtaken["no_loss"].path.value().firings.size() == 4);
    CHECK(overtaken["no_orphan"].verdict == Verdict::violated);
    CHECK(overtaken["no_orphan"].path.value().firings.size() == 5);
    MESSAGE(to_text(overtaken));
}

TEST_CASE("checkpoints by index and by dependency are in recovery lines; not if the message comes first") {
    for (const Rule rule : {Rule::by_index, Rule::fixed_dependency}) {
        CAPTURE(static_cast<int>(rule));
        const bool by_index = rule == Rule::by_index;
        const SystemReport two = with_all_states(checkpointing(rule, 2, 2, 1));
        MESSAGE(to_text(two));
        CHECK(two.search.distinct_states == (by_index ? 1149U : 2632U));
        CHECK(two["no_orphan"].verdict == Verdict::holds);
        CHECK(exit_code(check(checkpointing(rule, 2, 2, 2))) == 0);
        const SystemReport three = check(checkpointing(rule, 3, 1, 1));
        MESSAGE(to_text(three));
        CHECK(three.search.distinct_states == (by_index ? 1227U : 1977U)); // up to six renamings
        CHECK(three["no_orphan"].verdict == Verdict::holds);
        CHECK(with_all_states(checkpointing(rule, 3, 1, 1))["no_orphan"].verdict == Verdict::holds);
        const SystemReport late = check(checkpointing(rule, 2, 2, 1, true));
        CHECK(late["no_orphan"].verdict == Verdict::violated);
        CHECK(late["no_orphan"].path.value().firings.size() == 3);
        MESSAGE(to_text(late));
    }
}
