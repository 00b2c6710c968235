// A view that was sent says the same as before: to people, and to every predicate.
// Views are drawn at random.
#include "model/z3/view_message.hpp"

#include <doctest/doctest.h>

#include "model/claims/view_text.hpp"
#include "model/z3/canonical_view.hpp"
#include "model/z3/z3_answer.hpp"
#include "tests/support/random_view.hpp"

using namespace mdcd;
using namespace mdcd::model;

TEST_CASE("random views come back as they were") {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        CAPTURE(seed);
        const tests::RandomView random(seed, static_cast<unsigned>(seed % 3));
        checker::smt::MessageWriter message;
        write_view(message, random.view);
        const std::string bytes = message.take();
        checker::smt::MessageReader reader(bytes);
        const ReceivedView received(reader);
        REQUIRE(reader.at_end());
        CHECK(to_text(received.view()) == to_text(random.view));
        CHECK(received.view().under_way == random.view.under_way);
        for (const PropertyId property : z3_properties) {
            Canonizer before;
            Canonizer after;
            CHECK(before.key(property, random.view) == after.key(property, received.view()));
        }
        checker::smt::MessageReader cut(std::string_view(bytes).substr(0, bytes.size() - 1));
        const ReceivedView damaged(cut);
        CHECK_FALSE(cut.is_complete());
    }
}
