// External messages of a process in service (the branches `external(m)` of figures 2 and 3): test, compensate, or give
// up. Knows no device: it says whether the output may leave.
#pragma once

#include <optional>

#include "impl/active_process.hpp"
#include "impl/low_process.hpp"

namespace mdcd::impl {

enum class OutputVerdict : std::uint8_t {
    untested,    // from a clean state: it may leave
    passed,      // the acceptance test succeeded: it may leave, and the notification goes out
    compensated, // the test failed and the output was corrected: it may leave, and nothing else changes
    failed,      // the test failed for good: nothing leaves, recovery begins (recovery_protocol.hpp)
};

template <Application A> struct OutputResult {
    OutputVerdict verdict = OutputVerdict::untested;
    std::optional<Message<A>> notification; // of `passed`: for the other active processes and the shadows
};

namespace detail {

// `pass`: makes the process pass its test and returns the notification.
template <TestedApplication A, class Pass>
[[nodiscard]] OutputResult<A> test_output(const typename A::State& state, typename A::Output& output, Pass pass) {
    if (A::acceptance_test(state, output))
        return {OutputVerdict::passed, pass()};
    return {A::compensate(state, output) ? OutputVerdict::compensated : OutputVerdict::failed, std::nullopt};
}

} // namespace detail

// `output` is changed if it was compensated.
template <TestedApplication A>
[[nodiscard]] OutputResult<A> try_output(LowProcess<A>& process, typename A::Output& output, const Rules&,
                                         Notes& notes) {
    return detail::test_output<A>(process.application, output, [&] { return pass_acceptance_test(process, notes); });
}

template <TestedApplication A>
[[nodiscard]] OutputResult<A> try_output(ActiveProcess<A>& process, typename A::Output& output, const Rules& rules,
                                         Notes& notes) {
    if (!needs_acceptance_test(process)) {
        notes.add(NoteKind::output_without_at, process.guarded.low_sn);
        return {OutputVerdict::untested, std::nullopt};
    }
    return detail::test_output<A>(process.guarded.application, output,
                                  [&] { return pass_acceptance_test(process, rules, notes); });
}

} // namespace mdcd::impl
