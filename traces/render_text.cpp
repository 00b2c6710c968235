// A trace as text for a person. Every text of the trace is made printable first: a trace may come from anywhere.
// Knows no terminal beyond its width and whether it shows colours.
#include "traces/render_text.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "traces/changes.hpp"
#include "traces/characters.hpp"
#include "traces/message_flow.hpp"
#include "traces/states.hpp"
#include "traces/verdict_sentence.hpp"

namespace mdcd::traces {

namespace {

enum class Ink { plain, bold, red, cyan, dim };

std::string spaced(std::string kind) { // "erroneous_dependence" in words
    std::ranges::replace(kind, '_', ' ');
    return kind;
}

class TextRenderer {
public:
    TextRenderer(const Trace& trace, TextOptions options)
        : trace_(trace), options_(options), flow_(flow_of(trace)), state_(trace.initial_state) {
        number_width_ = std::to_string(trace.steps.size()).size() + 1;
        const auto widen = [this](const std::string& name) {
            name_width_ = std::max(name_width_, std::min(character_count(printable(name)), name_width_max));
        };
        std::ranges::for_each(trace.processes, widen);
        for (const Step& step : trace.steps) {
            widen(step.action.process);
        }
    }

    std::string render() && {
        header();
        for (std::size_t i = 0; i < trace_.steps.size(); ++i) {
            step(i);
        }
        if (trace_.steps.empty()) {
            line("The run has no step: this is about the initial state.");
        }
        hypothesis();
        recovery();
        findings();
        small_print();
        return std::move(out_);
    }

private:
    static constexpr std::size_t name_width_max = 16;

    // One paragraph: `lead` before its first line, as many spaces before the others.
    void paragraph(const std::string& lead, const std::string& text, Ink ink = Ink::plain) {
        const std::size_t indent = character_count(lead);
        const std::size_t room_min = 20;
        const std::size_t room = options_.width == 0 ? 0 : std::max(options_.width, indent + room_min) - indent;
        std::string margin = lead;
        for (const std::string& part : wrapped(printable(text), room)) {
            out_ += margin;
            inked(part, ink);
            out_ += '\n';
            margin.assign(indent, ' ');
        }
    }

    void inked(std::string_view text, Ink ink) {
        static constexpr std::string_view codes[] = {"", "\x1B[1m", "\x1B[31m", "\x1B[36m", "\x1B[2m"};
        const bool with_ink = options_.color && ink != Ink::plain && !text.empty();
        out_ += with_ink ? codes[static_cast<std::size_t>(ink)] : "";
        out_ += text;
        out_ += with_ink ? "\x1B[0m" : "";
    }

    void line(const std::string& text, Ink ink = Ink::plain) { paragraph("", text, ink); }
    void heading(const std::string& text) {
        out_ += '\n';
        line(text, Ink::bold);
    }

    static std::string padded(const std::string& text, std::size_t width) {
        const std::string shown = printable(text);
        const std::size_t count = character_count(shown);
        return count < width ? shown + std::string(width - count, ' ') : shown;
    }

    void header() {
        line(verdict_sentence(trace_), Ink::bold);
        paragraph("  ", claim_line(trace_));
        const std::string steps = std::to_string(trace_.steps.size()) + (trace_.steps.size() == 1 ? " step" : " steps");
        std::string names;
        for (const std::string& process : trace_.processes) {
            names += (names.empty() ? " of " : ", ") + process;
        }
        paragraph("  ", source_line(trace_) + "; " + steps + names + ".");
        if (!trace_.findings.empty() && !trace_.findings.front().text.empty()) {
            paragraph("  ", "In short: " + trace_.findings.front().text, Ink::red);
        }
        out_ += '\n';
    }

    // What the step's messages are: dirty, orphan, ..
    std::string remarks(std::size_t number, const Action& action) const {
        std::vector<std::size_t> arrows = flow_.steps[number - 1].sent;
        if (flow_.steps[number - 1].taken) {
            arrows.push_back(*flow_.steps[number - 1].taken);
        }
        std::set<std::string> kinds;
        for (const std::size_t arrow : arrows) {
            kinds.insert(flow_.arrows[arrow].finding_kinds.begin(), flow_.arrows[arrow].finding_kinds.end());
        }
        std::string text;
        if ((action.taken && action.taken->dirty) || std::ranges::any_of(action.sent, &MessageEvent::dirty)) {
            text = action.text.find("dirty") == std::string::npos ? " (dirty)" : "";
        }
        for (const std::string& kind : kinds) {
            text += "  <-- " + spaced(kind);
        }
        return text;
    }

    void step(std::size_t position) {
        const Step& step = trace_.steps[position];
        const std::string number = std::to_string(position + 1);
        const std::string lead = std::string(number_width_ - number.size(), ' ') + number + "  " +
                                 padded(step.action.process, name_width_) + "  ";
        // The process leads already: "L1  sends ..".
        const std::string own = step.action.process + " ";
        const std::string& whole = step.action.text;
        paragraph(lead,
                  (whole.starts_with(own) ? whole.substr(own.size()) : whole) + remarks(position + 1, step.action),
                  Ink::bold);
        const std::string inner(character_count(lead) + 2, ' ');
        for (const std::string& fired : step.action.fired) {
            paragraph(inner + "* ", fired, Ink::cyan);
        }
        std::optional<Value> after = state_ ? state_after(*state_, step) : std::nullopt;
        const Value* known_before = after ? &*state_ : nullptr;
        const Value* known_after = after ? &*after : nullptr;
        for (const ChangeGroup& group : readable_changes(step, known_before, known_after)) {
            std::string text;
            for (const std::string& change : group.changes) {
                text += (text.empty() ? "" : "; ") + change;
            }
            paragraph(inner, group.place.empty() ? text : group.place + ": " + text, Ink::dim);
        }
        state_ = std::move(after);
    }

    void hypothesis() {
        if (!trace_.hypothesis) {
            return;
        }
        heading("Fault hypothesis under which the last state is wrong");
        const Hypothesis& hypothesis = *trace_.hypothesis;
        const Value::Record* const values = hypothesis.assignment.record();
        const bool has_values = values == nullptr || !values->empty();
        paragraph("  ", hypothesis.text + (has_values ? "  " + brief(hypothesis.assignment) : "") + ", found by " +
                            hypothesis.found_by);
    }

    void recovery() {
        if (trace_.recovery.empty()) {
            return;
        }
        heading("Recovery from the last state");
        for (const RecoveredProcess& recovered : trace_.recovery) {
            std::string text = recovered.text;
            if (recovered.after_step == 0) {
                text += " (the recovery line crosses it before the first step)";
            } else if (recovered.after_step && static_cast<std::size_t>(*recovered.after_step) < trace_.steps.size()) {
                text += " (the recovery line crosses it after step " + std::to_string(*recovered.after_step) + ")";
            }
            paragraph("  " + padded(recovered.process, name_width_) + "  ", text);
        }
    }

    std::string trail(const Arrow& arrow) const {
        std::string text = "message " + arrow.label + " (" + arrow.message + "): ";
        text += arrow.sent_step
                    ? "sent by " + flow_.participants[arrow.from] + " in step " + std::to_string(*arrow.sent_step)
                    : "from " + flow_.participants[arrow.from] + ", in the channel from the start";
        const std::string& receiver = flow_.participants[arrow.to];
        if (arrow.taken_step) {
            return text + ", received by " + receiver + " in step " + std::to_string(*arrow.taken_step);
        }
        return text + (receiver == device ? ", to the device" : ", still on its way to " + receiver);
    }

    void findings() {
        if (trace_.findings.empty()) {
            return;
        }
        heading(trace_.verdict == "violated" || trace_.verdict == "error" ? "What is wrong" : "What was found");
        for (const Finding& finding : trace_.findings) {
            std::string what = spaced(finding.kind);
            what += finding.process.empty() ? "" : " at " + finding.process;
            what += finding.text.empty() ? "" : ": " + finding.text;
            paragraph("  ", what, Ink::red);
            for (const Arrow& arrow : flow_.arrows) {
                if (concerns(finding, arrow, flow_)) {
                    paragraph("      ", trail(arrow));
                }
            }
        }
    }

    void small_print() {
        heading("In full");
        const auto content = [](const Value& value) { return value.is_null() ? std::string() : "  " + brief(value); };
        paragraph("  scope  ", trace_.scope_name + content(trace_.scope), Ink::dim);
        paragraph("  rules  ", trace_.rules_name + content(trace_.rules), Ink::dim);
        paragraph("  by     ", trace_.tool_version, Ink::dim);
    }

    const Trace& trace_;
    TextOptions options_;
    MessageFlow flow_;
    std::optional<Value> state_; // before the next step, if it is known
    std::size_t number_width_ = 0;
    std::size_t name_width_ = 0;
    std::string out_;
};

} // namespace

std::string render_text(const Trace& trace, TextOptions options) {
    return TextRenderer(trace, options).render();
}

} // namespace mdcd::traces
