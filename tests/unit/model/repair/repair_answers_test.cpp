// The file of answers: what is written is found again, by a key over all that it depends on; what an interrupted run
// left is cut off; what is malformed is refused with its line.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include <stdlib.h> // mkstemp

#include "model/repair/repair_answers.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace mdcd::tests {

using namespace model;

namespace {

class AnswersFile {
public:
    AnswersFile() {
        std::string pattern = (std::filesystem::temp_directory_path() / "mdcd_answers_XXXXXX").string();
        REQUIRE(mkstemp(pattern.data()) >= 0);
        path = pattern;
    }
    ~AnswersFile() { std::filesystem::remove(path); }
    void append(const std::string& text) const { std::ofstream(path, std::ios::app) << text; }
    [[nodiscard]] std::string text() const { return traces::read_text_file(path); }

    std::string path;
};

RepairAnswer holding() {
    RepairAnswer answer{.holds = true, .distinct_states = 7, .cost = {}, .unreached = {"several_resent"}, .path = {}};
    answer.cost.complete = true;
    answer.cost.states = 7;
    answer.cost.bytes_kept = {.sum = 100, .worst = 60};
    return answer;
}

RepairAnswer failing() {
    return {.cost = {}, .unreached = {}, .path = {.initial = 0, .firings = {{3, 0, 1}, {70, 2, 0}}}};
}

std::string complaint_of(const std::string& file) {
    try {
        const RepairAnswers answers(file);
    } catch (const traces::FileError& error) {
        return error.what();
    }
    return "";
}

} // namespace

TEST_CASE("what is added is found, now and when the file is read again") {
    const AnswersFile file;
    for (int time = 0; time < 2; ++time) {
        RepairAnswers answers(file.path);
        if (time == 0) {
            CHECK(answers.find("a") == nullptr);
            answers.add("a", holding());
            answers.add("b", failing());
        }
        REQUIRE(answers.find("a") != nullptr);
        CHECK(answers.find("a")->holds);
        CHECK(answers.find("a")->cost == holding().cost);
        CHECK(answers.find("a")->unreached == holding().unreached);
        CHECK(answers.find("a")->distinct_states == 7);
        REQUIRE(answers.find("b") != nullptr);
        CHECK(!answers.find("b")->holds);
        CHECK(answers.find("b")->path.firings == failing().path.firings);
    }
}

TEST_CASE("what says more stays, in whatever order answers come") {
    const RepairAnswer natively{.holds_natively = true, .cost = {}, .unreached = {}, .path = {}};
    const AnswersFile one;
    const AnswersFile other;
    {
        RepairAnswers answers(one.path);
        answers.add("a", natively);
        answers.add("a", holding());
        answers.add("b", natively);
        CHECK(answers.find("b")->holds_natively);
        CHECK(!answers.find("b")->holds);
    }
    {
        RepairAnswers answers(other.path);
        answers.add("a", natively);
        answers.add("b", failing());
    }
    RepairAnswers both("");
    both.read(one.path);
    CHECK(both.read_count() == 2);
    both.read(other.path);
    CHECK(both.read_count() == 2);
    CHECK(both.find("a")->holds);
    CHECK(!both.find("b")->holds_natively);
    CHECK(both.find("b")->path.firings.size() == 2);
    one.append(R"({"key": "c", "holds": false, "holds_natively": false})"
               "\n");
    CHECK(complaint_of(one.path).find("$.holds_natively: expected true") != std::string::npos);
    const std::string text = one.text();
    CHECK_THROWS_AS(both.read(one.path), traces::FileError);
    CHECK(one.text() == text); // only read
}

TEST_CASE("without a file nothing is kept") {
    RepairAnswers answers("");
    answers.add("a", holding());
    CHECK(answers.find("a") == nullptr);
}

TEST_CASE("a line that was not finished is cut off; the next answer follows the last whole one") {
    const AnswersFile file;
    RepairAnswers(file.path).add("a", holding());
    const std::string whole = file.text();
    file.append(to_line("b", failing()).substr(0, 20));
    RepairAnswers(file.path).add("c", failing());
    CHECK(file.text() == whole + to_line("c", failing()) + "\n");
}

TEST_CASE("a malformed line is refused, with its number") {
    const AnswersFile file;
    RepairAnswers(file.path).add("a", holding());
    file.append("{\"key\": \"b\", \"holds\": true}\n");
    CHECK(complaint_of(file.path).find(":3") != std::string::npos);
    const auto refused = [](const char* line) {
        CHECK_THROWS_AS(static_cast<void>(answer_from_line(line, "file", 1)), traces::FileError);
    };
    refused("");
    refused("[]");
    refused(R"({"key": "a", "holds": false, "path": {"initial": 0, "firings": [[1, 2]]}})");
    refused(R"({"key": "a", "holds": false, "path": {"initial": 0, "firings": [[1, 2, 70000]]}})");
    refused(R"({"key": "a", "holds": false, "path": {"initial": 0, "firings": []}, "cost": 1})");
}

TEST_CASE("a file that cannot be written is an error") {
    CHECK_THROWS_AS(RepairAnswers("/nowhere/answers"), std::runtime_error);
}

TEST_CASE("keys differ wherever a text differs, and where texts are divided differently") {
    CHECK(answer_key({"a", "b"}) == answer_key({"a", "b"}));
    CHECK(answer_key({"a", "b"}).size() == 64);
    CHECK(answer_key({"a", "b"}) != answer_key({"a", "c"}));
    CHECK(answer_key({"a", "b"}) != answer_key({"ab"}));
    CHECK(answer_key({"a", "b"}) != answer_key({"", "ab"}));
}

} // namespace mdcd::tests
