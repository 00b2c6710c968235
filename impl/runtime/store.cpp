// SQLite in WAL mode, with a full synchronisation at each commit. The lock is held as long as the process lives, so a
// second process on the same folder is refused.
// Knows no state.
#include "impl/runtime/store.hpp"

#include <sqlite3.h>

#include <array>

namespace mdcd::impl::runtime {

class Store::Database {
public:
    explicit Database(const std::string& path) : path_(path) {
        if (sqlite3_open_v2(path.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr) != SQLITE_OK)
            fail("cannot be opened");
        sqlite3_busy_timeout(handle_, 3000); // the one that was killed gives its lock up in a moment
    }
    ~Database() {
        for (sqlite3_stmt* each : statements_)
            sqlite3_finalize(each);
        sqlite3_close(handle_);
    }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    void run(const char* sql) {
        if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            fail(sql);
    }

    // Prepared once and kept.
    sqlite3_stmt* prepare(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
            fail(sql);
        statements_.push_back(statement);
        return statement;
    }

    // Whether there is a row.
    bool step(sqlite3_stmt* statement) {
        const int result = sqlite3_step(statement);
        if (result != SQLITE_ROW && result != SQLITE_DONE)
            fail(sqlite3_sql(statement));
        return result == SQLITE_ROW;
    }
    void finish(sqlite3_stmt* statement) {
        while (step(statement)) {
        }
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
    }

    static void bind(sqlite3_stmt* statement, int place, std::string_view bytes) {
        sqlite3_bind_blob64(statement, place, bytes.data(), bytes.size(), SQLITE_STATIC);
    }
    static void bind_text(sqlite3_stmt* statement, int place, std::string_view text) {
        sqlite3_bind_text64(statement, place, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    static void bind(sqlite3_stmt* statement, int place, std::uint64_t number) {
        sqlite3_bind_int64(statement, place, static_cast<sqlite3_int64>(number));
    }
    static std::string bytes_of(sqlite3_stmt* statement, int column) {
        const void* const bytes = sqlite3_column_blob(statement, column);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
        return size == 0 ? std::string() : std::string(static_cast<const char*>(bytes), size);
    }

    [[noreturn]] void fail(const std::string& what) const {
        const std::string text =
            path_ + ": " + what + ": " + (handle_ != nullptr ? sqlite3_errmsg(handle_) : "no memory");
        switch (handle_ != nullptr ? sqlite3_errcode(handle_) : SQLITE_NOMEM) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_NOMEM:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_PERM:
            throw StoreUnavailable(text);
        default:
            throw StoreError(text);
        }
    }
    [[noreturn]] void refuse(const std::string& why) const { throw StoreError(path_ + ": " + why); }

    sqlite3_stmt* begin = nullptr;
    sqlite3_stmt* end = nullptr;
    sqlite3_stmt* save_state = nullptr;
    sqlite3_stmt* add_content = nullptr;
    sqlite3_stmt* remove_content = nullptr;
    std::array<sqlite3_stmt*, 2> add_line{};
    std::array<sqlite3_stmt*, 2> forget_lines{};

private:
    std::string path_;
    sqlite3* handle_ = nullptr;
    std::vector<sqlite3_stmt*> statements_;
};

namespace {

std::string_view as_text(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

} // namespace

Store::Store(const std::string& path, const std::string& process, const Digest& system, StoreDurability durability)
    : database_(std::make_unique<Database>(path)) {
    Database& database = *database_;
    database.run("PRAGMA locking_mode=EXCLUSIVE");
    database.run("PRAGMA journal_mode=WAL");
    database.run(durability == StoreDurability::full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF");
    database.run("BEGIN IMMEDIATE");
    database.run("CREATE TABLE IF NOT EXISTS about(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
    sqlite3_stmt* const read = database.prepare("SELECT value FROM about WHERE key = ?");
    sqlite3_stmt* const write = database.prepare("INSERT INTO about VALUES(?, ?)");
    const auto expect = [&](std::string_view key, const std::string& value, const std::string& otherwise) {
        Database::bind_text(read, 1, key);
        const std::optional<std::string> found =
            database.step(read) ? std::optional(Database::bytes_of(read, 0)) : std::nullopt;
        sqlite3_reset(read);
        if (found && *found != value)
            database.refuse(otherwise + " " + *found + "; expected " + value);
        if (found)
            return;
        Database::bind_text(write, 1, key);
        Database::bind_text(write, 2, value);
        database.finish(write);
    };
    expect("schema", std::to_string(store_schema), "has the schema");
    expect("process", process, "is of process");
    expect("system", hex(system), "is of another system,");
    database.run("CREATE TABLE IF NOT EXISTS node(id INTEGER PRIMARY KEY, state BLOB NOT NULL, digest BLOB NOT NULL)");
    database.run("CREATE TABLE IF NOT EXISTS content(digest BLOB PRIMARY KEY, bytes BLOB NOT NULL)");
    database.run("CREATE TABLE IF NOT EXISTS log(number INTEGER PRIMARY KEY, line TEXT NOT NULL)");
    database.run("CREATE TABLE IF NOT EXISTS output(number INTEGER PRIMARY KEY, line TEXT NOT NULL)");
    database.run("COMMIT");
    database.begin = database.prepare("BEGIN IMMEDIATE");
    database.end = database.prepare("COMMIT");
    database.save_state = database.prepare("INSERT OR REPLACE INTO node VALUES(1, ?, ?)");
    database.add_content = database.prepare("INSERT OR IGNORE INTO content VALUES(?, ?)");
    database.remove_content = database.prepare("DELETE FROM content WHERE digest = ?");
    database.add_line = {database.prepare("INSERT INTO log VALUES(?, ?)"),
                         database.prepare("INSERT INTO output VALUES(?, ?)")};
    database.forget_lines = {database.prepare("DELETE FROM log WHERE number <= ?"),
                             database.prepare("DELETE FROM output WHERE number <= ?")};
}

Store::~Store() = default;

std::optional<Store::Loaded> Store::load() {
    Database& database = *database_;
    sqlite3_stmt* const state = database.prepare("SELECT state, digest FROM node");
    if (!database.step(state))
        return std::nullopt;
    Loaded loaded;
    loaded.state = Database::bytes_of(state, 0);
    if (Database::bytes_of(state, 1) != as_text(digest_of(loaded.state)))
        database.refuse("the state is damaged: its digest is another one");
    sqlite3_reset(state);
    sqlite3_stmt* const content = database.prepare("SELECT digest, bytes FROM content");
    while (database.step(content)) {
        loaded.contents.push_back(Database::bytes_of(content, 1));
        if (Database::bytes_of(content, 0) != as_text(digest_of(loaded.contents.back())))
            database.refuse("a content is damaged: its digest is another one");
    }
    sqlite3_reset(content);
    return loaded;
}

void Store::commit(const Transaction& transaction) {
    Database& database = *database_;
    database.finish(database.begin);
    const Digest digest = digest_of(transaction.state);
    Database::bind(database.save_state, 1, transaction.state);
    Database::bind(database.save_state, 2, as_text(digest));
    database.finish(database.save_state);
    for (const auto& [name, bytes] : transaction.added) {
        Database::bind(database.add_content, 1, as_text(name));
        Database::bind(database.add_content, 2, std::string_view(*bytes));
        database.finish(database.add_content);
    }
    for (const Digest& name : transaction.removed) {
        Database::bind(database.remove_content, 1, as_text(name));
        database.finish(database.remove_content);
    }
    const std::array lines = {&transaction.log, &transaction.outputs};
    const std::array safe = {transaction.log_safe_through, transaction.outputs_safe_through};
    for (std::size_t which = 0; which < lines.size(); ++which) {
        for (const StoredLine& line : *lines[which]) {
            Database::bind(database.add_line[which], 1, line.number);
            Database::bind_text(database.add_line[which], 2, line.text);
            database.finish(database.add_line[which]);
        }
        if (safe[which] == 0)
            continue;
        Database::bind(database.forget_lines[which], 1, safe[which]);
        database.finish(database.forget_lines[which]);
    }
    database.finish(database.end);
}

void Store::for_each_line(Lines which, std::uint64_t after, const std::function<void(const StoredLine&)>& visit) {
    Database& database = *database_;
    sqlite3_stmt* const lines =
        database.prepare(which == Lines::log ? "SELECT number, line FROM log WHERE number > ? ORDER BY number"
                                             : "SELECT number, line FROM output WHERE number > ? ORDER BY number");
    Database::bind(lines, 1, after);
    while (database.step(lines))
        visit({static_cast<std::uint64_t>(sqlite3_column_int64(lines, 0)), Database::bytes_of(lines, 1)});
    sqlite3_reset(lines);
}

} // namespace mdcd::impl::runtime
