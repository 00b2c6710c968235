// Outcomes that scopes of the family `levels` are too small for, by the names of their claims. They are possible in
// other scopes of the family, and not asked for in these; a test holds what is reached against this list.
// Knows no state.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mdcd::model::levels {

struct OutOfReach {
    std::string_view scope;
    std::vector<std::string> outcomes;
};
inline const std::string higher_rolled_back = "a recovery at the lowest level rolls back a new version of a higher one";
inline const std::string taken_over_rolled_back = "a recovery rolls back an old version that has taken over";
inline const std::vector<OutOfReach> all_out_of_reach = {
    {"two_levels", {higher_rolled_back, taken_over_rolled_back}},
    {"two_levels_twice", {higher_rolled_back, taken_over_rolled_back}},
    {"upward", {taken_over_rolled_back}},
    {"downward", {higher_rolled_back}},
    {"down_through_active", {higher_rolled_back}},
    {"up_through_active", {taken_over_rolled_back}},
    {"own_test", {taken_over_rolled_back}},
    {"two_actives", {higher_rolled_back, taken_over_rolled_back}},
    {"one_each", {higher_rolled_back, taken_over_rolled_back}},
    {"two_of_three", {higher_rolled_back, taken_over_rolled_back}},
    {"past_a_level", {taken_over_rolled_back}},
    {"two_of_a_level", {higher_rolled_back, taken_over_rolled_back}},
    {"three_levels", {higher_rolled_back, taken_over_rolled_back}},
    {"three_upward", {taken_over_rolled_back}},
    {"own_output",
     {higher_rolled_back, taken_over_rolled_back, "after a recovery somebody is still dirty", "recovery has escalated",
      "recovery has escalated, and all have come to the end of their scripts"}},
    {"news_in_turn",
     {higher_rolled_back, taken_over_rolled_back, "a process is marked by a level above the lowest",
      "after a recovery somebody is still dirty", "recovery has escalated",
      "recovery has escalated, and all have come to the end of their scripts",
      "the first recovery is above the lowest level"}},
    {"old_version_hears",
     {higher_rolled_back, taken_over_rolled_back, "a process is marked by a level above the lowest",
      "after a recovery somebody is still dirty", "recovery has escalated",
      "recovery has escalated, and all have come to the end of their scripts",
      "the first recovery is above the lowest level"}},
    {"guarded_version", {taken_over_rolled_back}},
};

inline std::vector<std::string> out_of_reach(std::string_view scope) {
    for (const auto& [name, outcomes] : all_out_of_reach)
        if (name == scope)
            return outcomes;
    return {};
}

} // namespace mdcd::model::levels
