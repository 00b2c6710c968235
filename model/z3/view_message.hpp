// A view as part of a message to another process, and back: numbers and sets only, in a fixed order.
// Knows the fields of a view, and not what they are for.
#pragma once

#include <array>
#include <vector>

#include "checker/smt/message.hpp"
#include "model/claims/view.hpp"

namespace mdcd::model {

void write_view(checker::smt::MessageWriter& message, const View& view);

// Owns what its view points to. The reader says whether it was one.
class ReceivedView {
public:
    explicit ReceivedView(checker::smt::MessageReader& message);
    ReceivedView(const ReceivedView&) = delete;
    ReceivedView& operator=(const ReceivedView&) = delete;

    [[nodiscard]] const View& view() const { return view_; }

private:
    View view_;
    std::array<std::vector<Candidate>, high_confidence_count_max> candidates_;
    std::vector<Numbers> tests_;
};

} // namespace mdcd::model
