// The pinned verdicts that take minutes: the larger scopes, and the matrix of checkpointing rules on one-two.
// Too long for every change, so labelled `long`.
#include <utility>

#include "model/termination.hpp"
#include "tests/support/verdict_lines.hpp"

TEST_CASE("larger scopes under shipped presets") {
    mdcd::tests::check_file("golden/verdicts/scopes_long.txt");
}

TEST_CASE("two coordinators, and larger scopes with recovery by messages") {
    mdcd::tests::check_file("golden/verdicts/asynchronous_long.txt");
}

TEST_CASE("every recovery terminates on the larger scopes") {
    using Pair = std::pair<const char*, const char*>;
    for (const auto& [scope, rules] : {Pair{"async-rivals", "published"}, Pair{"async-rivals", "repaired"},
                                       Pair{"async-rivals", "literal"}, Pair{"async-output", "repaired"}}) {
        CAPTURE(scope);
        CAPTURE(rules);
        const mdcd::model::System system(mdcd::model::load_scope(scope), mdcd::model::preset(rules).rules);
        const auto report = mdcd::model::check_termination(system, {});
        CHECK(report.exhaustive);
        CHECK(report.verdicts.front().verdict == mdcd::checker::Verdict::holds);
    }
}

TEST_CASE("the matrix of checkpointing rules on one-two") {
    mdcd::tests::check_file("golden/verdicts/matrix_long.txt");
}
