// Saved answers: what is written is read, what is damaged is not, and the order of merging leaves no trace.
// Asks no solver.
#include "model/z3/answer_store.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "checker/whole_file.hpp"
#include "tests/support/scratch_folder.hpp"
#include "traces/file_error.hpp"

using namespace mdcd;
using namespace mdcd::model;

namespace {

std::size_t files_in(const tests::ScratchFolder& folder) {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder.path(".")), std::filesystem::directory_iterator()));
}

const StoredQuestion no_fault{PropertyId::containment, std::string("\x00\x01\xff", 3), 7};
const StoredQuestion fault{PropertyId::recoverability, std::string("\x02", 1), ~std::uint64_t{0}};
const StoredQuestion answer_line{PropertyId::minimal_rollback, "", 0};

StoredAnswers some_answers() {
    return {{no_fault, {false, {}}}, {fault, {true, {3}}}, {answer_line, {true, {0, 2, 255}}}};
}

std::string content_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

TEST_CASE("what is written is read") {
    const DecodedAnswers decoded = decode_answers(encode_answers(some_answers(), "us 1"));
    CHECK(decoded.is_ours);
    CHECK(decoded.damage.empty());
    CHECK(decoded.identity == "us 1");
    CHECK(decoded.answers == some_answers());
    CHECK(decode_answers(encode_answers({}, "")).damage.empty());
}

TEST_CASE("every change of a byte, and every missing end, is noticed") {
    const std::string text = encode_answers(some_answers(), "us 1");
    for (std::size_t at = 0; at < text.size(); ++at) {
        CAPTURE(at);
        std::string changed = text;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        CHECK_FALSE(decode_answers(changed).damage.empty());
        CHECK(decode_answers(changed).answers.empty());
        CHECK_FALSE(decode_answers(text.substr(0, at)).damage.empty());
    }
    CHECK(decode_answers(text + "x").damage == "something follows its sum");
}

TEST_CASE("a store keeps what it is given, adds what others have saved meanwhile, and leaves one file") {
    const tests::ScratchFolder folder;
    const std::string path = folder.path("answers");
    AnswerStore one(path, "us 1");
    AnswerStore other(path, "us 1");
    CHECK(one.size() == 0);
    one.save({{no_fault, {false, {}}}});
    other.save({{fault, {true, {3}}}});
    CHECK(other.find(no_fault) == StoredAnswer{false, {}});
    const AnswerStore both(path, "us 1");
    CHECK(both.warning().empty());
    CHECK(both.size() == 2);
    CHECK(both.find(fault) == StoredAnswer{true, {3}});
    CHECK_FALSE(both.find({PropertyId::recoverability, fault.key, 0}).has_value()); // another text, another question
    CHECK_FALSE(both.find(answer_line).has_value());
    CHECK(files_in(folder) == 1);

    const std::string in_this_order = content_of(path);
    std::filesystem::remove(path);
    AnswerStore(path, "us 1").save({{fault, {true, {3}}}});
    AnswerStore(path, "us 1").save({{no_fault, {false, {}}}});
    CHECK(content_of(path) == in_this_order);
}

TEST_CASE("of two values for one violation the smaller stays, in either order") {
    StoredAnswers one{{fault, {true, {3}}}};
    StoredAnswers other{{fault, {true, {2}}}};
    const StoredAnswers smaller = other;
    merge_answers(one, other);
    CHECK(one == smaller);
    merge_answers(other, {{fault, {true, {3}}}});
    CHECK(other == smaller);
}

TEST_CASE("a damaged file, or one of another version, is told and replaced; any other file is refused") {
    const tests::ScratchFolder folder;
    const std::string path = folder.path("answers");
    const std::string good = encode_answers(some_answers(), "us 1");
    (void)folder.write("answers", good.substr(0, good.size() - 3));
    AnswerStore damaged(path, "us 1");
    CHECK(damaged.size() == 0);
    CHECK(damaged.warning().find("is damaged (its sum does not fit its content)") != std::string::npos);
    damaged.save({{no_fault, {false, {}}}});
    CHECK(AnswerStore(path, "us 1").size() == 1);

    AnswerStore later(path, "us 2");
    CHECK(later.size() == 0);
    CHECK(later.warning().find("was saved by us 1") != std::string::npos);
    later.save(some_answers());
    CHECK(AnswerStore(path, "us 2").size() == 3);

    (void)folder.write("answers", "{\"name\": \"my scope\"}");
    CHECK_THROWS_AS(AnswerStore(path, "us 1"), traces::FileError);
    CHECK(content_of(path) == "{\"name\": \"my scope\"}");
    CHECK_THROWS_AS(AnswerStore(folder.path(""), "us 1"), traces::FileError);
    AnswerStore nowhere(folder.path("no/such/folder"), "us 1");
    CHECK_THROWS_AS(nowhere.save({}), checker::WriteError);
}
