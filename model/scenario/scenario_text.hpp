// The text of a scenario, taken apart line by line, and how a line that a person wrote is compared with what the
// program prints. Knows no protocol: what a line means is decided where it is run.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mdcd::model {

enum class ScenarioVerb : std::uint8_t {
    scope,  // a shipped scope, a file, or a scope itself as JSON
    rules,  // a preset or a file
    set,    // rule=value
    step,   // an action, as the program prints it or shorter
    expect, // what must be true now
    note,   // what the last step must have noted
};

struct ScenarioLine {
    ScenarioVerb verb = ScenarioVerb::step;
    std::string text;       // without the verb, comments and what the program adds to an action
    bool dirty = false;     // of a step: "(dirty)" stood after it
    std::size_t line = 1;   // where the text begins
    std::size_t column = 1; // in characters
};

// "line 3, column 5"
[[nodiscard]] std::string place_of(const ScenarioLine& line);

// Comments (#) and empty lines are left out; so is what a report prints around an action: its number and process,
// "(dirty)" (which is remembered) and what stands after "<--". Throws traces::FileError for a verb with nothing
// after it.
[[nodiscard]] std::vector<ScenarioLine> scenario_lines(std::string_view text, const std::string& file);

// "L1 sends  x, y" as {"L1", "sends", "x,", "y"}.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

// Whether `written` is a short form of `full`: the first words are the same, and every further word written begins one
// of the full text's, in their order. A word with a digit in it must be all there: 1 is not 10.
[[nodiscard]] bool abbreviates(std::string_view written, std::string_view full);

} // namespace mdcd::model
