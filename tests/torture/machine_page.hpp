// The test's end of the page of faults: begins a trouble of one disk, ends it, moves the clocks, and reads how often
// it has hit. Header only; knows no process.
#pragma once

#include <algorithm>
#include <new>
#include <stdexcept>
#include <string>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/torture/faults_of_machines.hpp"

namespace mdcd::tests::torture {

class MachinePage {
public:
    explicit MachinePage(std::string path) : path_(std::move(path)) {
        const int file = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        const bool sized = file >= 0 && ::ftruncate(file, sizeof(MachineFaults)) == 0;
        void* const page =
            sized ? ::mmap(nullptr, sizeof(MachineFaults), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) : MAP_FAILED;
        if (file >= 0)
            ::close(file);
        if (page == MAP_FAILED)
            throw std::runtime_error(path_ + ": cannot be mapped");
        faults_ = new (page) MachineFaults{};
    }
    ~MachinePage() { ::munmap(faults_, sizeof(MachineFaults)); }
    MachinePage(const MachinePage&) = delete;
    MachinePage& operator=(const MachinePage&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }

    void begin(const std::string& process, Trouble trouble, std::uint32_t slow_ms) {
        for (std::size_t each = 0; each < faults_->name.size(); ++each)
            faults_->name[each] = each < process.size() ? process[each] : '\0';
        faults_->slow_ms = slow_ms;
        faults_->trouble = static_cast<std::uint32_t>(trouble);
    }
    void end() { faults_->trouble = static_cast<std::uint32_t>(Trouble::none); }
    [[nodiscard]] std::uint64_t hits(Trouble trouble) const {
        return trouble == Trouble::full_disk     ? faults_->refused_writes
               : trouble == Trouble::failed_sync ? faults_->refused_syncs
                                                 : faults_->slow_syncs;
    }

    void move_clocks() {
        faults_->wrong_clocks = 0;
        ++faults_->jumps;
    }
    [[nodiscard]] std::uint64_t wrong_clocks() const { return faults_->wrong_clocks; }

private:
    std::string path_;
    MachineFaults* faults_ = nullptr;
};

} // namespace mdcd::tests::torture
