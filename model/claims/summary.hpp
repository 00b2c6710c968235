// What the predicates need to know of one slot: what is true of it now, and what recovery would make of it for every
// validated number that recovery may decide on. The engine keeps one summary for each distinct slot value, so all
// of impl's recovery runs once for each, however many global states share it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "impl/limits.hpp"
#include "impl/rules.hpp"
#include "model/claims/kept_in_vain.hpp"
#include "model/reductions/renumbering.hpp"
#include "model/state/application.hpp"
#include "model/state/layout.hpp"
#include "model/state/script.hpp"

namespace mdcd::model {

// Numbers of cluster messages, one for each component (entry 0 alone with one shared counter), small enough to fold
// fast.
using Numbers = std::array<std::uint8_t, impl::component_count_max>;

[[nodiscard]] constexpr bool covers(const Numbers& larger, const Numbers& smaller) {
    bool result = true;
    for (std::size_t component = 0; component < larger.size(); ++component)
        result &= smaller[component] <= larger[component];
    return result;
}

[[nodiscard]] constexpr Numbers join(const Numbers& one, const Numbers& other) {
    Numbers result{};
    for (std::size_t component = 0; component < result.size(); ++component)
        result[component] = one[component] < other[component] ? other[component] : one[component];
    return result;
}

[[nodiscard]] constexpr Numbers narrow(const impl::SequenceVector& wide) {
    Numbers result{};
    for (std::size_t component = 0; component < result.size(); ++component)
        result[component] = static_cast<std::uint8_t>(wide[component]);
    return result;
}

// A state that a process could be put into: one of its checkpoints, or where it is.
struct Candidate {
    MessageSet received = 0;
    MessageSet sent = 0; // its own messages: of an active process, or of the cluster (shadow)
    Numbers depends{};
};

// A process after recovery with one validated number.
struct RecoveredProcess {
    MessageSet received = 0;
    MessageSet sent = 0;
    MessageSet duplicated = 0;
    Numbers depends{};
    std::uint8_t target = 0;   // position among the candidates; the last one: not rolled back
    std::uint8_t replayed = 0; // messages
    // Shadows, taking over:
    MessageSet resent = 0;
    MessageSet resent_twice = 0;
    MessageSet resent_inside = 0; // of `resent`: messages to other old versions
    Numbers resent_depends{};
    bool resent_in_order = true; // each kind ascending; whether one is missing only the whole system can tell
    std::uint8_t suppress_through = 0;
    std::uint8_t suppress_external_through = 0;
    std::uint8_t generated = 0; // messages that leave the cluster, in its history
    std::uint8_t shadow_sn = 0; // its counters
    std::uint8_t external_sn = 0;
    // Judged right after a recovery that might begin:
    bool left_over = false;      // it is dirty, or keeps a checkpoint or a logged input
    bool holds = false;          // it runs, and keeps a message that it held while it was halted
    bool cleared = false;        // it kept one before
    bool as_restored = true;     // it is what the state was that it restored, and what it replayed on top of that
    bool reordered = false;      // it took an earlier message of a sender after a later one
    bool several_of_one = false; // it replayed two messages of one sender
};

// A channel after recovery with one validated number.
struct RecoveredChannel {
    MessageSet surviving = 0;
    MessageSet repeated = 0; // in the channel more than once
    Numbers depends{};       // the largest numbers that a surviving message depends on
};

struct RecoverySummary; // recovery_summary.hpp

struct SlotSummary {
    // A process:
    bool clean = false;
    bool dropped = false;
    MessageSet purged = 0;
    KeptInVain in_vain;
    bool undernumbered = false;            // a state of it, or a logged message, depends on more than its number says
    bool checkpoints_out_of_order = false; // its checkpoints do not stand in order (kept_state.hpp)
    bool log_fails = false;                // its log does not complete its checkpoints
    bool logs_after = false;               // a message was logged after a checkpoint
    bool keeps = false;                    // a checkpoint, or a logged or suppressed message
    bool keeps_when_told = false;          // .. even if it were told that everything is validated
    MessageSet output_log = 0;             // shadows: the suppressed messages that are still logged
    std::uint8_t valid_external = 0;       // external messages of the component that it knows to be output
    std::uint32_t drawn = 0;               // new versions: the numbers that its messages carried, bit by bit
    bool has_sent = false;                 // new versions: something has left the cluster
    Numbers depends{};
    Numbers valid{};                         // the largest validated numbers it knows
    impl::SequenceVector known;              // the same, as it is
    Numbers number{};                        // low_sn
    std::vector<Numbers> checkpoint_indices; // oldest first
    std::vector<Candidate> candidates;       // checkpoints, oldest first, then the current state
    std::vector<RecoveredProcess> recovered; // by ValidatedIndex
    std::uint8_t inputs_logged = 0;          // entries of its receiver log
    std::uint8_t outputs_logged = 0;         // shadows: entries of its log of suppressed messages
    // A channel:
    std::vector<RecoveredChannel> in_transit; // by ValidatedIndex
    std::uint8_t deliverable =
        0;                    // application messages that a high-confidence process may receive next: 0 or 1 if fifo
    MessageSet under_way = 0; // application messages in it now
    bool notifies = false;    // a notification is in it; `valid` is the most that one says
    // Shared values:
    MessageSet resolved = 0; // script: the cluster's messages so far
    std::vector<ResolvedMessage> script;
    Numbers validated{}; // what acceptance tests have proved in truth
    MessageSet output = 0;
    MessageSet output_twice = 0;
    bool unsafe_output = false;
    std::vector<Numbers> tests; // tests passed: what each proved, if it did not miss
    // Asynchronous scopes:
    std::shared_ptr<const RecoverySummary> recovery; // of what may be part of one
    // Where numbers are renamed:
    NumberSummary numbers;
};

// What recovery may decide on, densely numbered: the validated numbers, and for a shadow how many external messages of
// its component are known to be output.
class ValidatedIndex {
public:
    ValidatedIndex(const Scope& scope, const impl::Rules& rules);
    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] std::size_t of(const Numbers& validated, unsigned external) const {
        std::size_t index = external;
        for (unsigned entry = 0; entry < entries_; ++entry)
            index = index * numbers_ + validated[entry];
        return index;
    }
    [[nodiscard]] impl::SequenceVector at(std::size_t index) const;
    [[nodiscard]] impl::SequenceNumber external_at(std::size_t index) const;

private:
    unsigned entries_; // of a vector that are in use
    std::size_t numbers_;
    std::size_t count_;
};

[[nodiscard]] SlotSummary summarise(const Scope& scope, const impl::Rules& rules, const SlotPlace& place,
                                    std::string_view bytes);

} // namespace mdcd::model
