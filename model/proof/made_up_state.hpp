// Global states made up at random, most of which nothing leads to: what the implementation does in them must fit the
// proof's actions all the same. Only what every state has by its build is kept: a message is one message everywhere.
#pragma once

#include "checker/model.hpp"
#include "checker/random.hpp"
#include "model/proof/abstraction.hpp"
#include "model/system.hpp"

namespace mdcd::model::proof {

struct MadeUpState {
    checker::GlobalState state;
    Sent sent;
};

// Of a scope with one component whose budgets leave room for three messages of each source in each channel.
[[nodiscard]] MadeUpState make_up_state(const System& system, checker::Random& random);

} // namespace mdcd::model::proof
