// What README and docs quote of the program's output is what the program prints: each line of a quoted block, up to
// where it says "..". Knows no figure itself.
#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/process.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/json.hpp"

namespace mdcd::tests::cli {
namespace {

// With one blank wherever there are several, or a new line: quotations are wrapped and aligned by hand.
std::string flat(const std::string& text) {
    std::istringstream words(text);
    std::string all;
    for (std::string word; words >> word;)
        all += " " + word;
    return all + " ";
}

// The lines of the first indented block after `words` on that page.
std::vector<std::string> block_after(const std::string& file, const std::string& words) {
    const std::string page = traces::read_text_file(std::string(MDCD_SOURCE_DIR) + "/" + file);
    const std::size_t from = page.find(words);
    REQUIRE_MESSAGE(from != std::string::npos, file << " does not say: " << words);
    std::istringstream rest(page.substr(from));
    std::vector<std::string> lines;
    for (std::string line; std::getline(rest, line);) {
        if (line.starts_with("    "))
            lines.push_back(line.substr(0, line.find("..")));
        else if (!line.empty() && !lines.empty())
            break;
    }
    return lines;
}

void check_quotation(const std::string& file, const std::string& words, const std::string& printed) {
    const std::string all = flat(printed);
    const std::vector<std::string> lines = block_after(file, words);
    CHECK(lines.size() >= 6);
    for (const std::string& line : lines) {
        CAPTURE(file);
        CAPTURE(line);
        const std::string quoted = flat(line);
        CHECK(all.find(quoted.substr(0, quoted.size() - 1)) != std::string::npos); // ".." may have cut a word
    }
}

} // namespace

TEST_CASE("the counterexample and the summary of the README") {
    const ScratchFolder folder;
    check_quotation("README.md", "## A counterexample",
                    run_mdcd({"check", "tiny", "--rules", "published"}, folder.path(".")).out);
    check_quotation("README.md", "## The summary",
                    run_mdcd({"check", "tiny", "--rules", "repaired", "--quiet"}, folder.path(".")).out);
}

TEST_CASE("the tables of comparing-rules.md") {
    const ScratchFolder folder;
    check_quotation("docs/comparing-rules.md", "From the table of scope",
                    run_mdcd({"compare", "relay", "feedback", "--rules", "published", "--rules", "repaired", "--rules",
                              "repaired_fewest_checkpoints"},
                             folder.path("."))
                        .out);
    check_quotation("docs/comparing-rules.md", "From its report",
                    run_mdcd({"repair", "relay", "feedback"}, folder.path(".")).out);
}

} // namespace mdcd::tests::cli
