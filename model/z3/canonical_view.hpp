// The canonical form of a view for one property: only what that property's predicate reads, under names that do not
// matter to it. Views with equal keys have the same answer, so it is asked once; the answer is translated back.
// Why each step keeps the answer is said beside it, in the source. Decides nothing itself.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/claims/predicates.hpp"
#include "model/claims/properties.hpp"
#include "model/claims/view.hpp"

namespace mdcd::model {

// What was renamed: from the unknowns of the canonical view to those of the view it was made from.
struct Renaming {
    PropertyId property = PropertyId::containment;
    unsigned components = 1;
    unsigned process_count = 0;
    // The component at each canonical position, and there: the number that rank r stands for is numbers[position][r -
    // 1]; the rank after the last one stands for a fault that nothing depends on, and so does the number at its place.
    std::array<std::uint8_t, impl::component_count_max> component{};
    std::array<std::array<std::uint8_t, high_confidence_count_max + 3 + test_count_max>, impl::component_count_max>
        numbers{};
    // The process at each canonical position, and how many of its candidates are in front of the canonical ones.
    std::array<std::uint8_t, high_confidence_count_max> process{};
    std::array<std::uint8_t, high_confidence_count_max> skipped{};

    [[nodiscard]] Hypothesis<Native> original(const Hypothesis<Native>& canonical) const;
    [[nodiscard]] Line<Native> original(const Line<Native>& canonical) const;
};

// Makes keys, with memory of its own: one for each thread.
class Canonizer {
public:
    // Bytes that say all of the canonical view; valid until the next call. Only the four properties that quantify over
    // unknowns (predicates.hpp) have one.
    [[nodiscard]] std::string_view key(PropertyId property, const View& view);

    // Of the last key.
    [[nodiscard]] const Renaming& renaming() const { return renaming_; }

private:
    using Vectors = std::array<Numbers, high_confidence_count_max + 2 + test_count_max>;

    void start(PropertyId property, const View& view);
    void put(unsigned byte) { key_.push_back(static_cast<char>(byte)); }
    void put_rows(const std::array<std::uint64_t, 4>& rows);
    void rank(const View& view, Vectors& vectors, std::size_t count);
    void order_components(const View& view, Vectors& vectors, std::size_t distinct, std::size_t sortable,
                          std::size_t count);
    void put_vectors(const View& view, Vectors& vectors, std::size_t count, std::size_t sortable);
    void put_containment(const View& view);
    void put_recoverability(const View& view);
    void put_no_cascading_rollback(const View& view);
    void put_minimal_rollback(const View& view);
    void put_orphan_rows(const View& view, MessageSet messages);

    std::string key_;
    Renaming renaming_;
};

// The view that a key says.
class CanonicalView {
public:
    CanonicalView(PropertyId property, std::string_view key);
    CanonicalView(const CanonicalView&) = delete; // the view points into it
    CanonicalView& operator=(const CanonicalView&) = delete;

    [[nodiscard]] const View& view() const { return view_; }

private:
    void read_hypothesis_view(PropertyId property, std::string_view key);
    void read_lines_view(std::string_view key);

    View view_;
    std::array<std::vector<Candidate>, high_confidence_count_max> candidates_;
    std::vector<Numbers> tests_;
};

} // namespace mdcd::model
