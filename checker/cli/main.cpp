// The program: builds the command line, runs what was asked for, and turns what was thrown into an exit code.
// This is the one place where exceptions end.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <exception>
#include <iostream>
#include <new>
#include <stdexcept>
#include <system_error>

#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "checker/checkpoint_error.hpp"
#include "checker/cli/exit_code.hpp"
#include "checker/cli/interrupt.hpp"
#include "checker/cli/program.hpp"
#include "checker/cli/ranks.hpp"
#include "checker/cli/usage_error.hpp"
#include "checker/distributed/explore.hpp"
#include "checker/whole_file.hpp"
#include "model/inputs/request_error.hpp"
#include "traces/characters.hpp"
#include "traces/file_error.hpp"

namespace {

using mdcd::checker::cli::ExitCode;

constexpr const char* no_memory = "there is not enough memory (ulimit -v, a container's limit)";

ExitCode run(int argc, char** argv) {
    ExitCode exit_code = ExitCode::as_expected;
    mdcd::checker::cli::Ranks::join(argc > 1 ? argv[1] : "");
    mdcd::checker::cli::expect_printable({argv, static_cast<std::size_t>(argc)});
    const auto program = mdcd::checker::cli::make_program(exit_code);
    try {
        program->parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        exit_code = mdcd::checker::cli::explain(*program, error, std::cout, std::cerr);
    }
    if (!std::cout.flush())
        throw mdcd::checker::WriteError("the output could not be written");
    return exit_code;
}

ExitCode complain(const char* prefix, const std::exception& error, ExitCode exit_code) {
    std::cout.flush();
    mdcd::checker::cli::Ranks::give_up(static_cast<int>(exit_code), [&] {
        std::cerr << "mdcd: " << prefix << mdcd::traces::printable_lines(error.what()) << '\n';
    });
    return exit_code;
}

ExitCode run_and_catch(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const mdcd::model::RequestError& error) {
        return complain("", error, ExitCode::usage);
    } catch (const mdcd::traces::FileError& error) {
        return complain("", error, ExitCode::malformed_file);
    } catch (const mdcd::checker::CheckpointError& error) {
        return complain("", error, ExitCode::malformed_file);
    } catch (const mdcd::checker::cli::UsageError& error) {
        return complain("", error, ExitCode::usage);
    } catch (const mdcd::checker::distributed::Refused& error) {
        return complain("", error, ExitCode::usage);
    } catch (const mdcd::checker::distributed::LostRank& error) {
        return complain("", error, ExitCode::rank_lost);
    } catch (const mdcd::checker::WriteError& error) {
        return complain("", error, ExitCode::cannot_write);
    } catch (const std::bad_alloc&) {
        return complain("", std::runtime_error(no_memory), ExitCode::internal_error);
    } catch (const std::system_error& error) { // a thread, a descriptor: the machine's limits, not a mistake here
        return complain("the system does not give what is needed: ", error, ExitCode::internal_error);
    } catch (const std::exception& error) {
        return complain("internal error: ", error, ExitCode::internal_error);
    }
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // which have not begun their work here
// Libraries allocate before main() begins, and end the program without a word if they cannot. This runs before them.
void expect_room_for_libraries(int, char**, char**) {
    constexpr std::size_t bytes = std::size_t{4} << 20; // more than they take
    void* const room = mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room != MAP_FAILED) {
        munmap(room, bytes);
        return;
    }
    for (const char* const part : {"mdcd: ", no_memory, "\n"})
        if (write(STDERR_FILENO, part, std::strlen(part)) < 0)
            break;
    _exit(static_cast<int>(ExitCode::internal_error));
}
[[gnu::section(".preinit_array"), gnu::used]] void (*const before_libraries)(int, char**,
                                                                             char**) = expect_room_for_libraries;
#endif

// A broken invariant, here or in a library, has said what is wrong.
extern "C" void on_abort(int) {
    _exit(static_cast<int>(ExitCode::internal_error));
}

constexpr rlim_t stack_bytes_min = 512 * 1024;

rlim_t stack_bytes_max() {
    rlimit limit{};
    return getrlimit(RLIMIT_STACK, &limit) == 0 ? limit.rlim_cur : RLIM_INFINITY;
}

// Asks for more where there is too little, and begins anew: threads get what was there when the program began.
bool has_enough_stack(char** argv) {
    rlimit limit{};
    if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur >= stack_bytes_min)
        return true;
    limit.rlim_cur = std::min(limit.rlim_max, std::max(limit.rlim_cur, stack_bytes_min));
    if (limit.rlim_cur < stack_bytes_min || setrlimit(RLIMIT_STACK, &limit) != 0)
        return false;
    execv("/proc/self/exe", argv);
    return true; // what cannot begin anew goes on
}

} // namespace

int main(int argc, char** argv) {
    std::signal(SIGABRT, on_abort);
    if (!has_enough_stack(argv)) {
        std::cerr << "mdcd: the stack is limited to " << stack_bytes_max() / 1024 << " KiB (ulimit -s); "
                  << stack_bytes_min / 1024 << " are needed\n";
        return static_cast<int>(ExitCode::internal_error);
    }
    mdcd::checker::cli::tell_of_failed_writes();
    return mdcd::checker::cli::Ranks::leave(static_cast<int>(run_and_catch(argc, argv)));
}
