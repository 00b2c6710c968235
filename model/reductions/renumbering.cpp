// Finds the coarsest renaming that keeps every comparison which the implementation or a property may yet make, and
// rewrites slots by it, field by field. A field that is added to impl has to be added here.
// Knows no step.
#include "model/reductions/renumbering.hpp"

#include <algorithm>
#include <bit>

#include "checker/channel.hpp"
#include "checker/invariant.hpp"
#include "impl/guards.hpp"
#include "model/state/encoding.hpp"
#include "model/state/script.hpp"

namespace mdcd::model {

using impl::Group;
using impl::SequenceVector;

namespace {

constexpr std::uint32_t bit(impl::SequenceNumber number) {
    return std::uint32_t{1} << number;
}
// What the new version knows to be validated counts only where it is the largest number that anyone knows: unlike the
// others it neither keeps anything for a recovery nor rolls back.
bool low_register_agreed(const impl::Rules& rules) {
    return !impl::guards::recovers_by_itself(rules);
}

constexpr std::uint32_t bit(const SequenceVector& numbers) {
    return bit(numbers[0]); // one component: entry 0 alone is used
}

NumberUse use_of(const Guarded& process) {
    NumberUse use;
    use.carried = bit(process.low_sn);
    use.valid = bit(process.valid_sn);
    use.marks = bit(process.application.depends);
    for (const Checkpoint& checkpoint : process.checkpoints)
        use.marks |= bit(checkpoint.index) | bit(checkpoint.low_sn) | bit(checkpoint.application.depends);
    for (const auto& entry : process.input_log)
        use.marks |= bit(entry.index) | bit(entry.message.low_sn) | bit(entry.message.payload.depends);
    return use;
}

NumberUse use_of(std::string_view channel) {
    NumberUse use;
    for (const std::string_view bytes : checker::messages_of(channel)) {
        const auto message = decode<Message>(bytes);
        if (message.kind == impl::MessageKind::passed_at) {
            use.notified |= bit(message.low_sn);
            continue;
        }
        use.carried |= bit(message.low_sn);
        use.dirty_messages |= message.dirty ? bit(message.low_sn) : 0;
        use.marks |= bit(message.payload.depends);
    }
    return use;
}

} // namespace

NumberUse& NumberUse::operator|=(const NumberUse& other) {
    carried |= other.carried;
    dirty_messages |= other.dirty_messages;
    dirty_actives |= other.dirty_actives;
    notified |= other.notified;
    valid |= other.valid;
    low_valid |= other.low_valid;
    marks |= other.marks;
    return *this;
}

NumberSummary summarise_numbers(const SlotPlace& place, std::string_view bytes) {
    NumberSummary summary;
    if (place.role == SlotRole::validated) {
        summary.proved = static_cast<std::uint8_t>(decode<Validated>(bytes).number[0]);
    } else if (place.role == SlotRole::channel && place.process.group != Group::low) {
        summary.use = use_of(bytes);
    } else if (place.role == SlotRole::process && place.process.group == Group::low) {
        summary.use.low_valid = bit(decode<LowProcess>(bytes).valid_sn);
    } else if (place.role == SlotRole::process && place.process.group == Group::shadow) {
        const auto local = decode<ShadowLocal>(bytes);
        summary.use = use_of(local.process.guarded);
        for (const auto& entry : local.process.output_log)
            summary.use.marks |= bit(entry.index) | bit(entry.payload.depends);
        summary.standing = standing_of(local);
    } else if (place.role == SlotRole::process) {
        const auto local = decode<ActiveLocal>(bytes);
        summary.use = use_of(local.process.guarded);
        if (local.process.guarded.dirty)
            summary.use.dirty_actives = bit(local.process.guarded.low_sn);
        summary.standing = standing_of(local);
    }
    return summary;
}

Renumbering::Renumbering(const Layout& layout, const impl::Rules& rules,
                         std::span<const NumberSummary* const> summaries) {
    NumberUse use;
    for (const NumberSummary* const summary : summaries)
        use |= summary->use;
    Standing shadow;
    std::array<Standing, scope_actives_max> actives{};
    std::size_t active_count = 0;
    for (const impl::ProcessId process : layout.processes()) {
        if (process.group == Group::shadow)
            shadow = summaries[layout.slot_of(process)]->standing;
        else if (process.group == Group::active)
            actives[active_count++] = summaries[layout.slot_of(process)]->standing;
    }
    settled_ = model::settled(shadow, std::span(actives).first(active_count),
                              summaries[layout.shared(SlotRole::validated)]->proved);
    const std::uint32_t known = use.valid | use.low_valid;
    agreed_ = static_cast<std::uint8_t>(std::bit_width(known) - (known == 0 ? 0 : 1));
    find_groups(rules, use);
}

// Of two numbers that may be compared as x <= y only the answer counts: where some y is smaller than some x, a group
// has to begin in between, or at x. `older` and `newer` are such families of comparisons:
//   news       x: number of a dirty message, y: number of its receiver (figures 3 and 4, "larger number")
//   validated  x: what stands in checkpoints and logs, what a state depends on, what the shadow has generated (at least
//              settled_.cluster); y: what is, or will be, said to be validated
void Renumbering::find_groups(const impl::Rules& rules, const NumberUse& use) {
    std::uint32_t carried = use.carried;
    if (rules.notification_sn == impl::NotificationSn::advance)
        carried |= use.notified;
    // An active process that is dirty, or becomes so by a message under way, may come to carry any number that
    // something carries, if it is larger than its own; it sends dirty messages under it, and may pass a test.
    const std::uint32_t dirty = use.dirty_actives | use.dirty_messages;
    const std::uint32_t by_dirty = dirty | (dirty == 0 ? 0 : carried & ~((dirty & (~dirty + 1)) - 1));

    std::uint32_t news_y = carried;
    if (rules.validated_register == impl::ValidatedRegister::everywhere)
        news_y |= use.valid | use.notified;
    const std::uint32_t news_x = by_dirty;
    std::uint32_t validated_y = use.notified | by_dirty;
    const std::uint32_t valid = use.valid | (low_register_agreed(rules) ? bit(agreed_) : use.low_valid);
    validated_y |= valid;
    std::uint32_t validated_x = carried | use.marks | bit(settled_.cluster);
    if (rules.resend == impl::Resend::from_checkpoint_index) { // compares marks with marks
        const std::uint32_t all = carried | use.marks | use.notified | valid | bit(settled_.cluster);
        validated_x = validated_y = all;
    }
    std::uint32_t group = 0;
    for (unsigned number = 1; number <= settled_.cluster; ++number) {
        if (((news_x & bit(number)) != 0 && (news_y & group) != 0) ||
            ((validated_x & bit(number)) != 0 && (validated_y & group) != 0)) {
            group_begins_ |= bit(number);
            group = 0;
        }
        group |= bit(number);
    }
}

std::uint64_t Renumbering::code() const {
    std::uint64_t code = std::uint64_t{group_begins_} << 8 | std::uint64_t{agreed_} << 4 | settled_.cluster;
    for (std::size_t active = 0; active < settled_.active.size(); ++active)
        code |= std::uint64_t{settled_.active[active]} << (24 + 4 * active);
    return code;
}

Renumbering Renumbering::from_code(std::uint64_t code) {
    Renumbering renumbering;
    renumbering.settled_.cluster = static_cast<std::uint8_t>(code & 15);
    renumbering.agreed_ = static_cast<std::uint8_t>(code >> 4 & 15);
    renumbering.group_begins_ = static_cast<std::uint32_t>(code >> 8 & 0xffff);
    for (std::size_t active = 0; active < renumbering.settled_.active.size(); ++active)
        renumbering.settled_.active[active] = static_cast<std::uint8_t>(code >> (24 + 4 * active) & 15);
    return renumbering;
}

unsigned Renumbering::groups() const {
    return settled_.cluster == 0 ? 0 : 1 + static_cast<unsigned>(std::popcount(group_begins_));
}

unsigned Renumbering::number(unsigned before) const {
    if (before == 0)
        return 0;
    if (before > settled_.cluster)
        return before - settled_.cluster + groups();
    return 1 + static_cast<unsigned>(std::popcount(group_begins_ & ((bit(before) << 1) - 1)));
}

MessageSet Renumbering::messages(MessageSet before) const {
    const MessageSet cluster = first_messages(0, cluster_message_count_max);
    MessageSet after = ((before & cluster) >> settled_.cluster) << groups();
    invariant((after & ~cluster) == 0, "renaming numbers makes one too large");
    for (std::size_t active = 0; active < settled_.active.size(); ++active) {
        const auto source = static_cast<std::uint8_t>(first_active_source + active);
        const MessageSet own = before & first_messages(source, active_message_count_max);
        after |= own >> settled_.active[active] & first_messages(source, active_message_count_max);
    }
    return after;
}

Renumbering Renumbering::permuted(std::span<const std::uint8_t> permutation) const {
    Renumbering result = *this;
    for (std::size_t active = 0; active < settled_.active.size(); ++active)
        result.settled_.active[permutation[active]] = settled_.active[active];
    return result;
}

namespace {

class Rewriter {
public:
    Rewriter(const Renumbering& renumbering, const Scope& scope, const impl::Rules& rules)
        : renumbering_(renumbering), scope_(scope), low_register_agreed_(low_register_agreed(rules)),
          prototypes_(first_messages(0, renumbering.groups())) {}

    // What the new version received concerns nobody: it stops at recovery, and depends on all that it has sent anyway.
    [[nodiscard]] std::string channel(std::string_view bytes, bool to_low, checker::SlotKind kind) const {
        std::string result;
        for (const std::string_view each : checker::messages_of(bytes)) {
            auto message = decode<Message>(each);
            if (to_low)
                forget_content(message);
            else
                rewrite(message);
            if (kind == checker::SlotKind::fifo)
                checker::append_message(result, encode(message));
            else
                checker::insert_message(result, encode(message));
        }
        return result;
    }

    void rewrite(LowProcess& process) const {
        rewrite(process.low_sn);
        process.valid_sn[0] = renumbering_.number(low_register_agreed_ ? renumbering_.agreed() : process.valid_sn[0]);
        process.external_sn = 0; // only external messages of the script are asked about
        rewrite(process.application.depends);
        rewrite_count(process.application.sent);
        process.application.drawn = 0; // one component draws no number twice
    }
    void rewrite(ShadowLocal& local) const {
        rewrite(local.process.shadow_sn);
        local.process.valid_external = 0;
        rewrite(local.process.guarded, [this](History& history) {
            rewrite_count(history.sent);
            rewrite_sets(history);
        });
        for (auto* const log : {&local.process.output_log, &local.process.external_log})
            for (auto& entry : *log) {
                rewrite(entry.index);
                rewrite(entry.number);
                rewrite(entry.payload);
            }
        local.ghost.purged = renumbering_.messages(local.ghost.purged);
    }
    // Settled messages of the cluster were received by somebody. By whom is forgotten: every active process has them.
    void rewrite(ActiveLocal& local) const {
        const std::uint8_t settled = renumbering_.settled().active[local.process.id.index];
        rewrite(local.process.guarded, [this, settled](History& history) {
            history.sent = static_cast<std::uint8_t>(history.sent - settled);
            rewrite_sets(history);
            history.received |= prototypes_;
        });
        local.ghost.purged = renumbering_.messages(local.ghost.purged);
    }
    void rewrite(Validated& validated) const { rewrite(validated.number); }
    void rewrite(Script& script) const {
        const unsigned settled = renumbering_.settled().cluster;
        if (settled == 0)
            return;
        Script after;
        if (scope_.budgets.cluster_messages != unbounded_budget)
            after.forgotten = static_cast<std::uint8_t>(script.forgotten + settled - renumbering_.groups());
        for (unsigned number = 0; number < renumbering_.groups(); ++number)
            after.entries.push_back({}, "the script");
        for (std::size_t position = settled; position < script.entries.size(); ++position)
            after.entries.push_back(script.entries[position], "the script");
        script = after;
    }

private:
    void rewrite(impl::SequenceNumber& number) const { number = renumbering_.number(number); }
    void rewrite(SequenceVector& numbers) const { rewrite(numbers[0]); }
    void rewrite_count(std::uint8_t& count) const { count = static_cast<std::uint8_t>(renumbering_.number(count)); }
    void rewrite_sets(History& history) const {
        history.received = renumbering_.messages(history.received);
        history.duplicated = renumbering_.messages(history.duplicated);
    }
    void rewrite(Payload& payload) const {
        rewrite(payload.depends);
        const MessageSet message = as_set(payload.id);
        if (message == 0)
            return;
        const MessageSet renamed = renumbering_.messages(message);
        invariant(renamed != 0, "a message that is under way or logged is called settled");
        payload.id = message_at(static_cast<unsigned>(std::countr_zero(renamed)));
    }
    static void forget_content(Message& message) {
        Message empty;
        empty.kind = message.kind;
        empty.sender = message.sender;
        message = empty;
    }
    void rewrite(Message& message) const {
        rewrite(message.low_sn);
        message.external_sn = 0;
        rewrite(message.payload);
    }
    template <class RewriteHistory> void rewrite(Guarded& guarded, RewriteHistory rewrite_history) const {
        rewrite(guarded.low_sn);
        rewrite(guarded.valid_sn);
        rewrite(guarded.application.depends);
        rewrite_history(guarded.application);
        for (Checkpoint& checkpoint : guarded.checkpoints) {
            rewrite(checkpoint.index);
            rewrite(checkpoint.low_sn);
            rewrite(checkpoint.shadow_sn);
            rewrite(checkpoint.application.depends);
            rewrite_history(checkpoint.application);
        }
        for (auto& entry : guarded.input_log) {
            rewrite(entry.index);
            rewrite(entry.message);
        }
    }

    const Renumbering& renumbering_;
    const Scope& scope_;
    bool low_register_agreed_;
    MessageSet prototypes_;
};

template <class T> std::string rewritten(const Rewriter& rewriter, std::string_view bytes) {
    auto value = decode<T>(bytes);
    rewriter.rewrite(value);
    return encode(value);
}

} // namespace

std::string renumbered_bytes(const Renumbering& renumbering, const Scope& scope, const impl::Rules& rules,
                             const SlotPlace& place, checker::SlotKind kind, std::string_view bytes) {
    const Rewriter rewriter(renumbering, scope, rules);
    switch (place.role) {
    case SlotRole::channel:
        return rewriter.channel(bytes, place.process.group == Group::low, kind);
    case SlotRole::script:
        return rewritten<Script>(rewriter, bytes);
    case SlotRole::validated:
        return rewritten<Validated>(rewriter, bytes);
    case SlotRole::process:
        if (place.process.group == Group::low)
            return rewritten<LowProcess>(rewriter, bytes);
        if (place.process.group == Group::shadow)
            return rewritten<ShadowLocal>(rewriter, bytes);
        return rewritten<ActiveLocal>(rewriter, bytes);
    default:
        return std::string(bytes);
    }
}

} // namespace mdcd::model
