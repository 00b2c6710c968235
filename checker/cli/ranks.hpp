// Several copies of this program that mpirun has started: who they are, and what each may take of its machine.
// In a build without MPI there are none.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "checker/distributed/world.hpp"

namespace mdcd::checker::cli {

class Ranks {
public:
    // Once, at the beginning. Only rank 0 is heard from then on: the outputs of the others go nowhere.
    // Throws UsageError if mpirun has started several copies for a command that is not for several, or of a build
    // without MPI.
    static void join(std::string_view command);

    // Null: this process is alone.
    [[nodiscard]] static distributed::World* world();
    [[nodiscard]] static bool leads(); // a process that is alone does
    // So many share this machine.
    [[nodiscard]] static unsigned neighbours();

    // After an exception on this rank: whatever `tell` prints is heard. Ends all ranks.
    static void give_up(int exit_code, const std::function<void()>& tell);
    // The end of main. Returns the exit code: of all ranks only that of rank 0 says something.
    [[nodiscard]] static int leave(int exit_code);

    // What went from rank to rank, on standard error. On all ranks; `states`: distinct.
    static void tell_of_traffic(std::uint64_t states);
};

} // namespace mdcd::checker::cli
