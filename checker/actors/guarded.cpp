// The names of exceptions, from the run-time library.
// Knows no user.
#include "checker/actors/guarded.hpp"

#include <cstdlib>
#include <cxxabi.h>
#include <memory>
#include <typeinfo>

namespace mdcd::checker::actors {

std::string name_of_current_exception() {
    const std::type_info* const type = abi::__cxa_current_exception_type();
    if (type == nullptr)
        return "something";
    int status = 0;
    const std::unique_ptr<char, void (*)(void*)> name(abi::__cxa_demangle(type->name(), nullptr, nullptr, &status),
                                                      std::free);
    return name != nullptr ? name.get() : type->name();
}

} // namespace mdcd::checker::actors
