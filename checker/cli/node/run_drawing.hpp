// A run of a real system as a trace document: events of its processes in an order that fits their causes, of which a
// window is kept. One step of a process is an event for its input and one for each thing that its application wanted.
// Knows no renderer and no command line.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/cli/node/run_event.hpp"
#include "checker/cli/node/run_merge.hpp"
#include "traces/document.hpp"

namespace mdcd::checker::cli::node {

struct DrawingWindow {
    std::uint64_t first = 0;  // event, from 1; 0: the last ones
    std::uint64_t count = 40; // at most so many
    std::string around;       // not empty: from a little before the first event, from `first` on, of that name
};

class RunDrawing : public RunObserver {
public:
    // `merge` must outlive it.
    RunDrawing(const RunMerge& merge, DrawingWindow window);

    void saw(const MergedStep& step) override;

    // `wrong`: why the run was not followed to its end, a finding of that kind; "" if it was.
    [[nodiscard]] traces::Trace trace(const std::string& kind, const std::string& wrong) const;

    // Whether an event of the name was found; the names that occur.
    [[nodiscard]] bool found() const { return window_.around.empty() || found_at_ > 0; }
    [[nodiscard]] std::vector<std::string> names() const;

private:
    struct Known { // of a process, after its last step
        impl::runtime::StateSummary state;
        impl::Incarnation entered = 0;
    };
    [[nodiscard]] std::string entered(const MergedStep& step);
    void look_for(const std::vector<std::string>& names);
    void keep(RunEvent&& event, std::size_t position);
    [[nodiscard]] traces::Value initial_state() const; // before the first event that is kept
    [[nodiscard]] std::string claim(bool to_the_end) const;

    const RunMerge& merge_;
    DrawingWindow window_;
    std::vector<Known> known_;
    struct Kept {
        traces::Step step;
        std::size_t position = 0;
        std::optional<impl::runtime::StateSummary> before; // if it carries the changes of its step
    };
    std::deque<Kept> events_; // the last of them is event `last_`
    std::uint64_t last_ = 0;
    std::uint64_t count_ = 0;    // of all events so far
    std::uint64_t found_at_ = 0; // event
    std::map<std::string, std::uint64_t> names_;
};

} // namespace mdcd::checker::cli::node
