// A state is decoded once, judged, and asked for each step's successors. What a handler does twice is compared for one
// state in sixteen, and for the sampled ones once more at the end, by hand, in another order.
// Knows no record and no effect.
#include "checker/engine/content_expander.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "checker/engine/purity.hpp"
#include "checker/engine/short_bytes.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::engine {
namespace {

Outcomes outcomes_of(const Successors& successors) {
    Outcomes outcomes;
    for (std::size_t i = 0; i < successors.size(); ++i)
        outcomes.push_back({.writes = {{.slot = 0, .bytes = std::string(successors.bytes(i))}},
                            .sends = {},
                            .fired = successors.fired(i)});
    return outcomes;
}

} // namespace

ContentExpander::ContentExpander(const BoundModel& model, DirectModel& direct, const ContentStore& store,
                                 std::unique_ptr<ContentOrbits> orbits, unsigned worker, bool check_all)
    : model_(model), direct_(direct), store_(store), orbits_(std::move(orbits)), worker_(worker), check_all_(check_all),
      step_count_(static_cast<StepIndex>(model.steps().size())), coverage_points_(model.coverage_point_count()),
      lately_(lately_min) {
    tally_.counts.coverage.resize(coverage_points_);
}

bool ContentExpander::run(Stretch stretch, ContentCandidates& out, Work work, const OpenQuestions& open_questions,
                          StopWatch& watch) {
    tally_.begin(open_questions);
    first_of_round_ = stretch.first_of_round;
    out_ = &out;
    const bool grows = stretch.end >= lately_.size() && lately_.size() < lately_max; // with the search, as Expander's
    if (++run_ == 0 || grows) {                                                      // numbers of runs come again
        lately_.assign(grows ? std::min(std::bit_ceil(4 * stretch.end), lately_max) : lately_.size(), {});
        run_ = 1;
    }
    bool stopped = watch.time_to_stop();
    for (std::uint64_t number = stretch.begin; number < stretch.end; ++number) {
        const std::string_view bytes = store_.content(number);
        const bool judgable = open(number, bytes);
        if (number % 32 == 31) {
            stopped = watch.time_to_stop();
            if (stopped && number + 1 < stretch.end && watch.is_overdue(StopWatch::judging_seconds))
                return false;
        }
        if (work == Work::count || (work == Work::expand && !stopped))
            expand(number, bytes, judgable, work);
    }
    return true;
}

// Decodes and judges. False if that failed.
bool ContentExpander::open(std::uint64_t number, std::string_view bytes) {
    PropertyBits bits = 0;
    try {
        direct_.open(worker_, bytes);
        bits = direct_.judge_opened(worker_);
    } catch (const ModelError&) {
        tally_.fail(number);
        return false;
    }
    tally_.note(number, bits);
    return true;
}

void ContentExpander::expand(std::uint64_t number, std::string_view bytes, bool judgable, Work work) {
    std::uint64_t firings = 0;
    for (StepIndex step = 0; step < step_count_; ++step) {
        if (!fire(number, step)) {
            tally_.fail(number);
            continue;
        }
        firings += successors_.size();
        for (std::size_t i = 0; i < successors_.size(); ++i) {
            cover(successors_.fired(i));
            const std::string_view next = successors_.bytes(i);
            if (work == Work::expand && !are_equal(next, bytes))
                write_down(number, next);
        }
    }
    tally_.counts.firings += firings;
    if (firings == 0)
        tally_.note_dead_end(number, judgable, [&] { return direct_.opened_is_final(worker_); });
}

// What the step does is in successors_ then. False if it failed.
bool ContentExpander::fire(std::uint64_t number, StepIndex step) {
    constexpr std::size_t outcomes_max = 0xffff; // as in checker::fire()
    successors_.clear();
    ++handler_calls_;
    try {
        direct_.step_from_opened(worker_, step, successors_);
        if (successors_.size() > outcomes_max)
            return false;
        for (std::size_t i = 0; coverage_points_ < 64 && i < successors_.size(); ++i)
            if (successors_.fired(i) >> coverage_points_ != 0)
                return false;
    } catch (const ModelError&) { // which one is found out when the path is rebuilt by hand
        return false;
    }
    if (check_all_ || number % 16 == 0)
        check(number, step);
    return true;
}

void ContentExpander::check(std::uint64_t number, StepIndex step) {
    if (calls_seen_ < samples_max || number % 64 == 0) {
        const SampledCall call{.state = number, .step = step, .digest = digest_of(outcomes_of(successors_))};
        if (calls_seen_ < samples_max)
            samples_.push_back(call);
        else // the first ones stay
            samples_[samples_max / 2 + calls_seen_ % (samples_max / 2)] = call;
        ++calls_seen_;
    }
    again_.clear();
    try {
        direct_.step_from_opened(worker_, step, again_);
        if (again_ == successors_)
            return;
    } catch (const ModelError&) {
    }
    nondeterminism_ = not_pure(model_.steps()[step]);
}

void ContentExpander::write_down(std::uint64_t number, std::string_view bytes) {
    ++tally_.counts.followed;
    try {
        const std::string_view next = canonical(bytes);
        const std::uint32_t hash = content_hash_of(next);
        Lately& lately = lately_[hash & (lately_.size() - 1)];
        if (lately.run == run_ && lately.hash == hash && are_equal(out_->bytes_at(hash, lately.place), next)) {
            out_->add_known(hash);
            return;
        }
        const std::size_t place = out_->add(hash, number - first_of_round_, next);
        lately = {.run = run_, .hash = hash, .place = static_cast<std::uint32_t>(place)};
    } catch (const ModelError&) {
        tally_.fail(number);
    }
}

void ContentExpander::cover(std::uint64_t fired) {
    for (; fired != 0; fired &= fired - 1)
        ++tally_.counts.coverage[static_cast<std::size_t>(std::countr_zero(fired))];
}

void ContentExpander::check_samples(const BoundModel* second, const std::function<void()>& look_at_clock) {
    const auto ask = [&](const BoundModel& model, const SampledCall& call) {
        look_at_clock();
        if (call.state >= store_.size()) // a limit has cut it off
            return;
        const std::array<std::string_view, 1> values = {store_.content(call.state)};
        if (digest_of_call(model, call.step, Inputs{.values = values, .message = {}}) != call.digest)
            nondeterminism_ = not_pure(model_.steps()[call.step]);
    };
    for (std::size_t i = samples_.size(); i-- > 0;)
        ask(model_, samples_[i]);
    const std::size_t count = samples_.size();
    for (std::size_t i = 0; i < count; ++i) // 257 is a prime: all of them, far from their neighbours
        ask(second != nullptr ? *second : model_, samples_[count % 257 == 0 ? i : i * 257 % count]);
}

} // namespace mdcd::checker::engine
