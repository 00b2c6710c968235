// What is known already about scopes under rules, kept in a file from one run of a repair to the next: one line of JSON
// for each answer, added when it is found. An answer is found again by a key over everything it depends on, the build
// of this program included, so that a stale one is never used. Knows no search.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/model.hpp"
#include "model/check/cost.hpp"

namespace mdcd::model {

// All claims hold, with this cost; or no claim fails natively; or one fails, with the run that shows it.
struct RepairAnswer {
    bool holds = false;
    bool holds_natively = false;        // .. which is less: neither Z3 nor twins nor the cost are known
    std::uint64_t distinct_states = 0;  // of `holds`
    Cost cost;                          // ..
    std::vector<std::string> unreached; // .. twins that no state reaches
    checker::Path path;                 // of a failure; whoever uses it executes and judges it again
};

// A hash of the texts, each with its length.
[[nodiscard]] std::string answer_key(const std::vector<std::string>& texts);

// One line, without its end. The second is the inverse and throws traces::FileError with file and place.
[[nodiscard]] std::string to_line(const std::string& key, const RepairAnswer& answer);
[[nodiscard]] std::pair<std::string, RepairAnswer> answer_from_line(std::string_view line, const std::string& file,
                                                                    std::size_t line_number);

class RepairAnswers {
public:
    // "": no file; nothing is found and nothing kept. A file that is not there yet is made; it begins with a line that
    // says what it is, and a file that does not is left alone. A last line without an end is what an interrupted run
    // has left, and is cut off. Throws traces::FileError for a file that is something else and for any other line that
    // is malformed, checker::WriteError if the file cannot be written, is a link, or is in use by another process.
    explicit RepairAnswers(const std::string& file);
    ~RepairAnswers();
    RepairAnswers(const RepairAnswers&) = delete;
    RepairAnswers& operator=(const RepairAnswers&) = delete;

    // Answers of another run as well, of a file that is only read; a last line without an end is left out. Throws
    // traces::FileError as the constructor does.
    void read(const std::string& file);
    // So many were found in such files.
    [[nodiscard]] std::size_t read_count() const { return read_count_; }

    [[nodiscard]] const RepairAnswer* find(const std::string& key) const;
    // Written at once. What cannot be written is still found by this object; failure() says why.
    void add(const std::string& key, const RepairAnswer& answer);

    // Why not all answers are in the file; "" if they are.
    [[nodiscard]] const std::string& failure() const { return failure_; }

private:
    // Returns the size of the file's whole lines; 0: not even the first one is whole.
    std::size_t load(const std::string& file);
    void take(const std::string& key, const RepairAnswer& answer);
    void cut(std::size_t size);
    void append(std::string_view text);
    [[noreturn]] void fail(const std::string& reason) const;

    std::string path_;
    std::string failure_;
    std::map<std::string, RepairAnswer> answers_;
    std::size_t read_count_ = 0;
    int file_ = -1;
};

} // namespace mdcd::model
