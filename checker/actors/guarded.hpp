// Runs a user's code: whatever it throws becomes a ModelError that says where and what, so that it is a verdict.
// Knows no handler. Not for headers that users compile.
#pragma once

#include <new>
#include <stdexcept>
#include <string>

#include "checker/model_error.hpp"

namespace mdcd::checker::actors {

// The type of the exception that is being handled, as in source.
[[nodiscard]] std::string name_of_current_exception();

// Memory that is used up is not the user's mistake: it is passed on. `where`: called when something is thrown.
template <class Where, class Code> auto guarded(Where where, Code code) {
    try {
        return code();
    } catch (const ModelError& error) {
        throw ModelError(where() + ": " + error.what());
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        throw ModelError(where() + ": throws " + name_of_current_exception() + ": " + error.what());
    } catch (...) {
        throw ModelError(where() + ": throws " + name_of_current_exception());
    }
}

} // namespace mdcd::checker::actors
