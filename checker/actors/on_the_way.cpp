// What is told while a search goes on. A search may be made again when handlers do something new: what was told once
// is not told twice.
// Knows no system.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <set>

#include "checker/actors/check.hpp"
#include "checker/actors/report_words.hpp"
#include "checker/decisions.hpp"

namespace mdcd::checker::actors {
namespace {

constexpr double rarest = 60; // seconds between two lines

class Teller {
public:
    explicit Teller(std::FILE* stream) : stream_(stream) {}

    void tell(const PropertyVerdict& verdict) {
        if (!told_.insert(verdict.property).second)
            return;
        const std::string steps = verdict.path ? " after " + counted(verdict.path->firings.size(), "step") : "";
        say((verdict.property == deadlock_freedom ? "no_deadlock" : verdict.property) + ": " + word(verdict.verdict) +
            steps + (verdict.reason.empty() ? "" : ": " + verdict.reason));
    }

    void tell(const Progress& progress) {
        for (const std::string& field : progress.growing)
            say(field + " and still growing: if nothing bounds it, the search has no end");
        if (progress.seconds < next_)
            return;
        next_ = progress.seconds + std::min(rarest, progress.seconds);
        char seconds[32];
        std::snprintf(seconds, sizeof seconds, "%.0f s: ", progress.seconds);
        say(seconds + with_commas(progress.distinct) + " states, " + std::to_string(progress.depth) + " steps deep, " +
            with_commas(progress.frontier) + " not yet followed");
    }

private:
    void say(const std::string& line) {
        std::fprintf(stream_, "%s\n", line.c_str());
        std::fflush(stream_);
    }

    std::FILE* stream_;
    std::set<std::string> told_; // what is settled
    double next_ = 1;
};

} // namespace

void tell_on_the_way(CheckOptions& options, std::FILE* stream) {
    const auto teller = std::make_shared<Teller>(stream);
    options.search.progress = [teller](const Progress& progress) { teller->tell(progress); };
    options.search.decided = [teller](const PropertyVerdict& verdict) { teller->tell(verdict); };
}

} // namespace mdcd::checker::actors
