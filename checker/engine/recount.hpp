// What a search that goes on from a checkpoint compares with what was saved: which states settled what, sums, a sample.
// Knows no way to keep states.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/engine/bound_model.hpp"
#include "checker/engine/checkpoint.hpp"
#include "checker/engine/tally.hpp"

namespace mdcd::checker::engine {

// Throws CheckpointError.
[[noreturn]] void refuse_other_model(const std::string& reason);

// Before anything is settled.
[[nodiscard]] OpenQuestions all_questions(const BoundModel& model);

// By which states properties, and freedom from deadlock, were settled first.
class FirstSettled {
public:
    static constexpr std::size_t count = property_count_max + 1; // the last: freedom from deadlock
    static constexpr std::uint64_t nobody = ~std::uint64_t{0};

    explicit FirstSettled(const OpenQuestions& open);

    void note(const Finding& finding); // in the order of states

    [[nodiscard]] const OpenQuestions& open() const { return open_; }
    // By a state before `end`; otherwise nobody.
    [[nodiscard]] std::uint64_t by(std::size_t property, std::uint64_t end) const {
        return by_[property] < end ? by_[property] : nobody;
    }

private:
    OpenQuestions open_;
    std::array<std::uint64_t, count> by_{};
};

// The first property that the states before `end` settle in another way than was saved.
struct OtherwiseSettled {
    std::size_t property = 0;
    std::uint64_t first = 0;      // by which state; or nobody
    bool may_be_too_long = false; // it was not settled: there may be no run to that state that can be shown
};
[[nodiscard]] std::optional<OtherwiseSettled> settled_otherwise(const FirstSettled& saved, const FirstSettled& found,
                                                                std::uint64_t end);
[[noreturn]] void refuse_other_model(const OtherwiseSettled& other, const BoundModel& model);

// Of the states that were expanded, counted again. Throws CheckpointError.
struct Sums {
    std::uint64_t firings = 0;
    std::uint64_t dead_ends = 0;
    std::uint64_t outside = 0;
    std::vector<std::uint64_t> coverage;
};
void expect_same_sums(const Standing& saved, const Sums& found);

// Numbers of [begin, end), spread evenly: of links, and of states whose firings are followed again.
template <class Use> void in_sample(std::uint64_t begin, std::uint64_t end, Use use) {
    constexpr std::uint64_t sample_size = 256;
    const std::uint64_t count = std::min(sample_size, end - std::min(begin, end));
    for (std::uint64_t i = 0; i < count; ++i)
        use(begin + (end - begin) * i / count);
}

} // namespace mdcd::checker::engine
