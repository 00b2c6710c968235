// The application as the handlers of impl want it: trivially copyable handles in place of bytes. Static functions find
// the contents and the program in the context of the step that runs; there is none outside of a step.
// Knows no handler.
#pragma once

#include "impl/application.hpp"
#include "impl/runtime/contents.hpp"
#include "impl/runtime/program.hpp"

namespace mdcd::impl::runtime {

struct StoredApplication {
    using State = Digest;
    using Payload = Digest;
    struct Output {
        std::string content;
    };

    static void deliver(State& state, const Payload& payload);
    static bool acceptance_test(const State& state, Output& output);
    static bool compensate(const State& state, Output& output);
};
static_assert(TestedApplication<StoredApplication>);

// Who runs: asked in the middle of a step, in which a new version may come.
class PlaceSource {
public:
    PlaceSource() = default;
    virtual ~PlaceSource() = default;
    PlaceSource(const PlaceSource&) = delete;
    PlaceSource& operator=(const PlaceSource&) = delete;
    [[nodiscard]] virtual Place place() const = 0;
};

// While it lives, the handlers' calls in this thread go to that program and those contents.
class StepContext {
public:
    StepContext(Contents& contents, const Program& program, const PlaceSource& self);
    ~StepContext();
    StepContext(const StepContext&) = delete;
    StepContext& operator=(const StepContext&) = delete;

private:
    friend struct StoredApplication;
    Contents& contents_;
    const Program& program_;
    const PlaceSource& self_;
    StepContext* outer_;
};

} // namespace mdcd::impl::runtime
