// The model concept: what the engine needs to know of a system. Read this file first.
//
// A global state is a tuple of *slots*: one for each process's local state, one for each channel's
// content, a few for what is shared. A *step* names the slots it reads; its handler is a pure function
// of what those slots hold and of the message it takes. That is all the engine needs to intern slot
// values, to run each handler once for each distinct input, and to hash incrementally. It knows no
// protocol, and never sees more of a value than its bytes.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mdcd::checker {

using SlotIndex = std::uint16_t;
using StepIndex = std::uint16_t;

enum class SlotKind : std::uint8_t {
    value, // one value
    fifo,  // a channel: a sequence of messages, the oldest first; only the oldest can be taken
    bag,   // a channel: a multiset of messages, kept sorted; each distinct message can be taken
    set,   // a channel: a set of messages, kept sorted; to send what is in it already changes nothing
};

struct Slot {
    std::string name;
    SlotKind kind = SlotKind::value;
    std::uint16_t capacity = 0; // channels only: messages at most; a send beyond it is a ModelError
};

struct Step {
    std::string name;
    std::vector<SlotIndex> reads; // whole values shown to the handler, in this order (value slots)
    std::optional<SlotIndex>
        takes;                   // the channel whose message the step consumes; the step is disabled while it is empty
    std::vector<SlotIndex> room; // channels that must not be full for the step to be enabled
    std::vector<SlotIndex> fits = {}; // channels that are waited for: an outcome that sends more to one of them than it
                                      // has room for is not enabled, and no error
    bool keeps = false;               // the message that the step takes stays in its channel
};

// What a handler is shown. Views are valid during the call only.
struct Inputs {
    std::span<const std::string_view> values; // one for each entry of Step::reads, in order
    std::string_view message;                 // the message taken; empty if the step takes none
};

// One way in which a step can end. A handler that adds no outcome says that the step is disabled.
// Taking the message is implied. Writes name value slots (each at most once), whether read or not;
// sends append to channels in the order given.
struct Outcome {
    struct Change {
        SlotIndex slot = 0;
        std::string bytes;
    };
    std::vector<Change> writes;
    std::vector<Change> sends;
    std::uint64_t fired = 0; // which coverage points were passed: bit i is point i of Model::coverage_points()
};
using Outcomes = std::vector<Outcome>;

// The state of a whole system, as bytes: one entry for each slot. A channel's entry is its messages,
// each as two length bytes (little endian) and its content; see channel.hpp.
using GlobalState = std::vector<std::string>;

enum class PropertyKind : std::uint8_t {
    always,     // the predicate holds in every reachable state
    reachable,  // the predicate holds in some reachable state
    eventually, // about whole runs: no search over states settles it (liveness.hpp does)
};

struct Property {
    std::string name;
    PropertyKind kind = PropertyKind::always;
    std::string rationale; // one sentence
};

// Bit i is set iff the predicate of property i is true in the state.
using PropertyBits = std::uint64_t;
inline constexpr std::size_t property_count_max = 64;

// What a model hands out as a view must not be a view of a temporary: a vector returned by value is gone by then.
template <class R, class T>
concept LastingView = std::convertible_to<R, std::span<const T>> && std::ranges::borrowed_range<R>;

// Handlers and predicates must be pure: same input, same output, no hidden state. Order matters and is
// part of the model: steps in index order, outcomes in the order added, messages of a bag in their order.
template <class M>
concept Model = requires(const M& model, StepIndex step, SlotIndex slot, const Inputs& inputs, Outcomes& outcomes,
                         std::string_view bytes, std::span<const typename M::Summary* const> summaries) {
    // What a predicate over global states needs to know of one slot's value. Memoised by the engine.
    typename M::Summary;
    { model.slots() } -> LastingView<Slot>;
    { model.steps() } -> LastingView<Step>;
    { model.initial_states() } -> std::convertible_to<std::vector<GlobalState>>;
    { model.fire(step, inputs, outcomes) } -> std::same_as<void>;
    { model.properties() } -> LastingView<Property>;
    { model.summarise(slot, bytes) } -> std::same_as<typename M::Summary>;
    { model.judge(summaries) } -> std::same_as<PropertyBits>; // one summary for each slot, in slot order
    { model.coverage_points() } -> LastingView<std::string>;  // at most 64
};

// Optional: what judging finds out on the way, for an observer that needs it too and must not pay for it twice.
template <class M>
concept SharesJudgement = requires(const M& model, std::span<const typename M::Summary* const> summaries,
                                   typename M::Judgement& judgement) {
    requires std::default_initializable<typename M::Judgement>;
    // The same bits as judge(summaries). Overwrites all of `judgement`; what it points to lives as long as the
    // summaries.
    { model.judge(summaries, judgement) } -> std::same_as<PropertyBits>;
};

// Optional: the same bits, found from the last property to the first. A sample of states is judged this way, too: a
// predicate that changes what others look at is found out by it.
template <class M>
concept JudgesBackwards = requires(const M& model, std::span<const typename M::Summary* const> summaries) {
    { model.judge_backwards(summaries) } -> std::same_as<PropertyBits>;
};

// Optional: which states are allowed to have no enabled step. Without it deadlocks are not judged.
template <class M>
concept KnowsFinalStates = requires(const M& model, std::span<const typename M::Summary* const> summaries) {
    { model.is_final(summaries) } -> std::same_as<bool>;
};

// Optional, for models that end where the world that they stand for goes on: the name of the limit that may keep
// something from happening in this state, if one does. Renamed states may never come near it, but a run that is to be
// shown has to; a search that cannot show a run for that reason says so, and is inconclusive.
template <class M>
concept KnowsItsLimits = requires(const M& model, const GlobalState& state) {
    { model.limit_at(state) } -> std::same_as<std::optional<std::string>>;
};

// Optional: how far to go, if there is a boundary. A state that is not inside is judged and counted, but what follows
// from it is not looked for. An exhaustive search is so within this boundary only.
template <class M>
concept KnowsItsBoundary = requires(const M& model, std::span<const typename M::Summary* const> summaries) {
    { model.has_boundary() } -> std::same_as<bool>;
    { model.is_inside(summaries) } -> std::same_as<bool>;
};

// What the predicate of a property looks at.
struct PropertyReads {
    std::vector<SlotIndex> slots; // it says the same of all states that agree in these
    // It looks at each of them by itself: an `always` property is true if it is so of each value whatever the others
    // are, a `reachable` one false if it is so of each.
    bool each_by_itself = false;
};

// Optional: what each property reads, one entry for each in order. A search that leaves out states
// (SearchOptions::reduce_states) relies on it; a sample is looked at, and a predicate that reads more is an error.
template <class M>
concept SaysWhatPropertiesRead = requires(const M& model) {
    { model.property_reads() } -> LastingView<PropertyReads>;
};

// A renaming of a system's parts, in the model's own coding.
using Renaming = std::uint64_t;

// Optional: which states are the same but for names. A renaming moves the content of each slot to a slot of the
// same kind and capacity, and rewrites it. A search that uses renamings keeps, of a state's candidates, the one
// that is smallest by content, and explores that one only. That is sound if renaming commutes with the steps and
// no property sees the names.
template <class M>
concept OffersRenamings = requires(const M& model, std::span<const typename M::Summary* const> summaries,
                                   Renaming renaming, SlotIndex slot, std::string_view bytes,
                                   std::vector<Renaming>& candidates) {
    // Appends the renamings to be compared, the one that changes nothing included if it may win; none: the
    // state stays as it is.
    { model.candidate_renamings(summaries, candidates) } -> std::same_as<void>;
    { model.renamed_slot(renaming, slot) } -> std::same_as<SlotIndex>; // a permutation of the slots
    { model.renamed_bytes(renaming, slot, bytes) } -> std::same_as<std::string>;
};

// Optional, for models whose renamings are the same in every state: all of them, the one that changes nothing first,
// closed under composition. The search then finds the smallest candidate from what it remembers of halves of states.
template <class M>
concept OffersFixedRenamings = OffersRenamings<M> && requires(const M& model) {
    { model.renamings() } -> std::same_as<std::vector<Renaming>>;
};

// A number inside a slot's value that may grow.
struct Measure {
    std::string name;
    std::uint64_t value = 0;
};

// Optional: what grows in the values of value slots (counters, lengths). A search warns of what keeps growing, since
// it may have no end. Messages in channels are counted anyway.
template <class M>
concept OffersMeasures = requires(const M& model, SlotIndex slot, std::string_view bytes,
                                  std::vector<Measure>& measures) {
    { model.measure(slot, bytes, measures) } -> std::same_as<void>; // appends
};

// One step of a run: enough to rebuild it from its initial state.
struct Firing {
    StepIndex step = 0;
    std::uint16_t taken = 0;   // which of the distinct messages that can be taken (always 0 for fifo)
    std::uint16_t outcome = 0; // which outcome of the handler
    friend bool operator==(const Firing&, const Firing&) = default;
};

struct Path {
    std::uint32_t initial = 0; // index into Model::initial_states()
    std::vector<Firing> firings;
};

} // namespace mdcd::checker
