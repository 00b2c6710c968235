// A line for each mutant that was seen, "MUTANT CHECK"; of two lines the last one counts.
// Knows mutants and checks by name.
#include "checker/cli/mutate/first_checks.hpp"

#include <fstream>
#include <sstream>

namespace mdcd::checker::cli::mutate {

FirstChecks::FirstChecks(std::string file) : file_(std::move(file)) {
    std::ifstream in(file_);
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string mutant;
        std::string check;
        if (words >> mutant >> check) // the last line may have been cut off
            checks_[mutant] = check;
    }
}

std::optional<std::string> FirstChecks::find(const std::string& mutant) const {
    const std::lock_guard lock(mutex_);
    const auto known = checks_.find(mutant);
    return known == checks_.end() ? std::nullopt : std::optional(known->second);
}

void FirstChecks::keep(const std::string& mutant, const std::string& check) {
    const std::lock_guard lock(mutex_);
    std::string& known = checks_[mutant];
    if (known == check)
        return;
    known = check;
    std::ofstream(file_, std::ios::app) << mutant << ' ' << check << '\n';
}

} // namespace mdcd::checker::cli::mutate
