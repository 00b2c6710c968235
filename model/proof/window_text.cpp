// Leaves out what means nothing: checkpoints that are not there, what a message that was not sent would be.
// Decides nothing.
#include "model/proof/window_text.hpp"

#include "model/proof/fields.hpp"

namespace mdcd::model::proof {

namespace {

std::string text(std::int64_t number) {
    return std::to_string(number);
}

std::string checkpoint_text(const CheckpointWindow<Concrete>& each, const ProcessWindow<Concrete>& process) {
    std::string line = "checkpoint " + text(each.index);
    if (each.oldest || each.newest)
        line += each.oldest && each.newest ? " (the only one)" : each.oldest ? " (the oldest)" : " (the newest)";
    line += ": number " + text(each.low_sn) + ", depends on " + text(each.depends) + ", " + text(each.sent) +
            " sent; absorbed after it up to " + text(each.absorbed);
    if (process.shadow)
        line += "; counter " + text(each.shadow_sn);
    if (process.receives) {
        line += std::string("; ") + (each.received ? "holds m" : "does not hold m");
        line += each.duplicated ? " but twice" : "";
        line += each.logged_before ? ", m is in front of it in the log" : "";
    }
    return line;
}

std::string message_text(const MessageWindow<Concrete>& message, const std::string& name) {
    std::string line =
        name + "message " + text(message.number) + (message.from_cluster ? " of the cluster" : " of an active process");
    if (!message.exists)
        return line + ", not sent yet";
    return line + ", " + (message.dirty ? "dirty" : "clean") + ", number " + text(message.low_sn) + ", depends on " +
           text(message.depends) +
           (!message.pending        ? ", not under way"
            : message.pending_twice ? ", under way twice"
                                    : ", under way");
}

template <class Part> traces::Value record_of(const Part& part) {
    traces::Value::Record record;
    Part::visit_fields(part, [&](const char* name, const auto& field) {
        using Field = std::remove_cvref_t<decltype(field)>;
        if constexpr (WindowPart<Field>)
            record.emplace_back(name, record_of(field));
        else
            record.emplace_back(name, traces::Value(field));
    });
    return record;
}

} // namespace

std::vector<std::string> describe(const ProcessWindow<Concrete>& process, const std::string& name,
                                  const MessageWindow<Concrete>& message) {
    std::vector<std::string> lines;
    std::string line = name + (process.shadow ? ", the shadow" : ", an active process");
    line += std::string(": ") + (process.dirty ? "dirty" : "clean") + ", prgt_bit " + text(process.propagating) +
            ", number " + text(process.low_sn) + ", depends on " + text(process.depends) + ", knows " +
            text(process.valid_sn) + " validated, " + text(process.sent) + " sent";
    if (process.shadow)
        line += ", counter " + text(process.shadow_sn);
    if (process.sends)
        line += "; m is its own";
    if (process.receives)
        line += std::string("; m is for it") + (process.received ? ", received" : "") +
                (process.duplicated ? " twice" : "") +
                (process.logged ? ", logged under " + text(process.log_index) : "") +
                (process.logged_twice ? " and once more" : "");
    if (process.output_logged)
        line += "; has logged its own message " + text(message.number) + " under " + text(process.output_index) +
                ", which depends on " + text(process.output_depends) + (process.output_twice ? ", and once more" : "");
    lines.push_back(line);
    if (!process.focus.present)
        lines.emplace_back("  no checkpoint");
    if (process.older.present)
        lines.push_back("  " + checkpoint_text(process.older, process) + "; somewhere in front of:");
    for (const auto* each : {&process.before, &process.focus, &process.after})
        if (each->present)
            lines.push_back("  " + checkpoint_text(*each, process));
    return lines;
}

std::vector<std::string> describe(const Window<Concrete>& window) {
    std::vector<std::string> lines{
        "V " + text(window.validated) + ", known to someone " + text(window.agreed) + "; " + text(window.resolved) +
        " messages of the cluster decided; L1: " + text(window.low_sent) + " sent, number " + text(window.low_sn) +
        ", depends on " + text(window.low_depends) + ", knows " + text(window.low_valid) + " validated"};
    for (const std::string& line : describe(window.process, "P", window.message))
        lines.push_back(line);
    lines.push_back(message_text(window.message, "m: "));
    if (window.notified)
        lines.push_back("passed_AT(" + text(window.notified_sn) + ") is under way");
    return lines;
}

std::vector<std::string> describe(ActionId action, const Happening<Concrete>& happening,
                                  const MessageWindow<Concrete>& message) {
    const bool low =
        action == ActionId::low_sends || action == ActionId::low_passes_test || action == ActionId::low_receives;
    std::vector<std::string> lines{low ? "L1 acts" : "P acts"};
    if (!low && !happening.here)
        lines = describe(happening.other, "Q", message);
    if (action == ActionId::active_is_notified || action == ActionId::shadow_is_notified)
        lines.push_back("passed_AT(" + text(happening.received_sn) + ") arrives");
    if (action == ActionId::low_receives || action == ActionId::active_receives || action == ActionId::shadow_receives)
        lines.push_back(happening.same && !low ? "m arrives"
                                               : "another arrives: " + message_text(happening.received, ""));
    return lines;
}

traces::Value to_value(const Window<Concrete>& window) {
    return record_of(window);
}

traces::Value to_value(const Happening<Concrete>& happening) {
    return record_of(happening);
}

} // namespace mdcd::model::proof
