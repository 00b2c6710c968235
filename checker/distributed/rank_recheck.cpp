// What was saved is not believed: every rank judges and counts its states again, and a sample of links and successors
// is fired again, each by a rank that has the state; the others say whether they have what it leads to. As in
// engine/explorer_resume.cpp; what does not agree on one rank is refused on all.
#include <functional>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "checker/distributed/rank_explorer.hpp"
#include "checker/engine/recount.hpp"
#include "checker/model_error.hpp"
#include "checker/path.hpp"

namespace mdcd::checker::distributed {

using engine::FirstSettled;
using engine::OutOfTime;
using engine::Standing;
using engine::TrailTooLong;

namespace {

void write_state(const GlobalState& state, Writer& out) {
    for (const std::string& bytes : state)
        out.text(bytes);
}

GlobalState read_state(std::size_t slots, Reader& in) {
    GlobalState state(slots);
    for (std::string& bytes : state)
        bytes = in.text();
    return state;
}

} // namespace

// Judges all states that were expanded, shows them to the observers, and counts their firings.
void RankExplorer::look_again_at_saved(const Standing& standing) {
    FirstSettled saved(engine::all_questions(model_));
    for (const engine::Finding& finding : standing.findings)
        saved.note(finding);
    FirstSettled found(engine::all_questions(model_));
    Stop stop = Stop::none;
    judge(position_.next, engine::Work::count, found.open(), [&](const RoundReport& all) {
        for (const engine::Finding& finding : all.findings) {
            if (finding.kind == engine::Finding::Kind::failure)
                engine::refuse_other_model("a handler or a predicate fails in state " + std::to_string(finding.state));
            found.note(finding);
        }
        if (all.complaint)
            engine::refuse_other_model(all.complaint->reason);
        firings_ += all.firings;
        dead_ends_ += all.dead_ends;
        outside_ += all.outside;
        stop = all.limit;
        return true;
    });
    if (out_of_memory_)
        return limit(Stop::out_of_memory);
    if (judging_cut_)
        return limit(stop);
    if (const std::optional<engine::OtherwiseSettled> other = engine::settled_otherwise(saved, found, position_.next)) {
        if (other->may_be_too_long) {
            const Chain chain = collect(other->first, ~std::size_t{0});
            decide([&] {
                try {
                    with_trail(chain,
                               [](const engine::Trail& trail, std::uint64_t number) { (void)trail.run_to(number); });
                } catch (const TrailTooLong& too_long) { // then it ended with that limit
                    limit(too_long.what());
                } catch (const std::exception&) { // refused anyway
                }
            });
            if (!limit_.empty())
                return;
        }
        engine::refuse_other_model(*other, model_);
    }
    engine::expect_same_sums(
        standing, {.firings = firings_, .dead_ends = dead_ends_, .outside = outside_, .coverage = add_up().coverage});
    followed_ = standing.followed;
}

// What this rank finds. Models may fail; then what was saved is not of this one.
RoundReport RankExplorer::looked_here(const std::function<void(RoundReport& mine)>& look) {
    RoundReport mine;
    try {
        watch_.expect_time(0);
        look(mine);
    } catch (const OutOfTime&) {
        mine.stop = stop_for(watch_.reason());
    } catch (const std::bad_alloc&) {
        mine.stop = Stop::out_of_memory;
    } catch (const engine::LostTrail& lost) {
        mine.complaint = Complaint{.state = 0, .reason = lost.what()};
    } catch (const ModelError& error) {
        mine.complaint = Complaint{.state = 0, .reason = error.what()};
    }
    return mine;
}

Stop RankExplorer::fire_again(const Saved& saved) {
    const Stop stop = look_at_links(saved.states);
    return stop == Stop::none ? look_at_successors(saved.complete_levels_end) : stop;
}

// Is there still a firing from parent to child? Of a sample all are told the states; each rank looks at its share.
Stop RankExplorer::look_at_links(std::uint64_t states) {
    struct Link {
        std::uint64_t number = 0;
        std::uint64_t parent = 0;
        GlobalState child;
        GlobalState from;
    };
    std::vector<Link> links;
    engine::in_sample(position_.initial_count, states,
                      [&](std::uint64_t number) { links.emplace_back().number = number; });
    const auto tell_states = [&](auto number_of, auto take) {
        Writer mine;
        for (std::size_t i = 0; i < links.size(); ++i)
            if (const std::optional<std::uint64_t> here = numbering_.local_of(number_of(links[i]))) {
                mine.number(i);
                mine.number(store_.parent(*here));
                write_state(space_.unfold(store_.state(*here)), mine);
            }
        for (const std::string& bytes : world_.gather(mine.take()))
            for (Reader in(bytes); !in.at_end();) {
                Link& link = links[in.number()];
                const std::uint64_t parent = in.number();
                take(link, parent, read_state(model_.slots().size(), in));
            }
    };
    tell_states([](const Link& link) { return link.number; },
                [](Link& link, std::uint64_t parent, GlobalState state) {
                    link.parent = parent;
                    link.child = std::move(state);
                });
    tell_states([](const Link& link) { return link.parent; },
                [](Link& link, std::uint64_t, GlobalState state) { link.from = std::move(state); });
    const RoundReport all = looked_everywhere([&](RoundReport&) {
        for (std::size_t i = world_.rank(); i < links.size(); i += world_.size()) {
            watch_.expect_time(0);
            Chain chain;
            chain.states = {links[i].from, links[i].child};
            try {
                with_trail(chain,
                           [](const engine::Trail& trail, std::uint64_t number) { (void)trail.last_firing(number); });
            } catch (const TrailTooLong&) { // not from what stands for the parent
            }
        }
    });
    if (all.complaint)
        engine::refuse_other_model(all.complaint->reason);
    return all.stop;
}

// Is all that the states before `end` lead to still there? Of a sample; who owns a successor looks for it.
Stop RankExplorer::look_at_successors(std::uint64_t end) {
    std::vector<std::uint64_t> sample; // of this rank's states
    engine::in_sample(0, end, [&](std::uint64_t number) {
        if (const std::optional<std::uint64_t> here = numbering_.local_of(number))
            sample.push_back(*here);
    });
    std::vector<Writer> questions(world_.size());
    RoundReport mine = looked_here([&](RoundReport&) {
        for (const std::uint64_t number : sample) {
            watch_.expect_time(0);
            const GlobalState state = space_.unfold(store_.state(number));
            if (model_.limit_at(state) || !model_.is_inside_by_hand(state))
                continue;
            for (const Enabled& each : model_.enabled_in(state)) {
                const State next = expanders_.front()->canonical(
                    space_.fold(apply(model_.slots(), model_.steps(), state, each.firing, each.outcome)));
                const std::size_t shard = engine::StateStore::shard_of(engine::upper_half(space_.hash(next)));
                Writer& out = questions[owner_of(shard, world_.size())];
                out.number(each.firing.step);
                write_state(space_.unfold(next), out);
            }
        }
    });
    std::vector<std::string> messages;
    for (Writer& each : questions)
        messages.push_back(each.take());
    const std::string own = messages[world_.rank()];
    std::vector<std::string> received = world_.exchange(messages);
    received[world_.rank()] = own;
    for (const std::string& bytes : received)
        for (Reader in(bytes); !in.at_end();) {
            const std::uint64_t step = in.number();
            const State state = space_.fold(read_state(model_.slots().size(), in));
            if (!mine.complaint && !store_.find(state, engine::upper_half(space_.hash(state))))
                mine.complaint = Complaint{.state = 0,
                                           .reason = "step '" + model_.steps()[step].name +
                                                     "' leads to a state that should be there and is not"};
        }
    const RoundReport all = tell(std::move(mine));
    if (all.complaint)
        engine::refuse_other_model(all.complaint->reason);
    return all.stop;
}

} // namespace mdcd::checker::distributed
