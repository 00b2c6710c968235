// The search that everything else stands on: explores every reachable state of a model, breadth-first,
// and settles its properties. Knows models only through the concept in model.hpp; how it is done is in
// engine/, to be read from explorer.hpp on.
#pragma once

#include <span>
#include <type_traits>

#include "checker/engine/explore.hpp"
#include "checker/engine/model_binding.hpp"
#include "checker/model.hpp"
#include "checker/report.hpp"
#include "checker/search_options.hpp"

namespace mdcd::checker {

// Called once for each distinct state, with one summary for each slot (if it wants it, also with the model's judgement:
// see SharesJudgement) and what the predicates said. Several workers call it at the same time; each has its own number,
// from 0. What it is shown is valid during the call.
template <class O, class M>
concept Observer = Model<M> &&
    (engine::ObservesJudgement<O, M> ||
     requires(O & observer, unsigned worker, std::span<const typename M::Summary* const> summaries, PropertyBits bits) {
         observer.observe(worker, summaries, bits);
     });

struct NoObserver {
    using ObservesNothing = void;
    template <class Summaries> void observe(unsigned, Summaries, PropertyBits) {}
};

// Explores `model` and settles each of its properties; a model that knows its final states gets one more,
// `deadlock_freedom`, as the last. Counts, verdicts, coverage and paths do not depend on the number of
// workers; paths are shortest, and were executed once more by hand. A limit that is hit makes what is still
// open `inconclusive`; whatever the model throws, or a handler that is not deterministic, makes it `error`. What an
// observer throws is passed on. A property of kind `eventually` is refused: `error`, and why.
template <Model M, class O = NoObserver>
requires Observer<std::remove_reference_t<O>, M>
[[nodiscard]] Report search(const M& model, const SearchOptions& options = {}, O&& observer = {}) {
    engine::ModelBinding<M, std::remove_reference_t<O>> binding(model, observer);
    return engine::explore(binding, options);
}

} // namespace mdcd::checker
