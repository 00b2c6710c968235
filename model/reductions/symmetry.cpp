// Renames processes inside a slot's value: process ids, message ids and sets of messages, numbers by component,
// wherever they occur. Knows no step and no rule but which numbers there are.
#include "model/reductions/symmetry.hpp"

#include <algorithm>
#include <numeric>

#include "checker/channel.hpp"
#include "impl/cluster_counter.hpp"
#include "model/state/encoding.hpp"
#include "model/state/local.hpp"
#include "model/state/recovery_local.hpp"
#include "model/state/script.hpp"

namespace mdcd::model {
namespace {

using impl::SequenceVector;

// Visits a struct's fields and rewrites every name of a process in them.
class Renamer {
public:
    Renamer(const ProcessRenaming& renaming, bool numbers_by_component, bool errors_by_component)
        : renaming_(renaming), numbers_by_component_(numbers_by_component), errors_by_component_(errors_by_component) {}

    template <class T> void operator()(const char*, T& value) const { rename(value); }

    void rename(impl::ProcessId& process) const {
        if (process.group == impl::Group::active)
            process.index = renaming_.actives[process.index];
        else if (process.group != impl::Group::device)
            process.index = renaming_.components[process.index];
    }
    void rename(impl::ProcessSet& set) const {
        impl::ProcessSet renamed;
        for (const impl::Group group : {impl::Group::low, impl::Group::shadow, impl::Group::active})
            for (std::uint8_t index = 0; index < 8; ++index) {
                impl::ProcessId process{group, index};
                if (!set.contains(process))
                    continue;
                rename(process);
                renamed.insert(process);
            }
        set = renamed;
    }
    void rename(MessageId& id) const { id.source = renamed_source(id.source); }
    void rename(MessageSet& set) const {
        MessageSet renamed = 0;
        for (std::uint8_t source = 0; source < source_count; ++source) {
            const SourceBits from = bits_of(source);
            const MessageSet own = (set & first_messages(source, from.count)) >> from.first;
            renamed |= own << bits_of(renamed_source(source)).first;
        }
        set = renamed;
    }
    void rename(Script& script) const {
        for (ScriptEntry& entry : script.entries) {
            entry.component = renaming_.components[entry.component];
            if (!entry.external())
                entry.receiver = renaming_.actives[entry.receiver];
        }
    }

    // The protocol's numbers, and those of errors: what a state truly depends on, what is proved.
    void rename(SequenceVector& numbers) const {
        if (numbers_by_component_)
            rename(numbers.entries);
    }
    void rename(History& history) const {
        rename_errors(history.depends);
        rename(history.received);
        rename(history.duplicated);
    }
    void rename(Payload& payload) const {
        rename(payload.id);
        rename_errors(payload.depends);
    }
    void rename(Validated& validated) const {
        rename_errors(validated.number);
        rename(validated.output);
        rename(validated.output_twice);
    }

    // Both are kept in order.
    void rename(TestsPassed& tests) const {
        for (SequenceVector& each : tests.proved)
            rename_errors(each);
        std::ranges::sort(tests.proved, {}, &SequenceVector::entries);
    }
    void rename(Detections& detections) const {
        const auto before = detections.failed;
        detections.failed.clear();
        for (SequenceVector each : before) {
            rename_errors(each);
            detections.add(each);
        }
    }

    // Who waits for nobody names nobody, and must not seem to name the first component.
    void rename(RecoveryState& state) const {
        const bool waits = state.incarnation > state.decided.size();
        const impl::ProcessId nobody = state.coordinator;
        RecoveryState::visit_fields(state, *this);
        if (!waits)
            state.coordinator = nobody;
    }

    template <class T, std::size_t Capacity> void rename(impl::FixedVector<T, Capacity>& values) const {
        for (T& value : values)
            rename(value);
    }
    template <class T>
    requires std::is_class_v<T>
    void rename(T& value) const { T::visit_fields(value, *this); }
    template <class T> void rename(std::array<T, impl::component_count_max>& by_component) const {
        const std::array<T, impl::component_count_max> before = by_component;
        for (std::size_t component = 0; component < before.size(); ++component)
            by_component[renaming_.components[component]] = before[component];
    }
    template <class T>
    requires(std::integral<T> && !std::same_as<T, MessageSet>) || std::is_enum_v<T> void rename(T&) const {}

private:
    [[nodiscard]] std::uint8_t renamed_source(std::uint8_t source) const {
        const auto moved = [source](std::uint8_t first, const Permutation& permutation) {
            return static_cast<std::uint8_t>(first + permutation[source - first]);
        };
        if (source < first_active_source)
            return source;
        return source < first_component_source ? moved(first_active_source, renaming_.actives)
               : source < first_shadow_source  ? moved(first_component_source, renaming_.components)
                                               : moved(first_shadow_source, renaming_.components);
    }
    void rename_errors(SequenceVector& numbers) const {
        if (errors_by_component_)
            rename(numbers.entries);
    }

    const ProcessRenaming& renaming_;
    bool numbers_by_component_;
    bool errors_by_component_;
};

template <class T> std::string renamed(const Renamer& renamer, std::string_view bytes) {
    auto value = decode<T>(bytes);
    renamer.rename(value);
    return encode(value);
}

std::string renamed_channel(const Renamer& renamer, checker::SlotKind kind, std::string_view bytes) {
    std::string channel;
    for (const std::string_view message : checker::messages_of(bytes)) {
        const std::string content = renamed<Message>(renamer, message);
        if (kind == checker::SlotKind::fifo)
            checker::append_message(channel, content);
        else
            checker::insert_message(channel, content);
    }
    return channel;
}

// Of the first `count` indices; the first one changes nothing.
std::vector<Permutation> permutations(std::size_t count) {
    Permutation permutation{};
    std::iota(permutation.begin(), permutation.end(), std::uint8_t{0});
    std::vector<Permutation> all;
    do
        all.push_back(permutation);
    while (std::next_permutation(permutation.begin(), permutation.begin() + static_cast<std::ptrdiff_t>(count)));
    return all;
}

} // namespace

ProcessSymmetry::ProcessSymmetry(const Layout& layout, const Scope& scope, const impl::Rules& rules, bool actives,
                                 bool components)
    : layout_(layout), numbers_by_component_(impl::counter_entries(rules, scope.components) > 1),
      errors_by_component_(scope.faults == FaultModel::independent) {
    for (const Permutation& of_components : permutations(components ? scope.components : 0))
        for (const Permutation& of_actives : permutations(actives ? scope.active_processes : 0)) {
            renamings_.push_back({of_actives, of_components});
            std::vector<checker::SlotIndex>& slots = slots_.emplace_back();
            for (std::size_t slot = 0; slot < layout.places().size(); ++slot)
                slots.push_back(place_of(renamings_.back(), static_cast<checker::SlotIndex>(slot)));
        }
}

checker::SlotIndex ProcessSymmetry::place_of(const ProcessRenaming& renaming, checker::SlotIndex slot) const {
    const SlotPlace& place = layout_.places()[slot];
    const auto moved = [&](impl::ProcessId process) {
        Renamer(renaming, numbers_by_component_, errors_by_component_).rename(process);
        return process;
    };
    switch (place.role) {
    case SlotRole::process:
        return layout_.slot_of(moved(place.process));
    case SlotRole::recovery:
        return layout_.recovery_of(moved(place.process));
    case SlotRole::channel:
        return layout_.channel(moved(place.sender), moved(place.process));
    case SlotRole::script:
        return layout_.script(moved(place.process).index);
    default:
        return slot;
    }
}

std::string ProcessSymmetry::renamed_bytes(std::size_t renaming, checker::SlotIndex slot,
                                           std::string_view bytes) const {
    const Renamer renamer(renamings_[renaming], numbers_by_component_, errors_by_component_);
    const SlotPlace& place = layout_.places()[slot];
    switch (place.role) {
    case SlotRole::channel:
        return renamed_channel(renamer, layout_.slots()[slot].kind, bytes);
    case SlotRole::recovery:
        return renamed<RecoveryLocal>(renamer, bytes);
    case SlotRole::script:
        return renamed<Script>(renamer, bytes);
    case SlotRole::validated:
        return renamed<Validated>(renamer, bytes);
    case SlotRole::detections:
        return renamed<Detections>(renamer, bytes);
    case SlotRole::tests_passed:
        return renamed<TestsPassed>(renamer, bytes);
    case SlotRole::process:
        if (place.process.group == impl::Group::low)
            return renamed<LowProcess>(renamer, bytes);
        if (place.process.group == impl::Group::shadow)
            return renamed<ShadowLocal>(renamer, bytes);
        return renamed<ActiveLocal>(renamer, bytes);
    default:
        return std::string(bytes); // budgets name nobody
    }
}

} // namespace mdcd::model
