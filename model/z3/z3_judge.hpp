// Z3's answers to the properties that quantify over what nobody knows, on views of states. Equal questions are
// asked once; an answer that differs from the native evaluation is an internal error, and an unknown is no answer.
// The solver itself is behind checker/smt and is not seen here.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/claims/view.hpp"
#include "model/z3/answer_store.hpp"
#include "model/z3/z3_answer.hpp"
#include "model/z3/z3_text.hpp"

namespace mdcd::model {

enum class Z3Mode : std::uint8_t {
    distinct, // one query for each distinct canonical view
    every,    // one query for each view, as it is: shows that asking less often loses nothing
};

struct Z3Options {
    Z3Mode mode = Z3Mode::distinct;
    unsigned timeout_ms = 10000;                  // for each attempt; a query has two
    unsigned effort_max = 0;                      // for each attempt, in Z3's own units; 0: no limit
    unsigned workers = 0;                         // threads that ask; 0: as many as there are cores
    const std::atomic<bool>* interrupt = nullptr; // once true, what is not asked yet is `unknown: interrupted`
    double seconds_max = 0; // since the judge was made; then what is not asked yet is `unknown: seconds`. 0: no limit
    const AnswerStore* store = nullptr;  // answers of earlier runs; must outlive the judge
    std::vector<std::string> asker = {}; // a program and its arguments that ask Z3 (z3_remote_session.hpp), so that
                                         // a crash of Z3 is an unknown; empty: Z3 is asked in this process
    std::function<void(unsigned attempt)> before_attempt = {}; // in this process; may throw what Z3 might: for tests
};

// Throws Disagreement unless the answer is unknown or says the same.
void require_agreement(PropertyId property, const View& view, bool natively_violated, const Z3Answer& answer);

// All functions may be called by several threads at the same time.
class Z3Judge {
public:
    explicit Z3Judge(const Z3Options& options = {});
    ~Z3Judge();
    Z3Judge(const Z3Judge&) = delete;
    Z3Judge& operator=(const Z3Judge&) = delete;

    [[nodiscard]] const Z3Options& options() const { return options_; }

    // In mode `distinct` through the cache. The unknowns are those of this view.
    Z3Answer ask(PropertyId property, const View& view);

    // Asks about the canonical view that a key says; `views` states have it. The unknowns are the canonical view's.
    Z3Answer ask_canonical(PropertyId property, std::string_view key, std::uint64_t views);

    // Of a violated claim: the mildest fault hypothesis that does harm (the latest first erroneous numbers; none if it
    // fails without any fault) or the latest line, and which parts of the claim fail. Starts from nothing each time, so
    // that equal views get equal words.
    [[nodiscard]] Z3Explanation explain(PropertyId property, const View& view) const;

    // As to_smt_lib (z3_text.hpp). Throws a std::exception if Z3 cannot print it.
    [[nodiscard]] std::string text(PropertyId property, const View& view, const QuestionNotes& notes) const;

    [[nodiscard]] Z3Tallies tallies() const;

    // Questions that stayed without an answer after both attempts, by their canonical keys; each once, in a fixed
    // order.
    struct Unanswered {
        PropertyId property = PropertyId::containment;
        std::string key;
        std::string reason;
    };
    [[nodiscard]] std::vector<Unanswered> unanswered() const;

    // What Z3 answered and no store had. Empty if there is no store.
    [[nodiscard]] StoredAnswers fresh_answers() const;

    // Of the tool's version and of Z3's: what answers in a store belong to.
    [[nodiscard]] static std::string identity(const std::string& tool_version);

private:
    struct Shared; // keeps the solver's headers out of here
    class BorrowedSession;

    // `key`: of the view, or empty if it has not been made yet.
    Z3Answer put_question(PropertyId property, std::string_view key, const View& view, Z3Tally& tally);
    Z3Answer find_or_ask(PropertyId property, std::string_view key, Z3Tally& tally);
    void note_unanswered(PropertyId property, std::string_view key, const std::string& reason);

    // Why no question is put any more; null if one is.
    [[nodiscard]] const char* reason_to_stop() const;

    Z3Options options_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::unique_ptr<Shared> shared_;
};

} // namespace mdcd::model
