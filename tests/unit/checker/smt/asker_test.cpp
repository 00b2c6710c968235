// A process that is asked, and dies: whoever asks is told how, and the next message goes to a new one.
// The program is tests/support/asker.cpp.
#include "checker/smt/asker.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <sys/wait.h>

#include "tests/support/scratch_folder.hpp"

using mdcd::checker::smt::Asker;
using namespace std::chrono_literals;

namespace {

Asker::Reply ask(Asker& asker, const std::string& message) {
    return asker.ask(message, 60s);
}

bool has_children() {
    return waitpid(-1, nullptr, WNOHANG) != -1 || errno != ECHILD;
}

} // namespace

TEST_CASE("messages of any length get their replies, in order") {
    Asker asker({MDCD_TEST_ASKER});
    for (const std::string& message : {std::string("abc"), std::string(), std::string(3'000'000, 'x') + "yz"}) {
        const Asker::Reply reply = ask(asker, message);
        CHECK(reply.death.empty());
        CHECK((reply.content == std::string(message.rbegin(), message.rend())));
    }
}

TEST_CASE("a death is told by its signal or exit code, and the next message goes to a new process") {
    Asker asker({MDCD_TEST_ASKER});
    for (const auto& [message, death] : {std::pair{"signal 11", "was ended by signal 11 (SIGSEGV)"},
                                         {"signal 6", "was ended by signal 6 (SIGABRT)"},
                                         {"signal 9", "was ended by signal 9 (SIGKILL)"},
                                         {"signal 12", "was ended by signal 12"},
                                         {"exit 101", "ended with exit code 101"}}) {
        const Asker::Reply reply = ask(asker, message);
        CHECK(reply.death == death);
        CHECK(reply.content.empty());
        CHECK_FALSE(has_children());
        CHECK(ask(asker, "abc").content == "cba");
    }
}

TEST_CASE("one that does not reply in time is killed") {
    Asker asker({MDCD_TEST_ASKER});
    CHECK(ask(asker, "abc").content == "cba");
    CHECK(asker.ask("sleep", 1s).death == "gave no sign for 1 s and was killed");
    CHECK(ask(asker, "abc").content == "cba");
}

TEST_CASE("interrupts from the keyboard do not reach it") {
    Asker asker({MDCD_TEST_ASKER});
    CHECK(ask(asker, "signal 2").content == "2 langis");
    CHECK(ask(asker, "signal 15").content == "51 langis");
}

TEST_CASE("what cannot be started says so, and what is no asker is dead") {
    Asker none({"/no/such/program"});
    CHECK(ask(none, "abc").death.starts_with("could not be started: "));
    Asker other({"true"});
    CHECK(ask(other, "abc").death == "ended with exit code 0");
}

TEST_CASE("who is asked has given up what it does not need") {
    const mdcd::tests::ScratchFolder folder;
    const std::string victim = folder.write("victim", "content");
    setenv("MDCD_VICTIM", victim.c_str(), 1);
    Asker asker({MDCD_TEST_ASKER});
    CHECK(ask(asker, "attempt start a thread").content == "done");
    CHECK(ask(asker, "attempt create").content != "done");
    CHECK(ask(asker, "attempt raise limits").content != "done");
    if (ask(asker, "attempt filter").content == "filter 0") { // under a sanitizer, or no Linux
        MESSAGE("no filter of system calls here");
        return;
    }
    for (const std::string what :
         {"create", "create elsewhere", "make folder", "read", "read again", "remove", "connect", "run"}) {
        CAPTURE(what);
        const Asker::Reply reply = ask(asker, "attempt " + what);
        CHECK(reply.death.empty());
        CHECK(reply.content == "Operation not permitted");
    }
    CHECK(std::filesystem::exists(victim));
    CHECK_FALSE(std::filesystem::exists(victim + ".made"));
    CHECK(ask(asker, "abc").content == "cba");
}

TEST_CASE("nobody is left behind") {
    {
        Asker asker({MDCD_TEST_ASKER});
        Asker another({MDCD_TEST_ASKER});
        CHECK(ask(asker, "abc").content == "cba");
        CHECK(ask(another, "abc").content == "cba");
        CHECK(has_children());
    }
    CHECK_FALSE(has_children());
}
