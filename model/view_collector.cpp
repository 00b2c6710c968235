// Most states have a view that was seen before: what is done then is to make the key and to find it.
// Sees the solver through the judge only.
#include "model/view_collector.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>

#include "checker/invariant.hpp"
#include "model/canonical_view.hpp"
#include "model/view_text.hpp"

namespace mdcd::model {
namespace {

constexpr unsigned workers_max = 1024; // more than a search ever has

struct Seen {
    std::uint64_t views = 0;
    bool violated = false; // natively
};

struct KeyHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>{}(key); }
};

using SeenByKey = std::unordered_map<std::string, Seen, KeyHash, std::equal_to<>>;

// Two states with one canonical view, judged differently: the canonical form is wrong, or the evaluation.
[[noreturn]] void complain(PropertyId property, std::string_view key, const View* view) {
    throw Disagreement("states with the same canonical view are judged differently by the native evaluation of " +
                       all_properties()[static_cast<std::size_t>(property)].name + "; the canonical view:\n" +
                       to_text(CanonicalView(property, key).view()) +
                       (view == nullptr ? "" : "one of the views:\n" + to_text(*view)));
}

// Views of one property.
struct Gathered {
    SeenByKey seen;
    SeenByKey::value_type* last = nullptr; // states that are judged in a row often have the same

    Seen& at(std::string_view key, bool violated) {
        if (last != nullptr && last->first == key)
            return last->second;
        auto found = seen.find(key);
        if (found == seen.end())
            found = seen.emplace(key, Seen{.views = 0, .violated = violated}).first;
        last = &*found;
        return found->second;
    }
};

} // namespace

struct ViewCollector::Worker {
    Canonizer canonizer;
    std::array<Gathered, z3_properties.size()> gathered; // in the order of z3_properties
};

ViewCollector::ViewCollector(const System& system, Z3Judge& judge)
    : system_(system), judge_(judge), workers_(workers_max) {}

ViewCollector::~ViewCollector() = default;

void ViewCollector::observe(unsigned worker, std::span<const SlotSummary* const> summaries,
                            checker::PropertyBits bits) {
    invariant(worker < workers_max, "a search has fewer workers");
    std::unique_ptr<Worker>& mine = workers_[worker];
    if (!mine)
        mine = std::make_unique<Worker>();
    const RecoveryStage stage = system_.stage(summaries);
    const View view = system_.view(summaries);
    for (std::size_t i = 0; i < z3_properties.size(); ++i) {
        const PropertyId property = z3_properties[i];
        if (!system_.asks(property, stage))
            continue;
        const bool violated = (bits >> static_cast<unsigned>(property) & 1) == 0;
        if (judge_.options().mode == Z3Mode::every) {
            require_agreement(property, view, violated, judge_.ask(property, view));
            continue;
        }
        const std::string_view key = mine->canonizer.key(property, view);
        Seen& seen = mine->gathered[i].at(key, violated);
        if (seen.violated != violated)
            complain(property, key, &view);
        ++seen.views;
    }
}

Z3Tallies ViewCollector::ask_all() {
    using Question = std::pair<const std::pair<PropertyId, std::string>, Seen>;
    std::map<std::pair<PropertyId, std::string>, Seen> merged; // sorted: the order of workers leaves no trace
    for (const std::unique_ptr<Worker>& worker : workers_) {
        for (std::size_t i = 0; worker && i < z3_properties.size(); ++i) {
            for (const auto& [key, seen] : worker->gathered[i].seen) {
                const auto [place, fresh] =
                    merged.try_emplace({z3_properties[i], key}, Seen{.violated = seen.violated});
                if (place->second.violated != seen.violated)
                    complain(z3_properties[i], key, nullptr);
                place->second.views += seen.views;
            }
            worker->gathered[i] = {};
        }
    }
    std::vector<const Question*> questions;
    for (const Question& question : merged)
        questions.push_back(&question);

    const unsigned wanted = judge_.options().workers;
    const unsigned threads = wanted == 0 ? std::max(1U, std::thread::hardware_concurrency()) : wanted;
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::size_t first_failed = questions.size(); // the one that is reported, whoever is faster
    std::exception_ptr failure;
    const auto work = [&] {
        for (std::size_t i = next++; i < questions.size(); i = next++) {
            const auto& [question, seen] = *questions[i];
            try {
                const Z3Answer answer = judge_.ask_canonical(question.first, question.second, seen.views);
                if (answer.answer != checker::smt::Answer::unknown)
                    require_agreement(question.first, CanonicalView(question.first, question.second).view(),
                                      seen.violated, answer);
            } catch (...) {
                const std::lock_guard lock(mutex);
                if (i < first_failed) {
                    first_failed = i;
                    failure = std::current_exception();
                }
                next = questions.size();
            }
        }
    };
    {
        std::vector<std::jthread> team;
        for (unsigned i = 1; i < std::min<std::size_t>(threads, questions.size()); ++i)
            team.emplace_back(work);
        work();
    }
    if (failure)
        std::rethrow_exception(failure);
    return judge_.tallies();
}

} // namespace mdcd::model
