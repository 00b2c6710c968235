// Ranks: processes that explore one state space together, each with its own memory, and what they say to each other.
// Knows no search and no way of transport.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace mdcd::checker::distributed {

// Another rank is gone, or has given up: nothing can be said together any more.
class LostRank : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Every rank calls the same functions in the same order; each call returns when all ranks have made it. One thread of a
// rank speaks. Both throw LostRank.
class World {
public:
    World() = default;
    virtual ~World() = default;
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    [[nodiscard]] virtual unsigned rank() const = 0; // from 0
    [[nodiscard]] virtual unsigned size() const = 0;

    // Gives messages[r] to each other rank r. Returns what the others have given, by rank; its own is empty.
    [[nodiscard]] virtual std::vector<std::string> exchange(const std::vector<std::string>& messages) = 0;

    // What every rank has given, by rank; the same on all.
    [[nodiscard]] virtual std::vector<std::string> gather(const std::string& bytes) = 0;

    // This rank will say nothing more: others that wait for it find out, and are told why. For failures that the others
    // do not have.
    virtual void abandon(const std::string& reason) = 0;

    // Whether some rank may be long about its next word from now on, since it writes a file, say. Others that have
    // reason to believe a silent rank lost wait longer then.
    virtual void expect_long_silence([[maybe_unused]] bool expected) {}

    // Whether it is true on some rank.
    [[nodiscard]] bool anywhere(bool here) {
        bool found = false;
        for (const std::string& each : gather(here ? "1" : ""))
            found = found || !each.empty();
        return found;
    }
};

// While a file is written or read by one rank.
class LongSilence {
public:
    explicit LongSilence(World& world) : world_(world) { world_.expect_long_silence(true); }
    ~LongSilence() { world_.expect_long_silence(false); }
    LongSilence(const LongSilence&) = delete;
    LongSilence& operator=(const LongSilence&) = delete;

private:
    World& world_;
};

} // namespace mdcd::checker::distributed
