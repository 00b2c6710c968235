// Edit distance is the trace reader's.
// Knows no system.
#include "checker/actors/nearest.hpp"

#include "traces/file_error.hpp"

namespace mdcd::checker::actors {

std::string nearest_of(const std::string& name, const std::vector<std::string>& known) {
    return traces::did_you_mean(name, known);
}

std::string nearest_claim(const std::string& name, const std::vector<std::string>& claims) {
    return nearest_of(name, claims) + (claims.empty() ? "; nothing is claimed" : "; it claims: " + listed(claims));
}

std::string nearest_claim(const std::string& name, const std::vector<Claim>& claims) {
    std::vector<std::string> names;
    for (const Claim& claim : claims)
        names.push_back(claim.name);
    return nearest_claim(name, names);
}

std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t most = 12;
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < most; ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > most)
        text += " and " + std::to_string(names.size() - most) + " more";
    return text;
}

} // namespace mdcd::checker::actors
