// Puts the pieces together behind the model concept.
// Knows no file and no command.
#include "model/system.hpp"

#include <algorithm>
#include <numeric>

#include "impl/recovery.hpp"
#include "model/state/encoding.hpp"
#include "model/steps/asynchronous_workload.hpp"
#include "model/steps/coverage.hpp"
#include "model/steps/workload.hpp"

namespace mdcd::model {

using checker::GlobalState;
using checker::SlotIndex;
using impl::Group;

static_assert(impl::note_kind_count <= 64, "a note is one bit of Outcome::fired");

namespace {

std::string initial_process(impl::ProcessId id) {
    if (id.group == Group::low) {
        LowProcess process;
        process.id = id;
        return encode(process);
    }
    if (id.group == Group::shadow) {
        ShadowLocal local;
        local.process.id = id;
        return encode(local);
    }
    ActiveLocal local;
    local.process.id = id;
    return encode(local);
}

} // namespace

System::System(Scope scope, const impl::Rules& rules, Reductions reductions)
    : scope_(std::move(scope)), rules_(rules), reductions_(reductions), layout_(scope_),
      symmetry_(layout_, scope_, rules_, reductions_.actives, reductions_.components), index_(scope_, rules_),
      simple_cluster_(scope_.components == 1 && scope_.budgets.cluster_outputs == 0),
      compare_(numbers_compare(scope_, rules_)),
      one_shadow_sn_(scope_.components > 1 && rules_.shadow_sn == impl::ShadowSn::shared),
      one_decision_(!impl::guards::recovers_by_itself(rules_)), validated_(layout_.shared(SlotRole::validated)) {
    for (std::uint8_t component = 0; component < scope_.components; ++component)
        if (scripts_.empty() || scripts_.back() != layout_.script(component))
            scripts_.push_back(layout_.script(component));
    for (const checker::Property& property : all_properties())
        properties_.push_back(property);
    if (scope_.recovery == RecoveryMode::asynchronous)
        for (const impl::ProcessId process : layout_.processes())
            recovery_slots_.push_back(layout_.recovery_of(process));
    for (const InvariantSource& source : scope_.invariants) {
        invariants_.emplace_back(source, scope_);
        properties_.push_back({source.name, checker::PropertyKind::always, claim_of(source)});
    }
    const auto places = layout_.places();
    for (const impl::ProcessId process : layout_.processes())
        (process.group == Group::low ? low_ : high_).push_back(layout_.slot_of(process));
    if (layout_.has(SlotRole::tests_passed))
        tests_ = layout_.shared(SlotRole::tests_passed);
    for (std::size_t slot = 0; slot < places.size(); ++slot) {
        if (places[slot].role != SlotRole::channel || places[slot].process.group == Group::low)
            continue;
        const SlotIndex receiver = layout_.slot_of(places[slot].process);
        const auto position = std::ranges::find(high_, receiver) - high_.begin();
        channels_.push_back({static_cast<SlotIndex>(slot), static_cast<std::uint16_t>(position)});
    }
    note_reads();
}

std::vector<GlobalState> System::initial_states() const {
    GlobalState state;
    const Budgets& budgets = scope_.budgets;
    for (const SlotPlace& place : layout_.places()) {
        const impl::ProcessId id = place.process;
        switch (place.role) {
        case SlotRole::process:
            state.push_back(initial_process(id));
            break;
        case SlotRole::channel:
            state.emplace_back();
            break;
        case SlotRole::script:
            state.push_back(encode(Script{}));
            break;
        case SlotRole::validated:
            state.push_back(encode(Validated{}));
            break;
        case SlotRole::active_messages_left:
            state.push_back(encode(Budget{budgets.active_messages}));
            break;
        case SlotRole::messages_to_cluster_left:
            state.push_back(encode(Budget{budgets.messages_to_cluster}));
            break;
        case SlotRole::low_tests_left:
            state.push_back(encode(Budget{budgets.low_acceptance_tests}));
            break;
        case SlotRole::active_tests_left:
            state.push_back(encode(Budget{budgets.active_acceptance_tests}));
            break;
        case SlotRole::low_internal_left:
            state.push_back(encode(Budget{budgets.low_internal_messages}));
            break;
        case SlotRole::shadow_internal_left:
            state.push_back(encode(Budget{budgets.shadow_internal_messages}));
            break;
        case SlotRole::recovery:
            state.push_back(encode(RecoveryLocal{}));
            break;
        case SlotRole::detections:
            state.push_back(encode(Detections{.left = budgets.detections, .failed = {}}));
            break;
        case SlotRole::tests_passed:
            state.push_back(encode(TestsPassed{}));
            break;
        }
    }
    return {state};
}

void System::fire(checker::StepIndex step, const checker::Inputs& inputs, checker::Outcomes& outcomes) const {
    std::vector<impl::Notes> notes;
    fire(step, inputs, outcomes, notes);
}

void System::fire(checker::StepIndex step, const checker::Inputs& inputs, checker::Outcomes& outcomes,
                  std::vector<impl::Notes>& notes) const {
    const StepPlace& place = layout_.step_places()[step];
    if (scope_.recovery == RecoveryMode::asynchronous)
        AsynchronousWorkload(scope_, rules_, layout_, outcomes, notes).fire(place, inputs);
    else
        Workload(scope_, rules_, layout_, outcomes, notes).fire(place, inputs);
}

// A renaming is the number of one of processes and, above it, the code of what is done to numbers before.
constexpr unsigned process_bits = 16;
constexpr std::uint64_t process_mask = (std::uint64_t{1} << process_bits) - 1;

void System::candidate_renamings(std::span<const SlotSummary* const> summaries,
                                 std::vector<std::uint64_t>& candidates) const {
    std::uint64_t numbers = 0;
    if (reductions_.renumbering) {
        std::vector<const NumberSummary*> of_numbers;
        for (const SlotSummary* const summary : summaries)
            of_numbers.push_back(&summary->numbers);
        numbers = Renumbering(layout_, rules_, of_numbers).code();
    }
    for (std::size_t processes = 0; processes < symmetry_.count(); ++processes)
        candidates.push_back(numbers << process_bits | processes);
}

std::vector<std::uint64_t> System::renamings() const {
    if (reductions_.renumbering)
        return {};
    std::vector<std::uint64_t> renamings(symmetry_.count());
    std::iota(renamings.begin(), renamings.end(), std::uint64_t{0});
    return renamings;
}

SlotIndex System::renamed_slot(std::uint64_t renaming, SlotIndex slot) const {
    return symmetry_.renamed_slot(renaming & process_mask, slot);
}

std::string System::renamed_bytes(std::uint64_t renaming, SlotIndex slot, std::string_view bytes) const {
    const std::size_t processes = renaming & process_mask;
    std::string renamed = symmetry_.renamed_bytes(processes, slot, bytes);
    if (!reductions_.renumbering)
        return renamed;
    const Renumbering numbers =
        Renumbering::from_code(renaming >> process_bits).permuted(symmetry_.renaming(processes).actives);
    const SlotIndex target = symmetry_.renamed_slot(processes, slot);
    return renumbered_bytes(numbers, scope_, rules_, layout_.places()[target], layout_.slots()[target].kind, renamed);
}

std::optional<std::string> System::limit_at(const GlobalState& state) const {
    if (!is_unbounded(scope_))
        return std::nullopt;
    bool at_end = decode<Script>(state[scripts_[0]]).entries.size() == cluster_message_count_max - 1;
    for (const impl::ProcessId process : layout_.processes())
        at_end |= process.group == Group::active &&
                  decode<ActiveLocal>(state[layout_.slot_of(process)]).process.guarded.application.sent ==
                      active_message_count_max;
    return at_end ? std::optional<std::string>("numbers") : std::nullopt;
}

SlotSummary System::summarise(SlotIndex slot, std::string_view bytes) const {
    SlotSummary summary = model::summarise(scope_, rules_, layout_.places()[slot], bytes);
    if (reductions_.renumbering)
        summary.numbers = summarise_numbers(layout_.places()[slot], bytes);
    return summary;
}

Numbers System::agreed(std::span<const SlotSummary* const> summaries) const {
    std::array<impl::SequenceVector, impl::process_count_max> known;
    std::size_t count = 0;
    for (const SlotIndex slot : high_)
        known[count++] = summaries[slot]->known;
    for (const SlotIndex slot : low_)
        known[count++] = summaries[slot]->known;
    return narrow(impl::agreed_validated({known.data(), count}));
}

// What has left the cluster, and what of it the acceptance tests have proved.
void System::note_script(std::span<const SlotSummary* const> summaries, View& view) const {
    if (simple_cluster_) {
        view.resolved = summaries[scripts_[0]]->resolved;
        view.proved = first_messages(0, view.validated[0]) & view.resolved;
        return;
    }
    for (const SlotIndex slot : scripts_)
        for (const ResolvedMessage& message : summaries[slot]->script) {
            (message.external ? view.external : view.resolved) |= as_set(message.id);
            if (!message.external && message.number <= view.validated[message.entry])
                view.proved |= as_set(message.id);
        }
    view.output = summaries[validated_]->output;
    view.proved |= view.output; // an acceptance test stands before each
}

void System::note_process(Recovery& recovery, std::size_t position, const SlotSummary& summary,
                          const RecoveredProcess& recovered) const {
    View& view = recovery.view;
    recovery.processes[position] = &summary;
    recovery.recovered[position] = &recovered;
    view.processes[position] = {.clean = summary.clean,
                                .depends = summary.depends,
                                .recovered_depends = recovered.depends,
                                .received = recovered.received,
                                .chosen = recovered.target,
                                .candidates = &summary.candidates};
    view.received_active |= recovered.received & ~cluster_messages;
    view.received_cluster |= recovered.received & cluster_messages;
    view.duplicated |= recovered.duplicated;
    view.active_sent |= recovered.sent & ~cluster_messages;
    if (simple_cluster_ && position == 0)
        for (unsigned number = recovered.generated + 1U; number <= cluster_message_count_max; ++number)
            if (!impl::suppresses_internal({number, 0}, recovered.suppress_through))
                view.generated_later |= view.resolved & as_set({0, static_cast<std::uint8_t>(number)});
}

void System::recover(std::span<const SlotSummary* const> summaries, Recovery& recovery) const {
    const bool local = impl::guards::recovers_by_itself(rules_);
    const Numbers all_agree = local ? Numbers{} : agreed(summaries);
    View& view = recovery.view;
    view = View{};
    view.components = fault_count(scope_);
    view.shadow_count = scope_.components;
    view.process_count = static_cast<unsigned>(high_.size());
    view.validated = summaries[validated_]->validated;
    note_script(summaries, view);
    if (tests_)
        view.tests = &summaries[*tests_]->tests;
    view.misses = scope_.budgets.coverage_misses;

    std::array<std::size_t, high_confidence_count_max> decided{}; // what each process recovers with
    for (std::size_t position = 0; position < high_.size(); ++position) {
        const SlotSummary& summary = *summaries[high_[position]];
        const SlotSummary& informed = local || position >= scope_.components ? summary : *summaries[low_[position]];
        decided[position] = index_.of(local ? summary.valid : all_agree, informed.valid_external);
        const RecoveredProcess& recovered = summary.recovered[decided[position]];
        note_process(recovery, position, summary, recovered);
        view.duplicated |= recovered.resent_twice;
        view.resent |= recovered.resent;
        view.resent_depends = join(view.resent_depends, recovered.resent_depends);
        // None is skipped: what it has generated and no test has proved goes out again. Each shadow's messages have an
        // order of their own, whether they share a counter or not.
        const MessageSet needed = position < scope_.components ? recovered.sent & cluster_messages & ~view.proved : 0;
        view.resent_in_order &= recovered.resent_in_order && (needed & ~recovered.resent) == 0;
    }
    note_counters(summaries, recovery);
    if (!simple_cluster_)
        note_take_over(summaries, recovery);
    for (const Channel& channel : channels_) {
        const RecoveredChannel& recovered = summaries[channel.slot]->in_transit[decided[channel.receiver]];
        view.duplicated |= recovered.repeated | (view.surviving & recovered.surviving);
        view.surviving |= recovered.surviving;
        view.under_way |= summaries[channel.slot]->under_way;
        view.surviving_depends = join(view.surviving_depends, recovered.depends);
    }
}

// What the shadows will still generate of what has left the cluster, one message after the other in the order of the
// script, and what of it they suppress; external messages apart from internal ones.
void System::note_take_over(std::span<const SlotSummary* const> summaries, Recovery& recovery) const {
    View& view = recovery.view;
    std::array<RecoveredProcess, impl::component_count_max> shadows{};
    for (std::size_t component = 0; component < scope_.components; ++component)
        shadows[component] = *recovery.recovered[component];
    for (const SlotIndex slot : scripts_)
        for (const ResolvedMessage& message : summaries[slot]->script) {
            const std::size_t component = component_of(message.id);
            RecoveredProcess& shadow = shadows[component];
            if (message.id.number <= shadow.generated)
                continue;
            ++shadow.generated;
            if (message.external) {
                ++shadow.external_sn;
                const bool suppressed =
                    impl::suppresses_external({shadow.shadow_sn, shadow.external_sn}, shadow.suppress_through,
                                              shadow.suppress_external_through, rules_);
                view.output_later |= suppressed ? MessageSet{0} : as_set(message.id);
                continue;
            }
            ++shadow.shadow_sn;
            if (!impl::suppresses_internal({shadow.shadow_sn, shadow.external_sn}, shadow.suppress_through))
                view.generated_later |= as_set(message.id);
            for (std::size_t other = 0; one_shadow_sn_ && other < scope_.components; ++other)
                shadows[other].shadow_sn = std::max(shadows[other].shadow_sn, shadow.shadow_sn);
        }
    view.output_twice = (view.output & (view.resent | view.output_later)) | (view.resent & view.output_later) |
                        (view.duplicated & view.external);
    view.duplicated &= ~view.external;
    view.output_later |= view.resent & view.external;
    view.resent &= ~view.external;
}

View System::view(std::span<const SlotSummary* const> summaries) const {
    Recovery recovery;
    look(summaries, recovery);
    return recovery.view;
}

void System::look(std::span<const SlotSummary* const> summaries, Recovery& recovery) const {
    recovery.stage = stage(summaries);
    if (recovery.stage == RecoveryStage::none)
        recover(summaries, recovery);
    else
        look_after(summaries, recovery);
}

bool System::asks(PropertyId property, RecoveryStage stage) {
    if (property == PropertyId::recovered_consistently)
        return stage == RecoveryStage::completed;
    return stage == RecoveryStage::none || property == PropertyId::containment;
}

std::vector<checker::StepIndex> System::unfair_steps() const {
    std::vector<checker::StepIndex> unfair;
    for (std::size_t step = 0; step < layout_.step_places().size(); ++step) {
        const StepKind kind = layout_.step_places()[step].kind;
        if (kind != StepKind::deliver && kind != StepKind::shadow_generate)
            unfair.push_back(static_cast<checker::StepIndex>(step));
    }
    return unfair;
}

checker::PropertyBits System::judge(std::span<const SlotSummary* const> summaries) const {
    Recovery recovery;
    return judge(summaries, recovery);
}

checker::PropertyBits System::judge(std::span<const SlotSummary* const> summaries, Recovery& recovery) const {
    look(summaries, recovery);
    checker::PropertyBits bits =
        recovery.stage == RecoveryStage::none ? judge_before(summaries, recovery) : judge_recovery(summaries, recovery);
    for (std::size_t i = 0; i < invariants_.size(); ++i)
        bits |= checker::PropertyBits{invariants_[i].holds(invariant_facts(recovery))}
                << position_of(InvariantNumber{i});
    return bits;
}

checker::PropertyBits System::judge_before(std::span<const SlotSummary* const> summaries,
                                           const Recovery& recovery) const {
    std::uint32_t drawn = 0;
    bool twice = false;
    unsigned senders = 0;
    for (const SlotIndex slot : low_) {
        twice |= (drawn & summaries[slot]->drawn) != 0;
        drawn |= summaries[slot]->drawn;
        senders += summaries[slot]->has_sent;
    }
    return judge_natively(
        {.view = recovery.view,
         .unsafe_output = summaries[validated_]->unsafe_output,
         .same_number_twice = twice,
         .components_sent = senders,
         .messages_of_one = std::min(2U, 0U + scope_.budgets.cluster_messages + scope_.budgets.cluster_outputs),
         .lemmas = lemmas(summaries, recovery),
         .counters_restored = recovery.counters_restored,
         .processes = {recovery.processes.data(), high_.size()},
         .recovered = {recovery.recovered.data(), high_.size()}});
}

std::span<const std::string> System::coverage_points() const {
    return scope_.recovery == RecoveryMode::asynchronous ? all_coverage_points() : step_coverage_points();
}

} // namespace mdcd::model
