// The database of a process and the files beside it: what was stored comes back, what is not of this process is
// refused, and a file of lines is whole after any crash.
#include <doctest/doctest.h>

#include "impl/runtime/line_file.hpp"
#include "tests/support/scratch_folder.hpp"

#include <sys/wait.h>
#include <unistd.h>

namespace mdcd::tests::unit::impl_runtime {
namespace {

using namespace mdcd::impl::runtime; // NOLINT: one test

const Digest stored_system = digest_of("a system");

template <class Error, class Run> std::string refusal(Run run) {
    try {
        run();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

std::string read_all(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

bool says(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

StoredLine line(std::uint64_t number) {
    return {number, "{\"step\":" + std::to_string(number) + "}"};
}

} // namespace

TEST_CASE("what was stored comes back, and only that") {
    const ScratchFolder scratch;
    const std::string big(3'000'000, 'x');
    {
        Store store(scratch.path("a.db"), "A1", stored_system, StoreDurability::full);
        CHECK_FALSE(store.load());
        Store::Transaction first;
        first.state = "one";
        const std::string small = "small";
        first.added = {{digest_of(big), &big}, {digest_of(small), &small}};
        first.log = {line(1), line(2)};
        store.commit(first);
        Store::Transaction second;
        second.state = "two";
        second.removed = {digest_of(small)};
        second.log = {line(3)};
        second.log_safe_through = 1; // in the middle of a transaction, whose lines stay together
        store.commit(second);
    }
    Store store(scratch.path("a.db"), "A1", stored_system, StoreDurability::full);
    const auto loaded = store.load();
    REQUIRE(loaded);
    CHECK(loaded->state == "two");
    REQUIRE(loaded->contents.size() == 1);
    CHECK(loaded->contents[0] == big);
    std::vector<std::uint64_t> numbers;
    store.for_each_line(Store::Lines::log, 0, [&](const StoredLine& each) { numbers.push_back(each.number); });
    CHECK(numbers == std::vector<std::uint64_t>{1, 2, 3});
    numbers.clear();
    store.for_each_line(Store::Lines::log, 1, [&](const StoredLine& each) { numbers.push_back(each.number); });
    CHECK(numbers == std::vector<std::uint64_t>{2, 3});
    Store::Transaction third;
    third.state = "three";
    third.log_safe_through = 2;
    store.commit(third);
    numbers.clear();
    store.for_each_line(Store::Lines::log, 0, [&](const StoredLine& each) { numbers.push_back(each.number); });
    CHECK(numbers == std::vector<std::uint64_t>{3});
}

TEST_CASE("a database of another process, system or schema is refused") {
    const ScratchFolder scratch;
    { const Store store(scratch.path("a.db"), "A1", stored_system, StoreDurability::off); }
    const auto open = [&](const std::string& process, const Digest& system) {
        return refusal<StoreError>(
            [&] { const Store store(scratch.path("a.db"), process, system, StoreDurability::off); });
    };
    CHECK(open("A1", stored_system).empty());
    CHECK(says(open("A2", stored_system), "is of process A1; expected A2"));
    CHECK(says(open("A1", digest_of("other")), "is of another system"));
    (void)scratch.write("b.db", "this is no database, but long enough to be taken for the header of one");
    CHECK(says(refusal<StoreError>(
                   [&] { const Store store(scratch.path("b.db"), "A1", stored_system, StoreDurability::off); }),
               "b.db"));
}

TEST_CASE("one process at a time") {
    const ScratchFolder scratch;
    const Store store(scratch.path("a.db"), "A1", stored_system, StoreDurability::full);
    const pid_t child = ::fork();
    if (child == 0) {
        bool refused = false;
        try {
            const Store second(scratch.path("a.db"), "A1", stored_system, StoreDurability::full);
        } catch (const StoreUnavailable&) {
            refused = true;
        }
        ::_exit(refused ? 7 : 8);
    }
    int how = 0;
    ::waitpid(child, &how, 0);
    CHECK(WIFEXITED(how));
    CHECK(WEXITSTATUS(how) == 7);
}

TEST_CASE("a damaged state is not taken for a state") {
    const ScratchFolder scratch;
    {
        Store store(scratch.path("a.db"), "A1", stored_system, StoreDurability::full);
        Store::Transaction transaction;
        transaction.state = "a state that is easy to find in the file";
        store.commit(transaction);
    }
    std::string bytes = read_all(scratch.path("a.db")); // the log was brought into it at the end
    const std::size_t at = bytes.find("easy to find");
    REQUIRE(at != std::string::npos);
    bytes[at] = 'E';
    (void)scratch.write("a.db", bytes);
    Store store(scratch.path("a.db"), "A1", stored_system, StoreDurability::full);
    CHECK(says(refusal<StoreError>([&] { (void)store.load(); }), "the state is damaged"));
}

TEST_CASE("a file of lines is completed from the database, wherever a crash has cut it") {
    const ScratchFolder scratch;
    Store store(scratch.path("a.db"), "A1", stored_system, StoreDurability::off);
    Store::Transaction transaction;
    transaction.state = "s";
    for (std::uint64_t number = 1; number <= 5; ++number)
        transaction.log.push_back(line(number));
    store.commit(transaction);
    std::string whole;
    for (std::uint64_t number = 1; number <= 5; ++number)
        whole += line(number).text + "\n";
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        (void)scratch.write("log", whole.substr(0, size));
        { const LineFile file(scratch.path("log"), "step", store, Store::Lines::log, 5, StoreDurability::full); }
        CHECK(read_all(scratch.path("log")) == whole);
    }
}

TEST_CASE("a file of lines that cannot be completed, or knows more than the database, is refused") {
    const ScratchFolder scratch;
    Store store(scratch.path("a.db"), "A1", stored_system, StoreDurability::off);
    Store::Transaction transaction;
    transaction.state = "s";
    transaction.log = {line(4), line(5)};
    store.commit(transaction);
    const auto open = [&](const std::string& text, std::uint64_t through) {
        (void)scratch.write("log", text);
        return refusal<LineFileError>([&] {
            const LineFile file(scratch.path("log"), "step", store, Store::Lines::log, through, StoreDurability::full);
        });
    };
    CHECK(open(line(3).text + "\n", 5).empty());
    CHECK(says(open(line(2).text + "\n", 5), "lines 3 to 5 are missing and nowhere else"));
    CHECK(says(open("", 5), "lines 1 to 5 are missing"));
    CHECK(says(open(line(6).text + "\n", 5), "the database knows only 5"));
    CHECK(says(open("nothing of ours\n", 5), "was not written here"));
}

} // namespace mdcd::tests::unit::impl_runtime
