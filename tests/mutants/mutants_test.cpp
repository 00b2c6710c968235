// Every rule at a bad value is caught: the data file says by which claim. The base of each group must pass, and a
// mutant must not.
#include <map>

#include "impl/rules.hpp"
#include "tests/support/verdict_lines.hpp"

using namespace mdcd;

namespace {

constexpr const char* data_file = "mutants/mutants.txt";

std::vector<std::string> lines() {
    std::ifstream in(std::string(MDCD_SOURCE_DIR) + "/tests/" + data_file);
    std::vector<std::string> all;
    for (std::string text; std::getline(in, text);)
        if (!text.empty() && text.front() != '#')
            all.push_back(text);
    return all;
}

bool fails(const std::string& line) {
    const std::size_t claims = line.find('|');
    return line.substr(claims + 1, line.find('|', claims + 1) - claims - 1).find('=') != std::string::npos;
}

} // namespace

TEST_CASE("mutants are caught as pinned") {
    tests::check_file(data_file);
}

TEST_CASE("every rule has a mutant that is caught, or is pinned as harmless at every value") {
    std::map<std::string, bool> caught;
    std::map<std::string, bool> named;
    for (const std::string& line : lines()) {
        for (const impl::RuleDescription& rule : impl::rule_table()) {
            const std::string name(rule.name);
            if (line.find("+" + name + "=") == std::string::npos)
                continue;
            named[name] = true;
            caught[name] = caught[name] || fails(line);
        }
    }
    const std::vector<std::string> harmless{"notification_sn"};
    for (const impl::RuleDescription& rule : impl::rule_table()) {
        const std::string name(rule.name);
        CAPTURE(name);
        CHECK(named[name]);
        const bool expected_harmless = std::ranges::find(harmless, name) != harmless.end();
        CHECK(caught[name] != expected_harmless);
    }
}

TEST_CASE("bases pass") {
    for (const std::string& line : lines())
        if (line.find('+') == std::string::npos) {
            CAPTURE(line);
            CHECK_FALSE(fails(line));
        }
}
