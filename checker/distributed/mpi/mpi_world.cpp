// Every meeting is one message from each rank to each other rank: the size comes with it, so that a meeting takes one
// way through the network and not two. Who waits leaves the core to others, since ranks may share it.
#include "checker/distributed/mpi/mpi_world.hpp"

#include <mpi.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <limits>
#include <string_view>
#include <thread>

#include "checker/distributed/wire.hpp"
#include "checker/invariant.hpp"

namespace mdcd::checker::distributed::mpi {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_from(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

void expect_success(int result) {
    if (result == MPI_SUCCESS)
        return;
    std::array<char, MPI_MAX_ERROR_STRING> text{};
    int length = 0;
    MPI_Error_string(result, text.data(), &length);
    throw LostRank("the ranks can no longer speak to each other: " +
                   std::string(text.data(), static_cast<std::size_t>(length)));
}

// Of meetings: those that may be under way are two at most. And of what is said at the end of all.
constexpr int meeting_tags = 1 << 14;
constexpr int farewell_tag = meeting_tags;

} // namespace

// Waits a little, and a little longer each time.
class MpiWorld::Patience {
public:
    Patience(const std::atomic<bool>& interrupt, double seconds) : interrupt_(interrupt), seconds_(seconds) {}
    // True now and then: look whether anybody is gone.
    [[nodiscard]] bool wait() {
        constexpr unsigned spins = 64;
        constexpr unsigned yields = 1024;
        ++waits_;
        if (waits_ > spins + yields)
            std::this_thread::sleep_for(std::chrono::microseconds(50));
        else if (waits_ > spins)
            std::this_thread::yield();
        if (waits_ % 64 != 0)
            return false;
        if (!interrupt_)
            return true;
        if (!is_interrupted_)
            interrupted_at_ = Clock::now();
        is_interrupted_ = true;
        if (seconds_from(interrupted_at_) > seconds_)
            throw LostRank("a rank is lost, or does not answer: the search cannot go on without the states that it "
                           "has");
        return true;
    }
    void heard() { waits_ = 0; }

private:
    const std::atomic<bool>& interrupt_;
    double seconds_;
    std::uint64_t waits_ = 0;
    bool is_interrupted_ = false;
    Clock::time_point interrupted_at_;
};

bool MpiWorld::was_launched() {
    for (const char* const name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMIX_RANK"})
        if (std::getenv(name) != nullptr)
            return true;
    return false;
}

std::unique_ptr<MpiWorld> MpiWorld::join(const std::atomic<bool>& interrupt) {
    if (!was_launched())
        return nullptr;
    std::unique_ptr<MpiWorld> world(new MpiWorld(interrupt));
    if (world->size() == 1)
        return nullptr;
    return world;
}

MpiWorld::MpiWorld(const std::atomic<bool>& interrupt) : interrupt_(interrupt) {
    int provided = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    int number = 0;
    expect_success(MPI_Comm_rank(MPI_COMM_WORLD, &number));
    rank_ = static_cast<unsigned>(number);
    expect_success(MPI_Comm_size(MPI_COMM_WORLD, &number));
    size_ = static_cast<unsigned>(number);
    MPI_Comm machine = MPI_COMM_NULL;
    expect_success(MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine));
    expect_success(MPI_Comm_size(machine, &number));
    neighbours_ = static_cast<unsigned>(number);
    expect_success(MPI_Comm_free(&machine));
}

MpiWorld::~MpiWorld() {
    if (!abandoned_)
        MPI_Finalize();
}

void MpiWorld::end_all(int exit_code) {
    MPI_Abort(MPI_COMM_WORLD, exit_code);
    std::_Exit(exit_code);
}

// Nobody waits for an answer: this rank goes to no meeting any more, and the messages may be under way when it ends.
void MpiWorld::abandon(const std::string& reason) {
    if (abandoned_)
        return;
    abandoned_ = true;
    Writer out;
    out.number(traffic_.meetings);
    out.text(reason);
    farewell_ = out.take();
    for (unsigned step = 1; step < size_; ++step) {
        MPI_Request sent = MPI_REQUEST_NULL;
        const auto to = static_cast<int>((rank_ + step) % size_);
        if (MPI_Isend(farewell_.data(), static_cast<int>(farewell_.size()), MPI_BYTE, to, farewell_tag, MPI_COMM_WORLD,
                      &sent) == MPI_SUCCESS)
            MPI_Request_free(&sent);
    }
}

// Who has abandoned the others has said so to each, and to how many meetings it came: there it has sent what it had to
// say, and what all found there together all find out themselves.
void MpiWorld::expect_nobody_gone() {
    int found = 0;
    MPI_Message message = MPI_MESSAGE_NULL;
    MPI_Status status;
    expect_success(MPI_Improbe(MPI_ANY_SOURCE, farewell_tag, MPI_COMM_WORLD, &found, &message, &status));
    if (found != 0) {
        int length = 0;
        expect_success(MPI_Get_count(&status, MPI_BYTE, &length));
        std::string bytes(static_cast<std::size_t>(length), '\0');
        expect_success(MPI_Mrecv(bytes.data(), length, MPI_BYTE, &message, MPI_STATUS_IGNORE));
        Reader in(bytes);
        Gone& gone = gone_.emplace_back();
        gone.rank = static_cast<unsigned>(status.MPI_SOURCE);
        gone.meetings = in.number();
        gone.reason = in.text();
    }
    for (const Gone& gone : gone_)
        if (gone.meetings < traffic_.meetings)
            throw LostRank("rank " + std::to_string(gone.rank) + " has given up: " + gone.reason);
}

std::vector<std::string> MpiWorld::exchange(const std::vector<std::string>& messages) {
    return meet([&](unsigned rank) -> const std::string& { return messages[rank]; });
}

std::vector<std::string> MpiWorld::gather(const std::string& bytes) {
    std::vector<std::string> all = meet([&](unsigned) -> const std::string& { return bytes; });
    all[rank_] = bytes;
    return all;
}

template <class MessageFor> std::vector<std::string> MpiWorld::meet(MessageFor message_for) {
    const int tag = static_cast<int>(traffic_.meetings++ % meeting_tags);
    const Clock::time_point start = Clock::now();
    std::vector<MPI_Request> sends;
    for (unsigned step = 1; step < size_; ++step) { // each begins with its neighbour, so that none is the first of all
        const unsigned to = (rank_ + step) % size_;
        const std::string& message = message_for(to);
        invariant(message.size() < std::numeric_limits<int>::max(), "a message between ranks is below 2 GB");
        traffic_.bytes_sent += message.size();
        expect_success(MPI_Isend(message.data(), static_cast<int>(message.size()), MPI_BYTE, static_cast<int>(to), tag,
                                 MPI_COMM_WORLD, &sends.emplace_back()));
    }
    std::vector<std::string> received(size_);
    Patience patience(interrupt_, is_patient_ ? long_grace_seconds : grace_seconds);
    for (unsigned missing = size_ - 1; missing > 0;) {
        int found = 0;
        MPI_Message message = MPI_MESSAGE_NULL;
        MPI_Status status;
        expect_success(MPI_Improbe(MPI_ANY_SOURCE, tag, MPI_COMM_WORLD, &found, &message, &status));
        if (found == 0) {
            if (patience.wait())
                expect_nobody_gone();
            continue;
        }
        int length = 0;
        expect_success(MPI_Get_count(&status, MPI_BYTE, &length));
        std::string& bytes = received[static_cast<std::size_t>(status.MPI_SOURCE)];
        bytes.resize(static_cast<std::size_t>(length));
        expect_success(MPI_Mrecv(bytes.data(), length, MPI_BYTE, &message, MPI_STATUS_IGNORE));
        patience.heard();
        --missing;
    }
    for (int done = 0; done == 0;) {
        expect_success(MPI_Testall(static_cast<int>(sends.size()), sends.data(), &done, MPI_STATUSES_IGNORE));
        if (done == 0 && patience.wait())
            expect_nobody_gone();
    }
    traffic_.seconds_waiting += seconds_from(start);
    return received;
}

} // namespace mdcd::checker::distributed::mpi
