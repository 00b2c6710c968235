// What is known already about scopes under rules, kept in a file from one run of a repair to the next: one line of JSON
// for each answer, added when it is found. An answer is found again by a key over everything it depends on, the build
// of this program included, so that a stale one is never used. Knows no search.
#pragma once

#include <cstdint>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/model.hpp"
#include "model/check/cost.hpp"

namespace mdcd::model {

// All claims hold, with this cost; or one fails, with the run that shows it.
struct RepairAnswer {
    bool holds = false;
    std::uint64_t distinct_states = 0;  // of `holds`
    Cost cost;                          // ..
    std::vector<std::string> unreached; // .. twins that no state reaches
    checker::Path path;                 // of a failure; whoever uses it executes and judges it again
};

// 32 hexadecimal digits over the texts, each with its length.
[[nodiscard]] std::string answer_key(const std::vector<std::string>& texts);

// One line, without its end. The second is the inverse and throws traces::FileError with file and place.
[[nodiscard]] std::string to_line(const std::string& key, const RepairAnswer& answer);
[[nodiscard]] std::pair<std::string, RepairAnswer> answer_from_line(std::string_view line, const std::string& file,
                                                                    std::size_t line_number);

class RepairAnswers {
public:
    // "": no file; nothing is found and nothing kept. A file that is not there yet is made. A last line without an end
    // is what an interrupted run has left, and is cut off. Throws traces::FileError for any other line that is
    // malformed, std::runtime_error if the file cannot be written.
    explicit RepairAnswers(const std::string& file);

    [[nodiscard]] const RepairAnswer* find(const std::string& key) const;
    // Written at once.
    void add(const std::string& key, const RepairAnswer& answer);

private:
    std::string file_;
    std::map<std::string, RepairAnswer> answers_;
    std::ofstream out_;
};

} // namespace mdcd::model
