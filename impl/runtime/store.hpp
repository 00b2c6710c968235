// Stable storage of one process: one database, in which a step is one transaction. The state, the contents that it
// refers to, and the lines of the log that have not been seen on the disk elsewhere. The one door to the database
// library, which is a detail of store.cpp. Knows no state.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "impl/runtime/digest.hpp"

namespace mdcd::impl::runtime {

// The database is damaged, or is not the one that was meant. Says which and why. It stays so.
class StoreError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Something could not be written or is in use by another process, now: the disk is full, for example. What was stored
// before is as it was.
class StoreUnavailable : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

inline constexpr int store_schema = 2;

enum class StoreDurability : std::uint8_t {
    full, // a transaction that has ended survives a loss of power
    off,  // .. survives the death of the process, and not more: for measurements
};

// Numbered lines: log or outputs.
struct StoredLine {
    std::uint64_t number = 0;
    std::string text;
};

class Store {
public:
    // Makes the database if it is not there. It belongs to one process of one system, and to one operating-system
    // process at a time.
    Store(const std::string& path, const std::string& process, const Digest& system, StoreDurability durability);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    struct Loaded {
        std::string state;
        std::vector<std::string> contents;
    };
    // None before the first transaction. A state whose digest is not the stored one is an error.
    [[nodiscard]] std::optional<Loaded> load();

    struct Transaction {
        std::string_view state;
        std::vector<std::pair<Digest, const std::string*>> added;
        std::vector<Digest> removed;
        std::vector<StoredLine> log;
        std::vector<StoredLine> outputs;
        std::uint64_t log_safe_through = 0; // transactions up to this line are forgotten: they are elsewhere
        std::uint64_t outputs_safe_through = 0;
    };
    void commit(const Transaction& transaction); // throws StoreUnavailable, and then nothing of it is stored

    enum class Lines : std::uint8_t { log, outputs };
    void for_each_line(Lines which, std::uint64_t after, const std::function<void(const StoredLine&)>& visit);

private:
    class Database;
    std::unique_ptr<Database> database_;
};

} // namespace mdcd::impl::runtime
