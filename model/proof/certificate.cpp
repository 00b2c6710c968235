// The files of a certificate: questions, manifest, script and hashes.
// Asks no solver, and knows no proof.
#include "model/proof/certificate.hpp"

#include "checker/content_hash.hpp"
#include "traces/json.hpp"

namespace mdcd::model::proof {

namespace {

// Whoever has only this folder can run it: a POSIX shell, b2sum of the GNU core utilities, and the solvers.
constexpr const char* script = R"sh(#!/bin/sh
# Has every question of this certificate answered anew: sh check.sh [SOLVER...]; without arguments by cvc5 and z3.
# Exit 0: every file is as it was written, and every answer is the one that was written down. Exit 1: not so.
# Exit 69: a solver is not installed.
set -u
cd "$(dirname "$0")" || exit 1
[ $# -gt 0 ] || set -- cvc5 z3
b2sum --length=256 --check --quiet hashes || { echo "a file is not what it was"; exit 1; }
wrong=0
written=$(grep -c '"file": ' manifest.json)
for solver in "$@"; do
    command -v "$solver" >/dev/null || { echo "$solver is not installed"; exit 69; }
    asked=0
    proved=0
    while read -r _ file; do
        case $file in *.smt2) ;; *) continue ;; esac
        expected=$(sed -n 's/^(set-info :status \([a-z]*\))$/\1/p' "$file")
        answer=$("$solver" "$file" 2>&1 </dev/null | head -n 1)
        asked=$((asked + 1))
        [ "$answer" != unsat ] || proved=$((proved + 1))
        if [ "$answer" != "$expected" ]; then
            echo "$solver: $file: $answer, and not ${expected:-answered before}"
            wrong=$((wrong + 1))
        fi
    done <hashes
    echo "$solver: $asked questions, $proved of them unsat"
    if [ "$asked" -eq 0 ] || [ "$asked" -ne "$written" ]; then
        echo "the manifest lists $written questions"
        exit 1
    fi
done
[ "$wrong" -eq 0 ] || { echo "$wrong answers are others"; exit 1; }
)sh";

} // namespace

CertifiedProof certified(const std::string& folder, const Argument& argument, const Answers& answers,
                         const std::string& heading) {
    return {folder,
            answers.proved()    ? "proved"
            : answers.refuted() ? "refuted"
                                : "unknown",
            certified(argument, answers, heading)};
}

std::vector<CertificateFile> certificate(const traces::Value::Record& subject,
                                         const std::vector<CertifiedProof>& proofs) {
    using traces::Value;
    std::vector<CertificateFile> files;
    Value::List listed;
    Value::Record verdicts;
    for (const CertifiedProof& proof : proofs) {
        verdicts.emplace_back(proof.folder, proof.verdict);
        for (const CertifiedQuestion& each : proof.questions) {
            const std::string name = each.about == each.name ? each.name : each.about + "." + each.name;
            files.push_back({proof.folder + "/" + name + ".smt2", each.text});
            listed.emplace_back(Value::Record{{"file", files.back().name},
                                              {"claim", proof.folder},
                                              {"about", each.about},
                                              {"question", each.name},
                                              {"sentence", each.sentence},
                                              {"answer", checker::smt::name_of(each.answer)},
                                              {"blake2b_256", checker::content_hash(each.text)}});
        }
    }
    Value::Record manifest{{"format", 1}};
    manifest.insert(manifest.end(), subject.begin(), subject.end());
    manifest.emplace_back("verdicts", Value(std::move(verdicts)));
    manifest.emplace_back("questions", Value(std::move(listed)));
    files.push_back({"check.sh", script});
    files.push_back({"manifest.json", traces::to_json(Value(std::move(manifest)))});
    std::string hashes;
    for (const CertificateFile& each : files)
        hashes += checker::content_hash(each.text) + "  " + each.name + "\n";
    files.push_back({"hashes", hashes});
    return files;
}

} // namespace mdcd::model::proof
