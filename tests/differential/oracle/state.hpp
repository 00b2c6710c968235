// The global state of the oracle's model: processes, channels, the script of the cluster, budgets, and the ghost state
// that the protocol does not see (what a state truly depends on, what tests have proved, what was reclaimed too early).
// Everything is a plain value; a state is copied for each step.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "tests/differential/oracle/readings.hpp"

namespace oracle {

// A number with one entry for each component. What has a single number uses the first entry alone.
using Number = std::array<int, 2>;

inline bool covers(const Number& large, const Number& small) {
    return small[0] <= large[0] && small[1] <= large[1];
}
inline Number join(const Number& a, const Number& b) {
    return {std::max(a[0], b[0]), std::max(a[1], b[1])};
}

enum class Origin { cluster, active, shadow };

// Who a message is: the n-th message of its sender. The two versions of a component send the same n-th message.
struct Identity {
    Origin origin = Origin::cluster;
    int sender = 0;
    int n = 0;
    auto operator<=>(const Identity&) const = default;
};

enum class Kind { application, passed_at, counter };

struct Message {
    Kind kind = Kind::application;
    Identity id;
    bool from_low = false;
    bool dirty = false;
    Number low_sn{};
    Number depends{};   // ghost
    int outputs = 0;    // of a passed_AT of a new version: how many external messages it has output
    int component = -1; // .. and which component that is
    auto operator<=>(const Message&) const = default;
};

// To whom a message goes. Device and components are receivers of their own.
enum class ReceiverKind { active, component, device };
struct Receiver {
    ReceiverKind kind = ReceiverKind::active;
    int who = 0;
    auto operator<=>(const Receiver&) const = default;
};

// The application's history, as the model sees it. Replay and rollback change it together with the process.
struct Application {
    Number depends{};
    std::multiset<Identity> received;
    std::vector<Receiver> sent;        // of an active process: its messages, in order
    int generated = 0;                 // of a version of a component: how much of its script it has followed
    std::vector<Receiver> sent_inside; // of a shadow: its messages to other shadows
    auto operator<=>(const Application&) const = default;
};

struct Checkpoint {
    Number index{};
    Number low_sn{};
    bool propagating = false;
    int shadow_sn = 0;
    int external_sn = 0;
    int log_length = 0; // how many entries of the receiver log are older than the checkpoint
    Application application;
};

struct LoggedInput {
    Number index{};
    Message message;
};

// An entry of a shadow's log of suppressed messages.
struct Suppressed {
    Number index{};
    int number = 0; // the shadow's counter when it generated the message
    bool inside = false;
    Identity id;
    Number depends{};
};

// An active process or a shadow.
struct Process {
    bool dirty = false;
    bool propagating = false;
    Number low_sn{};
    Number valid_sn{};
    std::vector<Checkpoint> checkpoints;
    std::vector<LoggedInput> input_log;
    Application application;
    int shadow_sn = 0; // this and the rest: shadows only
    int external_sn = 0;
    int valid_external = 0;
    std::vector<Suppressed> output_log;
    std::vector<Suppressed> external_log;
    bool dropped = false;      // ghost: see docs/soundness.md, reclamation_safety (a)
    std::set<Identity> purged; // ghost: (b)
};

struct LowProcess {
    Number low_sn{};
    Number valid_sn{};
    int outputs = 0;
    Number depends{}; // ghost
    int generated = 0;
};

// A message that leaves the cluster, decided by whichever version got there first.
struct ScriptEntry {
    int component = 0;
    Receiver receiver;
};

struct Budgets {
    int active_messages = 0;
    int messages_to_cluster = 0;
    int low_tests = 0;
    int active_tests = 0;
    int low_internal = 0;
    int shadow_internal = 0;
};

struct State {
    std::vector<LowProcess> low;
    std::vector<Process> shadow;
    std::vector<Process> active;
    std::vector<std::vector<Message>> channels;   // from * processes + to; L first, then S, then A
    std::vector<std::vector<ScriptEntry>> script; // one, or one for each component
    Budgets left;
    Number validated{};         // ghost: V
    std::set<Identity> outputs; // ghost: external messages that a device has got
    std::set<int> drawn;        // ghost: numbers that cluster messages carry
    bool number_twice = false;  // ghost: two of them carry the same
    bool unsafe_output = false; // ghost
};

// What is the same in all states of one search.
struct World {
    Scope scope;
    Readings readings;

    [[nodiscard]] int low_id(int component) const { return component; }
    [[nodiscard]] int shadow_id(int component) const { return scope.components + component; }
    [[nodiscard]] int active_id(int active) const { return 2 * scope.components + active; }
    [[nodiscard]] int processes() const { return 2 * scope.components + scope.active_processes; }
    [[nodiscard]] std::size_t channel(int from, int to) const {
        return static_cast<std::size_t>(from * processes() + to);
    }
};

// A message of the script as seen by its component.
struct ClusterMessage {
    Identity id;
    Receiver receiver;
    Number truth{}; // the number by which errors count: what depends on the message depends on this
    bool external = false;
};

// All that a component has in the script, in its order.
std::vector<ClusterMessage> messages_of(const World& world, const State& state, int component);

State initial_state(const World& world);
std::string encode(const State& state);

} // namespace oracle
