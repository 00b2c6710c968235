// Messages are read as they were written, and a message that is cut anywhere is not taken for a whole one.
// Knows no question.
#include "checker/smt/message.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace mdcd::checker::smt;

namespace {

std::string written() {
    MessageWriter message;
    message.number(0);
    message.number(~std::uint64_t{0});
    message.text(std::string_view("a\0b", 3));
    message.number(2);
    message.text("");
    message.text("c");
    return message.take();
}

} // namespace

TEST_CASE("numbers, texts and counts come back in order") {
    const std::string bytes = written();
    MessageReader message(bytes);
    CHECK(message.number() == 0);
    CHECK(message.number() == ~std::uint64_t{0});
    CHECK(message.text() == std::string_view("a\0b", 3));
    CHECK(message.count() == 2);
    CHECK(message.text().empty());
    CHECK_FALSE(message.at_end());
    CHECK(message.text() == "c");
    CHECK(message.at_end());
    CHECK(message.number() == 0);
    CHECK_FALSE(message.is_complete());
}

TEST_CASE("whatever is missing, it is told, and a count never promises more than there is") {
    const std::string bytes = written();
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        MessageReader message(std::string_view(bytes).substr(0, size));
        message.number();
        message.number();
        message.text();
        CHECK(message.count() <= size);
        message.text();
        message.text();
        CHECK_FALSE(message.is_complete());
        CHECK_FALSE(message.at_end());
    }
    MessageWriter large;
    large.number(std::uint64_t{1} << 60);
    const std::string promise = large.take();
    CHECK(MessageReader(promise).count() == 0);
}
