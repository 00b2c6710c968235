// Answers of Z3 that outlive a run: a text file that can be kept between runs, by the content of the question.
// Whoever changes a predicate, the translation or a version changes the content, and gets no old answer. Asks nothing.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/z3/z3_answer.hpp"

namespace mdcd::model {

// A question, by what it says: the canonical view (canonical_view.hpp) and a hash of the formula that was built of it.
struct StoredQuestion {
    PropertyId property = PropertyId::containment;
    std::string key;
    std::uint64_t text_hash = 0;
    friend auto operator<=>(const StoredQuestion&, const StoredQuestion&) = default;
};

// Only answers: what was unknown may be known another time.
struct StoredAnswer {
    bool violated = false;
    std::vector<std::uint8_t> unknowns; // of a violation, as pose() declares them
    friend auto operator<=>(const StoredAnswer&, const StoredAnswer&) = default;
};

using StoredAnswers = std::map<StoredQuestion, StoredAnswer>;

// The file as text, and back. `identity`: of the versions that the answers belong to, one line.
[[nodiscard]] std::string encode_answers(const StoredAnswers& answers, std::string_view identity);

// The text with the last line that it needs.
[[nodiscard]] std::string with_sum(std::string text);

struct DecodedAnswers {
    StoredAnswers answers;
    bool is_ours = true;  // it begins as such a file does
    std::string damage;   // "": undamaged
    std::string identity; // as written
};
[[nodiscard]] DecodedAnswers decode_answers(std::string_view text);

// Adds what `one` lacks. The same question with two answers: the smaller values win, whatever the order; violated and
// not violated at the same time is a broken invariant.
void merge_answers(StoredAnswers& one, const StoredAnswers& other);

class AnswerStore {
public:
    // No file is an empty store. A file of other versions is not used and will be replaced; a damaged one likewise,
    // with a warning. Throws traces::FileError for a file that is something else, so that it is not overwritten.
    AnswerStore(std::string path, std::string identity);

    [[nodiscard]] std::optional<StoredAnswer> find(const StoredQuestion& question) const;

    // One sentence why nothing of the file is used; "" if all is well.
    [[nodiscard]] const std::string& warning() const { return warning_; }
    [[nodiscard]] std::size_t size() const { return answers_.size(); }

    // Adds the answers and replaces the file by the union with what it holds by now; it is there whole or not at all.
    // Throws traces::FileError if what it holds by now is no file of answers, checker::WriteError if it cannot be
    // written.
    void save(const StoredAnswers& fresh);

private:
    [[nodiscard]] StoredAnswers load();

    std::string path_;
    std::string identity_;
    std::string warning_;
    StoredAnswers answers_;
};

} // namespace mdcd::model
