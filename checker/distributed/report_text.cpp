// Each function beside the one that reads what it writes.
// Knows no search.
#include "checker/distributed/report_text.hpp"

#include "checker/distributed/wire.hpp"

namespace mdcd::checker::distributed {
namespace {

void write_path(const Path& path, Writer& out) {
    out.number(path.initial);
    out.number(path.firings.size());
    for (const Firing& firing : path.firings) {
        out.number(firing.step);
        out.number(firing.taken);
        out.number(firing.outcome);
    }
}

Path read_path(Reader& in) {
    Path path;
    path.initial = static_cast<std::uint32_t>(in.number());
    path.firings.resize(in.number());
    for (Firing& firing : path.firings) {
        firing.step = static_cast<StepIndex>(in.number());
        firing.taken = static_cast<std::uint16_t>(in.number());
        firing.outcome = static_cast<std::uint16_t>(in.number());
    }
    return path;
}

} // namespace

std::string verdicts_to_bytes(const std::vector<PropertyVerdict>& verdicts) {
    Writer out;
    out.number(verdicts.size());
    for (const PropertyVerdict& each : verdicts) {
        out.text(each.property);
        out.number(static_cast<std::uint64_t>(each.verdict));
        out.text(each.reason);
        out.number(each.path ? 1 : 0);
        if (each.path)
            write_path(*each.path, out);
        out.number(each.more.size());
        for (const Path& path : each.more)
            write_path(path, out);
    }
    return out.take();
}

std::vector<PropertyVerdict> verdicts_from_bytes(std::string_view bytes) {
    Reader in(bytes);
    std::vector<PropertyVerdict> verdicts(in.number());
    for (PropertyVerdict& each : verdicts) {
        each.property = in.text();
        each.verdict = static_cast<Verdict>(in.number());
        each.reason = in.text();
        if (in.number() != 0)
            each.path = read_path(in);
        each.more.resize(in.number());
        for (Path& path : each.more)
            path = read_path(in);
    }
    return verdicts;
}

} // namespace mdcd::checker::distributed
