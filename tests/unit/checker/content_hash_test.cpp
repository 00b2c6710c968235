// The name of a content: the algorithm's own test values, texts that a hash with absorbing words cannot tell apart, and
// one bit anywhere.
#include "checker/content_hash.hpp"

#include <doctest/doctest.h>

#include <set>

#include "checker/engine/table_hash.hpp"
#include "checker/loaded_code.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace mdcd::checker;

TEST_CASE("it is BLAKE2b with 32 bytes") {
    // Of the reference implementation: b2sum -l 256.
    CHECK(content_hash("") == "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    CHECK(content_hash("abc") == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST_CASE("pieces are one text, and texts with their lengths are not") {
    CHECK(ContentHash().add("ab").add("c").digits() == content_hash("abc"));
    CHECK(ContentHash().add_text("ab").add_text("c").bytes() != ContentHash().add_text("a").add_text("bc").bytes());
    ContentHash hash;
    hash.add("a");
    const std::string first = hash.digits();
    CHECK(first == content_hash("a")); // to look at it does not end it
    CHECK(hash.add("b").digits() == content_hash("ab"));
    CHECK(content_hash("abc").starts_with("bddd813c63423972"));
    CHECK(ContentHash().add("abc").number() == 0x723942633c81ddbdU); // its first eight bytes, the lowest first
}

TEST_CASE("no word makes a hash forget what came before it") {
    // The golden ratio, low byte first: with it `mix(h + golden) ^ mix(word + h)` is 0 for every h.
    const std::string golden("\x15\x7c\x4a\x7f\xb9\x79\x37\x9e", 8);
    std::set<std::string> names;
    std::set<std::uint64_t> numbers;
    for (const std::string start : {"AAAAAAAA", "BBBBBBBB", "totally different prefix....0123"}) {
        names.insert(content_hash(start + golden + "same tail"));
        for (const std::uint64_t seed : {1U, 2U})
            numbers.insert(engine::table_hash(seed, start + golden + "same tail"));
    }
    CHECK(names.size() == 3);
    CHECK(numbers.size() == 6);
}

TEST_CASE("one bit of a file changes its hash, wherever it is") {
    const mdcd::tests::ScratchFolder folder;
    std::string content;
    for (unsigned i = 0; i < 700'000; ++i) // longer than what is read at once
        content += static_cast<char>(engine::mix(i));
    std::set<std::string> seen{hash_of_file(folder.write("file", content)).value()};
    CHECK(seen.contains(content_hash(content)));
    std::size_t flipped = 1;
    for (std::size_t at = 0; at < content.size(); at += 29'989, ++flipped) {
        content[at] = static_cast<char>(content[at] ^ (1 << at % 8));
        seen.insert(hash_of_file(folder.write("file", content)).value());
        content[at] = static_cast<char>(content[at] ^ (1 << at % 8));
    }
    CHECK(seen.size() == flipped);
    CHECK(!hash_of_file(folder.path("none")));
    CHECK(!hash_of_file("/dev/zero")); // it has no end
}

TEST_CASE("the code that is loaded has a name that does not say where it lies") {
    const auto code = loaded_code();
    REQUIRE(code);
    CHECK(code->front().name.empty());
    CHECK(code->front().hash == hash_of_file("/proc/self/exe"));
    for (const LoadedFile& each : *code) {
        CHECK(each.name.find('/') == std::string::npos);
        CHECK(each.hash.size() == 64);
    }
    static const int data = 0;
    CHECK(loaded_code_at(reinterpret_cast<const void*>(&engine::table_hash)) == code->front());
    CHECK(!loaded_code_at(&data));
    CHECK(text_of({{"", "1"}, {"libz3.so.4", "2"}}) == "mdcd 1\nlibz3.so.4 2");
}
