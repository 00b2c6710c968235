// A lane for each process, a row for each step; beside it what the step is. Every text of the trace is made printable
// first: a trace may come from anywhere.
// What does not fit is counted, and never silently left out.
#include "traces/render_brief.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "traces/characters.hpp"
#include "traces/message_flow.hpp"
#include "traces/verdict_sentence.hpp"

namespace mdcd::traces {

namespace {

constexpr std::size_t processes_max = 16; // wider diagrams are left out
constexpr std::size_t name_width_max = 6;
constexpr std::size_t text_width_min = 24;

enum class BriefInk { plain, bold, red, cyan };

struct Line {
    std::string text;
    BriefInk ink = BriefInk::plain;
};

using Lines = std::vector<Line>;

// The rows of the diagram.
class Lanes {
public:
    Lanes(const Trace& trace, const MessageFlow& flow) : trace_(trace), flow_(flow) {
        std::size_t widest = 1;
        for (const std::string& process : trace.processes)
            widest = std::max(widest, std::min(character_count(printable(process)), name_width_max));
        spacing_ = std::max<std::size_t>(widest + 2, 4);
        for (const std::string& process : trace.processes) {
            const auto recovered = std::ranges::find(trace.recovery, process, &RecoveredProcess::process);
            kept_.push_back(recovered == trace.recovery.end() || !recovered->after_step
                                ? trace.steps.size()
                                : static_cast<std::size_t>(*recovered->after_step));
        }
    }

    [[nodiscard]] bool shown() const { return !trace_.processes.empty() && trace_.processes.size() <= processes_max; }

    [[nodiscard]] std::string heads() const {
        std::string row;
        for (const std::string& process : trace_.processes) {
            std::string name(first_line(printable(process), name_width_max));
            const std::size_t width = character_count(name);
            row += name + std::string(spacing_ - std::min(width, spacing_), ' ');
        }
        row.erase(row.find_last_not_of(' ') + 1);
        return row;
    }

    // From step 1 on.
    [[nodiscard]] std::string row(std::size_t step) const {
        std::string row(trace_.processes.size() * spacing_, ' ');
        for (std::size_t lane = 0; lane < kept_.size(); ++lane)
            row[lane * spacing_] = step <= kept_[lane] ? '|' : ':';
        const Action& action = trace_.steps[step - 1].action;
        const StepArrows& arrows = flow_.steps[step - 1];
        for (const std::size_t arrow : arrows.sent)
            draw(row, flow_.arrows[arrow].from, flow_.arrows[arrow].to, '-');
        if (arrows.taken)
            draw(row, flow_.arrows[*arrows.taken].from, flow_.arrows[*arrows.taken].to, '.');
        const std::size_t actor = lane_of(action.process);
        if (actor < kept_.size())
            row[actor * spacing_] = action.checkpoint_taken ? 'C' : step <= kept_[actor] ? 'o' : 'x';
        return row;
    }

private:
    [[nodiscard]] std::size_t lane_of(const std::string& process) const {
        return static_cast<std::size_t>(std::ranges::find(trace_.processes, process) - trace_.processes.begin());
    }

    // Between two lanes, with its head at the second; what it crosses stays visible.
    void draw(std::string& row, std::size_t from, std::size_t to, char stroke) const {
        if (from >= kept_.size() || to >= kept_.size() || from == to)
            return; // the device has no lane
        const std::size_t low = std::min(from, to) * spacing_ + 1;
        const std::size_t high = std::max(from, to) * spacing_;
        for (std::size_t column = low; column < high; ++column)
            if (row[column] == ' ')
                row[column] = stroke;
        (to > from ? row[high - 1] : row[low]) = to > from ? '>' : '<';
    }

    const Trace& trace_;
    const MessageFlow& flow_;
    std::size_t spacing_ = 4;
    std::vector<std::size_t> kept_; // the last step of each process that recovery leaves as it is
};

class BriefRenderer {
public:
    BriefRenderer(const Trace& trace, BriefOptions options)
        : trace_(trace), options_(options), flow_(flow_of(trace)), lanes_(trace, flow_) {}

    std::string render() {
        const Lines head = this->head();
        const Lines tail = this->tail();
        const std::size_t around = head.size() + tail.size();
        const std::size_t room = std::max(options_.lines_max, around + 6) - around;
        std::vector<Lines> steps = all_steps(true);
        if (height(steps) > room)
            steps = all_steps(false);
        out_.clear();
        print(head);
        if (height(steps) <= room)
            for (const Lines& step : steps)
                print(step);
        else
            print_ends(steps, room - 1);
        print(tail);
        return std::move(out_);
    }

private:
    [[nodiscard]] static std::size_t height(const std::vector<Lines>& steps) {
        std::size_t lines = 0;
        for (const Lines& step : steps)
            lines += step.size();
        return lines;
    }

    [[nodiscard]] static std::string counted(std::size_t number, const std::string& noun) {
        return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
    }

    // The first steps say how it began, the last ones how it went wrong.
    void print_ends(const std::vector<Lines>& steps, std::size_t room) {
        std::size_t first = 0, last = steps.size(), used = 0;
        const auto take = [&](const Lines& step) {
            const bool fits = used + step.size() <= room;
            used += fits ? step.size() : 0;
            return fits;
        };
        while (first < last) {
            if (!take(steps[last - 1]))
                break;
            --last;
            if (first < last && first < 2 && take(steps[first]))
                ++first;
        }
        for (std::size_t step = 0; step < first; ++step)
            print(steps[step]);
        if (last > first)
            print({{"     .. " + counted(last - first, "step") + " more .."}});
        for (std::size_t step = last; step < steps.size(); ++step)
            print(steps[step]);
    }

    void print(const Lines& lines) {
        static constexpr std::string_view codes[] = {"", "\x1B[1m", "\x1B[31m", "\x1B[36m"};
        for (const Line& line : lines) {
            const bool with_ink = options_.color && line.ink != BriefInk::plain;
            out_ += with_ink ? codes[static_cast<std::size_t>(line.ink)] : "";
            out_ += line.text;
            out_ += with_ink ? "\x1B[0m" : "";
            out_ += '\n';
        }
    }

    void paragraph(Lines& lines, const std::string& lead, const std::string& text,
                   BriefInk ink = BriefInk::plain) const {
        const std::size_t indent = character_count(lead);
        const std::size_t room = options_.width == 0 ? 0 : std::max(options_.width, indent + text_width_min) - indent;
        std::string margin = lead;
        for (const std::string& part : wrapped(printable(text), room)) {
            lines.push_back({margin + part, ink});
            margin.assign(indent, ' ');
        }
    }

    [[nodiscard]] Lines head() const {
        Lines lines;
        paragraph(lines, "",
                  verdict_sentence(trace_) + (trace_.steps.empty()
                                                  ? ": in the initial state"
                                                  : " in " + counted(trace_.steps.size(), "step") + ":"),
                  BriefInk::bold);
        if (!trace_.findings.empty() && !trace_.findings.front().text.empty())
            paragraph(lines, "  ", trace_.findings.front().text, BriefInk::red);
        if (trace_.hypothesis && !trace_.hypothesis->text.empty())
            paragraph(lines, "  ", "fault hypothesis: " + trace_.hypothesis->text);
        if (lanes_.shown() && !trace_.steps.empty()) {
            lines.push_back({});
            lines.push_back({std::string(lead_width, ' ') + lanes_.heads(), BriefInk::bold});
        }
        return lines;
    }

    // Kinds of findings about messages that this step sends or takes.
    [[nodiscard]] std::string remarks(std::size_t step) const {
        std::vector<std::string> kinds;
        std::vector<std::size_t> arrows = flow_.steps[step - 1].sent;
        if (flow_.steps[step - 1].taken)
            arrows.push_back(*flow_.steps[step - 1].taken);
        for (const std::size_t arrow : arrows)
            for (const std::string& kind : flow_.arrows[arrow].finding_kinds)
                if (std::ranges::find(kinds, kind) == kinds.end())
                    kinds.push_back(kind);
        std::string text;
        for (std::string& kind : kinds) {
            std::ranges::replace(kind, '_', ' ');
            text += "  <-- " + kind;
        }
        return text;
    }

    [[nodiscard]] std::vector<Lines> all_steps(bool with_notes) const {
        std::vector<Lines> steps;
        for (std::size_t step = 1; step <= trace_.steps.size(); ++step) {
            const Action& action = trace_.steps[step - 1].action;
            const std::string number = std::to_string(step);
            std::string lead =
                std::string(lead_width - 2 - std::min(number.size(), lead_width - 2), ' ') + number + "  ";
            if (lanes_.shown())
                lead += lanes_.row(step);
            const bool dirty =
                (action.taken && action.taken->dirty) || std::ranges::any_of(action.sent, &MessageEvent::dirty);
            const bool says_so = action.text.find("dirty") != std::string::npos;
            Lines& lines = steps.emplace_back();
            paragraph(lines, lead, action.text + (dirty && !says_so ? " (dirty)" : "") + remarks(step));
            for (const std::string& note : action.fired) // what a rule decided; the rest is in the long form
                if (with_notes && note.find('[') != std::string::npos)
                    paragraph(lines, std::string(character_count(lead), ' ') + "* ", note, BriefInk::cyan);
        }
        return steps;
    }

    [[nodiscard]] Lines tail() const {
        Lines lines;
        if (lanes_.shown() && !trace_.steps.empty())
            paragraph(lines, "  ",
                      "(--> is sent, ..> is received; C takes a checkpoint first; : and x are undone by recovery)");
        if (!trace_.recovery.empty())
            lines.push_back({"Recovery from here:", BriefInk::bold});
        for (const RecoveredProcess& each : trace_.recovery)
            paragraph(lines, "  " + printable(each.process) + "  ", each.text);
        return lines;
    }

    static constexpr std::size_t lead_width = 6;

    const Trace& trace_;
    BriefOptions options_;
    MessageFlow flow_;
    Lanes lanes_;
    std::string out_;
};

} // namespace

std::string render_brief(const Trace& trace, BriefOptions options) {
    return BriefRenderer(trace, options).render();
}

} // namespace mdcd::traces
