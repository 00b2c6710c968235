// Most states have a view that was seen before: what is done then is to make the key and to find it.
// Sees the solver through the judge only.
#include "model/z3/view_collector.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "checker/in_parallel.hpp"
#include "checker/invariant.hpp"
#include "model/claims/view_text.hpp"
#include "model/z3/canonical_view.hpp"

namespace mdcd::model {
namespace {

constexpr unsigned workers_max = 1024; // more than a search ever has

struct KeyHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>{}(key); }
};

// Two states with one canonical view, judged differently: the canonical form is wrong, or the evaluation.
[[noreturn]] void complain(PropertyId property, std::string_view key, const View* view) {
    throw Disagreement("states with the same canonical view are judged differently by the native evaluation of " +
                       all_properties()[static_cast<std::size_t>(property)].name + "; the canonical view:\n" +
                       to_text(CanonicalView(property, key).view()) +
                       (view == nullptr ? "" : "one of the views:\n" + to_text(*view)));
}

} // namespace

// A copy that owns its candidates. Which of many equal questions' views is kept must not depend on the order in which
// workers come: the one whose text is shortest, then first.
struct ViewCollector::Specimen {
    explicit Specimen(const View& original, std::string original_text)
        : view(original), text(std::move(original_text)) {
        for (unsigned process = 0; process < view.process_count; ++process) {
            candidates[process] = *original.processes[process].candidates;
            view.processes[process].candidates = &candidates[process];
        }
        if (view.tests != nullptr)
            tests = *view.tests;
        view.tests = &tests;
    }
    Specimen(const Specimen&) = delete;
    Specimen& operator=(const Specimen&) = delete;

    [[nodiscard]] bool comes_after(const std::string& other) const {
        return std::pair(other.size(), std::string_view(other)) < std::pair(text.size(), std::string_view(text));
    }

    View view;
    std::string text;
    std::array<std::vector<Candidate>, high_confidence_count_max> candidates;
    std::vector<Numbers> tests;
};

struct ViewCollector::Seen {
    std::uint64_t views = 0;
    bool violated = false; // natively
    std::unique_ptr<Specimen> specimen;
};

// Views of one property.
struct ViewCollector::Gathered {
    using SeenByKey = std::unordered_map<std::string, Seen, KeyHash, std::equal_to<>>;

    SeenByKey seen;
    SeenByKey::value_type* last = nullptr; // states that are judged in a row often have the same

    Seen& at(std::string_view key, bool violated) {
        if (last != nullptr && last->first == key)
            return last->second;
        auto found = seen.find(key);
        if (found == seen.end())
            found = seen.emplace(key, Seen{.views = 0, .violated = violated, .specimen = nullptr}).first;
        last = &*found;
        return found->second;
    }
};

struct ViewCollector::Worker {
    Canonizer canonizer;
    std::array<Gathered, z3_properties.size()> gathered; // in the order of z3_properties
};

ViewCollector::ViewCollector(Z3Judge& judge, bool keeps_specimens)
    : judge_(judge), keeps_specimens_(keeps_specimens), workers_(workers_max) {}

ViewCollector::~ViewCollector() = default;

void ViewCollector::observe(unsigned worker, std::span<const SlotSummary* const>, const Recovery& recovery,
                            checker::PropertyBits bits) {
    invariant(worker < workers_max, "a search has fewer workers");
    std::unique_ptr<Worker>& mine = workers_[worker];
    if (!mine)
        mine = std::make_unique<Worker>();
    const View& view = recovery.view;
    const std::string text = keeps_specimens_ ? to_text(view) : "";
    for (std::size_t i = 0; i < z3_properties.size(); ++i) {
        const PropertyId property = z3_properties[i];
        if (!System::asks(property, recovery.stage))
            continue;
        const bool violated = (bits >> static_cast<unsigned>(property) & 1) == 0;
        if (judge_.options().mode == Z3Mode::every) {
            require_agreement(property, view, violated, judge_.ask(property, view));
            if (!keeps_specimens_)
                continue;
        }
        const std::string_view key = mine->canonizer.key(property, view);
        Seen& seen = mine->gathered[i].at(key, violated);
        if (seen.violated != violated)
            complain(property, key, &view);
        ++seen.views;
        if (keeps_specimens_ && (!seen.specimen || seen.specimen->comes_after(text)))
            seen.specimen = std::make_unique<Specimen>(view, text);
    }
}

// What the workers have seen, sorted: their order leaves no trace.
void ViewCollector::merge() {
    std::map<std::pair<PropertyId, std::string>, Seen> merged;
    for (const std::unique_ptr<Worker>& worker : workers_) {
        for (std::size_t i = 0; worker && i < z3_properties.size(); ++i) {
            for (auto& [key, seen] : worker->gathered[i].seen) {
                const std::pair place(z3_properties[i], key);
                const auto found = merged.find(place);
                if (found == merged.end()) {
                    merged.emplace(place, std::move(seen));
                    continue;
                }
                Seen& sum = found->second;
                if (sum.violated != seen.violated)
                    complain(z3_properties[i], key, nullptr);
                sum.views += seen.views;
                if (seen.specimen && sum.specimen->comes_after(seen.specimen->text))
                    sum.specimen = std::move(seen.specimen);
            }
            worker->gathered[i] = {};
        }
    }
    questions_.clear();
    specimens_.clear();
    for (auto& [question, seen] : merged) {
        questions_.push_back({.property = question.first,
                              .key = question.second,
                              .views = seen.views,
                              .violated = seen.violated,
                              .specimen = seen.specimen ? &seen.specimen->view : nullptr});
        specimens_.push_back(std::move(seen.specimen));
    }
}

void ViewCollector::ask_merged() {
    checker::in_parallel(questions_.size(), checker::threads_for(judge_.options().workers), [&](std::size_t i) {
        const AskedQuestion& question = questions_[i];
        const Z3Answer answer = judge_.ask_canonical(question.property, question.key, question.views);
        if (answer.answer != checker::smt::Answer::unknown)
            require_agreement(question.property, CanonicalView(question.property, question.key).view(),
                              question.violated, answer);
    });
}

Z3Tallies ViewCollector::ask_all() {
    merge();
    if (judge_.options().mode == Z3Mode::distinct)
        ask_merged();
    return judge_.tallies();
}

} // namespace mdcd::model
