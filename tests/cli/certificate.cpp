// Reads what `mdcd prove --certificate` wrote.
// Knows no solver: programs are given by name.
#include "tests/cli/certificate.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "checker/content_hash.hpp"
#include "traces/json.hpp"

namespace mdcd::tests::cli {

std::string file_text(const std::string& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

CheckedCertificate read_certificate(const std::string& folder) {
    CheckedCertificate read;
    const std::string place = folder + "/manifest.json";
    const traces::Value manifest = traces::parse_json(file_text(place), place);
    for (const auto& [claim, verdict] : *manifest.find("verdicts")->record())
        read.verdicts += (read.verdicts.empty() ? "" : " ") + claim + "=" + *verdict.text();
    for (const traces::Value& question : *manifest.find("questions")->list()) {
        const std::string text = file_text(folder + "/" + *question.find("file")->text());
        CHECK(checker::content_hash(text) == *question.find("blake2b_256")->text());
        const std::string& answer = *question.find("answer")->text();
        ++(answer == "unsat" ? read.unsat : answer == "sat" ? read.sat : read.unknown);
    }
    return read;
}

bool is_there(const std::string& solver) {
    if (run_command({"sh", "-c", "command -v " + solver}).exit_code == 0)
        return true;
    const char* const wish = std::getenv("MDCD_OTHER_SOLVERS");
    MESSAGE(solver, " is not installed: its comparison is left out");
    CHECK_MESSAGE((wish == nullptr || std::string(wish) != "required"), solver, " is required here");
    return false;
}

Finished check_certificate(const std::string& folder, const std::vector<std::string>& solvers) {
    std::vector<std::string> command{"sh", folder + "/check.sh"};
    command.insert(command.end(), solvers.begin(), solvers.end());
    return run_command(command);
}

} // namespace mdcd::tests::cli
