// Every field on its own, with numbers close together so that comparisons go all ways; small in half of the states, of
// any size in the others.
// Knows no rule.
#include "model/proof/made_up_state.hpp"

#include <algorithm>

#include "checker/channel.hpp"
#include "model/state/encoding.hpp"
#include "model/state/script.hpp"

namespace mdcd::model::proof {

using checker::Random;
using impl::Group;
using impl::ProcessId;

namespace {

constexpr std::uint64_t close_bound = 6;
constexpr std::uint64_t number_bound = std::uint64_t{1} << 31;
constexpr std::uint64_t low_number_bound = 31; // L1's number: the ghost has a bit for each that it used
constexpr std::uint64_t sent_bound = 256;      // of a state in a checkpoint
constexpr std::uint64_t messages_of_a_source_bound = 4;
constexpr std::uint64_t checkpoints_bound = 5;

class Maker {
public:
    Maker(const System& system, Random& random) : system_(system), random_(random) {
        if (random_.one_in(2))
            base_ = random_.below(random_.one_in(2) ? 100 : number_bound);
    }

    MadeUpState make() {
        make_messages();
        MadeUpState result;
        for (const SlotPlace& place : system_.layout().places())
            result.state.push_back(bytes_of(place));
        result.sent = sent_;
        return result;
    }

private:
    impl::SequenceNumber number() {
        const bool is_small = random_.one_in(4);
        const bool is_any = base_ > 0 && random_.one_in(8);
        return static_cast<impl::SequenceNumber>(is_any ? random_.below(number_bound)
                                                        : random_.below(close_bound) + (is_small ? 0 : base_));
    }
    impl::SequenceVector vector() { return impl::shared_number(number()); }
    bool truth() { return random_.one_in(2); }

    // Whom an active process may send to, but for the new versions: their copy of a message goes with the shadow's.
    ProcessId receiver_for(ProcessId sender) {
        const auto processes = system_.layout().processes();
        for (;;) {
            const ProcessId receiver = processes[random_.below(processes.size())];
            const bool fits = sender.group == Group::low ? receiver.group == Group::active
                                                         : receiver.group != Group::low && receiver != sender;
            if (fits)
                return receiver;
        }
    }

    void make_messages() {
        counts_.resize(system_.scope().active_processes + std::size_t{1});
        for (std::size_t source = 0; source < counts_.size(); ++source) {
            counts_[source] = static_cast<std::uint8_t>(random_.below(messages_of_a_source_bound));
            const ProcessId sender = source == 0 ? ProcessId{Group::low, 0}
                                                 : ProcessId{Group::active, static_cast<std::uint8_t>(source - 1)};
            for (std::uint8_t number_of = 1; number_of <= counts_[source]; ++number_of) {
                Message message;
                message.sender = sender;
                message.dirty = truth();
                message.low_sn = vector();
                message.payload = {{static_cast<std::uint8_t>(source), number_of}, vector()};
                const ProcessId receiver = sender.group == Group::active && system_.scope().active_processes == 1
                                               ? ProcessId{Group::shadow, 0}
                                               : receiver_for(sender);
                sent_.push_back({receiver, message});
                pending_.push_back(truth());
            }
        }
    }

    std::string bytes_of(const SlotPlace& place) {
        switch (place.role) {
        case SlotRole::process:
            return process(place.process);
        case SlotRole::channel:
            return channel(place);
        case SlotRole::script: {
            Script script;
            // Whatever either side has sent was resolved: the model takes no other state.
            for (std::uint64_t left = messages_of_a_source_bound - 1 + random_.below(3); left > 0; --left)
                script.entries.push_back(
                    {0, static_cast<std::uint8_t>(random_.below(system_.scope().active_processes))}, "the script");
            return encode(script);
        }
        case SlotRole::validated:
            return encode(Validated{vector(), truth()});
        default:
            return encode(Budget{1});
        }
    }

    std::string channel(const SlotPlace& place) {
        std::vector<std::string> messages;
        for (std::size_t each = 0; each < sent_.size(); ++each)
            if (pending_[each] && sent_[each].message.sender == place.sender &&
                (sent_[each].receiver == place.process || // or the copy of what goes to the shadow
                 (place.process.group == Group::low && sent_[each].receiver.group == Group::shadow)))
                messages.push_back(encode(sent_[each].message));
        if (truth() && place.process.group != Group::low && place.sender.group != Group::shadow) {
            Message notification;
            notification.kind = impl::MessageKind::passed_at;
            notification.sender = place.sender;
            notification.low_sn = vector();
            messages.push_back(encode(notification));
        }
        std::string bytes;
        while (!messages.empty()) {
            const auto chosen = messages.begin() + static_cast<std::ptrdiff_t>(random_.below(messages.size()));
            checker::append_message(bytes, *chosen);
            messages.erase(chosen);
        }
        return bytes;
    }

    History history(ProcessId process) {
        History history;
        history.depends = vector();
        for (std::size_t each = 0; each < sent_.size(); ++each) {
            const MessageSet message = as_set(sent_[each].message.payload.id);
            if (sent_[each].receiver != process)
                continue;
            history.received |= truth() ? message : MessageSet{0};
            history.duplicated |= random_.one_in(8) ? message : MessageSet{0};
        }
        history.sent = static_cast<std::uint8_t>(random_.below(random_.one_in(2) ? close_bound : sent_bound));
        return history;
    }

    Guarded guarded(ProcessId process, std::uint8_t sent) {
        Guarded guarded;
        guarded.dirty = truth();
        guarded.propagating = truth();
        guarded.low_sn = vector();
        guarded.valid_sn = vector();
        // One that is under way was not logged. Some are there twice, with another between the two.
        for (const bool again : {false, true})
            for (std::size_t each = 0; each < sent_.size(); ++each)
                if (sent_[each].receiver == process && !pending_[each] && (again ? random_.one_in(12) : truth()))
                    guarded.input_log.push_back({vector(), sent_[each].message}, "the receiver log");
        for (std::uint64_t left = random_.below(checkpoints_bound); left > 0; --left) {
            Checkpoint checkpoint;
            checkpoint.index = vector();
            checkpoint.low_sn = vector();
            checkpoint.propagating = truth();
            checkpoint.shadow_sn = process.group == Group::shadow ? number() : 0;
            checkpoint.log_length = static_cast<std::uint32_t>(random_.below(guarded.input_log.size() + 1));
            checkpoint.application = history(process);
            const bool is_new = std::ranges::none_of(guarded.checkpoints, [&](const Checkpoint& each) {
                return each.index == checkpoint.index && each.low_sn == checkpoint.low_sn;
            });
            if (is_new) // two alike could not be told apart
                guarded.checkpoints.push_back(checkpoint, "the checkpoint array");
        }
        guarded.application = history(process);
        guarded.application.sent = sent;
        return guarded;
    }

    std::string process(ProcessId id) {
        if (id.group == Group::low) {
            LowProcess low;
            low.id = id;
            low.low_sn = impl::shared_number(static_cast<impl::SequenceNumber>(random_.below(low_number_bound)));
            low.valid_sn = vector();
            low.application = history(id);
            low.application.sent = counts_[0];
            return encode(low);
        }
        if (id.group == Group::active) {
            ActiveLocal local;
            local.process = {id, guarded(id, counts_[id.index + std::size_t{1}])};
            return encode(local);
        }
        ShadowLocal local;
        local.process.id = id;
        local.process.guarded = guarded(id, static_cast<std::uint8_t>(random_.below(messages_of_a_source_bound)));
        local.process.shadow_sn = number();
        for (std::uint8_t number_of = 1; number_of <= local.process.guarded.application.sent; ++number_of)
            for (unsigned left = random_.one_in(12) ? 2 : truth() ? 1 : 0; left > 0; --left)
                local.process.output_log.push_back({vector(), number(), {Group::active, 0}, {{0, number_of}, vector()}},
                                                   "the log of outputs");
        return encode(local);
    }

    const System& system_;
    Random& random_;
    std::uint64_t base_ = 0;           // most numbers are close to it
    std::vector<std::uint8_t> counts_; // messages sent by each source
    Sent sent_;
    std::vector<bool> pending_; // for each of them
};

} // namespace

MadeUpState make_up_state(const System& system, Random& random) {
    return Maker(system, random).make();
}

} // namespace mdcd::model::proof
