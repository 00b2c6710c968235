// The queries as text, put to other programs: cvc5, which shares no code with Z3, and the z3 program, which reads the
// text anew. What is not installed is left out with a message; where MDCD_OTHER_SOLVERS is "required", that is a
// failure.
#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <stdlib.h> // mkdtemp

#include "model/canonical_view.hpp"
#include "model/z3_judge.hpp"
#include "tests/support/explored_views.hpp"
#include "tests/support/random_view.hpp"

using namespace mdcd;
using namespace mdcd::model;

namespace {

class ScratchFolder {
public:
    ScratchFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "mdcd_queries_XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    [[nodiscard]] std::filesystem::path file(const std::string& name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

std::vector<std::string> lines_printed_by(const std::string& command) {
    std::vector<std::string> lines(1);
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    REQUIRE(pipe);
    for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get())) {
        if (c == '\n')
            lines.emplace_back();
        else
            lines.back() += static_cast<char>(c);
    }
    lines.pop_back();
    return lines;
}

struct Sample {
    std::string text;
    std::string answer;
};

// Every distinct question of two explorations, and random views as they are.
std::vector<Sample> samples() {
    std::vector<Sample> all;
    Z3Judge judge;
    std::map<std::pair<PropertyId, std::string>, bool> explored;
    Canonizer canonizer;
    impl::Rules local;
    local.recovery_line = impl::RecoveryLine::local;
    for (const impl::Rules& rules : {impl::Rules{}, local}) {
        const System system(tests::small_scope(2, {2, 1, 0, 0, 1}), rules);
        (void)tests::explore_views(system, [&](const View& view, checker::PropertyBits) {
            for (const PropertyId property : z3_properties)
                explored[{property, std::string(canonizer.key(property, view))}] = true;
        });
    }
    const auto add = [&](PropertyId property, const View& view) {
        all.push_back({Z3Judge::to_smt_lib(property, view), checker::smt::name_of(judge.ask(property, view).answer)});
    };
    for (const auto& [question, unused] : explored)
        add(question.first, CanonicalView(question.first, question.second).view());
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const tests::RandomView random(seed);
        for (const PropertyId property : z3_properties)
            add(property, random.view);
    }
    return all;
}

void compare(const std::string& program, const std::string& arguments) {
    if (lines_printed_by("command -v " + program).empty()) {
        const char* const wish = std::getenv("MDCD_OTHER_SOLVERS");
        MESSAGE(program, " is not installed: its comparison is left out");
        CHECK_MESSAGE((wish == nullptr || std::string(wish) != "required"), program, " is required here");
        return;
    }
    const ScratchFolder folder;
    const std::vector<Sample> all = samples();
    std::ofstream everything(folder.file("all.smt2"));
    std::vector<std::string> expected;
    for (const Sample& sample : all) { // one process for all: starting one costs more than most queries
        everything << sample.text << "(reset)\n";
        expected.push_back(sample.answer);
    }
    everything.close();
    const std::string command = program + " " + arguments + " ";
    CHECK(lines_printed_by(command + folder.file("all.smt2").string()) == expected);

    // A file by itself is complete.
    for (const std::string answer : {"sat", "unsat"}) {
        const auto found = std::ranges::find(all, answer, &Sample::answer);
        REQUIRE(found != all.end());
        std::ofstream(folder.file("one.smt2")) << found->text;
        CHECK(lines_printed_by(command + folder.file("one.smt2").string()) == std::vector<std::string>{answer});
    }
    CHECK(all.size() > 100);
    MESSAGE(program, ": ", all.size(), " queries, ", std::ranges::count(expected, "sat"), " of them sat");
}

} // namespace

TEST_CASE("cvc5 gives the same answers") {
    compare("cvc5", "--lang=smt2");
}

TEST_CASE("the z3 program gives the same answers") {
    compare("z3", "-smt2");
}
