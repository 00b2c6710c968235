// Views drawn at random from a seed: some that a healthy run could have, some that nothing could, so that every
// predicate is true of many and false of many. Also the predicates' answers by trying every choice of the unknowns.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "checker/random.hpp"
#include "model/claims/predicates.hpp"
#include "model/claims/properties.hpp"
#include "model/claims/view.hpp"

namespace mdcd::tests {

class RandomView {
public:
    // With `misses`: of up to three acceptance tests so many may have missed an error.
    explicit RandomView(std::uint64_t seed, unsigned misses = 0) : random_(seed, 1) {
        view.components = 1 + static_cast<unsigned>(random_.below(2));
        view.process_count = view.components + 1 + static_cast<unsigned>(random_.below(3));
        for (unsigned component = 0; component < view.components; ++component)
            view.validated[component] = number(4);
        doubtful_ = random_.one_in(2);
        for (unsigned process = 0; process < view.process_count; ++process)
            draw(process);
        view.surviving_depends = numbers();
        view.resent_depends = numbers();
        draw_messages();
        if (misses > 0)
            draw_tests(misses);
    }
    RandomView(const RandomView&) = delete; // the view points into it
    RandomView& operator=(const RandomView&) = delete;

    model::View view;

private:
    std::uint8_t number(std::uint64_t bound) { return static_cast<std::uint8_t>(random_.below(bound)); }

    // Half of the views have almost no number beyond what is validated.
    model::Numbers numbers() {
        model::Numbers result{};
        for (unsigned component = 0; component < view.components; ++component)
            result[component] = number(doubtful_ || random_.one_in(16) ? 7 : view.validated[component] + 1U);
        return result;
    }

    // Few different messages, or two sets would hardly ever meet.
    model::MessageSet messages(unsigned one_in) {
        model::MessageSet result = 0;
        for (const unsigned bit : pool)
            result |= model::MessageSet{random_.one_in(one_in) ? 1U : 0U} << bit;
        return result;
    }

    void draw(unsigned process) {
        model::ProcessView& each = view.processes[process];
        each.clean = random_.one_in(2);
        each.depends = numbers();
        each.recovered_depends = numbers();
        each.received = messages(2);
        std::vector<model::Candidate>& candidates = candidates_[process];
        candidates.resize(1 + random_.below(3));
        model::Candidate last;
        for (model::Candidate& candidate : candidates) {
            candidate = {last.received | messages(4), last.sent | messages(3), numbers()};
            if (!random_.one_in(8)) // most histories only grow
                last = candidate;
        }
        each.chosen = number(candidates.size());
        each.candidates = &candidates;
    }

    // Each message goes one way that is fine; then, in half of the views, one thing is spoilt.
    void draw_messages() {
        for (const unsigned bit : pool) {
            const model::MessageSet message = model::MessageSet{1} << bit;
            const bool cluster = (message & model::cluster_messages) != 0;
            if (random_.one_in(3))
                continue;
            (cluster ? view.resolved : view.active_sent) |= message;
            const std::uint64_t way = random_.below(cluster ? 4 : 2);
            (way == 0   ? view.surviving
             : way == 2 ? view.resent
             : way == 3 ? view.generated_later
             : cluster  ? view.received_cluster
                        : view.received_active) |= message;
        }
        if (random_.one_in(2))
            return;
        const std::array sets = {&view.surviving, &view.received_active, &view.received_cluster, &view.active_sent,
                                 &view.resolved,  &view.resent,          &view.generated_later,  &view.duplicated};
        *sets[random_.below(sets.size())] ^= model::MessageSet{1} << pool[random_.below(pool.size())];
    }

    void draw_tests(unsigned misses) {
        view.misses = misses;
        view.tests = &tests_;
        view.validated = {};
        for (std::uint64_t count = random_.below(4); count > 0; --count) {
            tests_.push_back({});
            for (unsigned component = 0; component < view.components; ++component)
                tests_.back()[component] = number(7);
            view.validated = model::join(view.validated, tests_.back());
        }
    }

    static constexpr std::array pool = {0U, 1U, 3U, 15U, 16U, 17U, 25U, 63U};

    checker::Random random_;
    bool doubtful_ = false;
    std::vector<model::Numbers> tests_;
    std::array<std::vector<model::Candidate>, model::high_confidence_count_max> candidates_;
};

// Whether a predicate over a hypothesis is true for one of them; numbers up to 8 and all choices of tests are tried.
template <class Predicate>
[[nodiscard]] bool for_some_hypothesis(const model::View& view, Predicate predicate,
                                       model::Hypothesis<model::Native> first_erroneous = {}, unsigned miss = 0) {
    if (miss < view.misses) {
        for (std::uint8_t test = 0; test <= view.tests->size(); ++test) {
            first_erroneous.missed.at(miss) = test;
            if (for_some_hypothesis(view, predicate, first_erroneous, miss + 1))
                return true;
        }
        return false;
    }
    model::Native logic;
    const unsigned second_max = view.components > 1 ? 8 : 0;
    for (std::uint8_t first = 1; first <= 8; ++first) {
        for (std::uint8_t second = view.components > 1 ? 1 : 0; second <= second_max; ++second) {
            first_erroneous[0] = first;
            first_erroneous[1] = second;
            if (predicate(logic, view, first_erroneous))
                return true;
        }
    }
    return false;
}

[[nodiscard]] inline bool for_some_line(const model::View& view) {
    model::Native logic;
    model::Line<model::Native> line{};
    for (;;) {
        if (model::violates_minimal_rollback(logic, view, line))
            return true;
        unsigned process = 0;
        while (process < view.process_count && ++line[process] == view.processes[process].candidates->size())
            line[process++] = 0;
        if (process == view.process_count)
            return false;
    }
}

// The answer that every other way of deciding must give.
[[nodiscard]] inline bool violated_by_some_choice(model::PropertyId property, const model::View& view) {
    switch (model::predicate_of(property)) {
    case model::PropertyId::containment:
        return for_some_hypothesis(view, [](auto&... all) { return model::violates_containment(all...); });
    case model::PropertyId::recoverability:
        return for_some_hypothesis(view, [](auto&... all) { return model::violates_recoverability(all...); });
    case model::PropertyId::no_cascading_rollback:
        return for_some_hypothesis(view, [](auto&... all) { return model::violates_no_cascading_rollback(all...); });
    default:
        return for_some_line(view);
    }
}

} // namespace mdcd::tests
