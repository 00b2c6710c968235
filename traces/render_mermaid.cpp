// A trace as a Mermaid sequence diagram. Participants are p0, p1, .. and their names aliases, since a name could be a
// word of the language.
#include "traces/render_mermaid.hpp"

#include <algorithm>
#include <string_view>

#include "traces/characters.hpp"
#include "traces/message_flow.hpp"
#include "traces/verdict_sentence.hpp"

namespace mdcd::traces {

namespace {

bool is_letter(std::string_view text, std::size_t at) {
    if (at >= text.size()) {
        return false;
    }
    const auto byte = static_cast<unsigned char>(text[at]);
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '_' || byte >= 0x80;
}

// Whether a bare "end", in any case, starts at `at`: it would close a block that is not open.
bool is_end_word(std::string_view text, std::size_t at) {
    constexpr std::string_view word = "end";
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (at + i >= text.size() || (text[at + i] | 0x20) != word[i]) {
            return false;
        }
    }
    return !is_letter(text, at + word.size()) && (at == 0 || !is_letter(text, at - 1));
}

// Text as Mermaid shows it unchanged: what the language or HTML would read as its own becomes an entity code.
std::string escaped(const std::string& raw) {
    const std::string text = printable(raw);
    std::string out;
    const auto entity = [&out](char letter) {
        out += '#' + std::to_string(static_cast<int>(static_cast<unsigned char>(letter))) + ';';
    };
    if (text.find_first_not_of(' ') == std::string::npos) {
        return "#160;"; // an empty text is a syntax error
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        // A text may start with an option ("wrap:").
        if (std::string_view(";#<>&%{}\"`\\").find(text[i]) != std::string_view::npos || is_end_word(text, i) ||
            (text[i] == ':' && out.find_first_of(" :") == std::string::npos)) {
            entity(text[i]);
        } else {
            out += text[i];
        }
    }
    return out;
}

// The same in lines of at most `width` characters: Mermaid breaks none by itself.
std::string escaped_lines(const std::string& raw, std::size_t width) {
    std::string out;
    for (const std::string& line : wrapped(printable(raw), width)) {
        out += (out.empty() ? "" : "<br/>") + escaped(line);
    }
    return out;
}

class MermaidRenderer {
public:
    explicit MermaidRenderer(const Trace& trace) : trace_(trace), flow_(flow_of(trace)) {}

    std::string render() && {
        out_ = "sequenceDiagram\n";
        for (std::size_t i = 0; i < flow_.participants.size(); ++i) {
            line("participant " + id(i) + " as " + escaped(flow_.participants[i]));
        }
        if (flow_.participants.empty()) {
            line("participant p0 as " + escaped("(no process)"));
        }
        over_all(verdict_sentence(trace_) + ": " + trace_.claim);
        for (std::size_t i = 0; i < trace_.steps.size() && !flow_.participants.empty(); ++i) {
            step(i);
        }
        for (const Arrow& arrow : flow_.arrows) {
            const bool underway = !arrow.taken_step && flow_.participants[arrow.to] != device;
            if (underway) {
                message(arrow, is_lost(arrow) ? "-x" : "-)", "", is_lost(arrow) ? "" : "still in the channel");
            }
        }
        ending();
        return std::move(out_);
    }

private:
    static constexpr std::size_t note_width = 40;  // a note at one participant
    static constexpr std::size_t wide_width = 100; // a note over all

    static std::string id(std::size_t participant) { return "p" + std::to_string(participant); }
    static bool is_lost(const Arrow& arrow) {
        return std::ranges::find(arrow.finding_kinds, "lost") != arrow.finding_kinds.end();
    }

    void line(const std::string& text) { out_ += "    " + text + "\n"; }
    void note(std::size_t participant, const std::string& text) { line("Note over " + id(participant) + ": " + text); }
    void over_all(const std::string& text) {
        const std::size_t last = flow_.participants.empty() ? 0 : flow_.participants.size() - 1;
        line("Note over " + (last == 0 ? id(0) : id(0) + "," + id(last)) + ": " + escaped_lines(text, wide_width));
    }

    void message(const Arrow& arrow, const std::string& shape, const std::string& number, const std::string& remark) {
        std::string text = number + arrow.label;
        text += arrow.dirty ? " (dirty)" : "";
        text += remark.empty() ? "" : " (" + remark + ")";
        for (const std::string& kind : arrow.finding_kinds) {
            text += " [" + kind + "]";
        }
        const char* dotted = arrow.dirty ? "-" : ""; // one more dash
        line(id(arrow.from) + dotted + shape + id(arrow.to) + ": " + escaped(text));
    }

    void step(std::size_t position) {
        const Action& action = trace_.steps[position].action;
        const std::size_t found = flow_.index_of(action.process);
        const std::size_t self = found == flow_.participants.size() ? 0 : found;
        const std::string number = std::to_string(position + 1) + ". ";
        // A delivery is its arrow; the text of any other action is a note. What the step did follows in one note more.
        std::string done;
        const StepArrows& arrows = flow_.steps[position];
        if (arrows.taken) {
            const Arrow& arrow = flow_.arrows[*arrows.taken];
            message(arrow, is_lost(arrow) ? "-x" : "->>", number, "");
        } else {
            done = escaped_lines(number + action.text, note_width);
        }
        for (const std::string& fired : action.fired) {
            done += (done.empty() ? "" : "<br/>") + escaped_lines(fired, note_width);
        }
        if (action.fired.empty()) {
            done += bare_checkpoints(action, done.empty());
        }
        if (!done.empty()) {
            note(self, done);
        }
        for (const std::size_t sent : arrows.sent) {
            if (flow_.participants[flow_.arrows[sent].to] == device) {
                message(flow_.arrows[sent], "->>", "", "");
            }
        }
    }

    // For traces that do not say in words what the implementation did.
    static std::string bare_checkpoints(const Action& action, bool first) {
        std::string text;
        const auto add = [&](const Value& index, const char* what) {
            text += (text.empty() && first ? "" : "<br/>") + escaped("checkpoint " + to_text(index) + what);
        };
        if (action.checkpoint_taken) {
            add(*action.checkpoint_taken, " taken");
        }
        for (const Value& index : action.checkpoints_dropped) {
            add(index, " dropped");
        }
        return text;
    }

    void ending() {
        std::string text;
        for (const RecoveredProcess& recovered : trace_.recovery) {
            text += (text.empty() ? "Recovery: " : "; ") + recovered.process + " " + recovered.text;
        }
        if (trace_.hypothesis) {
            over_all("Fault hypothesis: " + trace_.hypothesis->text);
        }
        for (const Finding& finding : trace_.findings) {
            over_all(finding.kind + (finding.process.empty() ? "" : " at " + finding.process) +
                     (finding.text.empty() ? "" : ": " + finding.text));
        }
        if (!text.empty()) {
            over_all(text);
        }
    }

    const Trace& trace_;
    MessageFlow flow_;
    std::string out_;
};

} // namespace

std::string render_mermaid(const Trace& trace) {
    return MermaidRenderer(trace).render();
}

} // namespace mdcd::traces
