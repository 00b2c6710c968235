// Outcomes that scopes of the family `upgrade` are too small for, by the names of their claims. They are possible in
// other scopes of the family, and not asked for in these; a test holds what is reached against this list.
// Knows no state.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mdcd::model::upgrade {

struct OutOfReach {
    std::string_view scope;
    std::vector<std::string> outcomes;
};
inline const std::vector<OutOfReach> all_out_of_reach = {
    {"commit", {"outputs of both versions"}},
    {"race", {"outputs of both versions"}},
    {"two_begins",
     {"an outcome that not all know yet", "dirty when a commit is decided", "quiet after a commit",
      "quiet after a recovery", "a clean process that depends on the upgrade", "validated dependence after a recovery",
      "an output without a test that depends on an upgrade", "outputs of both versions",
      "a failure is told to who commits", "an old version catches up"}},
    {"between_actives",
     {"both versions have received the same", "validated dependence after a recovery", "outputs of both versions",
      "an old version catches up"}},
    {"two_commit",
     {"quiet after a recovery", "a clean process that depends on the upgrade", "validated dependence after a recovery",
      "an output without a test that depends on an upgrade", "outputs of both versions",
      "a failure is told to who commits", "an old version catches up"}},
    {"two_abort",
     {"an outcome that not all know yet", "dirty when a commit is decided", "quiet after a commit",
      "a clean process that depends on the upgrade", "validated dependence after a recovery",
      "an output without a test that depends on an upgrade", "outputs of both versions",
      "a failure is told to who commits", "an old version catches up"}},
    {"two_catch_up",
     {"an outcome that not all know yet", "dirty when a commit is decided", "quiet after a commit",
      "an output without a test that depends on an upgrade", "outputs of both versions",
      "a failure is told to who commits"}},
    {"abort_begin",
     {"an outcome that not all know yet", "dirty when a commit is decided", "quiet after a commit",
      "a failure is told to who commits"}},
    {"commit_begin", {"outputs of both versions", "an old version catches up"}},
    {"abort_other",
     {"an outcome that not all know yet", "dirty when a commit is decided", "quiet after a commit",
      "an output without a test that depends on an upgrade", "outputs of both versions",
      "a failure is told to who commits"}},
    {"commit_other", {"outputs of both versions", "an old version catches up"}},
    {"crash_race", {"both versions have received the same", "outputs of both versions"}},
    {"crash_actives",
     {"both versions have received the same", "validated dependence after a recovery", "outputs of both versions",
      "an old version catches up"}},
    {"crash_again",
     {"an outcome that not all know yet", "both versions have received the same", "dirty when a commit is decided",
      "quiet after a commit", "an output without a test that depends on an upgrade", "outputs of both versions",
      "a failure is told to who commits"}},
    {"crash_two",
     {"quiet after a recovery", "a clean process that depends on the upgrade", "validated dependence after a recovery",
      "an output without a test that depends on an upgrade", "outputs of both versions",
      "a failure is told to who commits", "an old version catches up"}},
    {"again", {"outputs of both versions"}},
    {"actives_output", {"both versions have received the same", "outputs of both versions"}},
    {"two_output",
     {"both versions have received the same", "validated dependence after a recovery", "outputs of both versions",
      "an old version catches up"}},
    {"two_operators",
     {"a clean process that depends on the upgrade", "validated dependence after a recovery",
      "an output without a test that depends on an upgrade", "outputs of both versions",
      "a failure is told to who commits", "an old version catches up"}},
    {"begin_elsewhere",
     {"an outcome that not all know yet", "dirty when a commit is decided", "quiet after a commit",
      "quiet after a recovery", "a clean process that depends on the upgrade", "validated dependence after a recovery",
      "an output without a test that depends on an upgrade", "outputs of both versions",
      "a failure is told to who commits", "an old version catches up"}},
    {"begin_other",
     {"an outcome that not all know yet", "dirty when a commit is decided", "quiet after a commit",
      "an output without a test that depends on an upgrade", "outputs of both versions",
      "a failure is told to who commits"}},
    {"begins_differ",
     {"an outcome that not all know yet", "dirty when a commit is decided", "quiet after a commit",
      "quiet after a recovery", "a clean process that depends on the upgrade", "validated dependence after a recovery",
      "an output without a test that depends on an upgrade", "outputs of both versions",
      "a failure is told to who commits", "an old version catches up"}},
    {"begin_twice",
     {"an outcome that not all know yet", "both versions have received the same", "dirty when a commit is decided",
      "quiet after a commit", "quiet after a recovery", "a clean process that depends on the upgrade",
      "validated dependence after a recovery", "an output without a test that depends on an upgrade",
      "outputs of both versions", "a failure is told to who commits", "an old version catches up"}},
    {"commit_first",
     {"both versions have received the same", "validated dependence after a recovery", "outputs of both versions",
      "an old version catches up"}},
    {"commit_second",
     {"both versions have received the same", "dirty when a commit is decided", "validated dependence after a recovery",
      "outputs of both versions", "a failure is told to who commits", "an old version catches up"}},
    {"commit_late",
     {"both versions have received the same", "dirty when a commit is decided",
      "a clean process that depends on the upgrade", "validated dependence after a recovery",
      "an output without a test that depends on an upgrade", "outputs of both versions", "an old version catches up"}},
    {"commit_plain",
     {"both versions have received the same", "quiet after a recovery", "a clean process that depends on the upgrade",
      "validated dependence after a recovery", "an output without a test that depends on an upgrade",
      "outputs of both versions", "a failure is told to who commits", "an old version catches up"}},
    {"again_abort",
     {"an outcome that not all know yet", "both versions have received the same", "dirty when a commit is decided",
      "quiet after a commit", "an output without a test that depends on an upgrade", "outputs of both versions",
      "a failure is told to who commits"}},
    {"again_committed",
     {"both versions have received the same", "quiet after a recovery", "validated dependence after a recovery",
      "outputs of both versions", "a failure is told to who commits", "an old version catches up"}},
    {"again_seat",
     {"an outcome that not all know yet", "dirty when a commit is decided", "quiet after a commit",
      "a clean process that depends on the upgrade", "validated dependence after a recovery",
      "an output without a test that depends on an upgrade", "outputs of both versions",
      "a failure is told to who commits", "an old version catches up"}},
    {"again_early",
     {"an outcome that not all know yet", "both versions have received the same", "dirty when a commit is decided",
      "quiet after a commit", "an output without a test that depends on an upgrade", "outputs of both versions",
      "a failure is told to who commits"}},
    {"crash_commit",
     {"both versions have received the same", "quiet after a recovery", "a clean process that depends on the upgrade",
      "validated dependence after a recovery", "an output without a test that depends on an upgrade",
      "outputs of both versions", "a failure is told to who commits", "an old version catches up"}},
};

inline std::vector<std::string> out_of_reach(std::string_view scope) {
    for (const auto& [name, outcomes] : all_out_of_reach)
        if (name == scope)
            return outcomes;
    return {};
}

} // namespace mdcd::model::upgrade
