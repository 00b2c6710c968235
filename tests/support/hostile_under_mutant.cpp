// A program that is built against a copy of impl with mutants: explores small scopes of a hostile cluster until a claim
// breaks, and says which, after how many steps; then two copies side by side. Without a mutant all is as it should be.
// Knows no mutant: the copy chooses it when the program starts.
#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "model/hostile/hostile_pair.hpp"
#include "model/hostile/hostile_scopes.hpp"

namespace {

using namespace mdcd::model::hostile;

// Several thousand states each, the smallest first.
std::vector<Scope> small_scopes() {
    Alphabet clean_in_any_name;
    clean_in_any_name.clean = true;
    clean_in_any_name.as_others = true;
    return {
        with_words(scope_of({"1"}, {"d"}, content_only), 2, 1),
        with_words(scope_of({"1"}, {"d"}, in_own_name), 1, 1),
        with_words(scope_of({"11"}, {"d"}, headers), 2, 1),
        with_words(scope_of({"1"}, {"d", ""}, clean_in_any_name), 1, 1),
        with_words(scope_of({"1"}, {"d"}, {.incarnation = true}), 2, 1),
        with_words(scope_of({"1"}, {"d"}, {.to_shadows = true}), 2, 1),
        with_words(scope_of({"1d"}, {"d"}, {.tests = true, .outputs = true}), 2, 1),
        with_words(scope_of({"11d"}, {"dad"}, content_only), 2, 1),
        with_words(scope_of({"11"}, {"dd"}, content_only), 3, 1),
        with_words(scope_of({"21"}, {"d", "d"}, content_only), 2, 1),
        with_words(scope_of({"1", "1"}, {"d"}, {.others_number = true}), 1, 1),
    };
}
std::vector<Scope> small_pairs() {
    return {with_words(scope_of({"1"}, {"d"}, {.clean = true, .future = true}), 2, 1)};
}

std::string counts;
std::set<std::string> reached; // twins

// Whether a claim breaks, and then which.
bool breaks(const char* what, const mdcd::checker::actors::ActorSystem& system) {
    mdcd::checker::actors::CheckOptions options;
    options.search.limits.states_max = 200'000;
    for (const auto& claim : system.parts().claims)
        if (claim.kind == mdcd::checker::actors::ClaimKind::always)
            options.search.stop_at.push_back(claim.name);
    const auto report = mdcd::checker::actors::check(system, options);
    const std::string violated = claims_with(report, mdcd::checker::Verdict::violated);
    const std::string error = claims_with(report, mdcd::checker::Verdict::error);
    counts += std::to_string(report.search.distinct_states) + " ";
    for (const auto& claim : report.claims)
        if (claim.verdict == mdcd::checker::Verdict::reached)
            reached.insert(claim.claim);
    if (violated.empty() && error.empty())
        return false;
    std::printf("%s: %s\n", what, violated.empty() ? "an error of the system" : violated.c_str());
    return true;
}

} // namespace

int main() {
    for (const Scope& scope : small_scopes())
        if (breaks("one copy", system_of(scope)))
            return 10;
    for (const NamedClaim& twin : twins())
        if (!reached.contains(twin.name)) {
            std::printf("not reached: %s\n", twin.name.c_str());
            return 10;
        }
    for (const Scope& scope : small_pairs())
        if (breaks("two copies", pair_system_of(scope)))
            return 10;
    std::printf("survived: %s\n", counts.c_str());
    return 0;
}
