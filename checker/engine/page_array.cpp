// Small blocks from the heap, others by mmap and mremap (Linux): to map and unmap takes longer than a small search.
// Blocks from a few huge pages on start at a huge page's boundary. Knows nothing of what is kept in it.
#include "checker/engine/page_array.hpp"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

#include <sys/mman.h>

namespace mdcd::checker::engine {
namespace {

constexpr std::size_t page = 4096;
constexpr std::size_t huge_page = std::size_t{1} << 21;

constexpr std::size_t cache_line = 64;
constexpr std::size_t heap_max = std::size_t{1} << 16;

bool is_of_heap(std::size_t bytes) {
    return bytes <= heap_max;
}

void* zeroed(std::size_t bytes) {
    void* const address = std::aligned_alloc(cache_line, bytes);
    if (address == nullptr)
        throw std::bad_alloc();
    return std::memset(address, 0, bytes);
}

bool is_large(std::size_t bytes) {
    return bytes >= 2 * huge_page;
}

void* map(std::size_t bytes) {
    void* const address = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (address == MAP_FAILED)
        throw std::bad_alloc();
    return address;
}

// Maps too much and gives both ends back.
void* map_at_boundary(std::size_t bytes) {
    char* const start = static_cast<char*>(map(bytes + huge_page));
    const std::size_t before = (huge_page - reinterpret_cast<std::uintptr_t>(start) % huge_page) % huge_page;
    if (before > 0)
        munmap(start, before);
    munmap(start + before + bytes, huge_page - before);
    return start + before;
}

} // namespace

void PageBlock::reserve(std::size_t bytes) {
    const std::size_t unit = is_large(bytes) ? huge_page : page;
    const std::size_t wanted = (bytes + unit - 1) / unit * unit;
    if (wanted <= bytes_)
        return;
    void* const fresh = is_of_heap(wanted) ? zeroed(wanted) : is_large(wanted) ? map_at_boundary(wanted) : map(wanted);
    if (is_of_heap(bytes_)) {
        if (data_ != nullptr)
            std::memcpy(fresh, data_, bytes_);
        release();
    } else if (mremap(data_, bytes_, wanted, MREMAP_MAYMOVE | MREMAP_FIXED, fresh) == MAP_FAILED) {
        munmap(fresh, wanted);
        throw std::bad_alloc();
    }
    data_ = fresh;
    bytes_ = wanted;
    if (is_large(wanted))
        madvise(data_, bytes_, MADV_HUGEPAGE); // only advice: without it all works, more slowly
}

void PageBlock::release() {
    if (is_of_heap(bytes_))
        std::free(data_); // or nothing
    else
        munmap(data_, bytes_);
    data_ = nullptr;
    bytes_ = 0;
}

} // namespace mdcd::checker::engine
