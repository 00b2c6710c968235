// Which check saw a mutant the last time, kept in a file of the scratch folder: that one is tried first, so whoever
// runs a list again pays for one check a mutant. Decides nothing: what is not seen there is looked for in all checks.
// Knows mutants and checks by name.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace mdcd::checker::cli::mutate {

class FirstChecks {
public:
    // Reads what there is; a file that is not there, or no such file, is an empty one.
    explicit FirstChecks(std::string file);

    [[nodiscard]] std::optional<std::string> find(const std::string& mutant) const;

    // Written at once: a run that is killed leaves what it has found. May be called by several threads.
    void keep(const std::string& mutant, const std::string& check);

private:
    std::string file_;
    mutable std::mutex mutex_;
    std::map<std::string, std::string> checks_;
};

} // namespace mdcd::checker::cli::mutate
