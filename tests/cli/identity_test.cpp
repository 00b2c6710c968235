// What is kept in files belongs to the program and the libraries that found it: another program, or another solver,
// gets nothing of it; the same ones in another place do.
#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "checker/cli/build_identity.hpp"
#include "checker/content_hash.hpp"
#include "checker/loaded_code.hpp"
#include "checker/smt/answer.hpp"
#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"

namespace mdcd::tests::cli {
namespace {

namespace fs = std::filesystem;

const std::string gate = R"({"name": "g", "checks": [{"name": "one", "scope": {"name": "small", "active_processes": 1,
    "budgets": {"cluster_messages": 1}, "properties": ["recoverability"]}, "rules": "published",
    "expect": {"recoverability": "holds"}}]})";

// An ELF file with one more byte at its end: it does what it did, and is another.
void copy_with_one_byte_more(const std::string& from, const std::string& to) {
    fs::copy_file(from, to, fs::copy_options::overwrite_existing);
    std::ofstream(to, std::ios::binary | std::ios::app) << 'x';
}

// The file of the solver's library that the program of this build loads; "" if it is part of the program.
std::string solver_library() {
    const Finished listed = run_command({"ldd", MDCD_EXECUTABLE});
    const std::size_t name = listed.out.find("libz3");
    if (name == std::string::npos)
        return "";
    const std::size_t begin = listed.out.find('/', name);
    return listed.out.substr(begin, listed.out.find(' ', begin) - begin);
}

struct Run {
    std::string program = MDCD_EXECUTABLE;
    std::string libraries{}; // LD_LIBRARY_PATH
    std::vector<std::string> arguments{};
};

Finished run(const ScratchFolder& folder, const Run& what) {
    std::vector<std::string> command = {"env", "LD_LIBRARY_PATH=" + what.libraries, what.program};
    command.insert(command.end(), what.arguments.begin(), what.arguments.end());
    return run_command(command, folder.path("."));
}

} // namespace

TEST_CASE("one bit anywhere in the program's file changes the identity") {
    std::string content = traces::read_text_file(MDCD_EXECUTABLE);
    std::set<std::string> seen{checker::content_hash(content)};
    CHECK(seen.contains(checker::hash_of_file(MDCD_EXECUTABLE).value()));
    std::size_t flipped = 1;
    for (std::size_t at = 0; at < content.size(); at += content.size() / 61, ++flipped) {
        content[at] = static_cast<char>(content[at] ^ (1 << flipped % 8));
        seen.insert(checker::content_hash(content));
        content[at] = static_cast<char>(content[at] ^ (1 << flipped % 8));
    }
    CHECK(seen.size() == flipped);
}

TEST_CASE("the identity names the program and each library, by content") {
    const std::string identity = checker::cli::build_identity().value();
    CHECK(contains(identity, "\nmdcd " + checker::hash_of_file("/proc/self/exe").value()));
    CHECK(contains(identity, "\nlibc.so.6 "));
    CHECK(!contains(identity, "/"));
    CHECK(contains(identity, checker::smt::solver_identity().substr(checker::smt::solver_identity().find(", ") + 2)));
}

TEST_CASE("a gate's cache, a repair's answers, checkpoints and answers of Z3 belong to program and libraries") {
    const ScratchFolder folder;
    (void)folder.write("gate.json", gate);
    const std::string library = solver_library();
    fs::create_directories(folder.path("moved"));
    fs::create_directories(folder.path("libraries"));
    fs::create_directories(folder.path("same-libraries"));
    const Run same{.program = folder.path("moved/mdcd")};
    const Run other{.program = folder.path("other-mdcd")};
    fs::copy_file(MDCD_EXECUTABLE, same.program);
    copy_with_one_byte_more(MDCD_EXECUTABLE, other.program);
    std::vector<std::pair<Run, bool>> runs = {{Run{}, true}, {same, true}, {other, false}};
    if (!library.empty()) {
        const std::string name = fs::path(library).filename().string();
        fs::copy_file(library, folder.path("same-libraries/" + name));
        copy_with_one_byte_more(library, folder.path("libraries/" + name));
        runs.push_back({Run{.libraries = folder.path("same-libraries")}, true});
        runs.push_back({Run{.libraries = folder.path("libraries")}, false});
    }
    const auto with = [&](Run what, std::vector<std::string> arguments) {
        what.arguments = std::move(arguments);
        return run(folder, what);
    };
    const std::vector<std::string> search = {"check", "tiny", "--z3", "off", "--max-states", "1000", "--checkpoint"};
    const auto keep = [&](const std::string& where) {
        std::vector<std::string> arguments = search;
        arguments.push_back(where);
        return arguments;
    };
    CHECK(with({}, {"gate", "gate.json", "--cache", "cache"}).exit_code == 0);
    CHECK(with({}, keep("saved")).exit_code == 10);
    CHECK(with({}, {"check", "tiny", "--z3-cache", "z3", "--quiet"}).exit_code == 10);
    for (const auto& [what, has_it] : runs) {
        const std::string told = what.program + " " + what.libraries;
        CAPTURE(told);
        fs::remove_all(folder.path("cache-now"));
        fs::copy(folder.path("cache"), folder.path("cache-now"));
        const Finished checked = with(what, {"gate", "gate.json", "--cache", "cache-now"});
        CHECK_MESSAGE(checked.exit_code == 0, checked.err);
        CHECK(contains(checked.out, "cached") == has_it);

        fs::remove_all(folder.path("saved-now"));
        fs::copy(folder.path("saved"), folder.path("saved-now"));
        CHECK(with(what, keep("saved-now")).exit_code == (has_it ? 10 : 65));
    }
    for (const auto& [what, has_it] : runs) { // these belong to the question and the solver, not to our program
        fs::copy_file(folder.path("z3"), folder.path("z3-now"), fs::copy_options::overwrite_existing);
        const Finished asked = with(what, {"check", "tiny", "--z3-cache", "z3-now", "--quiet"});
        CHECK(asked.exit_code == 10);
        CHECK(contains(asked.err, "was saved by mdcd") == (what.libraries == folder.path("libraries")));
    }
}

} // namespace mdcd::tests::cli
