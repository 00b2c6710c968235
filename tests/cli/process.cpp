// Runs the program as a user does.
// The outputs go through files without a name, so that neither can fill a pipe while the other is read.
#include "tests/cli/process.hpp"

#include <cstdio>
#include <stdexcept>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace mdcd::tests::cli {
namespace {

std::FILE* nameless_file() {
    std::FILE* const file = std::tmpfile();
    if (file == nullptr)
        throw std::runtime_error("no temporary file");
    return file;
}

std::string read_and_close(std::FILE* file) {
    std::string text;
    std::rewind(file);
    for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file))
        text += static_cast<char>(c);
    std::fclose(file);
    return text;
}

[[noreturn]] void become(std::vector<std::string> command, const std::string& folder, std::FILE* out, std::FILE* err) {
    const int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, STDIN_FILENO);
    dup2(fileno(out), STDOUT_FILENO);
    dup2(fileno(err), STDERR_FILENO);
    if (!folder.empty() && chdir(folder.c_str()) != 0)
        _exit(126);
    std::vector<char*> arguments;
    for (std::string& each : command)
        arguments.push_back(each.data());
    arguments.push_back(nullptr);
    execvp(arguments.front(), arguments.data());
    _exit(127);
}

} // namespace

Finished run_command(const std::vector<std::string>& command, const std::string& folder) {
    std::FILE* const out = nameless_file();
    std::FILE* const err = nameless_file();
    const pid_t child = fork();
    if (child < 0)
        throw std::runtime_error("no new process");
    if (child == 0)
        become(command, folder, out, err);
    int status = 0;
    waitpid(child, &status, 0);
    Finished finished;
    finished.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    finished.out = read_and_close(out);
    finished.err = read_and_close(err);
    return finished;
}

Finished run_mdcd(std::vector<std::string> arguments, const std::string& folder) {
    const std::string program = MDCD_EXECUTABLE;
    arguments.insert(arguments.begin(), program);
    return run_command(arguments, folder);
}

} // namespace mdcd::tests::cli
