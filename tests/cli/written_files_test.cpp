// Where nothing can be written: the report comes all the same, what was there stays, and every command says so with the
// same exit code. /proc is a folder in which nobody can make a file, not even root; a limit on the size of files is a
// full disk.
#include <doctest/doctest.h>

#include <filesystem>

#include "tests/cli/process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/gate_text.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"

namespace mdcd::tests::cli {
namespace {

constexpr int could_not_write = 74;

// The program where no file can hold a byte. Its outputs are pipes.
Finished run_on_full_disk(const std::string& arguments, const std::string& folder) {
    return run_command({"bash", "-c",
                        std::string("set -o pipefail; { (ulimit -f 0; exec '") + MDCD_EXECUTABLE + "' " + arguments +
                            ") 2>&1 1>&3 3>&- | cat >&2; } 3>&1 | cat"},
                       folder);
}

// A trace of the shortest lost message, made once.
std::string a_trace(const ScratchFolder& folder) {
    static_cast<void>(run_mdcd({"check", "tiny", "--z3", "off", "--quiet"}, folder.path(".")));
    return folder.path("mdcd-traces/tiny.published.recoverability.json");
}

std::size_t files_in(const std::string& folder) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

} // namespace

TEST_CASE("a folder that nobody can write to: the default one costs a warning first, and the files at the end") {
    const Finished violated = run_mdcd({"check", "tiny", "--z3", "off"}, "/proc");
    CHECK(violated.exit_code == could_not_write);
    CHECK(contains(violated.out, "recoverability is violated"));
    CHECK(contains(violated.out, "exhaustive: 3,507 distinct states"));
    CHECK(contains(violated.err, "warning: there will be no files of counterexamples"));
    CHECK(contains(violated.err, "mdcd-traces: cannot be made: "));
    const Finished holds = run_mdcd({"check", "tiny", "--z3", "off", "--rules", "repaired"}, "/proc");
    CHECK(holds.exit_code == 0); // nothing was to be written
}

TEST_CASE("a place that an option names is tried before the work") {
    const ScratchFolder folder;
    const std::string trace = a_trace(folder);
    const std::string gate = folder.write("gate.json", gate_text());
    const std::string none = folder.path("none/file");
    const std::vector<std::vector<std::string>> table = {
        {"check", "tiny", "--trace-dir", "/proc/traces"},
        {"check", "tiny", "--dump-smt", "/proc/questions"},
        {"check", "tiny", "--checkpoint", "/proc/saved"},
        {"compare", "tiny", "--rules", "published", "--rules", "repaired", "--trace-dir", "/proc/traces"},
        {"simulate", "tiny", "--trace-dir", "/proc/traces"},
        {"repair", "tiny", "--trace-dir", "/proc/traces"},
        {"repair", "tiny", "--answers", none},
        {"gate", gate, "--trace-dir", "/proc/traces"},
        {"gate", gate, "--junit", none},
        {"gate", gate, "--sarif", none},
        {"minimize", trace, "-o", none},
        {"minimize", trace, "-o", folder.path("")},
        {"show", trace, "-o", none},
        {"scenario", std::string(MDCD_SOURCE_DIR) + "/tests/scenario/in-transit-delivered.scenario", "--trace", none},
    };
    for (const std::vector<std::string>& arguments : table) {
        CAPTURE(arguments.front() + " " + arguments.back());
        const Finished finished = run_mdcd(arguments, folder.path("."));
        CHECK(finished.exit_code == could_not_write);
        CHECK(finished.out.empty());
        CHECK(finished.err.starts_with("mdcd: "));
        CHECK_MESSAGE(!contains(finished.err, "internal error"), finished.err);
    }
}

TEST_CASE("a full disk: the report comes, what was there stays, and nothing is left beside it") {
    const ScratchFolder folder;
    const std::string trace = a_trace(folder);
    const std::string trace_before = traces::read_text_file(trace);
    const std::string gate = folder.write("gate.json", gate_text());
    const std::string gate_before = traces::read_text_file(gate);
    static_cast<void>(folder.write("there", "what was there"));
    std::filesystem::create_directory(folder.path("t"));
    struct Row {
        std::string arguments;
        std::string reported;
    };
    const std::vector<Row> table = {
        {"check tiny --z3 off --trace-dir t", "exhaustive: 3,507 distinct states"},
        {"check tiny --z3 off --trace-dir t --format json", "\"distinct_states\""},
        {"compare tiny --z3 off --rules published --rules repaired --trace-dir t", "recoverability"},
        {"simulate tiny --walks 300 --trace-dir t", "sampled: 300 walks"},
        {"gate gate.json --trace-dir t --junit there", "2 checks: 2 as expected"},
        {"gate gate.json --pin", "review the difference"},
        {"minimize " + trace, "steps became"},
        {"minimize " + trace + " -o there", "steps became"},
        {"show " + trace + " -o there", ""},
        {"scenario " MDCD_SOURCE_DIR "/tests/scenario/in-transit-delivered.scenario --trace there", "not met"},
    };
    const std::size_t files_before = files_in(folder.path("."));
    for (const Row& row : table) {
        CAPTURE(row.arguments);
        const Finished finished = run_on_full_disk(row.arguments, folder.path("."));
        CHECK(finished.exit_code == could_not_write);
        CHECK_MESSAGE(contains(finished.out, row.reported), finished.out);
        CHECK_MESSAGE(contains(finished.err, "cannot be written: File too large"), finished.err);
        CHECK(traces::read_text_file(folder.path("there")) == "what was there");
        CHECK(files_in(folder.path("t")) == 0);
        CHECK(files_in(folder.path(".")) == files_before);
    }
    CHECK(traces::read_text_file(trace) == trace_before);
    CHECK(traces::read_text_file(gate) == gate_before);
}

TEST_CASE("answers of a repair: another file is left alone, a full disk does not cost the report, one run at a time") {
    const ScratchFolder folder;
    const std::string victim = folder.write("victim", R"({"some": "JSON of a user"})");
    const std::vector<std::string> repair = {"repair", "tiny", "--max-changes", "1", "--z3", "off", "--answers"};
    const auto keep_in = [&](const std::string& file) {
        std::vector<std::string> arguments = repair;
        arguments.push_back(file);
        return run_mdcd(arguments, folder.path("."));
    };
    const Finished refused = keep_in("victim");
    CHECK(refused.exit_code == 65);
    CHECK(contains(refused.err, "stays as it is"));
    CHECK(traces::read_text_file(victim) == R"({"some": "JSON of a user"})");
    CHECK(keep_in("/dev/zero").exit_code == could_not_write);
    std::filesystem::create_symlink(victim, folder.path("link"));
    CHECK(keep_in("link").exit_code == could_not_write);
    CHECK(traces::read_text_file(victim) == R"({"some": "JSON of a user"})");

    const Finished full =
        run_on_full_disk("repair tiny --max-changes 1 --z3 off --answers new --trace-dir t", folder.path("."));
    CHECK(full.exit_code == could_not_write);

    const Finished kept = keep_in("answers");
    const Finished again = keep_in("answers");
    CHECK(again.exit_code == kept.exit_code);
    CHECK(again.out == kept.out);
    const Finished locked = run_command(
        {"flock", folder.path("answers"), MDCD_EXECUTABLE, "repair", "tiny", "--answers", "answers"}, folder.path("."));
    CHECK(locked.exit_code == could_not_write);
    CHECK(contains(locked.err, "another mdcd keeps its answers there"));
}

TEST_CASE("a summary that cannot be appended to comes after the report") {
    const ScratchFolder folder;
    static_cast<void>(folder.write("gate.json", gate_text()));
    const Finished finished = run_command(
        {"env", "GITHUB_STEP_SUMMARY=/dev/full", MDCD_EXECUTABLE, "gate", "gate.json", "--github"}, folder.path("."));
    CHECK(finished.exit_code == could_not_write);
    CHECK(contains(finished.out, "2 checks: 2 as expected"));
}

TEST_CASE("saved answers of Z3 that are no file, or have no end") {
    for (const std::string file : {"/dev/zero", "/proc"})
        CHECK(run_mdcd({"check", "tiny", "--z3-cache", file}, "/proc").exit_code == 65);
}

} // namespace mdcd::tests::cli
