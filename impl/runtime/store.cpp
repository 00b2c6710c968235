// SQLite in WAL mode, with a full synchronisation at each commit. The lock is held as long as the process lives, so a
// second process on the same folder is refused.
// Knows no state.
#include "impl/runtime/store.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <map>

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
    std::array<sqlite3_stmt*, 2> add_lines{};
    std::array<sqlite3_stmt*, 2> forget_lines{};
    std::map<Digest, std::uint64_t> content_ids;
    std::uint64_t content_last = 0;

private:
    std::string path_;
    sqlite3* handle_ = nullptr;
    std::vector<sqlite3_stmt*> statements_;
};

namespace {

std::string_view as_text(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

// Each with its end. Their numbers follow each other.
std::string joined(const std::vector<StoredLine>& lines) {
    std::string text;
    for (const StoredLine& line : lines)
        text.append(line.text).append(1, '\n');
    return text;
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
    // In the order in which they come: what is new and what is forgotten are few pages, at two ends.
    database.run(
        "CREATE TABLE IF NOT EXISTS content(id INTEGER PRIMARY KEY, digest BLOB NOT NULL, bytes BLOB NOT NULL)");
    // The lines of one transaction are one row, under the number of the last one.
    database.run("CREATE TABLE IF NOT EXISTS log(number INTEGER PRIMARY KEY, lines TEXT NOT NULL)");
    database.run("CREATE TABLE IF NOT EXISTS output(number INTEGER PRIMARY KEY, lines TEXT NOT NULL)");
    database.run("COMMIT");
    database.begin = database.prepare("BEGIN IMMEDIATE");
    database.end = database.prepare("COMMIT");
    database.save_state = database.prepare("INSERT OR REPLACE INTO node VALUES(1, ?, ?)");
    database.add_content = database.prepare("INSERT INTO content VALUES(?, ?, ?)");
    database.remove_content = database.prepare("DELETE FROM content WHERE id = ?");
    database.add_lines = {database.prepare("INSERT INTO log VALUES(?, ?)"),
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
    sqlite3_stmt* const content = database.prepare("SELECT id, digest, bytes FROM content ORDER BY id");
    while (database.step(content)) {
        loaded.contents.push_back(Database::bytes_of(content, 2));
        const Digest digest = digest_of(loaded.contents.back());
        if (Database::bytes_of(content, 1) != as_text(digest))
            database.refuse("a content is damaged: its digest is another one");
        database.content_last = static_cast<std::uint64_t>(sqlite3_column_int64(content, 0));
        database.content_ids[digest] = database.content_last;
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
        Database::bind(database.add_content, 1, ++database.content_last);
        Database::bind(database.add_content, 2, as_text(name));
        Database::bind(database.add_content, 3, std::string_view(*bytes));
        database.finish(database.add_content);
        database.content_ids[name] = database.content_last;
    }
    for (const Digest& name : transaction.removed) {
        const auto id = database.content_ids.find(name);
        if (id == database.content_ids.end())
            continue; // it never was there
        Database::bind(database.remove_content, 1, id->second);
        database.finish(database.remove_content);
        database.content_ids.erase(id);
    }
    const std::array lines = {&transaction.log, &transaction.outputs};
    const std::array safe = {transaction.log_safe_through, transaction.outputs_safe_through};
    for (std::size_t which = 0; which < lines.size(); ++which) {
        if (!lines[which]->empty()) {
            const std::string text = joined(*lines[which]);
            Database::bind(database.add_lines[which], 1, lines[which]->back().number);
            Database::bind_text(database.add_lines[which], 2, text);
            database.finish(database.add_lines[which]);
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
    sqlite3_stmt* const rows =
        database.prepare(which == Lines::log ? "SELECT number, lines FROM log WHERE number > ? ORDER BY number"
                                             : "SELECT number, lines FROM output WHERE number > ? ORDER BY number");
    Database::bind(rows, 1, after);
    while (database.step(rows)) {
        const auto last = static_cast<std::uint64_t>(sqlite3_column_int64(rows, 0));
        const std::string text = Database::bytes_of(rows, 1);
        const auto count = static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
        std::size_t begin = 0;
        for (std::uint64_t number = last - count + 1; number <= last; ++number) {
            const std::size_t end = text.find('\n', begin);
            if (number > after)
                visit({number, text.substr(begin, end - begin)});
            begin = end + 1;
        }
    }
    sqlite3_reset(rows);
}

} // namespace mdcd::impl::runtime
