// What tests of certificates share: reading the list of questions, and running the script that comes with them.
// Knows no solver.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/cli/process.hpp"

namespace mdcd::tests::cli {

// The manifest, whose hashes have been compared with the files.
struct CheckedCertificate {
    std::string verdicts; // "containment=proved consistency=refuted"
    std::size_t unsat = 0;
    std::size_t sat = 0;
    std::size_t unknown = 0;
};
[[nodiscard]] CheckedCertificate read_certificate(const std::string& folder);

[[nodiscard]] std::string file_text(const std::string& file);

// Whether such a program can be started; says so if not. Where MDCD_OTHER_SOLVERS is "required", that is a failure.
[[nodiscard]] bool is_there(const std::string& solver);

[[nodiscard]] Finished check_certificate(const std::string& folder, const std::vector<std::string>& solvers);

} // namespace mdcd::tests::cli
