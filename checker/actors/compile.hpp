// From a system to a model that has a place for all that its handlers use, as far as a look at its first states tells.
// Not for headers that users compile.
#pragma once

#include <memory>
#include <utility>

#include "checker/actors/compiled_system.hpp"

namespace mdcd::checker::actors {

// A model with the parts that it is made of.
class CheckedModel {
public:
    explicit CheckedModel(SystemParts all) : parts(std::move(all)) {}
    const SystemParts parts;
    std::unique_ptr<CompiledSystem> model;
};

// `known`: found earlier. The parts must outlive the model.
[[nodiscard]] std::unique_ptr<CompiledSystem> compile(const SystemParts& parts, Findings known = {});

// All that is found, and what it becomes under the system's renamings.
[[nodiscard]] Findings closed(const SystemParts& parts, const Findings& found);

} // namespace mdcd::checker::actors
