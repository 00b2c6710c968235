// Runs a libFuzzer target without libFuzzer, so that every compiler and every test run exercises it: first the
// corpus as it is, then mutants of it. A mutant depends on (seed, run number) only, and a crash prints both.
// Knows nothing of the target but its entry point.
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t input_bytes_max = std::size_t{1} << 16;

// What the signal handler prints: set before each input.
char position_text[128] = "before the first input\n";

void print_position(int signal) {
    [[maybe_unused]] const auto written = write(STDERR_FILENO, position_text, std::strlen(position_text));
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t bound) {
    return static_cast<std::size_t>(random() % bound); // mt19937_64 and % are the same everywhere
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        std::fprintf(stderr, "cannot read %s\n", path.c_str());
        std::exit(2);
    }
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// The files named and those in the folders named, sorted, so that the same corpus gives the same mutants.
std::vector<std::string> read_corpus(const std::vector<std::filesystem::path>& places) {
    std::vector<std::filesystem::path> files;
    for (const auto& place : places) {
        if (!std::filesystem::is_directory(place)) {
            files.push_back(place);
            continue;
        }
        for (const auto& entry : std::filesystem::recursive_directory_iterator(place)) {
            if (entry.is_regular_file())
                files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    std::vector<std::string> inputs;
    std::ranges::transform(files, std::back_inserter(inputs), read_file);
    return inputs;
}

void mutate_once(Random& random, std::string& input, const std::vector<std::string>& corpus) {
    static const char* const tokens[] = {"0",    "-1",   "9223372036854775808",
                                         "null", "true", "{}",
                                         "[]",   "\"\"", "1e9",
                                         ",",    ":",    "{",
                                         "}",    "[",    "]",
                                         "\"",   "\\",   "\xff"};
    const std::size_t at = below(random, input.size() + 1);
    const std::size_t length = std::min(input.size() - at, 1 + below(random, 16));
    switch (below(random, 6)) {
    case 0:
        if (at < input.size())
            input[at] = static_cast<char>(input[at] ^ static_cast<char>(1U << below(random, 8)));
        break;
    case 1:
        input.erase(at, length);
        break;
    case 2:
        input.insert(at, tokens[below(random, std::size(tokens))]);
        break;
    case 3:
        input.insert(below(random, input.size() + 1), input.substr(at, length));
        break;
    case 4:
        input.insert(at, 1, static_cast<char>(below(random, 256)));
        break;
    default:
        if (!corpus.empty()) {
            const std::string& other = corpus[below(random, corpus.size())];
            input.replace(at, std::string::npos, other, std::min(at, other.size()));
        }
        break;
    }
}

std::string mutant(std::uint64_t seed, std::uint64_t run, const std::vector<std::string>& corpus) {
    Random random(seed * 0x9e3779b97f4a7c15U + run);
    std::string input = corpus.empty() ? std::string() : corpus[below(random, corpus.size())];
    for (std::size_t left = 1 + below(random, 8); left > 0; --left)
        mutate_once(random, input, corpus);
    input.resize(std::min(input.size(), input_bytes_max));
    return input;
}

// A copy of exactly the input's size, so that a sanitizer sees a read past its end.
void feed(const std::string& input) {
    const std::vector<std::uint8_t> bytes(input.begin(), input.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

} // namespace

// [--seed S] [--first N] [--runs N] [file or folder]...
int main(int argc, char** argv) {
    std::uint64_t seed = 1;
    std::uint64_t first = 0;
    std::uint64_t runs = 20000;
    std::vector<std::filesystem::path> places;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        std::uint64_t* const number = argument == "--seed"    ? &seed
                                      : argument == "--first" ? &first
                                      : argument == "--runs"  ? &runs
                                                              : nullptr;
        if (number == nullptr)
            places.emplace_back(argument);
        else if (++i < argc)
            *number = std::strtoull(argv[i], nullptr, 10);
    }
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGILL, SIGBUS})
        std::signal(signal, print_position);
    const std::vector<std::string> corpus = read_corpus(places);
    for (std::size_t i = 0; i < corpus.size(); ++i) {
        std::snprintf(position_text, sizeof position_text, "crashed on corpus file %zu (in sorted order)\n", i);
        feed(corpus[i]);
    }
    for (std::uint64_t run = first; run < first + runs; ++run) {
        std::snprintf(position_text, sizeof position_text, "crashed; again: --seed %llu --first %llu --runs 1\n",
                      static_cast<unsigned long long>(seed), static_cast<unsigned long long>(run));
        feed(mutant(seed, run, corpus));
    }
    std::printf("%zu corpus files and %llu mutants: no crash\n", corpus.size(), static_cast<unsigned long long>(runs));
    return 0;
}
