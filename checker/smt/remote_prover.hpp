// Questions as induction.hpp takes them, put to a process of their own (asker.hpp): a crash of Z3, or all memory used
// up there, is a question without an answer here. Both sides. Knows no solver and no formula's meaning.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/smt/asker.hpp"
#include "checker/smt/induction.hpp"

namespace mdcd::checker::smt {

// For one thread at a time.
class RemoteProver {
public:
    // `command`: a program, and its arguments, that replies by reply_to_proof().
    explicit RemoteProver(std::vector<std::string> command) : asker_(std::move(command)) {}

    // Whether that program can be started, and is one that replies.
    [[nodiscard]] bool opens();

    // For each group one finding for each obligation, as prove() has them; `options` but for `wanted`. If the process
    // dies of several groups, a new one is asked about each by itself; if it dies of one, that is `unknown`.
    [[nodiscard]] std::vector<std::vector<Finding>>
    prove(const Formulas& formulas, const std::vector<ObligationGroup>& groups, const InductionOptions& options);

private:
    [[nodiscard]] std::string attempt(const Formulas& formulas, const std::vector<ObligationGroup>& groups,
                                      const InductionOptions& options, std::vector<std::vector<Finding>>& findings);

    Asker asker_;
};

// What it sends.
[[nodiscard]] std::string proof_request(const Formulas& formulas, const std::vector<ObligationGroup>& groups,
                                        const InductionOptions& options);

// The serving side. Whether a message is one of a RemoteProver, and the reply to it. `before_groups` is called with how
// many there are, in front of the first one: for tests.
[[nodiscard]] bool is_proof_request(std::string_view message);
[[nodiscard]] std::string reply_to_proof(std::string_view message,
                                         const std::function<void(std::size_t groups)>& before_groups = {});

} // namespace mdcd::checker::smt
