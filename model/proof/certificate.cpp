// The files of a certificate: questions, manifest, script and hashes.
// Asks no solver, and knows no proof.
#include "model/proof/certificate.hpp"

#include "checker/content_hash.hpp"
#include "model/proof/certificate_scripts.hpp"
#include "traces/json.hpp"

namespace mdcd::model::proof {

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
    files.push_back({"check.sh", script_of_answers});
    files.push_back({"proofs.sh", script_of_proofs});
    files.push_back({"proof.awk", reader_of_proofs});
    files.push_back({"manifest.json", traces::to_json(Value(std::move(manifest)))});
    std::string hashes;
    for (const CertificateFile& each : files)
        hashes += checker::content_hash(each.text) + "  " + each.name + "\n";
    files.push_back({"hashes", hashes});
    return files;
}

} // namespace mdcd::model::proof
