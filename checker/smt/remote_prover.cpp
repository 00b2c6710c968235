// A formula goes over as its nodes, operands in front of what uses them. A request says all that it needs, so that a
// new process can be asked at any time; a reply that makes no sense is none.
// Knows no solver.
#include "checker/smt/remote_prover.hpp"

#include <array>
#include <bit>
#include <chrono>
#include <optional>
#include <stdexcept>

#include "checker/smt/message.hpp"

namespace mdcd::checker::smt {
namespace {

// The first number of a request. A request without groups is a greeting, replied to by this.
constexpr std::uint64_t proof_greeting = 0x6d646364'70720001; // "mdcd", "pr", format 1
enum class ProofOutcome : std::uint8_t { done, failed };

constexpr auto proof_patience = std::chrono::seconds(30); // beyond twice the time that Z3 is given
constexpr unsigned checks_of_question = 2;                // attempts
constexpr unsigned checks_of_witness = 100;               // .. and what makes a witness small

void write_formulas(MessageWriter& message, const Formulas& formulas) {
    message.number(formulas.nodes().size());
    for (const Node& node : formulas.nodes()) {
        message.number(static_cast<std::uint64_t>(node.operation));
        message.number(node.is_truth ? 1 : 0);
        for (const std::uint32_t operand : node.operands)
            message.number(operand);
        if (node.operation == Operation::unknown)
            message.text(formulas.unknowns()[static_cast<std::size_t>(node.value)].name);
        else
            message.number(static_cast<std::uint64_t>(node.value));
    }
}

void write_groups(MessageWriter& message, const std::vector<ObligationGroup>& groups) {
    message.number(groups.size());
    for (const ObligationGroup& group : groups) {
        message.number(group.premises.size());
        for (const Truth& premise : group.premises)
            message.number(premise.node());
        message.number(group.obligations.size());
        for (const Obligation& obligation : group.obligations) {
            message.number(obligation.conclusion.node());
            message.number(obligation.wants_witness ? 1 : 0);
        }
    }
}

[[noreturn]] void refuse_request() {
    throw std::runtime_error("no request");
}

// What has arrived, built anew: what a builder would not make is refused.
class ReceivedProof {
public:
    explicit ReceivedProof(MessageReader& message) {
        for (std::size_t left = message.count(); left > 0; --left)
            read_node(message);
        for (std::size_t left = message.count(); left > 0; --left)
            read_group(message);
        if (!message.at_end())
            refuse_request();
    }

    Formulas formulas;
    std::vector<ObligationGroup> groups;

private:
    struct Term {
        std::uint32_t node = 0;
        std::optional<Truth> truth; // none: a number
    };

    const Term& term(std::uint64_t number) const {
        if (number >= terms_.size())
            refuse_request();
        return terms_[static_cast<std::size_t>(number)];
    }
    Truth truth(std::uint64_t number) const {
        if (!term(number).truth)
            refuse_request();
        return *term(number).truth;
    }

    // How many operands there are, and which of them are truths.
    static bool fits(Operation operation, bool is_truth, const std::array<const Term*, 3>& operands) {
        const auto is = [&](std::size_t place, bool wanted) { return operands[place]->truth.has_value() == wanted; };
        switch (operation) {
        case Operation::negation:
            return is_truth && is(0, true);
        case Operation::both:
        case Operation::either:
            return is_truth && is(0, true) && is(1, true);
        case Operation::equal:
            return is_truth && operands[0]->truth.has_value() == operands[1]->truth.has_value();
        case Operation::at_most:
            return is_truth && is(0, false) && is(1, false);
        case Operation::plus:
            return !is_truth && is(0, false);
        case Operation::sum:
            return !is_truth && is(0, false) && is(1, false);
        case Operation::choice:
            return is(0, true) && is(1, is_truth) && is(2, is_truth);
        case Operation::constant:
        case Operation::unknown:
            break;
        }
        return false;
    }

    void read_node(MessageReader& message) {
        const std::uint64_t kind = message.number();
        const bool is_truth = message.number() != 0;
        std::array<std::uint64_t, 3> places{};
        for (std::uint64_t& place : places)
            place = message.number();
        if (kind > static_cast<std::uint64_t>(Operation::choice))
            refuse_request();
        const auto operation = static_cast<Operation>(kind);
        if (operation == Operation::unknown) {
            const std::string name(message.text());
            return is_truth ? add(formulas.unknown_truth(name)) : add(formulas.unknown_number(name));
        }
        const auto value = static_cast<std::int64_t>(message.number());
        if (operation == Operation::constant)
            return is_truth ? add(formulas.constant(value != 0)) : add(formulas.number(value));
        const std::array operands{&term(places[0]), &term(places[1]), &term(places[2])};
        if (!fits(operation, is_truth, operands))
            refuse_request();
        const auto [first, second, third] = std::array{operands[0]->node, operands[1]->node, operands[2]->node};
        if (is_truth)
            add(formulas.truth_of(operation, first, second, third));
        else
            add(formulas.number_of(operation, first, second, third, value));
    }

    void add(Truth truth) { terms_.push_back({truth.node(), truth}); }
    void add(Number number) { terms_.push_back({number.node(), std::nullopt}); }

    void read_group(MessageReader& message) {
        ObligationGroup& group = groups.emplace_back();
        for (std::size_t left = message.count(); left > 0; --left)
            group.premises.push_back(truth(message.number()));
        for (std::size_t left = message.count(); left > 0; --left) {
            const Truth conclusion = truth(message.number());
            group.obligations.push_back({.name = {}, .conclusion = conclusion, .wants_witness = message.number() != 0});
        }
    }

    std::vector<Term> terms_; // by their number in the message
};

void write_finding(MessageWriter& message, const Finding& finding) {
    message.number(static_cast<std::uint64_t>(finding.verdict));
    message.text(finding.reason);
    message.number(std::bit_cast<std::uint64_t>(finding.seconds));
    message.number(finding.witness.size());
    for (const std::int64_t value : finding.witness)
        message.number(static_cast<std::uint64_t>(value));
}

// None if it is not one of this question.
std::optional<Finding> read_finding(MessageReader& message, const Obligation& asked, std::size_t unknowns) {
    Finding finding;
    const std::uint64_t verdict = message.number();
    finding.verdict = static_cast<Finding::Verdict>(verdict);
    finding.reason = message.text();
    finding.seconds = std::bit_cast<double>(message.number());
    finding.witness.resize(message.count());
    for (std::int64_t& value : finding.witness)
        value = static_cast<std::int64_t>(message.number());
    const bool has_witness = finding.verdict == Finding::Verdict::refuted && asked.wants_witness;
    const bool fits = verdict <= static_cast<std::uint64_t>(Finding::Verdict::unknown) &&
                      finding.witness.size() == (has_witness ? unknowns : 0);
    return message.is_complete() && fits ? std::optional(std::move(finding)) : std::nullopt;
}

// For Z3 itself it has its own limit, which it may miss. 0: none.
std::chrono::milliseconds patience_with(const std::vector<ObligationGroup>& groups, const InductionOptions& options) {
    std::int64_t checks = 0;
    for (const ObligationGroup& group : groups)
        for (const Obligation& each : group.obligations)
            checks += checks_of_question + (each.wants_witness ? checks_of_witness : 0);
    return options.timeout_ms == 0
               ? std::chrono::milliseconds(0)
               : checks * 2 * std::chrono::milliseconds(options.timeout_ms) + std::chrono::milliseconds(proof_patience);
}

constexpr const char* makes_no_sense = "the process that asked Z3 makes no sense";

} // namespace

bool RemoteProver::opens() {
    const Asker::Reply reply = asker_.ask(proof_request(Formulas(), {}, {}), proof_patience);
    MessageReader message(reply.content);
    return message.number() == static_cast<std::uint64_t>(ProofOutcome::done) && message.number() == proof_greeting &&
           message.at_end();
}

// Returns why there is no answer.
std::string RemoteProver::attempt(const Formulas& formulas, const std::vector<ObligationGroup>& groups,
                                  const InductionOptions& options, std::vector<std::vector<Finding>>& findings) {
    const Asker::Reply reply = asker_.ask(proof_request(formulas, groups, options), patience_with(groups, options));
    if (!reply.death.empty())
        return "the process that asked Z3 " + reply.death;
    MessageReader message(reply.content);
    const std::uint64_t outcome = message.number();
    if (outcome == static_cast<std::uint64_t>(ProofOutcome::failed)) {
        const std::string_view reason = message.text();
        return message.at_end() && !reason.empty() ? std::string(reason) : makes_no_sense;
    }
    if (outcome != static_cast<std::uint64_t>(ProofOutcome::done) || message.number() != proof_greeting)
        return makes_no_sense;
    for (std::size_t group = 0; group < groups.size(); ++group)
        for (const Obligation& asked : groups[group].obligations) {
            std::optional<Finding> finding = read_finding(message, asked, formulas.unknowns().size());
            if (!finding)
                return makes_no_sense;
            findings[group].push_back(std::move(*finding));
        }
    return message.at_end() ? "" : makes_no_sense;
}

std::vector<std::vector<Finding>> RemoteProver::prove(const Formulas& formulas,
                                                      const std::vector<ObligationGroup>& groups,
                                                      const InductionOptions& options) {
    std::vector<std::vector<Finding>> findings(groups.size());
    const std::string failure = attempt(formulas, groups, options, findings);
    if (failure.empty())
        return findings;
    for (std::size_t group = 0; group < groups.size(); ++group) {
        std::vector<std::vector<Finding>> alone(1);
        const std::string again = groups.size() == 1 ? failure : attempt(formulas, {groups[group]}, options, alone);
        if (!again.empty())
            alone[0].assign(groups[group].obligations.size(), {.reason = again, .witness = {}});
        findings[group] = std::move(alone[0]);
    }
    return findings;
}

std::string proof_request(const Formulas& formulas, const std::vector<ObligationGroup>& groups,
                          const InductionOptions& options) {
    MessageWriter message;
    message.number(proof_greeting);
    message.number(options.timeout_ms);
    message.number(options.effort_max);
    write_formulas(message, formulas);
    write_groups(message, groups);
    return message.take();
}

bool is_proof_request(std::string_view message) {
    return MessageReader(message).number() == proof_greeting;
}

std::string reply_to_proof(std::string_view bytes, const std::function<void(std::size_t groups)>& before_groups) {
    MessageWriter reply;
    try {
        MessageReader message(bytes);
        (void)message.number();
        InductionOptions options;
        options.timeout_ms = static_cast<unsigned>(message.number());
        options.effort_max = static_cast<unsigned>(message.number());
        ReceivedProof received(message);
        if (before_groups && !received.groups.empty())
            before_groups(received.groups.size());
        const Findings findings = prove(received.formulas, received.groups, options);
        reply.number(static_cast<std::uint64_t>(ProofOutcome::done));
        reply.number(proof_greeting);
        for (const std::vector<Finding>& group : findings.groups)
            for (const Finding& each : group)
                write_finding(reply, each);
    } catch (const std::exception& error) {
        reply = {};
        reply.number(static_cast<std::uint64_t>(ProofOutcome::failed));
        reply.text(*error.what() == '\0' ? "it could not be asked" : error.what());
    }
    return reply.take();
}

} // namespace mdcd::checker::smt
