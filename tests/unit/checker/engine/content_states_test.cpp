// States kept as bytes (engine/content_states.hpp) against the same model by its slot, as any model is searched: the
// same counts, verdicts, and the very same runs, for any number of workers, with limits, renamings and checkpoints.
#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <string_view>
#include <vector>

#include "checker/checkpoint_error.hpp"
#include "checker/plain_model.hpp"
#include "checker/random.hpp"
#include "tests/support/rounds.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace mdcd::checker;
using mdcd::tests::ScratchFolder;

namespace {

// A random graph of texts whose lengths differ, or do not; what leads where is a hash of the text.
struct RandomTexts {
    using State = std::string;
    std::uint64_t seed = 0;
    bool mixed = false;
    std::uint64_t fails_one_in = 0; // of decode, judge and successors; 0: never
    std::vector<std::string> names = {"first", "second", "third"};
    std::vector<std::string> points = {"even", "low"};
    std::vector<Property> claims = {{"always", PropertyKind::always, "."},
                                    {"often", PropertyKind::always, "."},
                                    {"some", PropertyKind::reachable, "."},
                                    {"never", PropertyKind::reachable, "."}};

    [[nodiscard]] std::uint64_t word(std::string_view text, std::uint64_t salt) const {
        std::uint64_t word = seed * 64 + salt;
        for (const char each : text)
            word = stir(word * 257 + static_cast<unsigned char>(each));
        return word;
    }
    [[nodiscard]] bool fails(const State& state, std::uint64_t salt) const {
        return fails_one_in > 0 && word(state, salt) % fails_one_in == 0;
    }
    [[nodiscard]] State text(std::uint64_t number) const {
        std::string text = std::to_string(number % (300 + seed % 7 * 900));
        return mixed ? text : std::string(5 - text.size(), '.') + text;
    }
    [[nodiscard]] std::span<const std::string> step_names() const { return names; }
    [[nodiscard]] std::vector<State> initial_states() const {
        return {text(seed), text(seed + 1), text(seed)}; // one of them twice
    }
    void successors(const State& state, StepIndex step, std::vector<State>& next) const {
        if (fails(state, 40U + step))
            throw std::runtime_error("no successor");
        const std::uint64_t drawn = word(state, step);
        for (std::uint64_t i = 0; i < drawn % 3; ++i)
            next.push_back((drawn >> i & 8) != 0 ? state : text(stir(drawn + i)));
    }
    [[nodiscard]] std::string encode(const State& state) const { return state; }
    [[nodiscard]] State decode(std::string_view bytes) const {
        if (fails(State(bytes), 50))
            throw std::runtime_error("no state");
        return State(bytes);
    }
    [[nodiscard]] std::span<const Property> properties() const { return claims; }
    [[nodiscard]] PropertyBits judge(const State& state) const {
        if (fails(state, 51))
            throw std::runtime_error("no judgement");
        const std::uint64_t drawn = word(state, 52);
        return (drawn % 400 != 0 ? 1U : 0U) | (drawn % 30 != 1 ? 2U : 0U) | (drawn % 90 == 2 ? 4U : 0U);
    }
    [[nodiscard]] bool is_final(const State& state) const { return word(state, 53) % 4 != 0; }
    [[nodiscard]] std::span<const std::string> coverage_points() const { return points; }
    [[nodiscard]] std::uint64_t passed(const State& from, const State& to) const { return word(from + to, 54) % 4; }
};

// Letters that may be turned: names of things that are alike.
struct Wheel {
    using State = std::string;
    std::uint64_t seed = 0;
    std::vector<Property> claims = {{"full", PropertyKind::reachable, "."}, {"low", PropertyKind::always, "."}};
    [[nodiscard]] std::vector<State> initial_states() const { return {"aaaaaa"}; }
    void successors(const State& state, std::vector<State>& next) const {
        for (std::size_t at = 0; at < state.size(); ++at) {
            State other = state;
            const char before = state[(at + 1) % state.size()];
            other[at] = static_cast<char>('a' + stir(seed + static_cast<std::uint64_t>(state[at] * 4 + before)) % 4);
            next.push_back(other);
        }
    }
    [[nodiscard]] std::string encode(const State& state) const { return state; }
    [[nodiscard]] State decode(std::string_view bytes) const { return State(bytes); }
    [[nodiscard]] std::span<const Property> properties() const { return claims; }
    [[nodiscard]] PropertyBits judge(const State& state) const {
        unsigned sum = 0;
        for (const char each : state)
            sum += static_cast<unsigned>(each - 'a');
        return (sum == 12 ? 1U : 0U) | (sum < 15 ? 2U : 0U);
    }
    [[nodiscard]] std::vector<Renaming> renamings() const { return {0, 1, 2, 3, 4, 5}; }
    [[nodiscard]] State renamed(Renaming renaming, const State& state) const {
        return state.substr(renaming) + state.substr(0, renaming);
    }
};

// As any model is searched.
template <class S> Report by_slot(const PlainModel<S>& model, const SearchOptions& options) {
    NoObserver nobody;
    engine::ModelBinding<PlainModel<S>, NoObserver> binding(model, nobody);
    return engine::explore(binding, options);
}

void expect_same_path(const Path& found, const Path& expected) {
    CHECK(found.initial == expected.initial);
    CHECK(found.firings == expected.firings);
}

void expect_same_report(const Report& found, const Report& expected) {
    CHECK(found.distinct_states == expected.distinct_states);
    CHECK(found.transitions == expected.transitions);
    CHECK(found.followed == expected.followed);
    CHECK(found.depth == expected.depth);
    CHECK(found.dead_ends == expected.dead_ends);
    CHECK(found.coverage == expected.coverage);
    CHECK(found.exhaustive == expected.exhaustive);
    CHECK(found.limit == expected.limit);
    REQUIRE(found.verdicts.size() == expected.verdicts.size());
    for (std::size_t i = 0; i < found.verdicts.size(); ++i) {
        const PropertyVerdict& here = found.verdicts[i];
        const PropertyVerdict& there = expected.verdicts[i];
        CAPTURE(here.property);
        CHECK(here.verdict == there.verdict);
        CHECK(here.reason == there.reason);
        REQUIRE(here.path.has_value() == there.path.has_value());
        if (here.path)
            expect_same_path(*here.path, *there.path);
        REQUIRE(here.more.size() == there.more.size());
        for (std::size_t path = 0; path < here.more.size(); ++path)
            expect_same_path(here.more[path], there.more[path]);
    }
}

template <class S> Report compare_with_slots(const PlainModel<S>& model, SearchOptions options = {}) {
    const Report expected = by_slot(model, options);
    for (const unsigned workers : {1U, 2U, 3U}) {
        CAPTURE(workers);
        options.workers = workers;
        expect_same_report(search(model, options), expected);
    }
    return expected;
}

} // namespace

TEST_CASE("states as bytes: a hundred and twenty random graphs, as by their slot") {
    unsigned large = 0;
    unsigned verdicts[6] = {};
    for (std::uint64_t seed = 0; seed < mdcd::tests::rounds(120); ++seed) {
        CAPTURE(seed);
        const PlainModel model{RandomTexts{.seed = seed, .mixed = seed % 2 == 1}};
        SearchOptions options;
        options.paths_max = seed % 3 == 0 ? 4 : 1;
        options.stop_when_decided = seed % 5 == 0;
        options.limits.states_max = seed % 7 == 0 ? 100 : 0;
        const Report report = compare_with_slots(model, options);
        large += report.distinct_states >= 200 ? 1 : 0;
        for (const PropertyVerdict& verdict : report.verdicts)
            ++verdicts[static_cast<std::size_t>(verdict.verdict)];
    }
    CHECK(large >= mdcd::tests::rounds(30));
    for (const Verdict verdict : {Verdict::holds, Verdict::violated, Verdict::reached, Verdict::not_reached})
        CHECK(verdicts[static_cast<std::size_t>(verdict)] >= mdcd::tests::rounds(12));
}

TEST_CASE("states as bytes: what fails, fails in the same state and for the same reason") {
    unsigned failed = 0;
    for (std::uint64_t seed = 0; seed < mdcd::tests::rounds(60); ++seed) {
        CAPTURE(seed);
        const PlainModel model{RandomTexts{.seed = seed, .mixed = seed % 2 == 1, .fails_one_in = 40}};
        const Report report = compare_with_slots(model);
        failed += report.exhaustive ? 0 : 1;
    }
    CHECK(failed >= mdcd::tests::rounds(12));
}

TEST_CASE("states as bytes: up to renaming, one of each orbit, and the same one") {
    for (std::uint64_t seed = 0; seed < mdcd::tests::rounds(12); ++seed) {
        CAPTURE(seed);
        const PlainModel model{Wheel{.seed = seed}};
        SearchOptions options;
        options.use_renamings = true;
        const Report reduced = compare_with_slots(model, options);
        CHECK(reduced.exhaustive);
        const Report whole = compare_with_slots(model);
        CHECK(reduced.distinct_states <= whole.distinct_states);
        for (std::size_t i = 0; i < whole.verdicts.size(); ++i)
            CHECK(reduced.verdicts[i].verdict == whole.verdicts[i].verdict);
    }
}

TEST_CASE("states as bytes: a search that was left goes on from its checkpoint to the same end") {
    for (std::uint64_t seed = 0; seed < mdcd::tests::rounds(12); ++seed) {
        CAPTURE(seed);
        const PlainModel model{RandomTexts{.seed = seed, .mixed = seed % 2 == 1}};
        const Report whole = search(model);
        const ScratchFolder folder;
        SearchOptions options;
        options.checkpoint_dir = folder.path("");
        options.checkpoint_seconds = 0;
        options.identity = "texts";
        options.limits.states_max = std::max<std::uint64_t>(1, whole.distinct_states / 2);
        const Report half = search(model, options);
        options.limits.states_max = 0;
        options.resume = true;
        options.workers = 2;
        Report resumed = search(model, options);
        resumed.limit = whole.limit;
        expect_same_report(resumed, whole);
        CHECK_THROWS_AS(static_cast<void>(by_slot(model, options)), CheckpointError); // kept in another way
        CHECK_THROWS_AS(
            static_cast<void>(search(PlainModel{RandomTexts{.seed = seed + 1, .mixed = seed % 2 == 1}}, options)),
            CheckpointError);
    }
}

TEST_CASE("states as bytes: an observer is shown each state once, with what is said of it") {
    struct Sum {
        std::atomic<std::uint64_t> states = 0;
        std::atomic<std::uint64_t> bits = 0;
        void observe(unsigned, std::span<const PlainModel<RandomTexts>::Summary* const> summaries, PropertyBits said) {
            CHECK(summaries.size() == 1);
            CHECK(summaries[0]->bits == said);
            ++states;
            bits += said;
        }
    };
    const PlainModel model{RandomTexts{.seed = 5}};
    Sum one;
    Sum three;
    SearchOptions options;
    const Report report = search(model, options, one);
    options.workers = 3;
    static_cast<void>(search(model, options, three));
    CHECK(one.states == report.distinct_states);
    CHECK(three.states == report.distinct_states);
    CHECK(one.bits == three.bits);
}

TEST_CASE("states as bytes: successors that hear of more than the state are found out") {
    struct Restless : RandomTexts {
        static std::uint64_t next_word() {
            static std::atomic<std::uint64_t> word = 0;
            return ++word;
        }
        void successors(const State& state, StepIndex, std::vector<State>& next) const {
            next.push_back(text(state == "....3" ? 4 : next_word()));
        }
    };
    const Report report = search(PlainModel{Restless{{.seed = 3}}});
    CHECK(report.verdicts[0].verdict == Verdict::error);
    CHECK(report.verdicts[0].reason.find("not deterministic") != std::string::npos);
}

namespace {

struct UpTo {
    using State = std::uint32_t;
    std::uint32_t last = 0;
    [[nodiscard]] std::vector<State> initial_states() const { return {0}; }
    void successors(const State& state, std::vector<State>& next) const {
        for (std::uint32_t i = 1; i <= 2 && state + i <= last; ++i)
            next.push_back(state + i);
    }
    [[nodiscard]] std::string encode(const State& state) const {
        return {static_cast<char>(state), static_cast<char>(state >> 8), static_cast<char>(state >> 16),
                static_cast<char>(state >> 24)};
    }
    [[nodiscard]] State decode(std::string_view bytes) const {
        State state = 0;
        for (std::size_t i = 4; i-- > 0;)
            state = state << 8 | static_cast<unsigned char>(bytes[i]);
        return state;
    }
    [[nodiscard]] std::span<const Property> properties() const { return {}; }
    [[nodiscard]] PropertyBits judge(const State&) const { return 0; }
};

} // namespace

TEST_CASE("states as bytes: at most twenty bytes a state of four") {
    for (const std::uint32_t last : {20'000U, 65'536U, 150'000U}) {
        const Report report = search(PlainModel{UpTo{last}});
        CHECK(report.distinct_states == last + 1);
        CHECK(static_cast<double>(report.store_bytes) / static_cast<double>(report.distinct_states) <= 20);
    }
}

TEST_CASE("states as bytes: a limit on memory is kept, and met at the same state by any workers") {
    SearchOptions options;
    options.limits.memory_bytes_max = 3'000'000;
    std::uint64_t states = 0;
    for (const unsigned workers : {1U, 2U}) {
        options.workers = workers;
        const Report report = search(PlainModel{UpTo{1'000'000}}, options);
        CHECK(report.limit == "memory");
        CHECK(report.store_bytes <= options.limits.memory_bytes_max);
        CHECK(report.distinct_states > 50'000);
        states = report.distinct_states;
    }
    CHECK(states < 1'000'000);
}
