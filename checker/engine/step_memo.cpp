// A call's key is the step and the ids of what its handler is shown. Handlers run outside the locks: two
// workers may run the same one at the same time, and find the same.
#include "checker/engine/step_memo.hpp"

#include <algorithm>

#include "checker/channel.hpp"
#include "checker/engine/purity.hpp"
#include "checker/engine/table_hash.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::engine {
namespace {

bool same_result(const StepResult& a, const StepResult& b) {
    return a.failed == b.failed && std::ranges::equal(a.endings, b.endings, [](const Ending& x, const Ending& y) {
               return x.effect == y.effect && x.fired == y.fired;
           });
}

} // namespace

std::size_t StepMemo::KeyHash::operator()(const Key& key) const {
    std::uint64_t hash = key.size();
    for (const Id id : key)
        hash = mix(hash * 0x9e3779b97f4a7c15U + id);
    return hash;
}

StepMemo::StepMemo(const BoundModel& model, SlotSpace& space, EffectTable& effects, std::atomic<std::uint64_t>& meter,
                   bool check_all)
    : model_(model), space_(space), effects_(effects), meter_(meter), check_all_(check_all) {
    for (const Step& step : model.steps())
        homes_.push_back(space.layout().home_of(inputs_of(step)));
}

void StepMemo::evaluate(StepIndex index, std::span<const Id> ids, StepResult& result) {
    const Step& step = model_.steps()[index];
    const std::vector<std::uint16_t>& position_of = space_.layout().position_of;
    for (const SlotIndex slot : step.room) {
        const std::uint16_t position = position_of[slot];
        if (space_.message_count(position, ids[position]) >= space_.slot_at(position).capacity)
            return;
    }
    if (!step.takes)
        return evaluate_with(index, ids, no_id, 0, result);
    const std::uint16_t position = position_of[*step.takes];
    std::vector<std::string_view> messages = messages_of(space_.value(position, ids[position]));
    if (space_.slot_at(position).kind == SlotKind::fifo)
        messages.resize(std::min<std::size_t>(messages.size(), 1));
    messages.erase(std::unique(messages.begin(), messages.end()), messages.end()); // a bag is sorted
    for (std::size_t taken = 0; taken < messages.size(); ++taken)
        evaluate_with(index, ids, space_.intern_message(messages[taken]), taken, result);
}

void StepMemo::evaluate_with(StepIndex index, std::span<const Id> ids, Id message, std::size_t taken,
                             StepResult& result) {
    const Step& step = model_.steps()[index];
    Key key = {index, message};
    for (const SlotIndex slot : step.reads)
        key.push_back(ids[space_.layout().position_of[slot]]);
    const auto append = [&](const StepResult& found) {
        for (const Ending& ending : found.endings) {
            if (!step.fits.empty() && !fits(step, ids, ending)) {
                result.waits = true;
                continue;
            }
            result.endings.push_back(ending);
            result.endings.back().taken = static_cast<std::uint16_t>(taken);
        }
        result.failed = result.failed || found.failed;
    };
    // What depends on one value alone is remembered with that value (see record.hpp), not here as well.
    if (space_.layout().nodes[homes_[index]].is_leaf())
        return append(call(key));
    Stripe& stripe = stripes_[KeyHash{}(key) >> 60];
    {
        const std::lock_guard guard(stripe.lock);
        const auto found = stripe.results.find(key);
        if (found != stripe.results.end())
            return append(found->second);
    }
    StepResult fresh = call(key);
    append(fresh);
    const std::uint64_t bytes =
        sizeof(std::pair<Key, StepResult>) + 32 + key.size() * sizeof(Id) + fresh.endings.size() * sizeof(Ending);
    const std::lock_guard guard(stripe.lock);
    if (stripe.results.emplace(std::move(key), std::move(fresh)).second) {
        meter_ += bytes;
        charged_ += bytes;
    }
}

bool StepMemo::fits(const Step& step, std::span<const Id> ids, const Ending& ending) {
    const Operations operations = effects_.operations(ending.effect);
    return std::ranges::all_of(step.fits, [&](SlotIndex slot) {
        const std::uint16_t position = space_.layout().position_of[slot];
        return space_.has_room(position, ids[position], operations);
    });
}

StepResult StepMemo::call(const Key& key) {
    ++handler_calls_;
    const StepResult result = run_handler(key);
    if (check_all_ || KeyHash{}(key) % 16 == 0)
        check(key, result);
    return result;
}

template <class Use> auto StepMemo::with_inputs(const Key& key, Use use) const {
    const Step& step = model_.steps()[key[0]];
    std::vector<std::string_view> values;
    for (std::size_t i = 0; i < step.reads.size(); ++i)
        values.push_back(space_.value(space_.layout().position_of[step.reads[i]], key[2 + i]));
    const std::string_view message = key[1] == no_id ? std::string_view{} : space_.message(key[1]);
    return use(static_cast<StepIndex>(key[0]), Inputs{.values = values, .message = message});
}

StepResult StepMemo::run_handler(const Key& key) {
    const Step& step = model_.steps()[key[0]];
    Outcomes outcomes;
    StepResult result;
    try {
        with_inputs(key, [&](StepIndex index, const Inputs& inputs) { model_.fire(index, inputs, outcomes); });
        if (calls_seen_.load(std::memory_order_relaxed) < samples_max || KeyHash{}(key) % 64 == 1)
            note_call(key, digest_of(outcomes));
    } catch (const ModelError&) { // which one is found out when the path is rebuilt by hand
        result.failed = true;
        return result;
    }
    for (const Outcome& outcome : outcomes)
        result.endings.push_back({.effect = effect_of(step, key[1], outcome),
                                  .taken = 0,
                                  .outcome = static_cast<std::uint16_t>(&outcome - outcomes.data()),
                                  .fired = outcome.fired});
    return result;
}

Id StepMemo::effect_of(const Step& step, Id message, const Outcome& outcome) {
    const std::vector<std::uint16_t>& position_of = space_.layout().position_of;
    Operations operations;
    const auto add = [&](SlotIndex slot, OperationKind kind, Id operand) {
        operations.push_back({.position = position_of[slot], .kind = kind, .operand = operand});
    };
    if (step.takes && !step.keeps)
        add(*step.takes, OperationKind::take, message);
    for (const Outcome::Change& write : outcome.writes) // fire() has looked at the numbers
        add(write.slot, OperationKind::set, space_.intern_value(position_of[write.slot], write.bytes));
    for (const Outcome::Change& sent : outcome.sends)
        add(sent.slot, OperationKind::send, space_.intern_message(sent.bytes));
    std::ranges::stable_sort(operations, {}, &Operation::position);
    return effects_.intern(operations);
}

void StepMemo::check(const Key& key, const StepResult& result) {
    if (same_result(result, run_handler(key)))
        return;
    const std::lock_guard guard(nondeterminism_lock_);
    nondeterminism_ = not_pure(model_.steps()[key[0]]);
}

void StepMemo::check_again(const std::function<void()>& look_at_clock) {
    for (Stripe& stripe : stripes_)
        for (const auto& [key, result] : stripe.results) {
            look_at_clock();
            check(key, result);
        }
}

// The first calls, then some of the others instead of some of those.
void StepMemo::note_call(const Key& key, std::uint64_t digest) {
    const std::lock_guard guard(samples_lock_);
    const std::uint64_t seen = calls_seen_++;
    if (seen < samples_max)
        samples_.push_back({.key = key, .digest = digest});
    else
        samples_[samples_max / 2 + seen % (samples_max / 2)] = {.key = key, .digest = digest};
}

void StepMemo::check_samples(const BoundModel* second, const std::function<void()>& look_at_clock) {
    const auto ask = [&](const BoundModel& model, const SampledCall& call) {
        look_at_clock();
        const std::uint64_t digest = with_inputs(
            call.key, [&](StepIndex index, const Inputs& inputs) { return digest_of_call(model, index, inputs); });
        if (digest == call.digest)
            return;
        const std::lock_guard guard(nondeterminism_lock_);
        nondeterminism_ = not_pure(model_.steps()[call.key[0]]);
    };
    for (std::size_t i = samples_.size(); i-- > 0;)
        ask(model_, samples_[i]);
    const std::size_t count = samples_.size();
    for (std::size_t i = 0; i < count; ++i) // 257 is a prime: all of them, far from their neighbours
        ask(second != nullptr ? *second : model_, samples_[count % 257 == 0 ? i : i * 257 % count]);
}

std::optional<std::string> StepMemo::nondeterminism() const {
    const std::lock_guard guard(nondeterminism_lock_);
    return nondeterminism_;
}

void StepMemo::forget() {
    for (Stripe& stripe : stripes_)
        stripe.results.clear();
    meter_ -= charged_.exchange(0);
}

} // namespace mdcd::checker::engine
