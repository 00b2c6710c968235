// One connection for each question.
// Knows no command line.
#include "checker/cli/node/operator.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "impl/runtime/address.hpp"
#include "impl/runtime/node.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace mdcd::checker::cli::node {
namespace {

constexpr std::size_t answer_bytes_max = 1U << 16U;
constexpr timeval patience{.tv_sec = 10, .tv_usec = 0};

class Socket {
public:
    explicit Socket(const std::string& path) : descriptor_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.c_str(), path.size()); // parse_address has seen to its length
        ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        connected_ = ::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~Socket() { ::close(descriptor_); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    [[nodiscard]] bool say(const std::string& words) const {
        return connected_ &&
               ::send(descriptor_, words.data(), words.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(words.size());
    }
    [[nodiscard]] std::string hear() const {
        std::string answer;
        std::array<char, 4096> piece{};
        for (ssize_t count = 0;
             answer.size() < answer_bytes_max && (count = ::recv(descriptor_, piece.data(), piece.size(), 0)) > 0;)
            answer.append(piece.data(), static_cast<std::size_t>(count));
        return answer;
    }

private:
    int descriptor_;
    bool connected_ = false;
};

} // namespace

std::vector<std::string> processes_in(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (std::filesystem::exists(entry.path() / "state.db"))
            names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    if (names.empty())
        throw traces::FileError(folder, "", "holds no process; expected the folder of a run (mdcd run --dir)");
    return names;
}

std::optional<traces::Value> ask(const std::string& folder, const std::string& process, const std::string& words) {
    const std::string own = folder + "/" + process;
    std::string path;
    try {
        path = impl::runtime::parse_address(impl::runtime::operator_address, own).path;
    } catch (const impl::runtime::AddressError& error) {
        throw traces::FileError(own, "", error.what());
    }
    const Socket socket(path);
    if (!socket.say(words + "\n"))
        return std::nullopt;
    const std::string answer = socket.hear();
    if (!answer.ends_with('\n'))
        return std::nullopt;
    return traces::parse_json(answer, own + "/operator.sock");
}

} // namespace mdcd::checker::cli::node
