// A comparison in parts, for machines that each do one: which checks are whose, files of what they found, and one
// comparison from them. What `mdcd compare --shard` and `--known` do. Prints nothing.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "model/check/comparison.hpp"
#include "model/gate/gate.hpp"
#include "model/inputs/shard.hpp"
#include "traces/value.hpp"

namespace mdcd::model {

// One set of rules on one scope: positions in the lists of a comparison.
struct ComparedCell {
    std::size_t scope = 0;
    std::size_t rules = 0;
};

// The cells of one part, scope by scope. `recorded` is a gate that says how many states scopes have, by name; a scope
// that it does not know counts as the average of the others.
[[nodiscard]] std::vector<ComparedCell> cells_of(const std::vector<Scope>& scopes, std::size_t rules,
                                                 const Gate& recorded, const Shard& shard);

// What checks came to, by everything that they depend on.
class KnownChecks {
public:
    // `build`: of this program; what another one found says nothing about it.
    explicit KnownChecks(std::string build) : build_(std::move(build)) {}

    // What to_file() gave. Throws traces::FileError for a file that is something else, of another build, or changed.
    void read(const std::string& file);
    // A check that was interrupted, or ended by a limit on time or memory, is not kept: it runs again.
    void add(const Check& check, const CheckOptions& options);
    [[nodiscard]] std::string to_file() const;

    // As model::check, but from what is known where it is.
    [[nodiscard]] Check check(const Scope& scope, const NamedRules& rules, const CheckOptions& options);

    [[nodiscard]] std::size_t taken() const { return taken_; } // by check(), from what is known

private:
    std::string build_;
    std::map<std::string, traces::Value> checks_; // by the hash of what each depends on
    std::map<std::string, std::string> files_;    // where it was read
    std::size_t taken_ = 0;
};

} // namespace mdcd::model
