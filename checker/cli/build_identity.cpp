// The code that is loaded, and the program that asks Z3 in its place if there is one.
// Knows nothing of what is kept.
#include "checker/cli/build_identity.hpp"

#include "checker/cli/z3_asker.hpp"
#include "checker/loaded_code.hpp"
#include "checker/version.hpp"

namespace mdcd::checker::cli {

namespace {

std::optional<std::string> identity_now() {
    const auto code = loaded_code();
    // This program asks in another process of its own, unless the environment says otherwise.
    const auto asker = hash_of_file(z3_asker().front());
    if (!code || !asker)
        return std::nullopt;
    std::string identity = std::string(version) + "\n" + text_of(*code);
    if (*asker != code->front().hash)
        identity += "\nZ3 asked by " + *asker;
    return identity;
}

} // namespace

std::optional<std::string> build_identity() {
    static const std::optional<std::string> identity = identity_now();
    return identity;
}

} // namespace mdcd::checker::cli
