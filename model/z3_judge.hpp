// Z3's answers to the properties that quantify over what nobody knows, on views of states. Equal questions are
// asked once; an answer that differs from the native evaluation is an internal error, and an unknown is no answer.
// The solver itself is behind checker/smt and is not seen here.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "checker/smt/answer.hpp"
#include "model/predicates.hpp"
#include "model/properties.hpp"
#include "model/view.hpp"

namespace mdcd::model {

inline constexpr std::array z3_properties = {PropertyId::containment, PropertyId::recoverability,
                                             PropertyId::no_cascading_rollback, PropertyId::minimal_rollback,
                                             PropertyId::recovered_consistently};

enum class Z3Mode : std::uint8_t {
    distinct, // one query for each distinct canonical view
    every,    // one query for each view, as it is: shows that asking less often loses nothing
};

struct Z3Options {
    Z3Mode mode = Z3Mode::distinct;
    unsigned timeout_ms = 10000;                  // for each attempt; a query has two
    unsigned workers = 0;                         // threads that ask; 0: as many as there are cores
    const std::atomic<bool>* interrupt = nullptr; // once true, what is not asked yet is `unknown: interrupted`
};

struct Z3Answer {
    checker::smt::Answer answer = checker::smt::Answer::unknown; // satisfiable: violated
    std::string reason;                                          // of `unknown`
    Hypothesis<Native> first_erroneous{};                        // of a violation: the fault hypothesis, by component
    Line<Native> line{};                                         // .. of minimal_rollback: the better line, by process

    [[nodiscard]] bool violated() const { return answer == checker::smt::Answer::satisfiable; }
};

// What asking about one property came to.
struct Z3Tally {
    PropertyId property = PropertyId::containment;
    std::uint64_t views = 0;      // asked about
    std::uint64_t queries = 0;    // that reached the solver
    std::uint64_t cache_hits = 0; // views whose answer was known
    std::uint64_t violated_views = 0;
    std::uint64_t unknowns = 0; // queries without an answer: the property is inconclusive
    std::string unknown_reason; // of the first
    double seconds = 0;         // in the solver, all threads together
    double slowest_seconds = 0;

    void add(const Z3Tally& other);
};
using Z3Tallies = std::array<Z3Tally, z3_properties.size()>; // in the order of z3_properties

// Z3 and the native evaluation disagree: one of them, or the canonical form, is wrong. Says both and shows the view.
class Disagreement : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

// Throws Disagreement unless the answer is unknown or says the same.
void require_agreement(PropertyId property, const View& view, bool natively_violated, const Z3Answer& answer);

// Why a claim fails in one state, in words and in values.
struct Z3Explanation {
    Z3Answer answer;
    std::vector<std::string> lines; // "cluster messages with number >= 3 are erroneous", ..
};

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

    // The question as SMT-LIB 2, for any solver: `sat` means violated. Opens with comments that show the view.
    [[nodiscard]] static std::string to_smt_lib(PropertyId property, const View& view);

    [[nodiscard]] Z3Tallies tallies() const;

private:
    struct Shared; // keeps the solver's headers out of here
    class BorrowedSolver;

    Z3Answer put_question(PropertyId property, const View& view, Z3Tally& tally);

    Z3Options options_;
    std::unique_ptr<Shared> shared_;
};

} // namespace mdcd::model
