// A session in a process of its own: a crash of Z3, or all memory used up there, is an attempt without an answer here,
// and the next question goes to a new process. Both sides are here; neither remembers an answer.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/smt/asker.hpp"
#include "model/z3/z3_session.hpp"

namespace mdcd::model {

class Z3RemoteSession final : public Z3Session {
public:
    // `command`: a program, and its arguments, that calls serve_z3(). `options` but for before_attempt.
    Z3RemoteSession(std::vector<std::string> command, checker::smt::SolverOptions options)
        : asker_(std::move(command)), options_(std::move(options)) {}

    // Whether that program can be started, and is one that serves. The other functions need not be told.
    [[nodiscard]] bool opens();

    [[nodiscard]] checker::smt::Result answer(PropertyId property, const View& view) override;
    [[nodiscard]] std::optional<std::uint64_t> text_hash(PropertyId property, const View& view) override;
    [[nodiscard]] Z3Explanation explain(PropertyId property, const View& view) override;
    [[nodiscard]] std::string text(PropertyId property, const View& view, const QuestionNotes& notes) override;

private:
    [[nodiscard]] checker::smt::Result attempt(PropertyId property, const View& view, unsigned number);

    checker::smt::Asker asker_;
    checker::smt::SolverOptions options_;
};

// Z3's memory in a process that serves. What would need more is an unknown, and the search keeps its own.
inline constexpr std::uint64_t z3_memory_bytes_max = std::uint64_t{4} << 30;

// Replies to the questions of the process that started this one until it ends: those of sessions, and those of a
// RemoteProver. `before_attempt` is called in front of each attempt at an answer about a view, `before_questions` in
// front of some questions of a prover: for tests.
void serve_z3(const std::function<void(PropertyId property, unsigned attempt)>& before_attempt = {},
              std::uint64_t memory_bytes_max = z3_memory_bytes_max,
              const std::function<void(std::size_t questions)>& before_questions = {});

} // namespace mdcd::model
