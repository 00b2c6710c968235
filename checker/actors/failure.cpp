// The two ways in which something is wrong.
// Knows nothing of what is.
#include "checker/actors/failure.hpp"

#include <stdexcept>

#include "checker/model_error.hpp"

namespace mdcd::checker::actors {

void fail(const std::string& what) {
    throw ModelError(what);
}

void refuse(const std::string& what) {
    throw std::invalid_argument(what);
}

} // namespace mdcd::checker::actors
