// A search that was stopped or killed and then resumed ends as an uninterrupted one; a checkpoint that is
// damaged or of another search is refused with a reason.
#include "checker/engine/checkpoint.hpp"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <sys/wait.h>
#include <unistd.h>

#include "checker/checkpoint_error.hpp"
#include "checker/engine/checked_file.hpp"
#include "checker/engine/checkpoint_folder.hpp"
#include "checker/file_lock.hpp"
#include "checker/search.hpp"
#include "checker/textbook/ring.hpp"
#include "checker/textbook/two_phase_commit.hpp"
#include "checker/whole_file.hpp"
#include "tests/support/rounds.hpp"
#include "tests/support/scripted_model.hpp"

using namespace mdcd::checker;
namespace tests = mdcd::tests;

namespace {

class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "mdcd-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    [[nodiscard]] std::string path() const { return path_.string(); }
    [[nodiscard]] std::string file() const { return engine::checkpoint_path(path()); }

private:
    std::filesystem::path path_;
};

SearchOptions saving_to(const Folder& folder, unsigned workers = 1) {
    SearchOptions options;
    options.workers = workers;
    options.checkpoint_dir = folder.path();
    options.checkpoint_seconds = 0;
    options.identity = "a test";
    return options;
}

void check_same(const Report& a, const Report& b) {
    CHECK(a.distinct_states == b.distinct_states);
    CHECK(a.transitions == b.transitions);
    CHECK(a.depth == b.depth);
    CHECK(a.dead_ends == b.dead_ends);
    CHECK(a.exhaustive == b.exhaustive);
    CHECK(a.coverage == b.coverage);
    REQUIRE(a.verdicts.size() == b.verdicts.size());
    for (std::size_t i = 0; i < a.verdicts.size(); ++i) {
        CHECK(a.verdicts[i].verdict == b.verdicts[i].verdict);
        REQUIRE(a.verdicts[i].path.has_value() == b.verdicts[i].path.has_value());
        if (a.verdicts[i].path)
            CHECK(a.verdicts[i].path->firings == b.verdicts[i].path->firings);
    }
}

std::string contents(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void overwrite(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

std::string refusal(const SearchOptions& options) {
    try {
        (void)search(textbook::TwoPhaseCommit(5), options);
    } catch (const CheckpointError& error) {
        return error.what();
    }
    return {};
}

// As many initial states as there are numbers below `count`, and nothing that can happen. Bad is any that ends in 7.
tests::ScriptedModel many_beginnings(unsigned count) {
    tests::ScriptedModel model;
    model.slot_list = {{.name = "number"}};
    model.step_list = {{.name = "rest", .reads = {0}, .takes = {}, .room = {}}};
    for (unsigned number = 0; number < count; ++number)
        model.initial.push_back({std::to_string(number)});
    model.handler = [](StepIndex, const Inputs&, Outcomes&) {};
    model.property_list = {{.name = "no_seven", .rationale = ""}};
    model.verdict = [](tests::ScriptedModel::Summaries all) -> PropertyBits { return all[0]->back() == '7' ? 0U : 1U; };
    return model;
}

} // namespace

TEST_CASE("where memory does not hold the initial states, what there is is judged, and no checkpoint says more") {
    constexpr unsigned count = 30'000;
    const tests::ScriptedModel model = many_beginnings(count);
    std::set<std::uint64_t> held;
    for (std::uint64_t kilobytes = 500;; kilobytes += kilobytes / 4) {
        CAPTURE(kilobytes);
        const Folder folder;
        SearchOptions options = saving_to(folder);
        options.limits.memory_bytes_max = kilobytes << 10;
        const Report report = search(model, options);
        if (report.exhaustive) // now there is room for all
            break;
        CHECK(report.limit == "memory");
        CHECK(report.verdicts[0].verdict == (report.distinct_states == 0 ? Verdict::inconclusive : Verdict::violated));
        CHECK(std::filesystem::exists(folder.file()) == (report.distinct_states == count));
        held.insert(report.distinct_states);
        if (report.distinct_states < count)
            continue;
        options.resume = true;
        options.limits.memory_bytes_max = 0;
        check_same(search(model), search(model, options));
    }
    CHECK(held.size() >= 2); // none, some, perhaps all
    CHECK(held.contains(0));
}

TEST_CASE("what a limit cuts off is not cut off in the checkpoint, whatever else ended the search") {
    const tests::ScriptedModel model = many_beginnings(1000);
    const Folder folder;
    SearchOptions options = saving_to(folder);
    const std::atomic<bool> interrupt = true;
    options.interrupt = &interrupt;
    options.limits.states_max = 10;
    CHECK_FALSE(search(model, options).exhaustive);
    options.interrupt = nullptr;
    options.limits.states_max = 0;
    options.resume = true;
    check_same(search(model), search(model, options));
}

TEST_CASE("a search that hits a limit goes on where it was, with any number of workers") {
    const textbook::TwoPhaseCommit model(6, 4);
    const Report whole = search(model);
    for (const unsigned workers : {1U, 2U}) {
        const Folder folder;
        SearchOptions options = saving_to(folder, workers);
        options.limits.states_max = 3000;
        CHECK(search(model, options).limit == "states");
        options.resume = true;
        options.limits.states_max = 30000;
        CHECK(search(model, options).limit == "states");
        options.limits.states_max = 0;
        options.workers = 3 - workers;
        const Report resumed = search(model, options);
        CHECK(resumed.checkpoint_failure.empty());
        check_same(whole, resumed);
    }
}

TEST_CASE("killed at any moment, resumed, and the result is that of an uninterrupted search") {
    const textbook::Ring model(8);
    const Report whole = search(model);
    const Folder folder;
    unsigned resumed_count = 0;
    for (unsigned attempt = 0; attempt < 12; ++attempt) {
        SearchOptions options = saving_to(folder);
        options.resume = std::filesystem::exists(folder.file());
        resumed_count += options.resume ? 1 : 0;
        const pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            (void)search(model, options);
            _exit(0);
        }
        usleep(2000 + 3000 * attempt);
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
    }
    SearchOptions options = saving_to(folder);
    options.resume = std::filesystem::exists(folder.file());
    check_same(whole, search(model, options));
    MESSAGE("killed 12 times, resumed ", resumed_count, " times");
}

TEST_CASE("after a resumption the observer has seen every state, and what was found in other ways is found again") {
    struct Counter {
        std::array<std::atomic<std::uint64_t>, 2> seen{};
        void observe(unsigned worker, std::span<const char* const>, PropertyBits) { ++seen[worker]; }
    };
    const textbook::TwoPhaseCommit model(5, 3); // too few votes: a violation, in several ways
    SearchOptions whole_options;
    whole_options.paths_max = 4;
    const Report whole = search(model, whole_options);
    REQUIRE(whole.verdicts[0].more.size() >= 2);
    for (const std::uint64_t states : {500U, 3000U, 6000U}) {
        const Folder folder;
        SearchOptions options = saving_to(folder);
        options.paths_max = 4;
        options.limits.states_max = states;
        CHECK(search(model, options).limit == "states");
        options.resume = true;
        options.limits.states_max = 0;
        options.workers = 2;
        Counter counter;
        const Report resumed = search(model, options, counter);
        check_same(whole, resumed);
        CHECK(counter.seen[0] + counter.seen[1] == resumed.distinct_states);
        REQUIRE(resumed.verdicts[0].more.size() == whole.verdicts[0].more.size());
        for (std::size_t i = 0; i < whole.verdicts[0].more.size(); ++i)
            CHECK(resumed.verdicts[0].more[i].firings == whole.verdicts[0].more[i].firings);
        options.paths_max = 2;
        try {
            (void)search(model, options);
            FAIL("resumed with other options");
        } catch (const CheckpointError& error) {
            CHECK(std::string(error.what()).find("'paths = 4', this one says 'paths = 2'") != std::string::npos);
        }
    }
}

TEST_CASE("a checkpoint that is missing, damaged, cut short, or of another search is refused") {
    const Folder folder;
    SearchOptions options = saving_to(folder);
    options.resume = true;
    CHECK(refusal(options).find("cannot read") != std::string::npos);
    options.resume = false;
    options.limits.states_max = 2000;
    CHECK(refusal(options).empty());
    options.resume = true;
    const std::string good = contents(folder.file());
    REQUIRE(good.size() > 1000);
    for (const std::size_t at : {std::size_t{0}, std::size_t{9}, good.size() / 2, good.size() - 1}) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 4);
        overwrite(folder.file(), bad);
        CHECK(refusal(options).find("its checksum is wrong") != std::string::npos);
    }
    for (const std::size_t size : {std::size_t{0}, std::size_t{7}, good.size() / 3, good.size() - 1}) {
        overwrite(folder.file(), good.substr(0, size));
        CHECK(refusal(options).find("is damaged") != std::string::npos);
    }
    overwrite(folder.file(), good);
    options.identity = "another test";
    CHECK(refusal(options).find("it is of another search: where it says 'a test") != std::string::npos);
    options.identity = "a test";
    CHECK_THROWS_AS((void)search(textbook::TwoPhaseCommit(6), options), CheckpointError);
    CHECK(refusal(options).empty());
}

TEST_CASE("content that contradicts itself is refused although its checksum is right") {
    const Folder folder;
    SearchOptions options = saving_to(folder);
    options.limits.states_max = 500;
    CHECK(refusal(options).empty());
    const std::string good = contents(folder.file());
    options.resume = true;
    unsigned refused = 0;
    for (std::size_t at = 8; at + 16 < good.size(); at += good.size() / tests::rounds(97)) {
        std::string bad = good.substr(0, good.size() - ContentHash::bytes_count);
        bad[at] = static_cast<char>(bad[at] ^ 0x41);
        const std::string path = folder.path() + "/rewritten";
        engine::CheckedWriter writer(path);
        writer.items(std::span<const char>(bad));
        writer.commit();
        std::filesystem::rename(path, folder.file());
        refused += refusal(options).empty() ? 0 : 1; // what is not refused must at least not crash
    }
    CHECK(refused > tests::rounds(30));
}

TEST_CASE("no disk, no checkpoint, but a result that says so") {
    SearchOptions options;
    options.checkpoint_dir = "/nonexistent folder";
    options.identity = "a test";
    options.checkpoint_seconds = 0;
    const Report report = search(textbook::TwoPhaseCommit(3), options);
    CHECK(report.exhaustive);
    CHECK(report.checkpoint_failure.find("cannot write") != std::string::npos);
}

TEST_CASE("a checkpoint is resumed or removed, never begun over; and one search at a time has its folder") {
    const Folder folder;
    SearchOptions options = saving_to(folder);
    options.limits.states_max = 500;
    CHECK(refusal(options).empty());
    const std::string saved = contents(folder.file());
    CHECK(refusal(options).find("is there already: resume it, or remove it to begin anew") != std::string::npos);
    CHECK(contents(folder.file()) == saved);
    options.resume = true;
    {
        const FileLock rival(folder.path() + "/search.lock");
        CHECK_THROWS_AS((void)search(textbook::TwoPhaseCommit(5), options), WriteError);
    }
    CHECK(refusal(options).empty());
}
