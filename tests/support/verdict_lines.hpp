// Pinned verdicts as lines of text: what a check of a scope under some rules comes to, one line each, in a data file.
// A test reads the file, checks every line again and compares. With MDCD_REWRITE_GOLDEN set the file is rewritten
// instead; the diff is then reviewed.
//
//   SCOPE PRESET[+RULE=VALUE].. STATES | CLAIM=LENGTH.. | twins that are not reached..
//
// A claim that is not named holds; LENGTH is that of its shortest counterexample. SCOPE is a shipped one or that of a
// file in docs/examples or tests/golden/scopes, and SCOPE-unordered the same with unordered channels.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "checker/search.hpp"
#include "model/inputs/library.hpp"
#include "model/system.hpp"

namespace mdcd::tests {

struct VerdictLine {
    std::string scope;
    std::string rules; // "published+reclamation=by_cover"
    std::string rest;
};

inline model::Scope scope_named(const std::string& name) {
    std::string file = name + ".json";
    std::ranges::replace(file, '-', '_');
    for (const char* const folder : {"docs/examples", "tests/golden/scopes"}) {
        const auto path = std::filesystem::path(MDCD_SOURCE_DIR) / folder / file;
        if (std::filesystem::exists(path))
            return model::load_scope(path.string());
    }
    const std::string unordered = "-unordered";
    if (!name.ends_with(unordered))
        return model::load_scope(name);
    model::Scope scope = model::load_scope(name.substr(0, name.size() - unordered.size()));
    scope.channels = model::ChannelModel::unordered;
    scope.name = name;
    return scope;
}

// Properties that say nothing about the scope are left out, and so is what a search does not settle (eventually).
inline std::string line_of(const model::Scope& scope, const std::string& rules, const impl::Rules& checked,
                           const checker::Report& report) {
    std::string claims;
    std::string twins;
    for (std::size_t property = 0; property < report.verdicts.size(); ++property) {
        const checker::PropertyVerdict& each = report.verdicts[property];
        if (!applies(model::property_at(property), scope, checked))
            continue;
        if (each.verdict == checker::Verdict::violated)
            claims += " " + each.property + "=" + std::to_string(each.path->firings.size());
        else if (each.verdict == checker::Verdict::not_reached)
            twins += " " + each.property;
        else if (model::all_properties()[property].kind != checker::PropertyKind::eventually &&
                 each.verdict != checker::Verdict::holds && each.verdict != checker::Verdict::reached)
            claims += " " + each.property + "=?";
    }
    return scope.name + " " + rules + " " + std::to_string(report.distinct_states) + " |" + claims + " |" + twins;
}

inline std::string check_line(const VerdictLine& line, unsigned workers) {
    const model::Scope scope = scope_named(line.scope);
    const bool unbounded = model::is_unbounded(scope);
    const model::System system(scope, model::load_rules(line.rules).rules,
                               {.actives = false, .renumbering = unbounded});
    checker::SearchOptions options;
    options.workers = workers;
    options.use_renamings = unbounded;
    return line_of(system.scope(), line.rules, system.rules(), checker::search(system, options));
}

// Checks every line of a data file under tests/; lines that start with # and empty ones are kept as they are.
inline void check_file(const std::string& file, unsigned workers = 0) {
    const std::string path = std::string(MDCD_SOURCE_DIR) + "/tests/" + file;
    std::ifstream in(path);
    REQUIRE_MESSAGE(in.good(), path, " cannot be read");
    std::string rewritten;
    std::size_t checked = 0;
    for (std::string text; std::getline(in, text);) {
        std::string now = text;
        if (!text.empty() && text.front() != '#') {
            VerdictLine line;
            std::istringstream words(text);
            words >> line.scope >> line.rules;
            now = check_line(line, workers);
            ++checked;
        }
        if (std::getenv("MDCD_REWRITE_GOLDEN") == nullptr)
            CHECK(now == text);
        rewritten += now + "\n";
    }
    CHECK_MESSAGE(checked > 0, path, " pins nothing");
    in.close();
    if (std::getenv("MDCD_REWRITE_GOLDEN") != nullptr)
        std::ofstream(path) << rewritten;
}

} // namespace mdcd::tests
