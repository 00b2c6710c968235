// What an active process or a shadow does when something arrives, and what it drops when it learns that more is
// validated: figures 3 and 4 under the readings. Ghost state is kept here as well, since it is about these moments.
#pragma once

#include "tests/differential/oracle/state.hpp"

namespace oracle {

// The shadow's counter as a number that can be compared with other numbers.
Number as_number(const World& world, int component, int counter);

// Memory reclamation up to `validated`; afterwards the process is dirty if a checkpoint is left.
void reclaim(const World& world, Process& process, const Number& validated);

// A process learns that everything up to `validated` is valid, by its own test or by a notification.
void learn_validated(const World& world, Process& process, const Number& validated);

// The application takes a message, at first or in a replay.
void deliver(Application& application, const Message& message);

// `component` is -1 for an active process.
void receive_application_message(const World& world, Process& process, int component, const Message& message);

// A notification; `component` as above.
void receive_passed_at(const World& world, Process& process, int component, const Message& message);

} // namespace oracle
