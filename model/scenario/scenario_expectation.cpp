// Asks one state what a scenario expects of it.
// Knows no file.
#include "model/scenario/scenario_expectation.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "checker/path.hpp"
#include "model/inputs/property_table.hpp"
#include "model/runs/conclusion.hpp"
#include "model/scenario/scenario_bounds.hpp"
#include "model/scenario/scenario_text.hpp"
#include "model/state/state_value.hpp"
#include "traces/file_error.hpp"

namespace mdcd::model {

using traces::Value;

namespace {

// What conclusions find (conclusion.cpp, recovery_text.cpp).
const std::vector<std::string>& finding_kinds() {
    static const std::vector<std::string> kinds = {"badly_recovered",
                                                   "cascade",
                                                   "contained",
                                                   "duplicate",
                                                   "erroneous_dependence",
                                                   "excess_rollback",
                                                   "false_lemma",
                                                   "kept_in_vain",
                                                   "lost",
                                                   "orphan",
                                                   "reclaimed",
                                                   "same_number",
                                                   "out_of_order",
                                                   "rolled_back_again",
                                                   "skipped",
                                                   "unsafe_output",
                                                   "waiting"};
    return kinds;
}

std::string joined(const std::vector<std::string>& words, std::size_t from = 0, const char* separator = " ") {
    std::string text;
    for (std::size_t position = from; position < words.size(); ++position)
        text += (position == from ? "" : separator) + words[position];
    return text;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

// An entry of a list in one word: its message, its index, or its first field.
std::string short_form(const Value& value) {
    const Value::Record* record = value.record();
    if (record == nullptr)
        return value.text() != nullptr ? *value.text() : traces::to_text(value);
    for (const char* name : {"message", "payload", "id", "index"})
        if (const Value* field = value.find(name))
            return short_form(*field);
    return record->empty() ? "{}" : short_form(record->front().second);
}

std::string short_list(const Value::List& list) {
    std::string text;
    for (const Value& item : list)
        text += (text.empty() ? "" : ", ") + short_form(item);
    return "[" + text + "]";
}

std::vector<std::string> field_names(const Value& value) {
    std::vector<std::string> names;
    if (value.record() != nullptr)
        for (const auto& field : *value.record())
            names.push_back(field.first);
    return names;
}

// A value against a word: a list against its length or its entries in brackets, anything else against its text.
Expected compared(const Value& value, const std::string& expected) {
    if (const Value::List* list = value.list()) {
        const std::string count = std::to_string(list->size());
        if (expected.starts_with('[')) {
            std::string bare = expected;
            std::erase(bare, ' ');
            std::string actual = short_list(*list);
            std::erase(actual, ' ');
            return {actual == bare, short_list(*list)};
        }
        const bool number =
            !expected.empty() && std::ranges::all_of(expected, [](char each) { return each >= '0' && each <= '9'; });
        if (!number && expected != "none")
            throw ExpectationError("expected how many there are, none, or their names in brackets like " +
                                   short_list(*list) + ", found '" + expected + "'");
        return {expected == "none" ? list->empty() : expected == count, count + " " + short_list(*list)};
    }
    const bool digits = std::ranges::all_of(expected, [](char each) { return each >= '0' && each <= '9'; });
    if (value.number() != nullptr && !digits)
        throw ExpectationError("expected a number, found '" + expected + "'");
    if (value.truth() != nullptr && expected != "true" && expected != "false")
        throw ExpectationError("expected true or false, found '" + expected + "'");
    return {short_form(value) == expected, short_form(value)};
}

// The names of messages in a bracketed list: its words that begin with a letter and are not what other messages are
// called.
std::vector<std::string> names_in_list(const std::string& text) {
    std::vector<std::string> names(1);
    for (const char each : text) {
        if (each == '[' || each == ']' || each == ',' || each == ' ')
            names.emplace_back();
        else
            names.back() += each;
    }
    std::erase_if(names, [](const std::string& name) {
        static const std::vector<std::string> kinds{"passed_AT", "announcement", "reply", "decision", "low_number"};
        return name.empty() || std::isalpha(static_cast<unsigned char>(name.front())) == 0 || contains(kinds, name);
    });
    return names;
}

std::vector<std::string> split_at_brackets(std::vector<std::string> words) {
    std::string all;
    for (const std::string& word : words)
        all += word + " ";
    std::ranges::replace_if(
        all, [](char each) { return std::string_view("[](),;:").find(each) != std::string_view::npos; }, ' ');
    return words_of(all);
}

// What a path of field names, parts and [positions] leads to.
const Value& field_of(const Value& state, const std::string& place, const std::string& path) {
    const Value* top = state.find(place);
    std::size_t from = 0;
    const Value* found = top;
    while (found != nullptr && from < path.size()) { // each field by itself, so that the nearest name can be told
        const std::size_t end = std::min(path.find('.', from), path.size());
        const std::string part = path.substr(from, end - from);
        const Value* next = traces::value_at(*found, part);
        if (next == nullptr) {
            const std::vector<std::string> known = field_names(*found);
            throw ExpectationError(
                "there is no '" + part + "' in " + place + (from == 0 ? "" : "." + path.substr(0, from - 1)) +
                traces::did_you_mean(part, known) + (known.empty() ? "" : "; there are " + joined(known, 0, ", ")));
        }
        found = next;
        from = end + 1;
    }
    return *found;
}

} // namespace

checker::PropertyBits Questions::truths() const {
    return checker::judge(system_, run_.state());
}

std::vector<traces::Finding> Questions::findings() const {
    std::vector<traces::Finding> all;
    const checker::PropertyBits bits = truths();
    const auto properties = all_properties();
    for (std::size_t position = 0; position < properties.size(); ++position) {
        if (properties[position].kind == checker::PropertyKind::reachable || (bits >> position & 1) != 0 ||
            !applies(property_at(position), system_.scope(), system_.rules()))
            continue;
        for (traces::Finding& each : conclude(system_, run_, property_at(position)).findings)
            if (std::ranges::find(all, each) == all.end())
                all.push_back(std::move(each));
    }
    return all;
}

Expected Questions::enabled(const std::string& action) const {
    const Words words = words_of(action); // else a step that can never be there would be "not enabled" for ever
    Words processes;
    for (const impl::ProcessId process : system_.layout().processes())
        processes.push_back(name_of(process));
    if (words.size() < 2)
        throw ExpectationError("expected a step after 'enabled', as in 'enabled L1 sends 1 to A1'");
    if (!contains(processes, words[0]))
        throw ExpectationError("expected a process after 'enabled', found '" + words[0] + "'; there are " +
                               joined(processes, 0, ", "));
    const Words verbs{"sends",   "receives", "passes", "generates",
                      "outputs", "fails",    "logs"}; // of the steps' texts (steps/)
    if (std::ranges::none_of(verbs, [&](const std::string& verb) { return verb.starts_with(words[1]); }))
        throw ExpectationError("no step has the word '" + words[1] + "' after its process" +
                               traces::did_you_mean(words[1], verbs));
    for (const Move& move : run_.moves())
        if (move.action.text == action || abbreviates(action, move.action.text))
            return {true, move.action.text};
    return {false, "it is not enabled"};
}

Expected Questions::property(const Words& words) const {
    const auto properties = all_properties();
    const auto found = std::ranges::find(properties, words[0], &checker::Property::name);
    const bool always = found->kind != checker::PropertyKind::reachable;
    const Words verdicts = always ? Words{"holds", "violated"} : Words{"reached", "not_reached"};
    const std::string verdict = joined(words, 1);
    if (!contains(verdicts, verdict))
        throw ExpectationError("expected " + verdicts[0] + " or " + verdicts[1] + " after " + words[0] + ", found '" +
                               verdict + "'" + traces::did_you_mean(verdict, verdicts));
    if (!applies(static_cast<PropertyId>(found - properties.begin()), system_.scope(), system_.rules()))
        throw ExpectationError(words[0] + " does not apply to this scope under these rules: it would say nothing");
    const bool truth = (truths() >> (found - properties.begin()) & 1) != 0;
    const std::string& actual = verdicts[truth ? 0 : 1];
    return {actual == verdict, words[0] + " " + actual};
}

Expected Questions::recovery(const Words& words) const {
    if (words.size() < 3)
        throw ExpectationError("expected a process and what recovery does to it, as in 'recovery A1 rolls back to "
                               "checkpoint 1'");
    Words known;
    for (const traces::RecoveredProcess& each : conclude(system_, run_, PropertyId::recoverability).recovery) {
        known.push_back(each.process);
        const std::string full = each.process + " " + each.text;
        if (each.process == words[1])
            return {abbreviates(joined(words, 1), full), full};
    }
    throw ExpectationError("there is no process '" + words[1] + "'; there are " + joined(known, 0, ", "));
}

bool Questions::is_process(const std::string& name) const {
    return std::ranges::any_of(system_.layout().processes(),
                               [&](impl::ProcessId process) { return name_of(process) == name; });
}

// A message that nobody has sent is lost by nobody, for ever.
void Questions::expect_subject(const std::string& name) const {
    Words known;
    for (const impl::ProcessId process : system_.layout().processes())
        known.push_back(name_of(process));
    const auto add = [&known](const traces::MessageEvent& event) {
        if (!contains(known, event.message))
            known.push_back(event.message);
    };
    for (const traces::Step& step : run_.steps()) {
        if (step.action.taken)
            add(*step.action.taken);
        std::ranges::for_each(step.action.sent, add);
    }
    for (unsigned number = 1; number <= system_.scope().budgets.cluster_messages;
         ++number) // a shadow may be to send it
        if (!contains(known, "c" + std::to_string(number)))
            known.push_back("c" + std::to_string(number));
    if (!contains(known, name))
        throw ExpectationError("'" + name + "' is neither a process nor a message of this run so far" +
                               traces::did_you_mean(name, known) + "; there are " + joined(known, 0, ", "));
}

Expected Questions::finding(const Words& words) const {
    if (words.size() > 2)
        throw ExpectationError("expected one message or process after '" + words[0] + "'");
    expect_finding_applies(words[0], system_.scope(), system_.rules());
    if (words.size() == 2) {
        expect_subject(words[1]);
        expect_finding_subject(words[0], words[1], is_process(words[1]));
    }
    std::string found;
    for (const traces::Finding& each : findings()) {
        if (each.kind == words[0] && (words.size() == 1 || each.message == words[1] || each.process == words[1]))
            return {true, each.text};
        found += (found.empty() ? "" : "; ") + each.text;
    }
    return {false, found.empty() ? "nothing is wrong with recovery from here" : found};
}

Expected Questions::place(const Words& words) const {
    const Value state = state_value(system_.layout(), system_.number_entries(), run_.state());
    const Value& slot = *state.find(words[0]);
    if (slot.record() == nullptr) {
        if (words.size() < 2)
            throw ExpectationError("expected a value after '" + words[0] + "'");
        Expected expected = compared(slot, joined(words, 1));
        expected.found = words[0] + " " + expected.found;
        return expected;
    }
    if (words.size() == 2 && (words[1] == "dirty" || words[1] == "clean") && slot.find("dirty") != nullptr) {
        const bool dirty = *slot.find("dirty") == Value(true);
        return {dirty == (words[1] == "dirty"), words[0] + " " + (dirty ? "dirty" : "clean")};
    }
    if (words.size() < 3) {
        const Words fields = field_names(slot);
        const bool has_confidence = slot.find("dirty") != nullptr;
        const std::string written = words.size() < 2 ? "" : words[1];
        throw ExpectationError((has_confidence ? "expected dirty, clean, or a field of " : "expected a field of ") +
                               words[0] + " and its value" + traces::did_you_mean(written, fields) + "; there are " +
                               joined(fields, 0, ", "));
    }
    Expected expected = compared(field_of(state, words[0], words[1]), joined(words, 2));
    expected.found = words[0] + " " + words[1] + " " + expected.found;
    return expected;
}

void Questions::fail_unknown(const Words& words) const {
    Words known = {"not", "enabled", "recovery"};
    for (const checker::Property& property : all_properties())
        known.push_back(property.name);
    known.insert(known.end(), finding_kinds().begin(), finding_kinds().end());
    const Words slots = field_names(state_value(system_.layout(), system_.number_entries(), run_.state()));
    known.insert(known.end(), slots.begin(), slots.end());
    throw ExpectationError("'" + words[0] + "' is neither a process, a channel (L1->A1), a property nor a finding" +
                           traces::did_you_mean(words[0], known) +
                           "; also understood are not, enabled, recovery, and findings like lost, orphan, duplicate");
}

// Of what is expected not to be so: whether a state could be so.
void Questions::expect_possible(const Words& words) const {
    Words processes;
    for (const impl::ProcessId process : system_.layout().processes())
        processes.push_back(name_of(process));
    const std::uint64_t steps = run_.steps().size(); // recovery tells when a checkpoint was taken
    const bool is_step = words[0] == "enabled";
    expect_numbers_up_to(is_step ? largest_number(system_.scope()) : std::max(largest_count(system_.scope()), steps),
                         split_at_brackets(Words(words.begin() + 1, words.end())), processes);
    if (is_step || words[0] == "recovery")
        expect_words_of(is_step ? TextKind::step : TextKind::recovery, Words(words.begin() + 1, words.end()),
                        processes);
    const auto list = std::ranges::find_if(words, [](const std::string& word) { return word.starts_with('['); });
    for (const std::string& name : names_in_list(joined({list, words.end()})))
        expect_subject(name);
}

Expected Questions::ask_words(const Words& words) const {
    if (words.empty())
        throw ExpectationError("expected something after 'expect'");
    if (words[0] == "not") {
        if (words.size() > 1 && words[1] == "not")
            throw ExpectationError("expected one 'not' at most");
        const Words rest(words.begin() + 1, words.end());
        Expected expected = ask_words(rest);
        expect_possible(rest);
        expected.met = !expected.met;
        return expected;
    }
    if (words[0] == "enabled")
        return enabled(joined(words, 1));
    if (words[0] == "recovery")
        return recovery(words);
    if (std::ranges::find(all_properties(), words[0], &checker::Property::name) != all_properties().end())
        return property(words);
    if (state_value(system_.layout(), system_.number_entries(), run_.state()).find(words[0]) != nullptr)
        return place(words);
    if (contains(finding_kinds(), words[0]))
        return finding(words);
    fail_unknown(words);
}

Expected Questions::ask(const std::string& text) const {
    return ask_words(words_of(text));
}

Expected Questions::noted(const std::string& text) const {
    if (run_.steps().empty())
        throw ExpectationError("no step has been taken yet that could have noted something");
    const std::string wanted = joined(words_of(text));
    std::string found;
    for (const std::string& note : run_.steps().back().action.fired) {
        if (note.starts_with(wanted))
            return {true, note};
        found += (found.empty() ? "" : "; ") + note;
    }
    return {false, found.empty() ? "the step noted nothing" : "noted was: " + found};
}

} // namespace mdcd::model
