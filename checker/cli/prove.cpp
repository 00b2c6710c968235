// `mdcd prove`: the argument for any number of messages, checked by Z3, and the comparison of what it argues about with
// the implementation. Decides nothing itself: the library proves, the report prints.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>

#include "checker/cli/check_options.hpp"
#include "checker/cli/node/upgrade_rules_text.hpp"
#include "checker/cli/numbers.hpp"
#include "checker/cli/output_places.hpp"
#include "checker/cli/prove_hostile.hpp"
#include "checker/cli/prove_report.hpp"
#include "checker/cli/prove_rules.hpp"
#include "checker/cli/subcommands.hpp"
#include "checker/cli/trace_files.hpp"
#include "checker/cli/usage_error.hpp"
#include "checker/content_hash.hpp"
#include "checker/whole_file.hpp"
#include "model/inputs/library.hpp"
#include "model/proof/certificate.hpp"
#include "model/proof/cluster_reach.hpp"
#include "model/proof/cluster_rules.hpp"
#include "model/proof/cluster_tie.hpp"
#include "model/proof/known_rules.hpp"
#include "model/proof/tie_recovery.hpp"
#include "traces/file_error.hpp"
#include "traces/value.hpp"

namespace mdcd::checker::cli {
namespace {

struct ProveArguments {
    std::string rules; // "": what the cluster is asked about with
    std::vector<std::string> set;
    std::string cluster = "faulty";
    std::string claim = "all";
    std::string components; // "": any number, if the rules are made for several
    std::vector<std::string> without;
    std::string format = "text";
    std::string certificate;
    smt::InductionOptions induction;
    model::proof::ReachOptions reach;
    model::proof::TieOptions tie;
    bool quiet = false;
};

std::vector<model::proof::Claim> claims_of(const ProveArguments& arguments) {
    std::vector<model::proof::Claim> claims;
    if (arguments.claim != "consistency")
        claims.push_back(model::proof::Claim::containment);
    if (arguments.claim != "containment")
        claims.push_back(model::proof::Claim::consistency);
    return claims;
}

bool asks_about_several(const ProveArguments& arguments, const impl::Rules& rules) {
    return arguments.components.empty() ? model::proof::cluster::made_for_several(rules)
                                        : arguments.components == "any";
}

void expect_lemmas(const ProveArguments& arguments, const impl::Rules& rules) {
    std::vector<std::string> known;
    if (asks_about_several(arguments, rules))
        add_lemmas_about_several(known);
    for (const model::proof::Lemma& each : model::proof::lemmas(claims_of(arguments).back(), rules))
        known.emplace_back(each.name);
    for (const std::string& name : arguments.without)
        if (std::ranges::find(known, name) == known.end())
            throw UsageError("--without " + name + ": no such lemma under these rules" +
                             traces::did_you_mean(name, known));
}

void expect_known(const ProveArguments& arguments, const impl::Rules& rules) {
    if (const std::string unknown = joined_sentences(model::proof::unknown_to_proof(rules)); !unknown.empty())
        throw UsageError(unknown);
    if (!asks_about_several(arguments, rules))
        return;
    if (const std::string unknown = joined_sentences(model::proof::cluster::unknown_to_proof(rules)); !unknown.empty())
        throw UsageError(unknown + "; --components one asks about one component");
}

// Of containment the first claim of the table, of consistency all others.
model::proof::cluster::ProofOptions options_for_components(const ProveArguments& arguments) {
    model::proof::cluster::ProofOptions options{.without = arguments.without, .induction = arguments.induction};
    if (arguments.claim == "containment")
        options.claims = options.claims.first(1);
    else if (arguments.claim == "consistency")
        options.claims = options.claims.subspan(1);
    return options;
}

ProofOfComponents prove_for_components(const ProveArguments& arguments, const impl::Rules& rules) {
    namespace cluster = model::proof::cluster;
    ProofOfComponents result{cluster::prove(options_for_components(arguments)), {}, {}};
    if (arguments.reach.states_max > 0)
        result.runs = cluster::find_failures(rules, result.proof, arguments.reach.states_max);
    const model::System system(cluster::tie_scope(), rules);
    cluster::Reading reading;
    // A lemma that is not kept may well be false somewhere: that is said above.
    cluster::TieOptions tie{.seed = arguments.tie.seed,
                            .walks = (arguments.tie.walks + 7) / 8, // these are longer
                            .judge_lemmas = result.proof.proved()};
    result.tie.add(cluster::tie_start(system, reading));
    result.tie.add(cluster::tie_walks(system, reading, tie));
    tie.walks = (arguments.tie.walks + 1) / 2;
    for (const model::Scope& scope : {cluster::recovery_scope(), cluster::output_scope()})
        result.tie.add(cluster::tie_recoveries(model::System(scope, rules), reading, tie));
    return result;
}

// What the proof is about, with the implementation.
void compare(const ProveArguments& arguments, ProveResult& result) {
    const impl::Rules& rules = result.rules.rules;
    const model::System system(model::proof::tie_scope(), rules);
    model::proof::Reading reading(rules);
    model::proof::TieOptions tie = arguments.tie;
    // A lemma that is not kept may well be false somewhere: that is said above.
    tie.judge_lemmas = std::ranges::all_of(result.proofs, [](const auto& each) { return each.proof.proved(); });
    result.tie.add(model::proof::tie_start(system, reading));
    result.tie.add(model::proof::tie_walks(system, reading, tie));
    result.tie.add(model::proof::tie_made_up_states(system, reading, tie));
    const model::System recovering(model::proof::recovery_scope(), rules);
    result.tie.add(model::proof::tie_recoveries(recovering, reading, tie));
    result.tie.add(model::proof::tie_claims(recovering, reading, tie));
}

// What Z3 found need not be reachable: the engine looks for a run.
void look_for_runs(const ProveArguments& arguments, ProveResult& result) {
    const impl::Rules& rules = result.rules.rules;
    for (ProofOfClaim& each : result.proofs) {
        for (const model::proof::Lemma& lemma : model::proof::lemmas(each.claim, rules))
            for (const model::proof::ProofRow& row : each.proof.lemmas)
                for (std::size_t column = 1; row.name == lemma.name && column < row.cells.size(); ++column)
                    if (row.cells[column].counterexample)
                        each.looked_for[{row.name, column}] = model::proof::find_broken_lemma(
                            rules, lemma, static_cast<model::proof::ActionId>(column - 1), arguments.reach);
        for (const model::proof::ProofRow& row : each.proof.claims)
            if (row.cells[0].counterexample)
                each.looked_for[{row.name, 0}] = model::proof::find_false_claim(rules, row.name, arguments.reach);
    }
}

// What is in the folder of a certificate.
const std::vector<std::string>& certificate_parts() {
    static const std::vector<std::string> parts = {"check.sh", "proofs.sh",   "proof.awk",   "manifest.json",
                                                   "hashes",   "containment", "consistency", "components",
                                                   "recovery", "upgrade",     "link",        "hostile"};
    return parts;
}

void expect_place(const ProveArguments& arguments) {
    if (arguments.certificate.empty())
        return;
    try_folder(arguments.certificate);
    expect_own_folder(arguments.certificate, certificate_parts());
}

// Named in the report, and written after it.
PendingFiles certificate_files(const ProveArguments& arguments, const model::NamedRules& rules,
                               const std::vector<std::string>& without,
                               const std::vector<model::proof::CertifiedProof>& proofs, std::string& hash) {
    using traces::Value;
    Value::List left_out;
    for (const std::string& each : without)
        left_out.emplace_back(each);
    const Value::Record subject{
        {"cluster", arguments.cluster},
        {"rules", Value::Record{{"name", rules.name}, {"values", model::to_value(rules.rules)}}},
        {"upgrade_rules", Value(node::changed_upgrade_rules(rules_of_upgrades(arguments.set)))},
        {"without_lemmas", Value(std::move(left_out))}};
    PendingFiles files;
    for (const model::proof::CertificateFile& file : model::proof::certificate(subject, proofs)) {
        files.add_in_own_folder(arguments.certificate + "/" + file.name, file.text);
        hash = content_hash(file.text); // of the last: the list of hashes
    }
    return files;
}

PendingFiles make_certificate(const ProveArguments& arguments, ProveResult& result) {
    namespace proof = model::proof;
    const std::string rules = "rules " + result.rules.name;
    std::vector<proof::CertifiedProof> proofs;
    for (const ProofOfClaim& each : result.proofs) {
        smt::Formulas formulas;
        proof::Transition<proof::Symbolic> step;
        make_unknown(formulas, step);
        const char* const name = each.claim == proof::Claim::containment ? "containment" : "consistency";
        proofs.push_back(proof::certified(
            name, proof::argument(result.rules.rules, {.claim = each.claim, .without = arguments.without}, step),
            each.proof, rules + ", " + name));
    }
    smt::Formulas of_components;
    proof::cluster::Step components;
    make_unknown(of_components, components);
    if (result.components)
        proofs.push_back(proof::certified("components",
                                          proof::cluster::argument(options_for_components(arguments), components),
                                          result.components->proof, rules + ", any number of components"));
    smt::Formulas of_recovery;
    proof::agreement::Step recovery;
    make_unknown(of_recovery, recovery);
    smt::Formulas of_changes;
    proof::change::Step change;
    make_unknown(of_changes, change);
    smt::Formulas of_link;
    proof::link::Step link;
    make_unknown(of_link, link);
    if (result.agreement) {
        proofs.push_back(proof::certified("recovery",
                                          proof::agreement::argument({.without = arguments.without}, recovery),
                                          result.agreement->proof, "recovery by messages, any number of processes"));
        proofs.push_back(proof::certified(
            "upgrade",
            proof::change::argument(
                {.without = arguments.without, .actions = proof::change::actions(result.upgrade_rules)}, change),
            result.agreement->change, "begin, commit, abort and recovery of upgrades, any number of seats"));
        proofs.push_back(proof::certified("link", proof::link::argument({.without = arguments.without}, link),
                                          result.agreement->link, "a link, any number of messages and crashes"));
    }
    result.certificate = arguments.certificate;
    return certificate_files(arguments, result.rules, result.without, proofs, result.certificate_hash);
}

PendingFiles make_certificate(const ProveArguments& arguments, const HostileArguments& hostile, HostileResult& result) {
    namespace boundary = model::proof::boundary;
    smt::Formulas formulas;
    boundary::Step step;
    make_unknown(formulas, step);
    const boundary::ProofOptions options{.without = hostile.without};
    const model::proof::CertifiedProof proof =
        model::proof::certified("hostile", boundary::argument(options, step), result.proof,
                                "a hostile cluster, " + std::string(boundary::claim_name));
    result.certificate = arguments.certificate;
    return certificate_files(arguments, hostile.rules, hostile.without, {proof}, result.certificate_hash);
}

// The proof about a hostile cluster is another one: what is about a faulty one does not apply.
void expect_hostile(const ProveArguments& arguments, const HostileArguments& hostile) {
    const auto refuse = [](bool given, const char* option) {
        if (given)
            throw UsageError(std::string(option) + " does not go with --cluster hostile");
    };
    refuse(!arguments.components.empty(), "--components");
    refuse(arguments.claim != "all", "--claim");
    if (const std::string unknown = joined_sentences(model::proof::cluster::unknown_to_proof(hostile.rules.rules));
        !unknown.empty())
        throw UsageError(unknown);
    std::vector<std::string> known;
    for (const model::proof::boundary::Lemma& each : model::proof::boundary::lemmas())
        known.emplace_back(each.name);
    for (const std::string& name : hostile.without)
        if (std::ranges::find(known, name) == known.end())
            throw UsageError("--without " + name + ": no such lemma about a hostile cluster" +
                             traces::did_you_mean(name, known));
}

ExitCode prove_about_hostile(const ProveArguments& arguments) {
    constexpr std::uint64_t runs_max = 400;
    std::vector<std::string> set{"stop_low=detector_only"}; // nobody asks a hostile cluster to stop
    set.insert(set.end(), arguments.set.begin(), arguments.set.end());
    const HostileArguments hostile{
        .rules = changed_rules(arguments.rules.empty() ? "repaired_vector" : arguments.rules, set),
        .without = arguments.without,
        .induction = arguments.induction,
        .seed = arguments.tie.seed,
        .walks = arguments.tie.walks,
        .runs_max = arguments.reach.states_max > 0 ? runs_max : 0,
        .quiet = arguments.quiet,
        .format = arguments.format};
    expect_place(arguments);
    expect_hostile(arguments, hostile);
    HostileResult result = prove_hostile(hostile);
    PendingFiles certificate;
    if (!arguments.certificate.empty())
        certificate = make_certificate(arguments, hostile, result);
    if (arguments.format == "json")
        print_json(std::cout, hostile, result);
    else
        print_text(std::cout, hostile, result);
    std::cout.flush();
    certificate.write();
    return exit_code_of(result);
}

ExitCode prove(const ProveArguments& arguments) {
    if (arguments.cluster == "hostile")
        return prove_about_hostile(arguments);
    ProveResult result;
    result.rules = rules_of_cluster(arguments.rules.empty() ? "repaired" : arguments.rules, arguments.set);
    result.upgrade_rules = rules_of_upgrades(arguments.set);
    result.without = arguments.without;
    const impl::Rules& rules = result.rules.rules;
    expect_place(arguments);
    expect_known(arguments, rules);
    expect_known_rules_of_upgrades(result.upgrade_rules,
                                   asks_about_several(arguments, rules) && arguments.claim == "all");
    expect_lemmas(arguments, rules);
    for (const model::proof::Claim claim : claims_of(arguments))
        result.proofs.push_back(
            {claim, model::proof::prove(
                        rules, {.claim = claim, .without = arguments.without, .induction = arguments.induction})});
    if (arguments.reach.states_max > 0)
        look_for_runs(arguments, result);
    compare(arguments, result);
    if (asks_about_several(arguments, rules))
        result.components = prove_for_components(arguments, rules);
    if (asks_about_several(arguments, rules) && arguments.claim == "all")
        result.agreement = prove_agreement({.without = arguments.without,
                                            .rules = rules,
                                            .upgrade_rules = result.upgrade_rules,
                                            .seed = arguments.tie.seed,
                                            .walks = arguments.tie.walks * 2,
                                            .induction = arguments.induction});
    PendingFiles certificate;
    if (!arguments.certificate.empty())
        certificate = make_certificate(arguments, result);
    if (arguments.format == "json")
        print_json(std::cout, result);
    else
        print_text(std::cout, result, arguments.quiet);
    std::cout.flush();
    certificate.write();
    return exit_code_of(result);
}

} // namespace

void add_prove(CLI::App& program, ExitCode& exit_code) {
    CLI::App* command = program.add_subcommand(
        "prove", "Proves claims for any number of messages and components, by induction checked by Z3");
    const auto arguments = std::make_shared<ProveArguments>();
    command
        ->add_option("--rules", arguments->rules,
                     "A preset by name, or a file; default: repaired, of a hostile cluster repaired_vector")
        ->type_name("RULES");
    command->add_option("--set", arguments->set, "Change one rule (repeatable)")->type_name("RULE=VALUE");
    command
        ->add_option("--cluster", arguments->cluster,
                     "What new versions may do: err from some message on, or send anything at any time")
        ->check(one_of({"faulty", "hostile"}))
        ->type_name("KIND");
    command
        ->add_option("--claim", arguments->claim,
                     "That clean processes are free of error; that recovery ends consistent; or both")
        ->check(one_of({"containment", "consistency", "all"}))
        ->type_name("CLAIM");
    command
        ->add_option("--components", arguments->components,
                     "About one component, or about any number of them; default: any, if the rules number by component")
        ->check(one_of({"one", "any"}))
        ->type_name("COUNT");
    command->add_option("--without", arguments->without, "Leave out a lemma, to see what needs it (repeatable)")
        ->type_name("LEMMA");
    command->add_option("--format", arguments->format, "Of the report")
        ->check(one_of({"text", "json"}))
        ->type_name("FORMAT");
    command
        ->add_option(
            "--certificate", arguments->certificate,
            "Write every question here as SMT-LIB 2, with a script that has other solvers answer them, and one\n"
            "that has proofs of them checked")
        ->type_name("DIR");
    command->add_option("--z3-timeout", arguments->induction.timeout_ms, "For each attempt at a question")
        ->type_name("MS");
    command
        ->add_option("--z3-effort", arguments->induction.effort_max,
                     "The same in Z3's own units, which no other work on the machine changes; 0: no limit")
        ->type_name("N");
    command
        ->add_option("--search", arguments->reach.states_max,
                     "Look for a run to each failure among so many states of tiny and of relay; 0: do not")
        ->type_name("N");
    command->add_option("--seed", arguments->tie.seed, "Of the steps compared with the implementation")->type_name("N");
    command->add_option("--walks", arguments->tie.walks, "Random runs to compare with the actions")->type_name("N");
    command->add_option("--states", arguments->tie.made_up_states, "Made-up states to compare with the actions")
        ->type_name("N");
    command->add_flag("--quiet", arguments->quiet, "Print no counterexamples");
    command->footer("Examples:\n"
                    "  mdcd prove\n"
                    "  mdcd prove --rules published --claim containment\n"
                    "  mdcd prove --rules repaired --set receiver_log=clean_only\n"
                    "  mdcd prove --rules repaired_vector --components any\n"
                    "  mdcd prove --cluster hostile\n"
                    "  mdcd prove --without past_is_past --quiet\n"
                    "  mdcd prove --format json\n"
                    "  mdcd prove --certificate certificate && sh certificate/check.sh\n"
                    "Exit 0 if all is proved, 10 if a lemma or claim fails or the implementation does something else,\n"
                    "20 if Z3 gave no answer or something was never met in the comparison. A counterexample\n"
                    "to induction need not be reachable: a run to it is looked for in small scopes. docs/soundness.md\n"
                    "says what a proof means.");
    command->callback([arguments, &exit_code] { exit_code = prove(*arguments); });
}

} // namespace mdcd::checker::cli
