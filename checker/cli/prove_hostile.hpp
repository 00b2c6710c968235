// `mdcd prove --cluster hostile`: the proof that a cluster that sends anything is contained, its comparison with the
// line of defence of impl, and the same with each part of that taken away. Decides nothing: the library proves.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "checker/cli/exit_code.hpp"
#include "checker/cli/prove_rows.hpp"
#include "checker/smt/induction.hpp"
#include "model/inputs/rules_file.hpp"
#include "model/proof/boundary_proof.hpp"
#include "model/proof/boundary_tie.hpp"

namespace mdcd::checker::cli {

struct HostileArguments {
    model::NamedRules rules; // of the protocol after the line of defence
    std::vector<std::string> without;
    smt::InductionOptions induction;
    std::uint64_t seed = 1;
    std::uint64_t walks = 40;   // of the comparison
    std::uint64_t runs_max = 0; // looked through for one that shows that a refuted step does harm; 0: none
    bool quiet = false;
    std::string format = "text";
};

// What becomes of the proof without one part of the line of defence.
struct WithoutPart {
    model::proof::boundary::Weakening part;
    model::proof::boundary::Proof proof;
    model::proof::boundary::TieReport tie;
    model::proof::boundary::FoundRun run;
};
struct HostileResult {
    model::proof::boundary::Proof proof;
    model::proof::boundary::TieReport tie;
    std::vector<std::string> not_met;
    std::vector<WithoutPart> parts;
    std::string certificate;      // the folder, if one was written
    std::string certificate_hash; // of its list of hashes
};

[[nodiscard]] HostileResult prove_hostile(const HostileArguments& arguments);
[[nodiscard]] ExitCode exit_code_of(const HostileResult& result);
void print_text(std::ostream& out, const HostileArguments& arguments, const HostileResult& result);
void print_json(std::ostream& out, const HostileArguments& arguments, const HostileResult& result);

} // namespace mdcd::checker::cli
