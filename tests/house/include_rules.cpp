// The one-way order of the folders: protocol and engine do not know each other, documents know neither, and slow or
// foreign headers stay behind the one door that needs them.
#include <algorithm>
#include <array>
#include <span>

#include "tests/house/rules.hpp"

namespace mdcd::tests::house {
namespace {

struct Include {
    std::string_view path;
    bool quoted = false;
    std::size_t line = 0;
};

std::vector<Include> includes_of(const TextFile& file) {
    std::vector<Include> includes;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        std::string_view line = file.lines[i];
        const auto skip_blanks = [&line] { line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size())); };
        skip_blanks();
        if (!line.starts_with('#'))
            continue;
        line.remove_prefix(1);
        skip_blanks();
        if (!line.starts_with("include"))
            continue;
        line.remove_prefix(7);
        skip_blanks();
        if (!line.starts_with('"') && !line.starts_with('<'))
            continue;
        const bool quoted = line.front() == '"';
        const std::size_t end = line.find(quoted ? '"' : '>', 1);
        includes.push_back({line.substr(1, end - 1), quoted, i + 1});
    }
    return includes;
}

// Families of scopes are systems of actors: each has a folder, and model/families what they share.
constexpr std::array<std::string_view, 4> family_folders{"model/families", "model/upgrade", "model/hostile",
                                                         "model/levels"};

// The first row whose folder holds the file applies. What may be included is a list of folders, meant with their
// subfolders but for those barred. Tests may also include what lies beside them, by its name alone.
struct Edge {
    std::string_view folder;
    std::vector<std::string_view> allowed;
    std::vector<std::string_view> barred;
};

std::vector<Edge> all_edges() {
    std::vector<Edge> table;
    for (const std::string_view folder : family_folders)
        table.push_back(
            {folder, {"model", "impl", "checker", "traces"}, {"checker/cli", "checker/textbook", "impl/runtime"}});
    const std::vector<Edge> others = {
        {"impl/runtime", {"impl"}, {}},
        {"impl", {"impl"}, {"impl/runtime"}},
        {"checker/cli", {"checker", "impl", "model", "traces"}, {}},
        {"checker/smt", {"checker"}, {"checker/actors", "checker/cli", "checker/textbook"}},
        {"checker/actors", {"checker", "traces"}, {"checker/cli", "checker/smt", "checker/textbook"}},
        {"checker/textbook/actors", {"checker"}, {"checker/cli", "checker/smt"}},
        {"checker/textbook", {"checker"}, {"checker/actors", "checker/cli", "checker/smt"}},
        {"checker", {"checker"}, {"checker/actors", "checker/cli", "checker/smt", "checker/textbook"}},
        {"traces", {"traces"}, {}},
        {"model",
         {"model", "impl", "checker", "traces"},
         {"checker/actors", "checker/cli", "checker/textbook", "impl/runtime"}},
        {"tests", {"tests", "checker", "impl", "model", "traces"}, {}},
    };
    table.insert(table.end(), others.begin(), others.end());
    return table;
}

const std::vector<Edge>& edges() {
    static const std::vector<Edge> table = all_edges();
    return table;
}

bool is_below(std::string_view path, std::string_view folder) {
    return path.starts_with(folder) && path.substr(folder.size()).starts_with('/');
}

void check_order(const Tree& tree, std::vector<Complaint>& complaints) {
    for (const TextFile& file : tree.files) {
        const auto edge = std::ranges::find_if(edges(), [&](const Edge& each) { return file.is_in(each.folder); });
        if (!file.is_cpp() || edge == edges().end())
            continue;
        for (const Include& include : includes_of(file)) {
            const auto holds = [&](std::string_view folder) { return is_below(include.path, folder); };
            const bool is_neighbour = edge->folder == "tests" && include.path.find('/') == std::string_view::npos;
            if (include.quoted && !is_neighbour &&
                (std::ranges::none_of(edge->allowed, holds) || std::ranges::any_of(edge->barred, holds)))
                complaints.push_back(
                    {file.path, include.line,
                     std::string(edge->folder) + " must not include \"" + std::string(include.path) + "\""});
        }
    }
}

// The rooms of the model, each of which may include those before it. "model" is what lies in no room: the system.
constexpr std::array rooms{"model/families", "model/upgrade",    "model/hostile", "model/levels", "model/inputs",
                           "model/state",    "model/reductions", "model/steps",   "model/claims", "model",
                           "model/z3",       "model/runs",       "model/check",   "model/repair", "model/gate",
                           "model/scenario", "model/proof"};

std::size_t room_of(std::string_view path) {
    const std::string_view folder = path.substr(0, path.rfind('/'));
    return static_cast<std::size_t>(std::ranges::find(rooms, folder) - rooms.begin());
}

void check_rooms(const Tree& tree, std::vector<Complaint>& complaints) {
    for (const TextFile& file : tree.files) {
        if (!file.is_cpp() || !file.is_in("model"))
            continue;
        const std::size_t room = room_of(file.path);
        if (room == rooms.size())
            complaints.push_back({file.path, 0, "lies in a room that has no place in the order"});
        for (const Include& include : includes_of(file))
            if (include.quoted && is_below(include.path, "model") && room_of(include.path) > room)
                complaints.push_back({file.path, include.line,
                                      std::string(rooms[std::min(room, rooms.size() - 1)]) + " must not include \"" +
                                          std::string(include.path) + "\", which is of a later room"});
    }
}

// Complains of headers that `is_meant` accepts in C++ files that `may` refuses.
template <class IsMeant, class May>
void confine(const Tree& tree, std::vector<Complaint>& complaints, IsMeant is_meant, May may, const char* where) {
    for (const TextFile& file : tree.files) {
        if (!file.is_cpp() || may(file))
            continue;
        for (const Include& include : includes_of(file)) {
            if (is_meant(include.path))
                complaints.push_back(
                    {file.path, include.line, std::string(include.path).append(" belongs ").append(where)});
        }
    }
}

bool is_json_header(std::string_view path) {
    return path.starts_with("nlohmann/");
}
bool is_z3_header(std::string_view path) {
    return path == "z3++.h" || path == "z3.h";
}
bool is_http_header(std::string_view path) {
    return path.starts_with("boost/beast") || path.starts_with("boost/asio");
}
bool is_cli_header(std::string_view path) {
    return path.starts_with("CLI/");
}
bool is_hash_header(std::string_view path) {
    return path == "sodium.h";
}
bool is_database_header(std::string_view path) {
    return path == "sqlite3.h";
}
bool is_mpi_header(std::string_view path) {
    return path == "mpi.h";
}
bool is_doctest_header(std::string_view path) {
    return path.starts_with("doctest");
}

void check_json(const Tree& tree, std::vector<Complaint>& complaints) {
    confine(
        tree, complaints, is_json_header,
        [](const TextFile& file) { return file.is_in("traces") && !file.is_header(); }, "into traces/*.cpp");
}

void check_z3(const Tree& tree, std::vector<Complaint>& complaints) {
    const TextFile* door = nullptr; // the model's only file that speaks to Z3: the first that does
    for (const TextFile& file : tree.files) {
        const std::vector<Include> includes = includes_of(file);
        const bool speaks = std::ranges::any_of(includes, [](const Include& each) { return is_z3_header(each.path); });
        if (door == nullptr && speaks && file.is_in("model") && !file.is_header())
            door = &file;
    }
    confine(
        tree, complaints, is_z3_header,
        [door](const TextFile& file) {
            return file.is_in("checker/smt") || file.is_in("tests/unit/checker/smt") || &file == door ||
                   file.path == "tests/fuzz/formula_readers_fuzz.cpp"; // compares Z3's reading with ours
        },
        "into checker/smt, or one source of model");
}

void check_cli(const Tree& tree, std::vector<Complaint>& complaints) {
    confine(
        tree, complaints, is_cli_header,
        [](const TextFile& file) { return file.is_in("checker/cli") || file.is_in("tests/unit/checker/cli"); },
        "into checker/cli");
}

void check_http(const Tree& tree, std::vector<Complaint>& complaints) {
    confine(
        tree, complaints, is_http_header,
        [](const TextFile& file) {
            return file.path == "checker/cli/explore/server.cpp" ||
                   file.path == "checker/cli/explore/worker_threads.hpp" || file.path == "impl/runtime/network.cpp" ||
                   file.path == "impl/runtime/answering.cpp" || file.path == "impl/runtime/sockets.hpp" ||
                   file.path == "impl/runtime/tls.hpp";
        },
        "into server.cpp or worker_threads.hpp of checker/cli/explore, or network.cpp, answering.cpp, sockets.hpp or "
        "tls.hpp of impl/runtime");
}

void check_hash(const Tree& tree, std::vector<Complaint>& complaints) {
    confine(
        tree, complaints, is_hash_header,
        [](const TextFile& file) { // the runtime knows nothing of the checker
            return file.path == "checker/content_hash.cpp" || file.path == "impl/runtime/digest.cpp";
        },
        "into checker/content_hash.cpp or impl/runtime/digest.cpp");
}

void check_database(const Tree& tree, std::vector<Complaint>& complaints) {
    confine(
        tree, complaints, is_database_header,
        [](const TextFile& file) { // the second is what the runtime's cost is compared with, without the runtime
            return file.path == "impl/runtime/store.cpp" || file.path == "tests/bench/plain_metering.cpp";
        },
        "into impl/runtime/store.cpp");
}

void check_mpi(const Tree& tree, std::vector<Complaint>& complaints) {
    confine(
        tree, complaints, is_mpi_header,
        [](const TextFile& file) { return file.path == "checker/distributed/mpi/mpi_world.cpp"; },
        "into checker/distributed/mpi/mpi_world.cpp");
}

// Families are seen through family.hpp: whoever lists them sees no actor.
void check_families(const Tree& tree, std::vector<Complaint>& complaints) {
    const auto is_system = [](std::string_view path) {
        const bool is_door = path == "model/families/family.hpp" || path.ends_with("_family.hpp");
        const bool is_of_family =
            std::ranges::any_of(family_folders, [&](std::string_view each) { return is_below(path, each); });
        return is_of_family && (!is_door || path == "model/families/actor_family.hpp");
    };
    confine(
        tree, complaints, is_system,
        [](const TextFile& file) {
            return file.is_in("tests") ||
                   std::ranges::any_of(family_folders, [&](std::string_view each) { return file.is_in(each); });
        },
        "into the folders of families, each compiled by one source");
}

void check_doctest(const Tree& tree, std::vector<Complaint>& complaints) {
    confine(
        tree, complaints, is_doctest_header, [](const TextFile& file) { return file.is_in("tests"); }, "into tests");
}

void check_regex(const Tree& tree, std::vector<Complaint>& complaints) {
    confine(
        tree, complaints, [](std::string_view path) { return path == "regex"; },
        [](const TextFile& file) { return file.is_in("tests"); }, "into tests");
}

void check_pure(const Tree& tree, std::vector<Complaint>& complaints) {
    // <cstdio> may stay: a broken invariant says so before it aborts.
    static constexpr std::array impure = {
        "iostream", "istream", "ostream", "fstream", "filesystem", "chrono", "ctime",
        "time.h",   "random",  "thread",  "mutex",   "atomic",     "future", "condition_variable"};
    confine(
        tree, complaints,
        [](std::string_view path) {
            return std::ranges::any_of(impure, [path](std::string_view each) { return path == each; });
        },
        [](const TextFile& file) { return !file.is_in("impl") || file.is_in("impl/runtime"); },
        "outside impl: handlers are pure");
}

} // namespace

std::vector<Rule> include_rules() {
    return {
        {"include_order", "Folders depend on each other one way only.", check_order},
        {"room_order", "The rooms of the model depend on each other one way only.", check_rooms},
        {"json_behind_traces", "The JSON library is slow to compile and a detail of the documents.", check_json},
        {"z3_behind_smt", "The solver has one owner, who knows about time limits and `unknown`.", check_z3},
        {"cli_behind_cli", "The option parser is slow to compile and a detail of the command line.", check_cli},
        {"http_behind_server", "The socket library is slow to compile; pages and sessions have one owner each.",
         check_http},
        {"sodium_behind_hash", "What names a content is chosen in one place.", check_hash},
        {"sqlite_behind_store", "What a transaction is, is said in one place.", check_database},
        {"mpi_behind_world", "Ranks speak through World: a build without MPI has all but the transport.", check_mpi},
        {"actors_behind_families", "Systems of actors are slow to compile: the program sees a family's interface.",
         check_families},
        {"doctest_behind_tests", "The test framework is slow to compile and never shipped.", check_doctest},
        {"regex_in_tests", "The standard library's matches by recursion: a long input overflows the stack.",
         check_regex},
        {"pure_impl", "The checker explores handlers: they must not see files, clocks, chance or threads.", check_pure},
    };
}

std::vector<Rule> all_rules() {
    std::vector<Rule> rules = include_rules();
    for (const std::vector<Rule>& more : {text_rules(), name_rules(), founding_rules()})
        rules.insert(rules.end(), more.begin(), more.end());
    return rules;
}

} // namespace mdcd::tests::house
