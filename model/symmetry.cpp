// Renames active processes inside a slot's value: process ids, message ids and sets of messages, wherever they occur.
// Knows no step and no rule.
#include "model/symmetry.hpp"

#include <algorithm>

#include "checker/channel.hpp"
#include "model/encoding.hpp"
#include "model/local.hpp"
#include "model/recovery_local.hpp"
#include "model/script.hpp"

namespace mdcd::model {
namespace {

// Visits a struct's fields and rewrites every name of an active process in them.
class Renamer {
public:
    explicit Renamer(const Permutation& permutation) : permutation_(permutation) {}

    template <class T> void operator()(const char*, T& value) const { rename(value); }

    void rename(impl::ProcessId& process) const {
        if (process.group == impl::Group::active)
            process.index = permutation_[process.index];
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
    void rename(MessageId& id) const {
        if (id.source >= first_active_source && id.source < first_component_source)
            id.source = static_cast<std::uint8_t>(first_active_source + permutation_[id.source - first_active_source]);
    }
    void rename(MessageSet& set) const {
        MessageSet renamed = set;
        for (std::uint8_t active = 0; active < scope_actives_max; ++active)
            renamed &=
                ~first_messages(static_cast<std::uint8_t>(first_active_source + active), active_message_count_max);
        for (std::uint8_t active = 0; active < scope_actives_max; ++active)
            for (std::uint8_t number = 1; number <= active_message_count_max; ++number) {
                MessageId id{static_cast<std::uint8_t>(first_active_source + active), number};
                if ((set & as_set(id)) == 0)
                    continue;
                rename(id);
                renamed |= as_set(id);
            }
        set = renamed;
    }
    void rename(Script& script) const {
        for (ScriptEntry& entry : script.entries)
            if (!entry.external())
                entry.receiver = permutation_[entry.receiver];
    }

    template <class T, std::size_t Capacity> void rename(impl::FixedVector<T, Capacity>& values) const {
        for (T& value : values)
            rename(value);
    }
    template <class T>
    requires std::is_class_v<T>
    void rename(T& value) const { T::visit_fields(value, *this); }
    template <class T, std::size_t Count> void rename(std::array<T, Count>&) const {} // numbers
    template <class T>
    requires(std::integral<T> && !std::same_as<T, MessageSet>) || std::is_enum_v<T> void rename(T&) const {}

private:
    const Permutation& permutation_;
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

} // namespace

ActiveSymmetry::ActiveSymmetry(const Layout& layout, std::uint8_t active_processes) : layout_(layout) {
    Permutation permutation{};
    for (std::uint8_t index = 0; index < permutation.size(); ++index)
        permutation[index] = index;
    do {
        const auto moved = [&](impl::ProcessId process) {
            Renamer(permutation).rename(process);
            return process;
        };
        std::vector<checker::SlotIndex> slots;
        for (std::size_t slot = 0; slot < layout.places().size(); ++slot) {
            const SlotPlace& place = layout.places()[slot];
            if (place.role == SlotRole::process)
                slots.push_back(layout.slot_of(moved(place.process)));
            else if (place.role == SlotRole::recovery)
                slots.push_back(layout.recovery_of(moved(place.process)));
            else if (place.role == SlotRole::channel)
                slots.push_back(layout.channel(moved(place.sender), moved(place.process)));
            else
                slots.push_back(static_cast<checker::SlotIndex>(slot));
        }
        permutations_.push_back(permutation);
        slots_.push_back(std::move(slots));
    } while (std::next_permutation(permutation.begin(), permutation.begin() + active_processes));
}

std::string ActiveSymmetry::renamed_bytes(std::size_t permutation, checker::SlotIndex slot,
                                          std::string_view bytes) const {
    const Renamer renamer(permutations_[permutation]);
    const SlotPlace& place = layout_.places()[slot];
    switch (place.role) {
    case SlotRole::channel:
        return renamed_channel(renamer, layout_.slots()[slot].kind, bytes);
    case SlotRole::recovery:
        return renamed<RecoveryLocal>(renamer, bytes);
    case SlotRole::script:
        return renamed<Script>(renamer, bytes);
    case SlotRole::process:
        if (place.process.group == impl::Group::low)
            return renamed<LowProcess>(renamer, bytes);
        if (place.process.group == impl::Group::shadow)
            return renamed<ShadowLocal>(renamer, bytes);
        return renamed<ActiveLocal>(renamer, bytes);
    default:
        return std::string(bytes); // budgets and what is proved name nobody
    }
}

} // namespace mdcd::model
