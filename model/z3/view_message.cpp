// One list of fields for both ways.
// Knows no question.
#include "model/z3/view_message.hpp"

#include <algorithm>
#include <type_traits>

namespace mdcd::model {
namespace {

using checker::smt::MessageReader;
using checker::smt::MessageWriter;

template <class Number> void pass(MessageWriter& message, const Number& number) {
    message.number(static_cast<std::uint64_t>(number));
}
void pass(MessageWriter& message, const Numbers& numbers) {
    for (const std::uint8_t number : numbers)
        message.number(number);
}
template <class Number> void pass(MessageReader& message, Number& number) {
    number = static_cast<Number>(message.number());
}
void pass(MessageReader& message, Numbers& numbers) {
    for (std::uint8_t& number : numbers)
        number = static_cast<std::uint8_t>(message.number());
}

template <class Message, class... Fields> void pass_all(Message& message, Fields&... fields) {
    (pass(message, fields), ...);
}

template <class Message, class CandidateOf> void pass_candidate(Message& message, CandidateOf& candidate) {
    pass_all(message, candidate.received, candidate.sent, candidate.depends);
}

template <class Message, class ProcessOf> void pass_process(Message& message, ProcessOf& process) {
    pass_all(message, process.clean, process.depends, process.recovered_depends, process.received, process.chosen);
}

template <class Message, class ViewOf> void pass_view(Message& message, ViewOf& view) {
    pass_all(message, view.components, view.shadow_count, view.process_count, view.validated, view.misses,
             view.under_way, view.active_sent, view.received_active, view.received_cluster, view.duplicated,
             view.surviving, view.resent, view.generated_later, view.resolved, view.proved, view.external, view.output,
             view.output_later, view.output_twice, view.surviving_depends, view.resent_depends, view.resent_in_order);
}

} // namespace

void write_view(MessageWriter& message, const View& view) {
    pass_view(message, view);
    for (unsigned position = 0; position < view.process_count; ++position) {
        const ProcessView& process = view.processes[position];
        pass_process(message, process);
        message.number(process.candidates->size());
        for (const Candidate& candidate : *process.candidates)
            pass_candidate(message, candidate);
    }
    message.number(view.tests == nullptr ? 0 : view.tests->size());
    for (std::size_t test = 0; view.tests != nullptr && test < view.tests->size(); ++test)
        pass(message, (*view.tests)[test]);
}

ReceivedView::ReceivedView(MessageReader& message) {
    pass_view(message, view_);
    view_.process_count = std::min<unsigned>(view_.process_count, high_confidence_count_max);
    for (unsigned position = 0; position < view_.process_count; ++position) {
        ProcessView& process = view_.processes[position];
        pass_process(message, process);
        candidates_[position].resize(message.count());
        for (Candidate& candidate : candidates_[position])
            pass_candidate(message, candidate);
        process.candidates = &candidates_[position];
    }
    tests_.resize(message.count());
    for (Numbers& test : tests_)
        pass(message, test);
    view_.tests = &tests_;
}

} // namespace mdcd::model
