// The first string of another length makes all of them say where they begin.
// In checkpoints: one length, or all of them.
#include "checker/engine/content_array.hpp"

#include <new>
#include <span>

namespace mdcd::checker::engine {
namespace {

constexpr std::uint64_t many_lengths = ~std::uint64_t{0}; // in place of the one length, in a file
constexpr std::uint64_t looks_interval = 4096;            // strings between two looks at the clock

} // namespace

std::uint64_t ContentArray::extend(std::uint64_t count, const Lengths& lengths) {
    if (count == 0)
        return end_;
    if (lengths.total > end_max - 1 - end_)
        throw std::bad_alloc();
    if (count_ == 0)
        length_ = lengths.longest;
    if (!mixed_ && (lengths.shortest != length_ || lengths.longest != length_))
        mix();
    const std::uint64_t begin = end_;
    data_.reserve(end_ + lengths.total);
    if (mixed_)
        begins_.reserve((count_ + count + 1) * begin_bytes);
    count_ += count;
    end_ += lengths.total;
    if (mixed_)
        set_begin(count_, end_);
    return begin;
}

void ContentArray::mix() {
    begins_.reserve((count_ + 1) * begin_bytes);
    for (std::uint64_t number = 0; number <= count_; ++number)
        set_begin(number, number * length_);
    mixed_ = true;
}

void ContentArray::write(CheckedWriter& file, std::uint64_t count) const {
    file.number(mixed_ ? many_lengths : length_);
    if (mixed_)
        file.items(std::span<const unsigned char>(begins_.data(), (count + 1) * begin_bytes));
    file.items(std::span<const char>(data_.data(), mixed_ ? begin_of(count) : count * length_));
}

bool ContentArray::read(CheckedReader& file, std::uint64_t count, const std::function<void()>& look_at_clock) {
    length_ = file.number();
    mixed_ = length_ == many_lengths;
    if (mixed_) {
        begins_.reserve((count + 1) * begin_bytes);
        file.items(std::span<unsigned char>(begins_.data(), (count + 1) * begin_bytes));
        for (std::uint64_t number = 0; number < count; ++number) {
            if (number % looks_interval == 0)
                look_at_clock();
            if (begin_of(number) > begin_of(number + 1))
                return false;
        }
    } else if (count > 0 && length_ > file.bytes_left() / count) {
        return false;
    }
    end_ = mixed_ ? begin_of(count) : count * length_;
    if (end_ > file.bytes_left())
        return false;
    count_ = count;
    data_.reserve(end_);
    file.items(std::span<char>(data_.data(), end_));
    return true;
}

} // namespace mdcd::checker::engine
