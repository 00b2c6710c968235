// What a model of one slot may offer beside BoundModel: its states and where they lead to without outcomes, summaries
// and records. Where every state is a value of its own there is nothing to remember, and making those would be most of
// the work. It must say the same as fire() and judge() do: what is asked by hand, is asked of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "checker/engine/short_bytes.hpp"
#include "checker/model.hpp"

namespace mdcd::checker::engine {

// The states that a step leads to, in the model's order; used again and again.
class Successors {
public:
    // `fired`: as Outcome::fired.
    void add(std::string_view bytes, std::uint64_t fired) {
        if (bytes.size() > bytes_.size() - end_)
            bytes_.resize(2 * (end_ + bytes.size()));
        copy_bytes(bytes_.data() + end_, bytes);
        end_ += bytes.size();
        all_.push_back({.end = end_, .fired = fired});
    }
    void clear() {
        end_ = 0;
        all_.clear();
    }

    [[nodiscard]] std::size_t size() const { return all_.size(); }
    [[nodiscard]] std::string_view bytes(std::size_t index) const {
        const std::size_t begin = index == 0 ? 0 : all_[index - 1].end;
        return {bytes_.data() + begin, all_[index].end - begin};
    }
    [[nodiscard]] std::uint64_t fired(std::size_t index) const { return all_[index].fired; }
    friend bool operator==(const Successors& some, const Successors& others) {
        return some.all_ == others.all_ && some.whole() == others.whole();
    }

private:
    struct One {
        std::size_t end = 0; // in bytes_
        std::uint64_t fired = 0;
        friend bool operator==(const One&, const One&) = default;
    };
    [[nodiscard]] std::string_view whole() const { return {bytes_.data(), end_}; }

    std::vector<char> bytes_; // of all, and room for more
    std::size_t end_ = 0;     // of the last one
    std::vector<One> all_;
};

// Different workers may call it at the same time. Whatever the model throws, they throw as a ModelError; what an
// observer throws is passed on.
class DirectModel {
public:
    virtual ~DirectModel() = default;

    virtual void set_workers(unsigned workers) = 0;
    // The state that the worker's next calls are about.
    virtual void open(unsigned worker, std::string_view bytes) = 0;
    // Judges it, and shows it to the observer.
    virtual PropertyBits judge_opened(unsigned worker) = 0;
    // After judge_opened(). True if the model does not know.
    [[nodiscard]] virtual bool opened_is_final(unsigned worker) const = 0;
    // Adds where a step leads to. What it has added is worth nothing if it throws.
    virtual void step_from_opened(unsigned worker, StepIndex step, Successors& next) = 0;
};

} // namespace mdcd::checker::engine
