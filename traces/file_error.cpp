// The mistake of a user in a file, and the name that was probably meant.
// Knows no format of any file.
#include "traces/file_error.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "traces/characters.hpp"

namespace mdcd::traces {

namespace {

std::string joined(const std::string& file, const std::string& place, const std::string& what) {
    // What is said of a file is no longer than a screen, whatever the file holds.
    constexpr std::size_t place_bytes_max = 300;
    constexpr std::size_t what_bytes_max = 4000;
    std::string text =
        (place.empty() ? file : file + ": " + cut(place, place_bytes_max)) + ": " + cut(what, what_bytes_max);
    for (std::size_t at = text.find('\0'); at != std::string::npos; at = text.find('\0', at))
        text.replace(at, 1, "\\0"); // what() ends there
    return text;
}

// Insertions, deletions, replacements and swaps of neighbours that turn one into the other.
std::size_t edit_distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> earlier;
    std::vector<std::size_t> previous(to.size() + 1);
    std::iota(previous.begin(), previous.end(), std::size_t{0});
    for (std::size_t i = 1; i <= from.size(); ++i) {
        std::vector<std::size_t> row(to.size() + 1, i);
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t replaced = previous[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
            row[j] = std::min({previous[j] + 1, row[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) {
                row[j] = std::min(row[j], earlier[j - 2] + 1);
            }
        }
        earlier = std::move(previous);
        previous = std::move(row);
    }
    return previous.back();
}

} // namespace

FileError::FileError(const std::string& file, const std::string& place, const std::string& what)
    : std::runtime_error(joined(file, place, what)) {}

std::string did_you_mean(std::string_view name, std::span<const std::string> known) {
    constexpr std::size_t length_max = 100; // beyond it nobody mistyped a name
    const std::string* nearest = nullptr;
    std::size_t nearest_distance = 0;
    for (const std::string& candidate : known) {
        if (name.size() > length_max || candidate.size() > length_max) {
            continue;
        }
        const std::size_t distance = edit_distance(name, candidate);
        if (nearest == nullptr || distance < nearest_distance) {
            nearest = &candidate;
            nearest_distance = distance;
        }
    }
    // One slip in three letters is a typing mistake; more is another word.
    if (nearest == nullptr || nearest_distance > std::max<std::size_t>(1, std::max(name.size(), nearest->size()) / 3)) {
        return "";
    }
    return " (did you mean '" + *nearest + "'?)";
}

} // namespace mdcd::traces
