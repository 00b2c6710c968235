// What a check found, as parts of a gate hand it on: read back as it was, and refused where it says two things.
// Knows no file.
#include <doctest/doctest.h>

#include <string>

#include "model/gate/found_value.hpp"
#include "traces/file_error.hpp"
#include "traces/reader.hpp"

namespace mdcd::tests {

using namespace model;
using traces::Reader;
using traces::Value;

namespace {

Found found_with(const std::vector<FoundProperty>& properties) {
    Found found;
    found.distinct_states = 7;
    found.exhaustive = true;
    found.properties = properties;
    return found;
}

} // namespace

TEST_CASE("what was found is read back") {
    FoundProperty violated;
    violated.property = "containment";
    violated.verdict = checker::Verdict::violated;
    violated.steps = 2;
    Found found = found_with({violated});
    found.guards = {{"delivered", Use::passed}, {"withheld", Use::excluded}, {"replayed", Use::missed}};
    const Value value = to_value(found);
    const Found again = found_from(Reader(value, "part.json"), "part.json");
    CHECK(again.distinct_states == 7);
    REQUIRE(again.properties.size() == 1);
    CHECK(again.properties[0].verdict == checker::Verdict::violated);
    CHECK(again.properties[0].steps == 2);
    CHECK(again.guards == found.guards);
}

TEST_CASE("two verdicts on one property are refused, whichever comes first") {
    FoundProperty holds;
    holds.property = "containment";
    holds.verdict = checker::Verdict::holds;
    FoundProperty violated = holds;
    violated.verdict = checker::Verdict::violated;
    for (const auto& both : {std::vector{holds, violated}, std::vector{violated, holds}}) {
        const Value value = to_value(found_with(both));
        CHECK_THROWS_AS(static_cast<void>(found_from(Reader(value, "part.json"), "part.json")), traces::FileError);
    }
}

TEST_CASE("words of a file do not act on a terminal or a log") {
    Found found = found_with({});
    found.exhaustive = false;
    found.limit = "e\n::error::x\033[31m";
    found.failure = "f\nx";
    const Value value = to_value(found);
    const Found again = found_from(Reader(value, "part.json"), "part.json");
    CHECK(again.limit.find_first_of("\n\033") == std::string::npos);
    CHECK(again.failure == "f x");
}

} // namespace mdcd::tests
