// Whatever a model throws becomes one type of exception, with the name of the type that it had.
// Knows no model.
#include "checker/model_error.hpp"

#include <cstdlib>
#include <exception>
#include <memory>
#include <new>
#include <typeinfo>

#include <cxxabi.h>

namespace mdcd::checker {
namespace {

std::string name_of(const std::type_info& type) {
    int status = 0;
    const std::unique_ptr<char, void (*)(void*)> name(abi::__cxa_demangle(type.name(), nullptr, nullptr, &status),
                                                      std::free);
    return status == 0 && name != nullptr ? name.get() : type.name();
}

} // namespace

void rethrow_blaming(const std::string& who) {
    try {
        throw;
    } catch (const ModelError&) {
        throw;
    } catch (const std::bad_array_new_length&) { // a wrong number, not the want of memory
        throw ModelError(who + " threw std::bad_array_new_length");
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        throw ModelError(who + " threw " + name_of(typeid(error)) + ": " + error.what());
    } catch (...) {
        const std::type_info* const type = abi::__cxa_current_exception_type();
        throw ModelError(who + " threw " +
                         (type == nullptr ? "what is no exception" : "a value of type " + name_of(*type)));
    }
}

} // namespace mdcd::checker
