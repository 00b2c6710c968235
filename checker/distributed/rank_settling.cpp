// What a round has found out, looked at in the order of states by rank 0, as engine/explorer.cpp does; the states of
// the run to it come from the ranks that have them. Afterwards all know what is still open.
#include <algorithm>
#include <bit>
#include <exception>
#include <functional>
#include <span>
#include <utility>

#include "checker/distributed/rank_explorer.hpp"
#include "checker/model_error.hpp"

namespace mdcd::checker::distributed {

using engine::Finding;
using engine::LostTrail;
using engine::OutOfTime;
using engine::StopWatch;
using engine::TrailTooLong;

namespace {

// The states of a chain, each the successor of the one before.
class ChainStates final : public engine::FoundStates {
public:
    ChainStates(std::span<const GlobalState> states, std::uint32_t initial,
                std::function<GlobalState(const GlobalState&)> canonical)
        : states_(states), initial_(initial), canonical_(std::move(canonical)) {}

    [[nodiscard]] engine::StateNumber parent(std::uint64_t number) const override {
        return number == 0 ? initial_ : static_cast<engine::StateNumber>(number - 1);
    }
    [[nodiscard]] GlobalState content(std::uint64_t number) const override { return states_[number]; }
    [[nodiscard]] GlobalState canonical(const GlobalState& state) override { return canonical_(state); }
    [[nodiscard]] bool is_state(std::uint64_t number, const GlobalState& state) override {
        return canonical_(state) == states_[number];
    }

private:
    std::span<const GlobalState> states_;
    std::uint32_t initial_;
    std::function<GlobalState(const GlobalState&)> canonical_;
};

} // namespace

// Of this rank, with the numbers that its states have among all.
void RankExplorer::take_results(RoundReport& report) {
    for (const std::unique_ptr<engine::Expander>& expander : expanders_) {
        for (Finding finding : expander->tally().findings) {
            finding.state = numbering_.global_of(finding.state);
            report.findings.push_back(finding);
        }
        expander->tally().findings.clear();
        report.firings += expander->tally().counts.firings;
        report.followed += expander->tally().counts.followed;
        report.dead_ends += expander->tally().counts.dead_ends;
        report.outside += expander->tally().counts.outside;
    }
    report.cut = cut_here_;
    report.store_bytes = store_bytes();
    report.held_bytes = memory_.held(bytes_in_use());
    report.nondeterminism = records_.memo.nondeterminism().value_or("");
    if (!complaint_here_.empty() && !report.complaint)
        report.complaint = Complaint{.state = Complaint::nowhere, .reason = complaint_here_};
}

void RankExplorer::settle(const RoundReport& all) {
    std::array<unsigned, property_count_max> seen_again{}; // in this round
    for (const Finding& finding : all.findings) {
        if (failed_)
            break;
        if (finding.kind == Finding::Kind::again)
            look_again(finding, seen_again);
        else
            settle(finding);
    }
    if (!all.nondeterminism.empty() && !failed_)
        decide([&] { fail_everywhere(all.nondeterminism, {}); });
    if (!all.findings.empty() || !all.nondeterminism.empty() || tell_again_)
        decide([&] { tell_decided(); });
    tell_again_ = false;
    if (all.complaint && !failed_)
        complain(*all.complaint);
}

// On rank 0; then all know what has come of it.
void RankExplorer::decide(const std::function<void()>& decide) {
    if (leads())
        decide();
    share_standing();
}

void RankExplorer::share_standing() {
    Writer mine;
    if (leads()) {
        mine.number(failed_ ? 1 : 0);
        mine.number(decisions_.all_settled() ? 1 : 0);
        mine.text(limit_);
        mine.text(failure_);
        for (const PropertyBits bits : {open_.always, open_.reachable, open_.again})
            mine.number(bits);
        mine.number(open_.deadlock ? 1 : 0);
    }
    const std::vector<std::string> told = world_.gather(mine.take());
    Reader in(told.front());
    failed_ = in.number() != 0;
    settled_ = in.number() != 0;
    limit_ = in.text();
    failure_ = in.text();
    for (PropertyBits* const bits : {&open_.always, &open_.reachable, &open_.again})
        *bits = in.number();
    open_.deadlock = in.number() != 0;
}

// The run to a state, backwards: whoever has a state tells all what it is and where it comes from. At most so many.
RankExplorer::Chain RankExplorer::collect(std::uint64_t number, std::size_t length_max) {
    Chain chain;
    while (chain.states.size() < length_max && !chain.from_initial) {
        Writer mine;
        mine.number(leads() && watch_.is_overdue(StopWatch::rebuilding_seconds) ? 1 : 0);
        if (const std::optional<std::uint64_t> here = numbering_.local_of(number)) {
            mine.number(store_.parent(*here));
            for (const std::string& bytes : space_.unfold(store_.state(*here)))
                mine.text(bytes);
        }
        const std::vector<std::string> told = world_.gather(mine.take());
        const auto owner = std::ranges::find_if(told, [](const std::string& bytes) { return bytes.size() > 1; });
        invariant(owner != told.end(), "some rank has every state that has a number");
        if (Reader(told.front()).number() != 0) {
            chain.out_of_time = true;
            return chain;
        }
        Reader in(*owner);
        (void)in.number();
        const std::uint64_t parent = in.number();
        GlobalState& state = chain.states.emplace_back();
        while (!in.at_end())
            state.emplace_back(in.text());
        chain.from_initial = number < position_.initial_count;
        chain.initial = static_cast<std::uint32_t>(chain.from_initial ? parent : 0);
        number = parent;
    }
    std::ranges::reverse(chain.states);
    return chain;
}

// Calls use(trail, the number of its last state).
void RankExplorer::with_trail(const Chain& chain, const std::function<void(const engine::Trail&, std::uint64_t)>& use) {
    if (chain.out_of_time)
        throw OutOfTime();
    ChainStates states(chain.states, chain.initial, [this](const GlobalState& state) { return canonical(state); });
    const engine::Trail trail(model_, states, 1, [this] { watch_.expect_time(StopWatch::rebuilding_seconds); });
    use(trail, chain.states.size() - 1);
}

void RankExplorer::settle(const Finding& finding) {
    const Chain chain = collect(finding.state, ~std::size_t{0});
    decide([&] { settle_here(finding, chain); });
}

void RankExplorer::settle_here(const Finding& finding, const Chain& chain) {
    try {
        with_trail(chain, [&](const engine::Trail& trail, std::uint64_t number) {
            const auto [path, last] = trail.run_to(number);
            switch (finding.kind) {
            case Finding::Kind::bits:
                if (const PropertyBits differing = model_.judge_by_hand(last) ^ finding.bits; differing != 0)
                    throw LostTrail(engine::lost_predicate(model_, differing, options_.use_renamings));
                decisions_.look(finding.bits, [&, &path = path] { return path; });
                want_more(chain, open_.always & ~finding.bits);
                open_.always &= finding.bits;
                open_.reachable &= ~finding.bits;
                break;
            case Finding::Kind::deadlock:
                if (!model_.enabled_in(last).empty())
                    throw LostTrail(std::string(engine::lost_dead_end));
                if (model_.is_final_by_hand(last))
                    throw LostTrail(std::string(engine::lost_final));
                decisions_.look_at_deadlock([&, &path = path] { return path; });
                open_.deadlock = false;
                break;
            case Finding::Kind::again:
                break;
            case Finding::Kind::failure:
                fail_everywhere(trail.failure_in(last), path);
            }
        });
        findings_.push_back(finding);
    } catch (const TrailTooLong& too_long) {
        limit(too_long.what());
    } catch (const OutOfTime&) {
        limit(watch_.reason());
    } catch (const LostTrail& lost) {
        fail_everywhere(lost.what(), {});
    } catch (const ModelError& error) { // it did not fail when it was met
        fail_everywhere(error.what(), {});
    }
}

// The last state of the chain is the first to violate these properties.
void RankExplorer::want_more(const Chain& chain, PropertyBits violated) {
    if (options_.paths_max < 2 || chain.states.size() < 2)
        return;
    with_trail(chain, [&](const engine::Trail& trail, std::uint64_t number) {
        const Enabled last = trail.last_firing(number);
        for (PropertyBits bits = violated; bits != 0; bits &= bits - 1)
            last_steps_[static_cast<std::size_t>(std::countr_zero(bits))].insert(
                {last.firing.step, last.outcome.fired});
    });
    open_.again |= violated;
}

// Only the first few states of a round count for a property; `seen`: how many it has had.
void RankExplorer::look_again(const Finding& finding, std::array<unsigned, property_count_max>& seen) {
    for (PropertyBits bits = open_.again & ~finding.bits; bits != 0; bits &= bits - 1)
        if (seen[static_cast<std::size_t>(std::countr_zero(bits))]++ < engine::Tally::again_max)
            settle_again({.state = finding.state, .kind = Finding::Kind::again, .bits = ~(bits & (~bits + 1))});
}

// `finding.bits` lacks one bit: the property that is violated in another way, if it is another. The last step says
// whether it is; the whole run is fetched only then.
void RankExplorer::settle_again(const Finding& finding) {
    const Chain end = collect(finding.state, 2);
    const auto property = static_cast<std::size_t>(std::countr_one(finding.bits));
    bool is_other = false;
    decide([&] {
        try {
            with_trail(end, [&](const engine::Trail& trail, std::uint64_t number) {
                const Enabled last = trail.last_firing(number);
                is_other = last_steps_[property].insert({last.firing.step, last.outcome.fired}).second;
            });
        } catch (const OutOfTime&) {
            limit(watch_.reason());
        } catch (const TrailTooLong&) { // it was more than was asked for
        } catch (const LostTrail& lost) {
            fail_everywhere(lost.what(), {});
        } catch (const ModelError& error) {
            fail_everywhere(error.what(), {});
        }
    });
    if (!world_.anywhere(is_other))
        return;
    const Chain whole = collect(finding.state, ~std::size_t{0});
    decide([&] { add_path(finding, whole); });
}

void RankExplorer::add_path(const Finding& finding, const Chain& chain) {
    const auto property = static_cast<std::size_t>(std::countr_one(finding.bits));
    try {
        with_trail(chain, [&](const engine::Trail& trail, std::uint64_t number) {
            const auto [path, end] = trail.run_to(number);
            if ((model_.judge_by_hand(end) >> property & 1) != 0)
                throw LostTrail(engine::lost_predicate(model_, PropertyBits{1} << property, options_.use_renamings));
            findings_.push_back(finding);
            decisions_.add(property, path);
            if (last_steps_[property].size() >= options_.paths_max)
                open_.again &= finding.bits;
        });
    } catch (const OutOfTime&) {
        limit(watch_.reason());
    } catch (const TrailTooLong&) { // it was more than was asked for
    } catch (const LostTrail& lost) {
        fail_everywhere(lost.what(), {});
    } catch (const ModelError& error) {
        fail_everywhere(error.what(), {});
    }
}

void RankExplorer::fail_everywhere(const std::string& reason, const Path& path) {
    decisions_.fail(reason, path);
    failed_ = true;
    failure_ = reason;
}

// With a run to the state, if one can be shown.
void RankExplorer::complain(const Complaint& complaint) {
    Chain chain;
    if (complaint.state != Complaint::nowhere)
        chain = collect(complaint.state, ~std::size_t{0});
    decide([&] {
        Path path;
        try {
            if (!chain.states.empty())
                with_trail(chain,
                           [&](const engine::Trail& trail, std::uint64_t number) { path = trail.run_to(number).path; });
        } catch (const OutOfTime&) {
        } catch (const std::runtime_error&) { // ModelError, LostTrail, TrailTooLong
        }
        fail_everywhere(complaint.reason, path);
    });
}

void RankExplorer::tell_decided() {
    const std::vector<const PropertyVerdict*> settled = decisions_.settled();
    for (; told_ < settled.size(); ++told_) {
        if (options_.decided)
            options_.decided(*settled[told_]);
        if (settled[told_]->verdict == Verdict::violated &&
            std::ranges::find(options_.stop_at, settled[told_]->property) != options_.stop_at.end())
            limit("the first violation");
    }
}

} // namespace mdcd::checker::distributed
