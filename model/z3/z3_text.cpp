// The formula is posed as ever (z3_query.hpp), in a logic that gives everything that is constant a name.
// Knows what the names mean, and no answer.
#include "model/z3/z3_text.hpp"

#include <array>
#include <cstdio>
#include <map>
#include <utility>

#include "checker/smt/z3_context.hpp"
#include "model/z3/z3_query.hpp"

namespace mdcd::model {
namespace {

namespace smt = checker::smt;

struct Words {
    const char* name;
    const char* meaning;
};
constexpr std::array word_pairs{
    Words{"validated", "V: the largest number that acceptance tests have proved correct"},
    Words{"test", "what an acceptance test proved correct, unless it missed an error"},
    Words{"depends", "the largest number that it depends on now"},
    Words{"depends_after_recovery", "the largest number that it depends on after recovery"},
    Words{"surviving_depends", "the largest number that a message under way and still delivered depends on"},
    Words{"resent_depends", "the largest number that a message sent again depends on"},
    Words{"chosen", "the position that recovery picks for it, from 0: checkpoints, the oldest first, then its state"},
    Words{"clean_and_erroneous", "it calls itself clean and depends on an erroneous message"},
    Words{"erroneous_after_recovery", "it depends on an erroneous message even after recovery"},
    Words{"error_in_a_process", "some process depends on an erroneous message after recovery"},
    Words{"error_to_be_delivered", "a message that depends on an erroneous one is still delivered"},
    Words{"surviving", "under way, and still delivered after recovery"},
    Words{"resent", "sent again by the shadows from their logs"},
    Words{"generated_later", "of the cluster's messages so far, those that the shadows will send anew"},
    Words{"received_active", "from active processes, in the histories of their receivers after recovery"},
    Words{"received_cluster", "from the cluster, in the histories of their receivers after recovery"},
    Words{"active_sent", "of active processes, in the histories of their senders after recovery"},
    Words{"resolved", "the messages of the cluster so far"},
    Words{"duplicated", "received, under way or sent again more than once by itself"},
    Words{"received", "in the history of a receiver"},
    Words{"announced", "sent, whoever has received them"},
    Words{"from_shadows", "still to come from the shadows"},
    Words{"arriving", "received, or still to be"},
    Words{"orphan", "received or arriving, but in no sender's history"},
    Words{"lost", "sent, but after recovery neither received nor arriving"},
    Words{"duplicate", "received or arriving more than once"},
    Words{"received_on_line", "what its history contains at its place on the line"},
    Words{"sent_on_line", "what it has sent itself, at its place on the line"},
    Words{"fits", "nowhere earlier than recovery's line, and free of all that is not validated"},
    Words{"later", "somewhere later than recovery's line"},
};

std::string meaning_of(const std::string& name) {
    for (const Words& each : word_pairs)
        if (name == each.name)
            return each.meaning;
    return "";
}

// A Z3Logic in which facts are named parts, and parts and unknowns have comments.
class ReadableLogic : public smt::Z3Logic {
public:
    ReadableLogic(smt::Query& query, const View& view) : Z3Logic(query), view_(view) {}

    Number fact(const char* name, unsigned process, unsigned component, std::uint8_t value) {
        const bool of_test = std::string(name) == "test";
        std::string symbol = of_test ? "test_" + std::to_string(process + 1) + "_proved"
                                     : (process == no_process ? "" : process_name(view_, process) + "_") + name;
        if (view_.components > 1 && std::string(name) != "chosen")
            symbol += "_L" + std::to_string(component + 1);
        const auto known = facts_.find(symbol);
        if (known != facts_.end())
            return known->second;
        const Number term{query().name_part(symbol, number(value).term, comment(name, of_test ? no_process : process))};
        facts_.emplace(symbol, term);
        return term;
    }

    Number unknown(const std::string& name, std::uint8_t lowest, std::uint8_t highest) {
        std::string comment = "the number of the first erroneous message of " +
                              (view_.components == 1 ? "the cluster" : "L" + name.substr(name.rfind('_') + 1)) + ": " +
                              std::to_string(lowest) + " to " + std::to_string(highest) +
                              "; nothing in this view depends on the last of these";
        if (name.starts_with("missed_"))
            comment = "the position of an acceptance test that missed an error, from 1; " + std::to_string(highest) +
                      " stands for none";
        if (name.starts_with("line_"))
            comment = "the place of " + name.substr(5) + " on a recovery line: 0 to " + std::to_string(highest) +
                      ", the candidates of it above; the last is its current state";
        return {query().unknown(name, number_width, lowest, highest, comment)};
    }

    Bool named(const char* name, const Bool& term) {
        return {query().name_part(name, term.term, comment(name, no_process))};
    }
    Set named(const char* name, const Set& term) {
        return {query().name_part(name, term.term, comment(name, no_process) + members(term))};
    }
    Bool named(const char* name, unsigned process, const Bool& term) {
        return {query().name_part(process_name(view_, process) + "_" + name, term.term, comment(name, process))};
    }
    Set named(const char* name, unsigned process, const Set& term) {
        return {query().name_part(process_name(view_, process) + "_" + name, term.term,
                                  comment(name, process) + members(term))};
    }

private:
    std::string comment(const char* name, unsigned process) const {
        return (process == no_process ? "" : process_name(view_, process) + ": ") + meaning_of(name);
    }

    // Of a set that is constant.
    static std::string members(const Set& set) {
        return set.term.is_numeral() ? ": " + message_names(set.term.get_numeral_uint64()) : "";
    }

    const View& view_;
    std::map<std::string, Number> facts_;
};
static_assert(Logic<ReadableLogic>);

// Every message that the view speaks of, with the bit that stands for it.
std::string legend(const View& view) {
    MessageSet all = view.active_sent | view.received_active | view.received_cluster | view.duplicated |
                     view.surviving | view.resent | view.generated_later | view.resolved;
    for (unsigned process = 0; process < view.process_count; ++process)
        for (const Candidate& candidate : *view.processes[process].candidates)
            all |= candidate.received | candidate.sent;
    std::string text;
    for (unsigned bit = 0; bit < 64; ++bit)
        if ((all >> bit & 1) != 0)
            text += (text.empty() ? "" : "; ") + ("bit " + std::to_string(bit) + ": ") +
                    message_names(MessageSet{1} << bit);
    return "messages: " + (text.empty() ? "none" : text);
}

std::string expectation(smt::Answer expected) {
    switch (expected) {
    case smt::Answer::satisfiable:
        return "expected answer: sat, the property is violated in this view";
    case smt::Answer::unsatisfiable:
        return "expected answer: unsat, the property holds in this view";
    case smt::Answer::unknown:
        break;
    }
    return "expected answer: none is known; sat would mean that the property is violated in this view";
}

} // namespace

std::string to_smt_lib(PropertyId property, const View& view, const QuestionNotes& notes) {
    const checker::Property& claim = all_properties()[static_cast<std::size_t>(property)];
    smt::Context context;
    smt::Query query(context, claim.name, smt::Parts::defined);
    ReadableLogic logic(query, view);
    pose(logic, query, property, view);
    const std::array<std::string, 6> comments = {
        notes.origin,
        "property " + claim.name + ": " + claim.rationale,
        expectation(notes.expected),
        notes.canonical ? "a canonical view: processes and messages are renamed so that equal questions are equal, and "
                          "what the property does not look at is left out"
                        : "",
        to_text(view),
        legend(view)};
    return query.to_smt_lib(comments, notes.expected);
}

std::string digest_of_key(std::string_view key) {
    std::uint64_t hash = 0xcbf29ce484222325U; // FNV-1a, as of states in traces
    for (const char each : key)
        hash = (hash ^ static_cast<unsigned char>(each)) * 0x100000001b3U;
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
    return text;
}

} // namespace mdcd::model
