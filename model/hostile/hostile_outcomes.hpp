// Outcomes that scopes of the family `hostile` are too small for, by the names of their claims. They are possible in
// other scopes of the family, and not asked for in these; a test holds what is reached against this list.
// Knows no state.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mdcd::model::hostile {

struct OutOfReach {
    std::string_view scope;
    std::vector<std::string> outcomes;
};
inline const std::vector<OutOfReach> all_out_of_reach = {
    {"one_one_headers", {"an untested output depends on the cluster"}},
    {"one_one_everything", {"an old version is influenced", "an untested output depends on the cluster"}},
    {"one_two", {"an old version is influenced"}},
    {"one_two_alarms", {"an old version is influenced"}},
    {"one_two_everything", {"an old version is influenced", "what a test has proved survives recovery"}},
    {"two_one", {"an untested output depends on the cluster"}},
    {"two_one_everything", {"an old version is influenced", "an untested output depends on the cluster"}},
    {"in_recovery", {"an untested output depends on the cluster"}},
    {"in_recovery_two", {"an old version is influenced", "an untested output depends on the cluster"}},
    {"two_one_twice", {"an untested output depends on the cluster"}},
    {"two_one_names", {"an old version is influenced", "an untested output depends on the cluster"}},
    {"copies_everything", {"an old version differs"}},
    {"copies_two_actives", {"an old version differs"}},
    {"clean_as_others",
     {"an old version is influenced", "what a test has proved survives recovery",
      "a clean process depends on the cluster", "an untested output depends on the cluster"}},
    {"tests_as_others",
     {"an old version is influenced", "what a test has proved survives recovery",
      "a clean process depends on the cluster", "an untested output depends on the cluster"}},
    {"headers", {"an old version is influenced", "an untested output depends on the cluster"}},
    {"headers_twice", {"an old version is influenced", "an untested output depends on the cluster"}},
    {"content", {"an old version is influenced", "an untested output depends on the cluster"}},
    {"content_two", {"an old version is influenced", "an untested output depends on the cluster"}},
    {"tests", {"an old version is influenced", "an untested output depends on the cluster"}},
    {"outputs", {"an old version is influenced", "an untested output depends on the cluster"}},
    {"old_version_hears", {"what a test has proved survives recovery", "an untested output depends on the cluster"}},
    {"outputs_first", {"an old version is influenced", "an untested output depends on the cluster"}},
    {"announcements", {"an old version is influenced", "an untested output depends on the cluster"}},
    {"decisions", {"an old version is influenced", "an untested output depends on the cluster"}},
    {"false_replies", {"an old version is influenced", "an untested output depends on the cluster"}},
    {"counter", {"an old version is influenced", "an untested output depends on the cluster"}},
    {"to_old_version", {"an old version is influenced", "an untested output depends on the cluster"}},
    {"costs_two", {"an old version is influenced"}},
    {"next_incarnation", {"an old version is influenced", "an untested output depends on the cluster"}},
};

inline std::vector<std::string> out_of_reach(std::string_view scope) {
    for (const auto& [name, outcomes] : all_out_of_reach)
        if (name == scope)
            return outcomes;
    return {};
}

} // namespace mdcd::model::hostile
