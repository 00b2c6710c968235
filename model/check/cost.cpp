// Folds the summaries of each state into sums and maxima; checkpoints come from the coverage counts.
// Knows no claim and prints nothing.
#include "model/check/cost.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <string>
#include <type_traits>

#include "checker/invariant.hpp"
#include "impl/process_states.hpp"
#include "traces/reader.hpp"

namespace mdcd::model {

using impl::NoteKind;
using traces::Value;

namespace {

constexpr unsigned cost_workers_max = 1024; // more than a search ever has

// The size of a structure, field by field: what it takes to keep one, not how a compiler lays it out.
class FieldBytes {
public:
    explicit FieldBytes(const CostSizes& sizes) : sizes_(sizes) {}

    template <class T> void operator()(const char*, const T& value) { add(value); }

    void add(const History&) { sum_ += sizes_.state_bytes; }
    void add(const Payload&) { sum_ += sizes_.payload_bytes; }
    void add(const impl::SequenceVector& number) { sum_ += sizeof number.entries[0]; } // one shared counter
    template <class T>
    requires std::is_arithmetic_v<T> || std::is_enum_v<T>
    void add(const T& value) { sum_ += sizeof value; }
    template <class T>
    requires std::is_class_v<T>
    void add(const T& value) { T::visit_fields(value, *this); }

    [[nodiscard]] std::uint64_t sum() const { return sum_; }

private:
    CostSizes sizes_;
    std::uint64_t sum_ = 0;
};

template <class T> std::uint64_t bytes_of(const CostSizes& sizes) {
    FieldBytes bytes(sizes);
    bytes.add(T{});
    return bytes.sum();
}

std::uint64_t fired(const checker::Report& report, NoteKind kind) {
    return report.coverage[static_cast<std::size_t>(kind)];
}

// Every figure of a Cost by name, in the order in which it is written.
struct NamedNumber {
    const char* name;
    std::uint64_t Cost::*member;
};
constexpr std::array named_numbers{
    NamedNumber{"states", &Cost::states},     NamedNumber{"before_recovery", &Cost::before_recovery},
    NamedNumber{"messages", &Cost::messages}, NamedNumber{"checkpoints", &Cost::checkpoints},
    NamedNumber{"logged", &Cost::logged},
};
struct NamedSpread {
    const char* name;
    Spread Cost::*member;
};
constexpr std::array spreads{
    NamedSpread{"checkpoints_kept", &Cost::checkpoints_kept},
    NamedSpread{"entries_kept", &Cost::entries_kept},
    NamedSpread{"bytes_kept", &Cost::bytes_kept},
    NamedSpread{"events_undone", &Cost::events_undone},
    NamedSpread{"rolled_back", &Cost::rolled_back},
    NamedSpread{"replayed", &Cost::replayed},
};

constexpr std::int64_t cost_number_max = std::int64_t{1} << 62;

} // namespace

void Spread::add(std::uint64_t figure) {
    sum += figure;
    worst = std::max(worst, figure);
}

void Spread::merge(const Spread& other) {
    sum += other.sum;
    worst = std::max(worst, other.worst);
}

Cost together(const Cost& one, const Cost& other) {
    Cost sum = one;
    sum.complete = one.complete && other.complete;
    for (const NamedNumber& number : named_numbers)
        sum.*number.member += other.*number.member;
    for (const NamedSpread& spread : spreads)
        (sum.*spread.member).merge(other.*spread.member);
    return sum;
}

double mean(std::uint64_t sum, std::uint64_t count) {
    return count == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(count);
}

Value to_value(const Cost& cost) {
    Value::Record record{{"complete", cost.complete}};
    for (const NamedNumber& number : named_numbers)
        record.emplace_back(number.name, static_cast<std::int64_t>(cost.*number.member));
    for (const NamedSpread& spread : spreads)
        record.emplace_back(spread.name,
                            Value::Record{{"sum", static_cast<std::int64_t>((cost.*spread.member).sum)},
                                          {"worst", static_cast<std::int64_t>((cost.*spread.member).worst)}});
    return record;
}

Cost cost_from(const Value& value, const std::string& file, const std::string& path) {
    const traces::Reader reader(value, file, path);
    std::vector<std::string> known{"complete"};
    for (const NamedNumber& number : named_numbers)
        known.emplace_back(number.name);
    for (const NamedSpread& spread : spreads)
        known.emplace_back(spread.name);
    reader.only_fields(known);
    const auto number_in = [](const traces::Reader& record, const char* name) {
        return static_cast<std::uint64_t>(record.field(name).integer(0, cost_number_max));
    };
    Cost cost;
    cost.complete = reader.field("complete").boolean();
    for (const NamedNumber& number : named_numbers)
        cost.*number.member = number_in(reader, number.name);
    const std::array<std::string, 2> parts{"sum", "worst"};
    for (const NamedSpread& spread : spreads) {
        const traces::Reader record = reader.field(spread.name);
        record.only_fields(parts);
        cost.*spread.member = {.sum = number_in(record, "sum"), .worst = number_in(record, "worst")};
    }
    return cost;
}

ItemBytes item_bytes(const CostSizes& sizes) {
    return {.checkpoint = bytes_of<Checkpoint>(sizes),
            .input = bytes_of<impl::InputEntry<GhostApplication>>(sizes),
            .output = bytes_of<impl::OutputEntry<GhostApplication>>(sizes)};
}

struct alignas(64) CostCollector::Worker {
    Cost cost;
};

CostCollector::CostCollector(const System& system, const CostSizes& sizes)
    : system_(system), bytes_(item_bytes(sizes)), workers_(cost_workers_max) {}

CostCollector::~CostCollector() = default;

void CostCollector::observe(unsigned worker, std::span<const SlotSummary* const> summaries, checker::PropertyBits) {
    invariant(worker < cost_workers_max, "a search has fewer workers");
    std::unique_ptr<Worker>& mine = workers_[worker];
    if (!mine)
        mine = std::make_unique<Worker>();
    Cost& cost = mine->cost;
    ++cost.states;
    for (const SlotSummary* summary : summaries)
        cost.messages += summary->deliverable;

    Recovery recovery;
    system_.recover(summaries, recovery);
    std::uint64_t checkpoints = 0, inputs = 0, outputs = 0, undone = 0, rolled_back = 0, replayed = 0;
    for (unsigned position = 0; position < recovery.view.process_count; ++position) {
        const SlotSummary& summary = *recovery.processes[position];
        const RecoveredProcess& recovered = *recovery.recovered[position];
        const Candidate& now = summary.candidates.back();
        checkpoints += summary.candidates.size() - 1;
        inputs += summary.inputs_logged;
        outputs += summary.outputs_logged;
        undone += static_cast<unsigned>(std::popcount(now.received & ~recovered.received)) +
                  static_cast<unsigned>(std::popcount(now.sent & ~recovered.sent));
        rolled_back += recovered.target + std::size_t{1} < summary.candidates.size();
        replayed += recovered.replayed;
    }
    cost.checkpoints_kept.add(checkpoints);
    cost.entries_kept.add(inputs + outputs);
    cost.bytes_kept.add(checkpoints * bytes_.checkpoint + inputs * bytes_.input + outputs * bytes_.output);
    if (system_.stage(summaries) != RecoveryStage::none)
        return; // what it undoes is history already
    ++cost.before_recovery;
    cost.events_undone.add(undone);
    cost.rolled_back.add(rolled_back);
    cost.replayed.add(replayed);
}

Cost CostCollector::cost(const checker::Report& report) const {
    Cost sum;
    for (const std::unique_ptr<Worker>& worker : workers_)
        if (worker)
            sum = together(sum, worker->cost);
    sum.complete = report.exhaustive;
    sum.checkpoints = fired(report, NoteKind::checkpoint_first) + fired(report, NoteKind::checkpoint_propagated) +
                      fired(report, NoteKind::checkpoint_new_sn);
    sum.logged = fired(report, NoteKind::logged_input);
    return sum;
}

} // namespace mdcd::model
