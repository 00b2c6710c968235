// What earlier runs of a gate found, in a folder: one file for each check, under a hash of everything that the result
// depends on. Nothing rests on the hash: the file says in full what it belongs to.
// Knows no search. A file that is damaged is as good as none.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/gate/gate.hpp"

namespace mdcd::model {

// Everything that the result of a check depends on, `build` being the program that finds it.
[[nodiscard]] std::string identity_of(const GateCheck& check, const std::string& build);

class GateCache {
public:
    // `build` names the program that finds the results: a result of another one does not count. The folder is made when
    // the first result is kept.
    GateCache(std::string folder, std::string build) : folder_(std::move(folder)), build_(std::move(build)) {}

    // Adds a warning if there is a file that cannot be used.
    [[nodiscard]] std::optional<Found> find(const GateCheck& check, std::vector<std::string>& warnings) const;

    // Replaces the file in one step, so that others may read it at the same time. Adds a warning if that fails.
    void keep(const GateCheck& check, const Found& found, std::vector<std::string>& warnings) const;

    // Where a check's result is kept.
    [[nodiscard]] std::string file_of(const GateCheck& check) const;

private:
    std::string folder_;
    std::string build_;
};

} // namespace mdcd::model
