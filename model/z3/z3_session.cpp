// What all sessions share: how the solver's numbers are to be read.
// Asks nothing.
#include "model/z3/z3_session.hpp"

#include <algorithm>

namespace mdcd::model {

unsigned unknown_count(PropertyId property, const View& view) {
    return property == PropertyId::minimal_rollback ? view.process_count : view.components + view.misses;
}

Z3Answer answer_of(PropertyId property, const View& view, const checker::smt::Result& result) {
    Z3Answer answer;
    answer.answer = result.answer;
    answer.reason = result.reason;
    const std::size_t count = std::min<std::size_t>(result.unknowns.size(), unknown_count(property, view));
    for (std::size_t i = 0; i < count; ++i)
        (property == PropertyId::minimal_rollback ? answer.line[i]
         : i < view.components                    ? answer.first_erroneous[i]
                                                  : answer.first_erroneous.missed[i - view.components]) =
            static_cast<std::uint8_t>(result.unknowns[i]);
    return answer;
}

} // namespace mdcd::model
