// Sentences for people; the numbers and names are those of the view that was asked about.
// Does not know how they were found.
#include "model/z3/z3_explanation.hpp"

#include <array>
#include <utility>

#include "model/claims/view_text.hpp"

namespace mdcd::model {
namespace {

// "S1 (up to number 3)" for each process that depends on an erroneous message; where components fail by themselves,
// "S1 (on messages of L2 up to number 3)".
std::string victims(const View& view, const Hypothesis<Native>& first_erroneous, bool before_recovery) {
    std::string text;
    for (unsigned position = 0; position < view.process_count; ++position) {
        const ProcessView& process = view.processes[position];
        const Numbers& depends = before_recovery ? process.depends : process.recovered_depends;
        std::string on;
        for (unsigned component = 0; component < view.components; ++component) {
            if (first_erroneous[component] > depends[component] || (before_recovery && !process.clean))
                continue;
            on += on.empty() ? "" : " and ";
            on += view.components == 1 ? "" : "on messages of L" + std::to_string(component + 1) + " ";
            on += "up to number " + std::to_string(depends[component]);
        }
        if (!on.empty())
            text += (text.empty() ? "" : ", ") + process_name(view, position) + " (" + on + ")";
    }
    return text;
}

// Where errors begin in one component, and whether that is what does harm.
std::string first_error(const View& view, unsigned component, unsigned first_erroneous, bool matters) {
    if (view.components == 1)
        return "cluster messages with number >= " + std::to_string(first_erroneous) + " are erroneous";
    const std::string name = std::to_string(component + 1);
    return "k_" + name + " = " + std::to_string(first_erroneous) +
           (matters ? ": messages of L" + name + " from this number on are erroneous"
                    : ": no error of L" + name + " is needed");
}

} // namespace

std::vector<std::string> missed_tests(const View& view, const Hypothesis<Native>& hypothesis) {
    std::vector<std::string> lines;
    for (unsigned miss = 0; miss < view.misses; ++miss) {
        const std::size_t test = hypothesis.missed[miss];
        if (test >= 1 && test <= view.tests->size())
            lines.push_back("the acceptance test of a state that depends on number " +
                            numbers_text(view, (*view.tests)[test - 1]) + " missed an error");
    }
    return lines;
}

std::vector<std::string> explain_hypothesis(PropertyId property, const View& view,
                                            const Hypothesis<Native>& first_erroneous, const ClaimParts& parts) {
    std::vector<std::string> lines;
    const bool before_recovery = property == PropertyId::containment;
    const std::string affected = victims(view, first_erroneous, before_recovery);
    const auto part = [&](const char* name) {
        const auto found = parts.find(name);
        return found == parts.end() ? 0 : found->second;
    };
    const bool needs_fault = !affected.empty() || part("error_to_be_delivered") != 0;
    for (unsigned component = 0; component < view.components && needs_fault; ++component) {
        Hypothesis<Native> alone{};
        alone.fill(255);
        alone[component] = first_erroneous[component];
        Native logic;
        const bool arrives = is_erroneous(logic, view, {}, view.surviving_depends, alone) ||
                             is_erroneous(logic, view, {}, view.resent_depends, alone);
        const bool matters = (arrives && !before_recovery) || !victims(view, alone, before_recovery).empty();
        if (matters || view.components > 1)
            lines.push_back(first_error(view, component, first_erroneous[component], matters));
    }
    for (const std::string& line : needs_fault ? missed_tests(view, first_erroneous) : std::vector<std::string>{})
        lines.push_back(line);
    if (!needs_fault)
        lines.emplace_back("no message needs to be erroneous: this fails under every fault hypothesis");
    if (!affected.empty())
        lines.push_back((before_recovery ? "clean, but dependent on an erroneous message: "
                                         : "after recovery still dependent on an erroneous message: ") +
                        affected);
    if (part("error_to_be_delivered") != 0)
        lines.emplace_back("a message that depends on an erroneous one is still delivered after recovery");
    for (const auto& [name, words] :
         {std::pair{"orphan", "orphan, received or arriving though its sender's history has no such send: "},
          {"lost", "lost, sent but after recovery neither received nor arriving: "},
          {"duplicate", "duplicate, arriving or received more than once: "}})
        if (part(name) != 0)
            lines.push_back((needs_fault ? "whatever is erroneous: " : "") + (words + message_names(part(name))));
    return lines;
}

std::vector<std::string> explain_line(const View& view, const Line<Native>& line) {
    std::vector<std::string> lines;
    const auto place = [](const ProcessView& process, unsigned position) {
        const std::size_t checkpoints = process.candidates->size() - 1;
        return position == checkpoints
                   ? std::string("its current state")
                   : "checkpoint " + std::to_string(position + 1) + " of " + std::to_string(checkpoints);
    };
    for (unsigned position = 0; position < view.process_count; ++position) {
        const ProcessView& process = view.processes[position];
        if (line[position] > process.chosen)
            lines.push_back(process_name(view, position) + " rolls back to " + place(process, process.chosen) +
                            " but could keep " + place(process, line[position]));
    }
    const unsigned distance = excess_rollback_distance(view, line);
    lines.push_back("undone without need: " + std::to_string(distance) +
                    (distance == 1 ? " reception" : " receptions"));
    return lines;
}

} // namespace mdcd::model
