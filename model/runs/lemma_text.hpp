// What is wrong with one state where a claim that needs no recovery fails (model/claims/lemmas.hpp), or with what is
// left of a recovery, in sentences. Decides no verdict.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/system.hpp"

namespace mdcd::model {

// A process, or "" for a channel, and what is wrong with it.
using ProcessSentence = std::pair<std::string, std::string>;

// `recovery`: as System::look has filled it.
[[nodiscard]] std::vector<ProcessSentence> lemma_sentences(PropertyId property, const System& system,
                                                           const checker::GlobalState& state, const Recovery& recovery);

// What is wrong with the processes that a recovery leaves, or with what the shadows re-send.
[[nodiscard]] std::vector<ProcessSentence> outcome_sentences(PropertyId property, const System& system,
                                                             const Recovery& recovery);
[[nodiscard]] std::vector<ProcessSentence> takeover_sentences(const System& system, const Recovery& recovery);

// "cluster message 1", "message A2.1".
[[nodiscard]] std::string long_name(MessageId id);

// "c1, A2.1".
[[nodiscard]] std::string names(MessageSet set);

} // namespace mdcd::model
