// The reader of scopes either returns a scope or throws FileError; what it returns survives being written, and a
// system of it can be set up and takes a step.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "checker/path.hpp"
#include "model/inputs/scope.hpp"
#include "model/system.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace {

using namespace mdcd;

std::optional<model::Scope> read(std::string_view text) {
    try {
        return model::scope_from(traces::parse_json(text, "input"), "input");
    } catch (const traces::FileError&) {
        return std::nullopt;
    }
}

void set_up(const model::Scope& scope) {
    const model::System system(scope, {});
    const checker::GlobalState state = system.initial_states().front();
    const auto enabled = checker::enabled(system, state);
    if (enabled.empty()) // a clean process may always output
        std::abort();
    static_cast<void>(
        checker::judge(system, checker::apply(system, state, enabled.front().firing, enabled.front().outcome)));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::optional<model::Scope> scope = read({reinterpret_cast<const char*>(data), size});
    if (scope) {
        const traces::Value written = model::to_value(*scope);
        const std::optional<model::Scope> again = read(traces::to_json(written));
        if (!again || model::to_value(*again) != written)
            std::abort();
        set_up(*scope);
    }
    return 0;
}
