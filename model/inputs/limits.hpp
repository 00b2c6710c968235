// How much a scope may ask for. States are sets of bits, and these are the bits that there are.
// Knows no state.
#pragma once

#include <cstddef>

namespace mdcd::model {

inline constexpr unsigned cluster_message_count_max = 12;  // of a cluster of one component
inline constexpr unsigned component_message_count_max = 4; // of each component of a larger cluster
inline constexpr unsigned active_message_count_max = 7;    // sent by one active process
inline constexpr unsigned shadow_message_count_max = 4;    // sent by one old version to others
inline constexpr unsigned scope_components_max = 3;
inline constexpr unsigned scope_actives_max = 4;

inline constexpr unsigned test_count_max = 20; // acceptance tests passed in one run
inline constexpr unsigned miss_count_max = 4;  // of them, in an erroneous state

// Two may begin the same recovery, and a third the next one, in which it is still heard of the two. After a recovery a
// test can fail only where that has let an error through.
inline constexpr std::size_t detection_count_max = 3;

} // namespace mdcd::model
