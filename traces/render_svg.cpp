// A trace as a space-time diagram: what is drawn where the plan says, what lies above what. Knows no colour.
// The order of drawing matters: lines first, then arrows, then what must stay readable.
#include "traces/render_svg.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "traces/characters.hpp"
#include "traces/markup.hpp"
#include "traces/message_flow.hpp"
#include "traces/space_time.hpp"
#include "traces/states.hpp"
#include "traces/svg_canvas.hpp"
#include "traces/svg_document.hpp"
#include "traces/svg_frame.hpp"
#include "traces/svg_legend.hpp"
#include "traces/verdict_sentence.hpp"

namespace mdcd::traces {

namespace {

bool has_kind(const Arrow& arrow, const char* kind) {
    return std::ranges::find(arrow.finding_kinds, kind) != arrow.finding_kinds.end();
}

// The class that sets colour and dash: what is wrong with the message goes before whether it is dirty.
std::string look(const Arrow& arrow) {
    return has_kind(arrow, "orphan") ? " orphan" : has_kind(arrow, "lost") ? " lost" : arrow.dirty ? " dirty" : "";
}

std::string counted(std::string_view name, std::size_t number) {
    return std::string(name) + "=\"" + std::to_string(number) + '"';
}

class SvgRenderer {
public:
    SvgRenderer(const Trace& trace, const SvgOptions& options)
        : trace_(trace), options_(options), flow_(flow_of(trace)), plan_(trace, flow_, 0),
          rest_of_title_(options.frame ? title_lines(trace_, characters_in_line()) : std::vector<std::string>{}) {
        const double title_height = 34 + frame_line_height * static_cast<double>(rest_of_title_.size());
        plan_ = SpaceTime(trace, flow_, options.frame ? title_height + 40 : 34);
    }

    std::string render() && {
        if (options_.frame) {
            draw_title(canvas_, trace_, rest_of_title_, {margin, 26}, characters_in_line());
        }
        bands();
        lanes();
        recovery_by_messages();
        for (const Arrow& arrow : flow_.arrows) {
            if (arrow.taken_step || flow_.participants[arrow.to] == device) {
                whole_arrow(arrow);
            }
        }
        open_arrows();
        recovery_line();
        cuts();
        if (const std::optional<std::size_t> begin = loop_begin(trace_)) {
            draw_loop(canvas_, {SpaceTime::number_column, plan_.y_after(*begin) + 4},
                      {SpaceTime::number_column, plan_.y_after(trace_.steps.size()) - 4});
        }
        checkpoints();
        for (std::size_t step = 1; step <= trace_.steps.size(); ++step) {
            event(step);
        }
        double y = plan_.bottom() + (repeats_names() ? 26 : 0);
        if (options_.frame) {
            y = draw_legend(canvas_, {margin, y + 26}, page_width() - 2 * margin, std::string(canvas_.body()));
            y = draw_findings(canvas_, trace_, {margin, y + 8}, characters_in_line()) + 12;
        }
        return svg_document(canvas_, page_width(), y, "space-time diagram: " + verdict_sentence(trace_),
                            options_.dark_too);
    }

private:
    static constexpr double margin = 14;
    static constexpr std::size_t name_length_max = 12; // of a checkpoint's name, in its box

    double page_width() const { return options_.frame ? std::max(plan_.width(), 560.0) : plan_.width(); }

    // Of a long run only one end may be in sight.
    bool repeats_names() const { return trace_.steps.size() > 10; }

    std::size_t characters_in_line() const {
        return static_cast<std::size_t>((page_width() - 2 * margin) / SpaceTime::character_width);
    }

    void bands() {
        for (std::size_t step = 1; step <= trace_.steps.size(); ++step) {
            canvas_.open_group("class=\"step\" " + counted("data-step", step));
            canvas_.tooltip(std::to_string(step) + ". " + trace_.steps[step - 1].action.text);
            canvas_.rectangle(step % 2 == 0 ? "band even" : "band", {6, plan_.y_after(step - 1)}, page_width() - 12,
                              SpaceTime::row_height);
            canvas_.text("small row", {SpaceTime::number_column - 12, plan_.y(step) + 4}, Anchor::end,
                         std::to_string(step));
            canvas_.close_group();
        }
    }

    // Where the recovery line crosses a participant's line, if it does.
    const RecoveredProcess* crossing(std::size_t participant) const {
        const auto found = std::ranges::find_if(trace_.recovery, [&](const RecoveredProcess& recovered) {
            return recovered.process == flow_.participants[participant] && recovered.after_step;
        });
        return found == trace_.recovery.end() ? nullptr : &*found;
    }

    double crossing_y(const RecoveredProcess& recovered) const {
        const auto step = static_cast<std::size_t>(std::max(0, *recovered.after_step));
        return plan_.y_after(std::min(step, trace_.steps.size()));
    }

    void lanes() {
        for (std::size_t i = 0; i < flow_.participants.size(); ++i) {
            const double x = plan_.x(i);
            const bool is_device = flow_.participants[i] == device;
            const RecoveredProcess* recovered = crossing(i);
            const bool rolls_back = recovered != nullptr && recovered->checkpoint;
            const double end = rolls_back ? crossing_y(*recovered) : lane_end(i);
            double from = plan_.top();
            canvas_.open_group(of_lane(i));
            for (const RollbackMark& mark : flow_.rollbacks) { // what was undone within the run
                if (mark.participant == i) {
                    const double cut = plan_.y(flow_.checkpoints[mark.checkpoint].taken_step);
                    canvas_.line("lane", {x, from}, {x, std::max(from, cut)});
                    from = plan_.y(mark.step);
                    canvas_.line("lane undone", {x, cut}, {x, from});
                }
            }
            for (const PhaseMark& mark : flow_.phases) { // nobody was there
                if (mark.participant == i && mark.phase == "stopped" && mark.to_step) {
                    canvas_.line("lane", {x, from}, {x, std::max(from, phase_y(mark.from_step))});
                    from = plan_.y(*mark.to_step);
                }
            }
            canvas_.line(is_device ? "lane device" : "lane", {x, from}, {x, end});
            if (rolls_back) {
                canvas_.line("lane undone", {x, end}, {x, plan_.bottom()});
            }
            canvas_.close_group();
        }
        heads(plan_.top() - 24);
        if (repeats_names()) {
            heads(plan_.bottom() + 2);
        }
    }

    // A process that has stopped has no line any more.
    double lane_end(std::size_t participant) const {
        const auto stop = std::ranges::find_if(flow_.phases, [&](const PhaseMark& mark) {
            return mark.participant == participant && mark.phase == "stopped" && !mark.to_step;
        });
        return stop == flow_.phases.end() ? plan_.bottom() : phase_y(stop->from_step) + stop_reach;
    }

    double phase_y(std::size_t step) const { return step == 0 ? plan_.top() : plan_.y(step); }
    void recovery_by_messages() {
        for (const PhaseMark& mark : flow_.phases) {
            const double x = plan_.x(mark.participant);
            const Point end{x, mark.to_step ? plan_.y(*mark.to_step) : plan_.bottom()};
            canvas_.open_group("class=\"phase\" " + counted("data-step", mark.from_step) + " " +
                               of_lane(mark.participant));
            canvas_.tooltip(flow_.participants[mark.participant] + " is " + mark.phase);
            draw_phase(canvas_, mark.phase, {x, phase_y(mark.from_step)}, end);
            canvas_.close_group();
        }
    }

    void heads(double y) {
        const auto name_room = static_cast<std::size_t>(plan_.spacing() / SpaceTime::character_width) - 2;
        canvas_.open_group("class=\"heads\"");
        for (std::size_t i = 0; i < flow_.participants.size(); ++i) {
            const std::string name = shortened(flow_.participants[i], name_room);
            const double width = std::max(46.0, static_cast<double>(character_count(name)) * 7.6 + 14);
            canvas_.open_group("class=\"head-of\" " + of_lane(i) + " " +
                               counted("data-x", static_cast<std::size_t>(std::lround(plan_.x(i)))));
            canvas_.rectangle("head", {plan_.x(i) - width / 2, y}, width, 22, 4);
            canvas_.text("name", {plan_.x(i), y + 15}, Anchor::middle, name);
            canvas_.close_group();
        }
        canvas_.close_group();
    }

    // What a page needs to move or hide a process: of which lane a group is, or between which.
    static std::string of_lane(std::size_t participant) { return counted("data-lane", participant); }

    // `lanes`: those that it connects, or the one where it stands.
    void arrow_group(const Arrow& arrow, const std::string& lanes) {
        std::string attributes = "class=\"message\" " + lanes;
        std::string told = "message " + arrow.label + " (" + arrow.message + ") from " +
                           flow_.participants[arrow.from] + " to " + flow_.participants[arrow.to] +
                           (arrow.dirty ? ", dirty" : "");
        if (arrow.sent_step) {
            attributes += " " + counted("data-sent", *arrow.sent_step);
        }
        if (arrow.taken_step) {
            attributes += " " + counted("data-taken", *arrow.taken_step);
        }
        for (const std::string& kind : arrow.finding_kinds) {
            told += ", " + kind;
        }
        canvas_.open_group(attributes);
        canvas_.tooltip(told);
    }

    void whole_arrow(const Arrow& arrow) {
        const double from_y = arrow.sent_step ? plan_.y(*arrow.sent_step) : plan_.top();
        const Point from{plan_.x(arrow.from), from_y};
        // Outputs reach their device at once.
        const Point to{plan_.x(arrow.to), arrow.taken_step ? plan_.y(*arrow.taken_step) : from_y + 8};
        arrow_group(arrow, arrow.from == arrow.to
                               ? of_lane(arrow.from)
                               : counted("data-from", arrow.from) + " " + counted("data-to", arrow.to));
        if (arrow.from == arrow.to) {
            canvas_.curve("arrow" + look(arrow), from, {from.x + 36, from.y}, {to.x + 36, to.y}, to);
            canvas_.arrow_head("tip" + look(arrow), {to.x + 20, to.y - 2}, to);
        } else {
            if (!arrow.finding_kinds.empty()) {
                canvas_.line("halo", from, to);
            }
            canvas_.line("arrow" + look(arrow), from, to);
            canvas_.arrow_head("tip" + look(arrow), from, to);
        }
        if (has_kind(arrow, "lost")) {
            const double along = 0.8;
            canvas_.cross("cross", {from.x + along * (to.x - from.x), from.y + along * (to.y - from.y)}, 5, 5);
        }
        if (arrow.dirty) {
            canvas_.circle("tip dirty", from, 5);
        }
        canvas_.close_group();
    }

    // Messages that are still in a channel: for each step and direction one short open arrow, with who waits for it.
    void open_arrows() {
        std::map<std::pair<std::size_t, int>, std::vector<const Arrow*>> groups;
        for (const Arrow& arrow : flow_.arrows) {
            if (!arrow.taken_step && flow_.participants[arrow.to] != device) {
                groups[{arrow.sent_step.value_or(0), arrow.to < arrow.from ? -1 : 1}].push_back(&arrow);
            }
        }
        for (const auto& [key, arrows] : groups) {
            const auto [step, direction] = key;
            const Arrow* shown = arrows.front();
            std::string names;
            for (const Arrow* arrow : arrows) {
                names += (names.empty() ? "" : ", ") + flow_.participants[arrow->to];
                shown = arrow->finding_kinds.empty() ? shown : arrow;
            }
            open_arrow(*shown, step, direction, names);
        }
    }

    void open_arrow(const Arrow& arrow, std::size_t step, int direction, const std::string& names) {
        const Point from{plan_.x(arrow.from), step == 0 ? plan_.top() : plan_.y(step)};
        const Point to{from.x + direction * 34, from.y + 9}; // above the recovery line
        arrow_group(arrow, of_lane(arrow.from));
        if (!arrow.finding_kinds.empty()) {
            canvas_.line("halo", from, to);
        }
        canvas_.line("arrow" + look(arrow), from, to);
        if (has_kind(arrow, "lost")) {
            canvas_.cross("cross", to, 5, 5);
        } else {
            canvas_.circle("open", to, 4);
        }
        if (arrow.dirty) {
            canvas_.circle("tip dirty", from, 5);
        }
        std::string text = names;
        for (const std::string& kind : arrow.finding_kinds) {
            text += " " + kind;
        }
        const auto room = static_cast<std::size_t>((plan_.spacing() - 50) / SpaceTime::character_width);
        canvas_.text(arrow.finding_kinds.empty() ? "small words" : "small words bold", {to.x + direction * 8, to.y + 4},
                     direction > 0 ? Anchor::start : Anchor::end, shortened(text, room));
        canvas_.close_group();
    }

    void recovery_line() {
        std::vector<Point> points;
        std::string lanes;
        Point label;
        for (std::size_t i = 0; i < flow_.participants.size(); ++i) {
            if (const RecoveredProcess* recovered = crossing(i)) {
                const double y = crossing_y(*recovered);
                const double reach = 20;
                lanes += (lanes.empty() ? "" : " ") + std::to_string(i);
                points.push_back({plan_.x(i) - reach, y});
                points.push_back({plan_.x(i) + reach, y});
                // Where the words of the steps around do not stand in the way, if there is such a place.
                const auto last = static_cast<std::size_t>(std::max(0, *recovered->after_step));
                const bool acts = (last > 0 && last <= trace_.steps.size() && plan_.actor(last) == i) ||
                                  (last < trace_.steps.size() && plan_.actor(last + 1) == i);
                if (points.size() == 2 || !acts) {
                    label = {points.back().x + 6, y + 4};
                }
            }
        }
        if (!points.empty()) {
            canvas_.open_group("class=\"recovery-line\" data-lanes=\"" + lanes + '"');
            canvas_.path("recovery", points);
            canvas_.text("words recovery-text", label, Anchor::start, "recovery line");
            canvas_.close_group();
        }
    }

    // Between two incarnations of a run that went on after it.
    void cuts() {
        for (const CutMark& cut : flow_.cuts) {
            std::vector<std::pair<std::size_t, std::size_t>> places = cut.after_steps;
            std::ranges::sort(places);
            std::vector<Point> points;
            std::string lanes;
            for (const auto& [participant, step] : places) {
                lanes += (lanes.empty() ? "" : " ") + std::to_string(participant);
                points.push_back({plan_.x(participant) - 20, plan_.y_after(step)});
                points.push_back({plan_.x(participant) + 20, plan_.y_after(step)});
            }
            canvas_.open_group("class=\"recovery-line\" data-lanes=\"" + lanes + '"');
            canvas_.path("recovery", points);
            canvas_.text("words recovery-text", {points.back().x + 6, points.back().y + 4}, Anchor::start, cut.text);
            canvas_.close_group();
        }
    }

    static double box_half_width(const Value& index) {
        return std::max(13.0,
                        static_cast<double>(std::min<std::size_t>(name_length_max, to_text(index).size())) * 3.6 + 5);
    }

    void checkpoints() {
        for (std::size_t i = 0; i < flow_.checkpoints.size(); ++i) {
            const CheckpointMark& mark = flow_.checkpoints[i];
            const Point centre{plan_.x(mark.participant), plan_.y(mark.taken_step) - 13};
            const RecoveredProcess* recovered = crossing(mark.participant);
            const bool restored =
                (recovered != nullptr && recovered->checkpoint == mark.index) ||
                std::ranges::any_of(flow_.rollbacks, [&](const RollbackMark& each) { return each.checkpoint == i; });
            const std::string index = shortened(to_text(mark.index), name_length_max);
            const double half = box_half_width(mark.index);
            canvas_.open_group("class=\"checkpoint\" " + counted("data-step", mark.taken_step) + " " +
                               of_lane(mark.participant));
            canvas_.tooltip("checkpoint " + to_text(mark.index) + " of " + flow_.participants[mark.participant] +
                            (mark.dropped_step ? ", dropped in step " + std::to_string(*mark.dropped_step) : "") +
                            (restored ? ", restored by recovery" : ""));
            const std::string state = restored ? " restored" : mark.dropped_step ? " dropped" : "";
            canvas_.rectangle("box" + state, {centre.x - half, centre.y - 8}, half * 2, 16, 2);
            if (mark.dropped_step) {
                canvas_.cross("strike", centre, half, 8);
            }
            canvas_.text(mark.dropped_step ? "words bold" : "bold", {centre.x, centre.y + 4}, Anchor::middle, index);
            canvas_.close_group();
        }
    }

    void event(std::size_t step) {
        const Point at{plan_.x(plan_.actor(step)), plan_.y(step)};
        const EventWords& words = plan_.words(step);
        canvas_.open_group("class=\"happening\" " + counted("data-step", step) + " " + of_lane(plan_.actor(step)));
        canvas_.tooltip(std::to_string(step) + ". " + trace_.steps[step - 1].action.text);
        if (plan_.is_test(step)) {
            draw_test(canvas_, at, plan_.is_failed_test(step));
        } else {
            canvas_.circle("event", at, 3);
        }
        const int direction = words.on_left ? -1 : 1;
        const Anchor anchor = words.on_left ? Anchor::end : Anchor::start;
        // What is received stands level with the event, on the side away from the arrow; what is sent stands above it,
        // since its arrows run down.
        const bool receives = trace_.steps[step - 1].action.taken.has_value();
        const double lift = receives ? (words.second.empty() ? -4 : 2) : (words.second.empty() ? 7 : 8);
        const std::optional<Value>& taken = trace_.steps[step - 1].action.checkpoint_taken;
        const double x = at.x + direction * (taken ? box_half_width(*taken) + 5 : 18);
        canvas_.text("words", {x, at.y - lift - (words.second.empty() ? 0 : 12)}, anchor, words.first);
        if (!words.second.empty()) {
            canvas_.text(words.alarming ? "words bold" : "words small", {x, at.y - lift}, anchor, words.second);
        }
        canvas_.close_group();
    }

    const Trace& trace_;
    SvgOptions options_;
    MessageFlow flow_;
    SpaceTime plan_;
    std::vector<std::string> rest_of_title_;
    SvgCanvas canvas_;
};

} // namespace

std::string render_svg(const Trace& trace, const SvgOptions& options) {
    return SvgRenderer(trace, options).render();
}

} // namespace mdcd::traces
