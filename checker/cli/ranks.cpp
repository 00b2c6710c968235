// MPI is behind checker/distributed/mpi; what is here compiles without it, too.
// Knows no search.
#include "checker/cli/ranks.hpp"

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string_view>

#include "checker/cli/usage_error.hpp"

#ifdef MDCD_HAS_MPI
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>

#include "checker/cli/build_identity.hpp"
#include "checker/cli/interrupt.hpp"
#include "checker/cli/text_table.hpp"
#include "checker/distributed/mpi/mpi_world.hpp"
#include "checker/distributed/wire.hpp"
#endif

namespace mdcd::checker::cli {

#ifdef MDCD_HAS_MPI

namespace {

std::unique_ptr<distributed::mpi::MpiWorld>& joined() {
    static std::unique_ptr<distributed::mpi::MpiWorld> world;
    return world;
}

int heard_again = -1; // where standard error went

void be_silent() {
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    heard_again = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (nowhere < 0)
        return;
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    close(nowhere);
}

} // namespace

void Ranks::join(std::string_view command) {
    if (!distributed::mpi::MpiWorld::was_launched())
        return;
    setenv("NO_COLOR", "1", 0); // mpirun hands on what is printed: it looks like a terminal, and need not be one
    (void)build_identity();     // before there are Open MPI's plug-ins, which are others in each run
    joined() = distributed::mpi::MpiWorld::join(interrupt_flag());
    if (!leads())
        be_silent();
    if (joined() != nullptr && command != "check")
        throw UsageError("only `mdcd check` runs on several ranks; start this without mpirun, or with -n 1");
}

distributed::World* Ranks::world() {
    return joined().get();
}

bool Ranks::leads() {
    return joined() == nullptr || joined()->rank() == 0;
}

unsigned Ranks::neighbours() {
    return joined() == nullptr ? 1 : joined()->neighbours();
}

void Ranks::give_up(int exit_code, const std::function<void()>& tell) {
    if (joined() == nullptr)
        return tell();
    if (!leads()) { // what all find wrong is told by rank 0, which ends this one
        std::this_thread::sleep_for(std::chrono::seconds(3));
        if (heard_again >= 0)
            dup2(heard_again, STDERR_FILENO);
        std::cerr << "mdcd: rank " << joined()->rank() << ": ";
    }
    tell();
    std::cerr.flush();
    joined()->end_all(exit_code);
}

int Ranks::leave(int exit_code) {
    const bool is_heard = leads();
    joined().reset();
    return is_heard ? exit_code : 0;
}

void Ranks::tell_of_traffic(std::uint64_t states) {
    if (joined() == nullptr)
        return;
    const distributed::mpi::MpiWorld::Traffic here = joined()->traffic();
    distributed::Writer mine;
    mine.number(here.bytes_sent);
    mine.number(static_cast<std::uint64_t>(here.seconds_waiting * 1e3));
    std::uint64_t bytes = 0;
    std::uint64_t milliseconds = 0;
    for (const std::string& each : joined()->gather(mine.take())) {
        distributed::Reader in(each);
        bytes += in.number();
        milliseconds += in.number();
    }
    if (!leads())
        return;
    std::cerr << "mdcd: " << joined()->size() << " ranks sent " << grouped(bytes) << " bytes, "
              << decimal(static_cast<double>(bytes) / static_cast<double>(std::max<std::uint64_t>(states, 1)), 1)
              << " for each state, in " << grouped(here.meetings) << " meetings; a rank waited "
              << decimal(static_cast<double>(milliseconds) / 1e3 / joined()->size(), 2) << " s\n";
}

#else

// Each copy would take all memory, and write the same files.
void Ranks::join(std::string_view) {
    for (const char* const name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "MPI_LOCALNRANKS"}) {
        const char* const size = std::getenv(name);
        if (size != nullptr && std::string_view(size) != "1" && std::string_view(size) != "")
            throw UsageError("mpirun has started several copies of a build without MPI; build with -DMDCD_MPI=ON "
                             "(docs/distributed.md)");
    }
}

distributed::World* Ranks::world() {
    return nullptr;
}

bool Ranks::leads() {
    return true;
}

unsigned Ranks::neighbours() {
    return 1;
}

void Ranks::give_up(int, const std::function<void()>& tell) {
    tell();
}

int Ranks::leave(int exit_code) {
    return exit_code;
}

void Ranks::tell_of_traffic(std::uint64_t) {}

#endif

} // namespace mdcd::checker::cli
