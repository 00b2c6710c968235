// Strongly connected components by two passes (Kosaraju), once for each set of strong rules that are kept by being
// taken; all other strong rules must not be enabled.
#include "tests/differential/actors/plain_runs.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace mdcd::tests {

using namespace checker::actors;
using checker::Fairness;

namespace {

bool is_among(const PlainAction& action, const Actions& actions) {
    const auto is = [](const std::optional<Id>& wanted, std::size_t actor) {
        return !wanted || wanted->index() == actor;
    };
    const auto has_ends = [&](std::size_t a, std::size_t b) { return is(actions.from, a) && is(actions.to, b); };
    switch (actions.kind) {
    case Actions::Kind::delivery:
        return action.kind == PlainAction::Kind::delivery && has_ends(action.from, action.to);
    case Actions::Kind::timeout:
        return action.kind == PlainAction::Kind::timeout && is(actions.to, action.to) &&
               (actions.named.empty() || actions.named == action.timer);
    case Actions::Kind::restart:
        return action.kind == PlainAction::Kind::restart && is(actions.to, action.to);
    case Actions::Kind::healing:
        return action.kind == PlainAction::Kind::healing &&
               (has_ends(action.from, action.to) || has_ends(action.to, action.from));
    }
    return false;
}

struct Rule {
    bool is_strong = false;
    std::set<PlainAction> actions;
};

class Question {
public:
    Question(const PlainRuns& runs, const std::vector<FairnessClaim>& fairness) : runs_(runs) {
        std::set<PlainAction> all;
        for (std::size_t state = 0; state < size(); ++state)
            if (waits(state))
                for (const PlainEdge& edge : runs.edges[state])
                    all.insert(edge.action);
        for (const FairnessClaim& claim : fairness) {
            std::set<PlainAction> some;
            for (const PlainAction& action : all)
                if (is_among(action, claim.actions))
                    some.insert(action);
            if (claim.actions.together)
                rules_.push_back({.is_strong = claim.kind == Fairness::strong, .actions = some});
            else
                for (const PlainAction& action : some)
                    rules_.push_back({.is_strong = claim.kind == Fairness::strong, .actions = {action}});
        }
        for (std::size_t rule = 0; rule < rules_.size(); ++rule)
            if (rules_[rule].is_strong)
                strong_.push_back(rule);
    }

    PlainRuns::Answer answer(bool from_start) {
        if (strong_.size() > 6)
            return {.has_answer = false, .stem = {}};
        ends_.assign(size(), false);
        for (std::size_t state = 0; state < size(); ++state)
            ends_[state] = waits(state) && runs_.edges[state].empty();
        for (unsigned taken = 0; taken < 1U << strong_.size(); ++taken)
            mark_loops(taken);
        return {.has_answer = true, .stem = distance(from_start)};
    }

private:
    [[nodiscard]] std::size_t size() const { return runs_.edges.size(); }
    [[nodiscard]] bool waits(std::size_t state) const { return !runs_.has_come[state] && !runs_.is_outside[state]; }
    [[nodiscard]] bool enables(std::size_t state, std::size_t rule) const {
        return std::ranges::any_of(runs_.edges[state],
                                   [&](const PlainEdge& edge) { return rules_[rule].actions.contains(edge.action); });
    }

    void mark_loops(unsigned taken) {
        std::vector<bool> is_there(size());
        for (std::size_t state = 0; state < size(); ++state) {
            is_there[state] = waits(state);
            for (std::size_t i = 0; i < strong_.size(); ++i)
                if ((taken >> i & 1) == 0 && enables(state, strong_[i]))
                    is_there[state] = false;
        }
        for (const std::set<std::size_t>& component : components(is_there))
            if (is_fair(component, taken))
                for (const std::size_t state : component)
                    ends_[state] = true;
    }

    [[nodiscard]] std::vector<std::set<std::size_t>> components(const std::vector<bool>& is_there) const {
        std::vector<std::vector<std::size_t>> back(size());
        for (std::size_t state = 0; state < size(); ++state)
            if (is_there[state])
                for (const PlainEdge& edge : runs_.edges[state])
                    if (is_there[edge.target])
                        back[edge.target].push_back(state);
        std::vector<bool> seen(size());
        std::vector<std::size_t> left_last;
        const std::function<void(std::size_t)> forward = [&](std::size_t state) {
            seen[state] = true;
            for (const PlainEdge& edge : runs_.edges[state])
                if (is_there[edge.target] && !seen[edge.target])
                    forward(edge.target);
            left_last.push_back(state);
        };
        for (std::size_t state = 0; state < size(); ++state)
            if (is_there[state] && !seen[state])
                forward(state);
        std::vector<std::set<std::size_t>> all;
        std::vector<bool> placed(size());
        const std::function<void(std::size_t)> backward = [&](std::size_t state) {
            placed[state] = true;
            all.back().insert(state);
            for (const std::size_t before : back[state])
                if (!placed[before])
                    backward(before);
        };
        for (auto state = left_last.rbegin(); state != left_last.rend(); ++state)
            if (!placed[*state]) {
                all.emplace_back();
                backward(*state);
            }
        return all;
    }

    [[nodiscard]] bool is_fair(const std::set<std::size_t>& component, unsigned taken) const {
        const auto takes = [&](const std::set<PlainAction>* actions) {
            return std::ranges::any_of(component, [&](std::size_t state) {
                return std::ranges::any_of(runs_.edges[state], [&](const PlainEdge& edge) {
                    return component.contains(edge.target) && (actions == nullptr || actions->contains(edge.action));
                });
            });
        };
        if (!takes(nullptr))
            return false;
        for (std::size_t i = 0; i < strong_.size(); ++i)
            if ((taken >> i & 1) != 0 && !takes(&rules_[strong_[i]].actions))
                return false;
        for (std::size_t rule = 0; rule < rules_.size(); ++rule)
            if (!rules_[rule].is_strong && !takes(&rules_[rule].actions) &&
                std::ranges::all_of(component, [&](std::size_t state) { return enables(state, rule); }))
                return false;
        return true;
    }

    [[nodiscard]] std::optional<std::size_t> distance(bool from_start) const {
        const auto begins = [&](std::size_t state, bool is_first) {
            return waits(state) && (from_start ? is_first : bool(runs_.is_called_for[state]));
        };
        std::set<std::pair<std::size_t, bool>> seen; // with whether something is waited for
        std::vector<std::pair<std::size_t, bool>> level;
        const auto reach = [&](std::vector<std::pair<std::size_t, bool>>& next, std::size_t state, bool waited) {
            if (seen.emplace(state, waited).second)
                next.emplace_back(state, waited);
        };
        for (std::size_t state = 0; state < size(); ++state)
            if (runs_.is_first[state])
                reach(level, state, begins(state, true));
        for (std::size_t steps = 0; !level.empty(); ++steps) {
            std::vector<std::pair<std::size_t, bool>> next;
            for (const auto& [state, waited] : level) {
                if (waited && ends_[state])
                    return steps;
                for (const PlainEdge& edge : runs_.edges[state])
                    reach(next, edge.target, (waited && waits(edge.target)) || begins(edge.target, false));
            }
            level = std::move(next);
        }
        return {};
    }

    const PlainRuns& runs_;
    std::vector<Rule> rules_;
    std::vector<std::size_t> strong_; // of them
    std::vector<bool> ends_;
};

} // namespace

PlainRuns::Answer PlainRuns::look(const std::vector<FairnessClaim>& fairness, bool from_start) const {
    return Question(*this, fairness).answer(from_start);
}

} // namespace mdcd::tests
