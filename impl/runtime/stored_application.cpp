// Handles to bytes, the program, and back to handles.
// Knows no handler.
#include "impl/runtime/stored_application.hpp"

#include <stdexcept>

namespace mdcd::impl::runtime {
namespace {

thread_local StepContext* current = nullptr;

StepContext& context() {
    if (current == nullptr)
        throw std::logic_error("the application is called outside of a step");
    return *current;
}

} // namespace

StepContext::StepContext(Contents& contents, const Program& program, const PlaceSource& self)
    : contents_(contents), program_(program), self_(self), outer_(current) {
    current = this;
}

StepContext::~StepContext() {
    current = outer_;
}

void StoredApplication::deliver(State& state, const Payload& payload) {
    const StepContext& now = context();
    std::string bytes = *now.contents_.at(state);
    const Contents::Bytes message = now.contents_.at(payload);
    now.program_.deliver(now.self_.place(), bytes, *message);
    state = now.contents_.put(std::move(bytes));
}

bool StoredApplication::acceptance_test(const State& state, Output& output) {
    const StepContext& now = context();
    return now.program_.acceptance_test(now.self_.place(), *now.contents_.at(state), output.content);
}

bool StoredApplication::compensate(const State& state, Output& output) {
    const StepContext& now = context();
    return now.program_.compensate(now.self_.place(), *now.contents_.at(state), output.content);
}

} // namespace mdcd::impl::runtime
