// The scopes in which levels of trust are explored to the end. Knows no verdict.
#pragma once

#include <string>
#include <vector>

#include "model/levels/system.hpp"

namespace mdcd::model::levels {

struct NamedScope {
    std::string name;
    std::string what;
    Scope scope;
};

inline Scope scope_of(std::vector<std::string> components, std::vector<impl::Level> levels,
                      std::vector<std::string> actives) {
    Scope scope;
    scope.components = std::move(components);
    scope.levels = std::move(levels);
    scope.actives = std::move(actives);
    return scope;
}

inline std::vector<NamedScope> short_scopes() {
    return {
        {"two_levels", "each component speaks to the active process", scope_of({"11", "1"}, {0, 1}, {"dd"})},
        {"upward", "the lower component speaks to the higher one", scope_of({"b1", "11"}, {0, 1}, {"dd"})},
    };
}

} // namespace mdcd::model::levels
