// What is wrong with a class of actors, in words.
// Knows no particular one.
#include "checker/actors/actor.hpp"

namespace mdcd::checker::actors {

AnyActor::~AnyActor() = default;

namespace adapters {

void no_handler(std::string_view type, std::string_view handler, std::string_view event) {
    fail(std::string(type) + " has no handler " + std::string(handler) + "() for " + std::string(event));
}

void loses_fields(std::string_view actor, std::string_view type) {
    fail("the field list (visit_fields) of " + std::string(actor) + "::" + std::string(type) +
         " does not name all that operator== compares: a field that it leaves out is forgotten when the state is "
         "stored");
}

} // namespace adapters
} // namespace mdcd::checker::actors
