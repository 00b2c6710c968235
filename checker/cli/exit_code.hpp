// What the program's exit code says, for scripts. One table gives the numbers, the help and the manual.
// Knows no subcommand.
#pragma once

#include <array>

namespace mdcd::checker::cli {

enum class ExitCode : int {
    as_expected = 0,
    violated = 10,
    not_reached = 11,
    inconclusive = 20,
    differs = 30,
    usage = 64,
    malformed_file = 65,
    rank_lost = 69,
    internal_error = 70,
    cannot_write = 74,
    interrupted = 130,
};

struct ExitCodeMeaning {
    ExitCode code;
    const char* meaning;
};

inline constexpr std::array exit_code_meanings = {
    ExitCodeMeaning{ExitCode::as_expected, "every property as expected"},
    ExitCodeMeaning{ExitCode::violated, "a property is violated, or something is not as expected"},
    ExitCodeMeaning{ExitCode::not_reached, "something that had to be reachable is not"},
    ExitCodeMeaning{ExitCode::inconclusive, "inconclusive: a limit was hit, Z3 said unknown, or nothing was checked"},
    ExitCodeMeaning{ExitCode::differs, "a replay differed"},
    ExitCodeMeaning{ExitCode::usage, "wrong usage"},
    ExitCodeMeaning{ExitCode::malformed_file, "a file is malformed or cannot be read"},
    ExitCodeMeaning{ExitCode::rank_lost, "a rank of a distributed check is lost"},
    ExitCodeMeaning{ExitCode::internal_error, "internal error, or the machine gives no memory, thread or descriptor"},
    ExitCodeMeaning{ExitCode::cannot_write, "a file, or the output, cannot be written"},
    ExitCodeMeaning{ExitCode::interrupted, "interrupted"},
};

} // namespace mdcd::checker::cli
