// What a worker notes of the states that it judges and expands: what they settle, sums, samples to be asked again.
// Taken and added up between rounds. Knows no way to keep states.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "checker/engine/purity.hpp"
#include "checker/model.hpp"

namespace mdcd::checker::engine {

// Something that a state settles.
struct Finding {
    enum class Kind : std::uint8_t { // written to checkpoints, but for the last
        bits,                        // its predicates settle a property that was open
        deadlock,                    // no step is enabled and it is not final
        again,                       // it violates a property of which more paths are wanted
        failure,                     // judging or expanding it failed
    };
    std::uint64_t state = 0;
    Kind kind = Kind::bits;
    PropertyBits bits = 0;
};

// What is done with a stretch of states.
enum class Work : std::uint8_t {
    expand, // judge, and expand unless it is time to stop
    count,  // judge, and count firings without following them
    judge,
};

// What a search still wants to know. Changes between rounds only.
struct OpenQuestions {
    PropertyBits always = 0; // open `always` properties
    PropertyBits reachable = 0;
    bool deadlock = false;
    bool failure = true;
    PropertyBits again = 0; // violated `always` properties of which more paths are wanted
};

// Sums over the states expanded.
struct ExpansionCounts {
    std::uint64_t firings = 0;
    std::uint64_t followed = 0; // of these, those that were written down
    std::uint64_t dead_ends = 0;
    std::uint64_t outside = 0;           // states that were left unexpanded, since they are beyond the boundary
    std::vector<std::uint64_t> coverage; // StateSpace::coverage() says what it means
    void add(const ExpansionCounts& other);
    void clear();
};

class Tally {
public:
    // Of the findings of each kind and property the first of each run is kept; of kind `again` the first few.
    static constexpr unsigned again_max = 32;

    std::vector<Finding> findings;
    ExpansionCounts counts;
    std::vector<JudgedState> judged; // a sample (purity.hpp)

    // For a run over states in the order of their numbers.
    void begin(const OpenQuestions& open) {
        open_ = open;
        again_left_.fill(again_max);
    }

    void note(std::uint64_t number, PropertyBits bits) {
        if (JudgedState::keeps(number))
            judged.push_back({.state = number, .bits = bits});
        const PropertyBits settled = (open_.always & ~bits) | (open_.reachable & bits);
        if (settled != 0) {
            findings.push_back({.state = number, .kind = Finding::Kind::bits, .bits = bits});
            open_.always &= ~settled;
            open_.reachable &= ~settled;
        }
        if ((open_.again & ~bits) != 0)
            note_again(number, bits);
    }

    void fail(std::uint64_t number) {
        if (open_.failure)
            findings.push_back({.state = number, .kind = Finding::Kind::failure});
        open_.failure = false;
    }

    // No step is enabled in the state. `is_final()` is asked only if anybody wants to know.
    template <class IsFinal> void note_dead_end(std::uint64_t number, bool judgable, IsFinal is_final) {
        ++counts.dead_ends;
        if (!open_.deadlock || !judgable)
            return;
        if (!is_final()) {
            findings.push_back({.state = number, .kind = Finding::Kind::deadlock});
            open_.deadlock = false;
        } else if (final_kept_ < final_kept_max) {
            ++final_kept_;
            judged.push_back({.state = number, .final_dead_end = true});
        }
    }

private:
    static constexpr unsigned final_kept_max = 64;

    void note_again(std::uint64_t number, PropertyBits bits) {
        findings.push_back({.state = number, .kind = Finding::Kind::again, .bits = bits});
        for (PropertyBits again = open_.again & ~bits; again != 0; again &= again - 1)
            if (--again_left_[static_cast<std::size_t>(std::countr_zero(again))] == 0)
                open_.again &= ~(again & (~again + 1));
    }

    OpenQuestions open_;
    std::array<unsigned, property_count_max> again_left_{}; // in this run
    unsigned final_kept_ = 0;                               // dead ends among `judged`, so far
};

} // namespace mdcd::checker::engine
