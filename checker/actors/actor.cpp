// What is wrong with a class of actors, in words.
// Knows no particular one.
#include "checker/actors/actor.hpp"

namespace mdcd::checker::actors {

AnyActor::~AnyActor() = default;

namespace adapters {

void no_handler(std::string_view type, std::string_view handler, std::string_view event) {
    fail(std::string(type) + " has no handler " + std::string(handler) + "() of the right parameters for " +
         std::string(event));
}

void loses_fields(std::string_view type) {
    fail("the field list of " + std::string(type) +
         " does not name all that operator== compares: what it leaves out would be forgotten");
}

} // namespace adapters
} // namespace mdcd::checker::actors
