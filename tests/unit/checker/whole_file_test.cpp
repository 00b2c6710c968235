// Files that are there whole or not at all: full disks, links, devices, modes, and two processes at once.
// What fails must leave what was there, and nothing beside it.
#include "checker/whole_file.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <functional>
#include <iterator>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checker/file_lock.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace mdcd::checker;
using mdcd::tests::ScratchFolder;

namespace {

std::string text_in(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::ptrdiff_t files_in(const ScratchFolder& folder) {
    return std::distance(std::filesystem::directory_iterator(folder.path("")), {});
}

template <class Act> std::string complaint_of(Act act) {
    try {
        act();
    } catch (const WriteError& error) {
        return error.what();
    }
    return "";
}

// In another process, in which no file may be longer than this. 0 if it went well, 1 if it threw WriteError.
template <class Act> int with_file_size_limit(rlim_t bytes, Act act) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit most{bytes, bytes};
        setrlimit(RLIMIT_FSIZE, &most);
        _exit(complaint_of(act).empty() ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

using mdcd::tests::contains;

} // namespace

TEST_CASE("a file is made, and replaced with the mode it had") {
    const ScratchFolder folder;
    const std::string file = folder.path("file");
    write_whole_file(file, "one");
    CHECK(text_in(file) == "one");
    REQUIRE(chmod(file.c_str(), 0640) == 0);
    write_whole_file(file, "two");
    CHECK(text_in(file) == "two");
    struct stat status {};
    REQUIRE(stat(file.c_str(), &status) == 0);
    CHECK((status.st_mode & 07777) == 0640);
    append_to_file(file, " three");
    CHECK(text_in(file) == "two three");
    CHECK(files_in(folder) == 1);
}

TEST_CASE("no room: what was there stays, and nothing is left beside it") {
    const ScratchFolder folder;
    const std::string file = folder.write("file", "what was there");
    const std::string large(100'000, 'x');
    CHECK(with_file_size_limit(4096, [&] { write_whole_file(file, large); }) == 1);
    CHECK(text_in(file) == "what was there");
    CHECK(files_in(folder) == 1);
    CHECK(with_file_size_limit(4096, [&] { write_whole_file(folder.path("new"), large); }) == 1);
    CHECK(files_in(folder) == 1);
    CHECK(with_file_size_limit(4096, [&] { write_whole_file(file, "fits"); }) == 0);
    CHECK(text_in(file) == "fits");
    CHECK(contains(complaint_of([] { write_whole_file("/dev/full", "x"); }), "/dev/full: cannot be written: No space"));
    CHECK(contains(complaint_of([] { append_to_file("/dev/full", "x"); }), "No space"));
}

TEST_CASE("a device is written to and stays a device") {
    write_whole_file("/dev/null", "gone");
    CHECK(std::filesystem::is_character_file("/dev/null"));
    try_file("/dev/null");
    CHECK(std::filesystem::is_character_file("/dev/null"));
}

TEST_CASE("a link is not followed, whatever it points to") {
    const ScratchFolder folder;
    const std::string target = folder.write("target", "safe");
    for (const std::string& to : {target, folder.path("none")}) {
        CAPTURE(to);
        const std::string link = folder.path("link");
        std::filesystem::create_symlink(to, link);
        for (const auto& act : {std::function<void()>([&] { write_whole_file(link, "x"); }), {[&] { try_file(link); }}})
            CHECK(contains(complaint_of(act), "is a symbolic link"));
        CHECK(!complaint_of([&] { append_to_file(link, "x"); }).empty());
        CHECK(contains(complaint_of([&] { const FileLock lock(link); }), "is a symbolic link"));
        CHECK(std::filesystem::is_symlink(link));
        std::filesystem::remove(link);
    }
    CHECK(text_in(target) == "safe");
    CHECK(files_in(folder) == 1);
}

TEST_CASE("places are tried before the work, and nothing is seen of it") {
    const ScratchFolder folder;
    const std::string file = folder.write("file", "content");
    try_file(file);
    try_file(folder.path("new"));
    try_folder(folder.path(""));
    try_folder(folder.path("not/yet/there/"));
    CHECK(text_in(file) == "content");
    CHECK(files_in(folder) == 1);
    CHECK(contains(complaint_of([&] { try_file(folder.path("none/file")); }), "No such file or directory"));
    CHECK(contains(complaint_of([&] { try_file(folder.path("")); }), "Is a directory"));
    CHECK(contains(complaint_of([&] { try_folder(file); }), "is no folder"));
    CHECK(contains(complaint_of([&] { try_folder(file + "/below"); }), "is no folder"));
    CHECK(!complaint_of([] { try_folder("/proc/nowhere"); }).empty()); // for root, too
    CHECK(!complaint_of([&] { make_folder(file + "/below"); }).empty());
}

TEST_CASE("a lock has one holder, and goes with it") {
    const ScratchFolder folder;
    const std::string path = folder.path("lock");
    {
        const FileLock held(path);
        CHECK(held.is_held());
        CHECK(contains(complaint_of([&] { const FileLock other(path); }), "another mdcd is at work here"));
    }
    FileLock again(path);
    CHECK(again.is_held());
    const FileLock moved = std::move(again);
    CHECK(moved.is_held());
    CHECK(!complaint_of([&] { const FileLock other(path); }).empty());
    CHECK(!FileLock(folder.path("none/lock")).is_held());
    CHECK(!FileLock().is_held());
}
