// The plan of a space-time diagram.
// The widest words decide how far the processes stand apart, within bounds; longer ones are cut.
#include "traces/space_time.hpp"

#include <algorithm>

#include "traces/characters.hpp"
#include "traces/markup.hpp"

namespace mdcd::traces {

namespace {

constexpr double spacing_min = 112;
constexpr double spacing_max = 204;         // of many processes
constexpr double width_of_few = 800;        // few may stand further apart, if their words are long
constexpr double small_character_width = 6; // of the second line
constexpr double words_gap = 44;            // from a process line to the words, and from them to the next line

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

std::string in_words(const MessageEvent& event) {
    return event.label + (event.dirty ? " (dirty)" : "");
}

// "3 (dirty) to A1", "passed_AT(2) to S1, A1", "passed_AT(2) to 5"
std::string sending_words(const std::vector<MessageEvent>& sent) {
    std::vector<std::string> labels;
    std::vector<std::vector<std::string>> receivers;
    for (const MessageEvent& event : sent) {
        if (event.peer == device) {
            continue; // told in the second line
        }
        const std::string label = in_words(event);
        const auto at = static_cast<std::size_t>(std::ranges::find(labels, label) - labels.begin());
        if (at == labels.size()) {
            labels.push_back(label);
            receivers.emplace_back();
        }
        receivers[at].push_back(event.peer);
    }
    constexpr std::size_t names_max = 2;
    std::string text;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const bool few = receivers[i].size() <= names_max;
        text += (text.empty() ? "" : ", ") + labels[i] + " to " +
                (few ? listed(receivers[i]) : std::to_string(receivers[i].size()));
    }
    return text;
}

EventWords words_of(const Action& action, const Arrow* taken) {
    EventWords words;
    std::vector<std::string> second;
    if (taken != nullptr) {
        words.first = in_words(*action.taken);
        words.on_left = taken->from > taken->to;
        words.alarming = !taken->finding_kinds.empty();
        for (std::string kind : taken->finding_kinds) {
            std::ranges::replace(kind, '_', ' ');
            second.push_back(std::move(kind));
        }
    }
    if (const std::string sending = sending_words(action.sent); words.first.empty()) {
        words.first = sending;
    } else if (!sending.empty()) {
        second.push_back(sending);
    }
    if (std::string rollback = rollback_words(action); !rollback.empty()) {
        second.push_back(std::move(rollback));
    }
    std::vector<std::string> dropped;
    for (const Value& index : action.checkpoints_dropped) {
        dropped.push_back(to_text(index));
    }
    if (!dropped.empty()) {
        second.push_back("drops checkpoint " + listed(dropped));
    }
    for (const MessageEvent& event : action.sent) {
        if (event.peer == device) {
            second.push_back(in_words(event));
        }
    }
    words.second = listed(second);
    if (words.first.empty()) {
        words.first = action.kind;
        std::ranges::replace(words.first, '_', ' ');
    }
    return words;
}

} // namespace

SpaceTime::SpaceTime(const Trace& trace, const MessageFlow& flow, double top)
    : trace_(&trace), participant_count_(std::max<std::size_t>(1, flow.participants.size())),
      ends_with_device_(!flow.participants.empty() && flow.participants.back() == device), top_(top) {
    double longest = 0;
    for (std::size_t i = 0; i < trace.steps.size(); ++i) {
        const Action& action = trace.steps[i].action;
        const std::size_t actor = flow.index_of(action.process);
        actors_.push_back(actor < participant_count_ ? actor : 0);
        const std::optional<std::size_t> taken = flow.steps[i].taken;
        words_.push_back(words_of(action, taken ? &flow.arrows[*taken] : nullptr));
        longest = std::max({longest, static_cast<double>(character_count(words_.back().first)) * character_width,
                            static_cast<double>(character_count(words_.back().second)) * small_character_width});
    }
    const double most = std::max(spacing_max, width_of_few / static_cast<double>(participant_count_));
    spacing_ = std::clamp(longest + words_gap, spacing_min, most);
    constexpr double rounding = 0.01; // the longest words must not be cut where it was they that set the distance
    const auto room = static_cast<std::size_t>((spacing_ - words_gap) / character_width + rounding);
    const auto small_room = static_cast<std::size_t>((spacing_ - words_gap) / small_character_width + rounding);
    for (EventWords& words : words_) {
        words.first = shortened(words.first, room);
        words.second = shortened(words.second, small_room);
    }
    left_room_ = 0.6 * spacing_;
    for (std::size_t i = 0; i < words_.size(); ++i) {
        if (words_[i].on_left && actors_[i] == 0) {
            left_room_ =
                std::max({left_room_, 18 + static_cast<double>(character_count(words_[i].first)) * character_width,
                          18 + static_cast<double>(character_count(words_[i].second)) * small_character_width});
        }
    }
}

double SpaceTime::x(std::size_t participant) const {
    return number_column + left_room_ + spacing_ * static_cast<double>(participant);
}

double SpaceTime::y(std::size_t step) const {
    return top_ + row_height * (static_cast<double>(step) - 0.25);
}

double SpaceTime::y_after(std::size_t step) const {
    return top_ + row_height * (static_cast<double>(step) + 0.12);
}

double SpaceTime::bottom() const {
    return y_after(trace_->steps.size()) + 24;
}

double SpaceTime::width() const {
    return x(participant_count_ - 1) + spacing_;
}

bool SpaceTime::is_test(std::size_t step) const {
    const std::string& kind = trace_->steps[step - 1].action.kind;
    return kind == "acceptance_test" || kind.ends_with("_test");
}

bool SpaceTime::is_failed_test(std::size_t step) const {
    return trace_->steps[step - 1].action.kind == "failed_test";
}

} // namespace mdcd::traces
