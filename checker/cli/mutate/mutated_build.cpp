// Two calls of CMake; the second one says what does not compile.
// Knows no mutant: in messages of the compiler the file of a mutant is called by the mutant's name.
#include "checker/cli/mutate/mutated_build.hpp"

#include <filesystem>
#include <sstream>

#include "checker/cli/mutate/child_process.hpp"
#include "checker/cli/mutate/mutated_copy.hpp"
#include "checker/cli/usage_error.hpp"

namespace mdcd::checker::cli::mutate {
namespace {

// The first lines with "error", which is where a compiler says which mutant it does not take.
std::string errors_in(const std::string& output) {
    std::istringstream in(output);
    std::string text;
    int lines = 0;
    for (std::string line; std::getline(in, line) && lines < 5;)
        if (line.find("rror") != std::string::npos && ++lines > 0)
            text += "\n  " + line;
    return text.empty() ? "\n  " + output.substr(0, 500) : text;
}

// Whether it came to its end.
bool run_step(const ChildCommand& command, const std::string& what, const std::atomic<bool>* interrupt) {
    const ChildResult result = run_child(command, interrupt);
    if (result.end == ChildResult::End::interrupted)
        return false;
    if (result.end != ChildResult::End::exited || result.code != 0)
        throw UsageError(what + ":" + errors_in(result.out + result.err));
    return true;
}

} // namespace

std::optional<std::string> build_mutated(const std::string& tree, const std::string& copy, const std::string& build,
                                         unsigned workers, std::optional<std::chrono::steady_clock::time_point> until,
                                         const std::atomic<bool>* interrupt) {
    const auto absolute = [](const std::string& path) { return std::filesystem::absolute(path).string(); };
    const ChildCommand configure{.words = {"cmake", "-G", "Ninja", "-S", tree, "-B", build,
                                           "-DCMAKE_BUILD_TYPE=Release", "-DBUILD_TESTING=OFF", "-DMDCD_INSTALL=OFF",
                                           "-DMDCD_COMPILER_CACHE=ON", "-DMDCD_MUTATED_IMPL=" + absolute(copy)},
                                 .until = until};
    const ChildCommand compile{
        .words = {"cmake", "--build", build, "--target", "mdcd", "--parallel", std::to_string(workers)},
        .until = until};
    if (!run_step(configure, "the mutated sources cannot be configured (cmake -S " + tree + ")", interrupt) ||
        !run_step(compile, "the mutated sources do not compile; each mutant must be valid code", interrupt))
        return std::nullopt;
    return (std::filesystem::path(absolute(build)) / "bin" / "mdcd").string();
}

std::string mutants_in(const std::string& program, const std::atomic<bool>* interrupt) {
    const ChildResult result = run_child(
        {.words = {program, "--version"}, .environment = {{mutant_variable, "?"}}, .seconds_max = 60}, interrupt);
    return result.out;
}

} // namespace mdcd::checker::cli::mutate
