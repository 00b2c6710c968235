// One line for each process and one for each set.
// The words are for people: nothing reads them back.
#include "model/claims/view_text.hpp"

#include <bit>
#include <sstream>
#include <utility>

#include "model/state/value_writer.hpp"

namespace mdcd::model {

std::string numbers_text(const View& view, const Numbers& numbers) {
    std::string text;
    for (unsigned component = 0; component < view.components; ++component)
        text += (component == 0 ? "" : ",") + std::to_string(numbers[component]);
    return text;
}

std::string depends_text(const Numbers& depends, const Numbers& validated, bool own) {
    std::size_t entry = 0;
    while (entry + 1 < depends.size() && depends[entry] <= validated[entry])
        ++entry;
    return "depends on " +
           (own ? "message " + std::to_string(depends[entry]) + " of L" + std::to_string(entry + 1)
                : "cluster message " + std::to_string(depends[entry])) +
           ", but acceptance tests have validated " +
           (validated[entry] == 0 ? std::string("none") : "only up to " + std::to_string(validated[entry])) +
           (own ? " of that component" : "");
}

std::string process_name(const View& view, unsigned position) {
    return position < view.shadow_count ? "S" + std::to_string(position + 1)
                                        : "A" + std::to_string(position - view.shadow_count + 1);
}

std::string message_names(MessageSet messages) {
    std::string text;
    for (; messages != 0; messages &= messages - 1) {
        text += text.empty() ? "" : ", ";
        text += name_of(message_at(static_cast<unsigned>(std::countr_zero(messages))));
    }
    return text.empty() ? "none" : text;
}

std::string to_text(const View& view) {
    std::ostringstream out;
    out << "validated " << numbers_text(view, view.validated) << '\n';
    for (std::size_t test = 0; view.misses > 0 && test < view.tests->size(); ++test)
        out << "test " << test + 1 << " proved " << numbers_text(view, (*view.tests)[test])
            << " unless it missed an error" << (test == 0 ? " (up to " + std::to_string(view.misses) + " did)" : "")
            << '\n';
    for (unsigned position = 0; position < view.process_count; ++position) {
        const ProcessView& process = view.processes[position];
        out << process_name(view, position) << ": " << (process.clean ? "clean" : "dirty") << ", depends on "
            << numbers_text(view, process.depends) << ", after recovery on "
            << numbers_text(view, process.recovered_depends) << " with candidate " << unsigned{process.chosen} << '\n';
        for (std::size_t i = 0; process.candidates != nullptr && i < process.candidates->size(); ++i) {
            const Candidate& candidate = (*process.candidates)[i];
            out << "  candidate " << i << ": depends on " << numbers_text(view, candidate.depends) << ", received "
                << message_names(candidate.received) << ", sent " << message_names(candidate.sent) << '\n';
        }
    }
    for (const auto& [name, set] : {std::pair{"sent by active processes", view.active_sent},
                                    {"received from active processes", view.received_active},
                                    {"received from the cluster", view.received_cluster},
                                    {"duplicated", view.duplicated},
                                    {"under way and delivered", view.surviving},
                                    {"sent again by shadows", view.resent},
                                    {"generated later by shadows", view.generated_later},
                                    {"sent by the cluster so far", view.resolved}})
        out << name << ": " << message_names(set) << '\n';
    out << "under way depends on " << numbers_text(view, view.surviving_depends) << ", sent again on "
        << numbers_text(view, view.resent_depends) << '\n';
    return out.str();
}

} // namespace mdcd::model
