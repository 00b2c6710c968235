// Numbers are close together so that comparisons go all ways; small in half of the states, of any size in the others.
// What decides which steps there are, and who a message is, stays.
#include "model/proof/cluster_altered.hpp"

#include <algorithm>

#include "checker/channel.hpp"
#include "model/state/encoding.hpp"

namespace mdcd::model::proof::cluster {

using checker::Random;
using impl::Group;

namespace {

constexpr std::uint64_t close_numbers = 5;
constexpr std::uint64_t any_number = std::uint64_t{1} << 31;
constexpr std::uint64_t array_bound = 5; // checkpoints, as far as they are added

class Alteration {
public:
    Alteration(const System& system, Random& random)
        : random_(random), components_(system.scope().components),
          base_(random.one_in(2) ? random.below(any_number) : 0) {}

    void alter(Message& message) {
        message.dirty = truth(message.dirty);
        alter(message.low_sn);
        alter(message.payload.depends);
    }

    void alter(impl::SequenceVector& vector) {
        for (std::size_t entry = 0; entry < components_; ++entry)
            if (random_.one_in(2))
                vector[entry] = number();
    }

    void alter(Guarded& guarded, impl::ProcessId process, const Sent& sent) {
        guarded.dirty = truth(guarded.dirty);
        alter(guarded.low_sn);
        alter(guarded.valid_sn);
        alter(guarded.application, process, sent);
        for (const SentMessage& each : sent)
            if (each.receiver == process && random_.one_in(4) && guarded.input_log.size() < array_bound)
                guarded.input_log.push_back({guarded.low_sn, each.message}, "the receiver log");
        while (random_.one_in(2) && guarded.checkpoints.size() < array_bound) {
            Checkpoint added;
            added.application = guarded.application;
            added.shadow_sn = process.group == Group::shadow ? number() : 0;
            added.external_sn = process.group == Group::shadow ? number() : 0;
            guarded.checkpoints.push_back(added, "the checkpoint array");
        }
        for (Checkpoint& each : guarded.checkpoints) {
            alter(each.index);
            alter(each.low_sn);
            alter(each.application, process, sent);
            each.application.sent = static_cast<std::uint8_t>(random_.below(close_numbers));
            each.application.sent_inside = static_cast<std::uint8_t>(random_.below(close_numbers));
            each.log_length = static_cast<std::uint32_t>(random_.below(guarded.input_log.size() + 1));
        }
        drop_lookalikes(guarded);
    }

    void alter(ShadowProcess& shadow) {
        for (impl::SequenceNumber* each : {&shadow.shadow_sn, &shadow.external_sn, &shadow.valid_external})
            if (random_.one_in(2))
                *each = number();
        alter(shadow.output_log, shadow.id);
        alter(shadow.external_log, shadow.id);
    }

    void alter(LowProcess& low) {
        alter(low.low_sn);
        alter(low.valid_sn);
        alter(low.application.depends);
        if (random_.one_in(2)) // no less than it has output: what is decided is read from both
            low.external_sn += number();
    }

private:
    impl::SequenceNumber number() {
        const bool is_small = random_.one_in(4);
        return static_cast<impl::SequenceNumber>(random_.below(close_numbers) + (is_small ? 0 : base_));
    }
    bool truth(bool as_it_is) { return random_.one_in(3) ? !as_it_is : as_it_is; }

    void alter(impl::OutputLog<GhostApplication>& log, impl::ProcessId shadow) {
        const std::size_t logged = log.size();
        for (std::size_t position = 0; position < logged; ++position) {
            auto& entry = log[position];
            entry.index[shadow.index] = number();
            entry.number = number();
            alter(entry.payload.depends);
            if (random_.one_in(6))
                log.push_back(entry, "a log of outputs");
        }
    }

    void alter(History& history, impl::ProcessId process, const Sent& sent) {
        alter(history.depends);
        for (const SentMessage& each : sent) {
            const MessageSet message = as_set(each.message.payload.id);
            if (each.receiver != process)
                continue;
            history.received ^= random_.one_in(3) ? message : MessageSet{0};
            history.duplicated ^= random_.one_in(8) ? message : MessageSet{0};
        }
    }

    // Two checkpoints that are alike could not be told apart.
    static void drop_lookalikes(Guarded& guarded) {
        const auto all = guarded.checkpoints;
        guarded.checkpoints.keep_if([&](const Checkpoint& each, std::size_t position) {
            return std::none_of(all.begin(), all.begin() + position, [&](const Checkpoint& other) {
                return other.index == each.index && other.low_sn == each.low_sn;
            });
        });
    }

    Random& random_;
    std::size_t components_;
    std::uint64_t base_; // most numbers are close to it
};

} // namespace

AlteredState altered(const System& system, const checker::GlobalState& state, const Sent& sent, Random& random) {
    Alteration alteration(system, random);
    AlteredState result{state, sent};
    for (SentMessage& each : result.sent)
        if (random.one_in(2))
            alteration.alter(each.message);
    const auto places = system.layout().places();
    for (std::size_t slot = 0; slot < places.size(); ++slot) {
        std::string& bytes = result.state[slot];
        const impl::ProcessId process = places[slot].process;
        if (places[slot].role == SlotRole::validated) {
            auto validated = decode<Validated>(bytes);
            alteration.alter(validated.number);
            bytes = encode(validated);
        } else if (places[slot].role == SlotRole::channel) {
            std::string messages;
            for (const std::string_view each : checker::messages_of(bytes)) {
                auto message = decode<Message>(each);
                const auto known = std::ranges::find_if(result.sent, [&](const SentMessage& one) {
                    return one.message.payload.id == message.payload.id && one.receiver == process;
                });
                if (known != result.sent.end())
                    message = known->message;
                else
                    alteration.alter(message.low_sn);
                for (unsigned copies = random.one_in(8) ? 2 : 1; copies > 0; --copies)
                    checker::append_message(messages, encode(message));
            }
            bytes = messages;
        } else if (places[slot].role == SlotRole::process && process.group == Group::low) {
            auto low = decode<LowProcess>(bytes);
            alteration.alter(low);
            bytes = encode(low);
        } else if (places[slot].role == SlotRole::process && process.group == Group::shadow) {
            auto local = decode<ShadowLocal>(bytes);
            alteration.alter(local.process.guarded, process, result.sent);
            alteration.alter(local.process);
            bytes = encode(local);
        } else if (places[slot].role == SlotRole::process) {
            auto local = decode<ActiveLocal>(bytes);
            alteration.alter(local.process.guarded, process, result.sent);
            bytes = encode(local);
        }
    }
    return result;
}

} // namespace mdcd::model::proof::cluster
