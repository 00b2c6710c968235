// A program for the build: writes the copy of impl that holds all mutants.
// Knows no test: TREE LISTS TARGET come from tests/CMakeLists.txt.
#include <exception>
#include <iostream>

#include "checker/cli/mutate/mutated_copy.hpp"

int main(int argc, char** argv) {
    using namespace mdcd::checker::cli::mutate;
    if (argc != 4) {
        std::cerr << "usage: write_mutated_copy TREE LISTS TARGET\n";
        return 64;
    }
    try {
        (void)write_mutated_copy(argv[1], "impl", read_mutants(argv[2]), argv[3]);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 65;
    }
}
