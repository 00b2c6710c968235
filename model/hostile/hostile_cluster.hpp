// A new version that may send anything at any time, as an actor: it says words of its alphabet, in any order, to
// anybody, until its budget is used up. What it hears makes no difference. Knows no claim.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "checker/actors/system.hpp"
#include "model/families/fixed_vector_fields.hpp"
#include "model/hostile/hostile_scope.hpp"
#include "model/hostile/hostile_words.hpp"

namespace mdcd::model::hostile {

namespace actors = checker::actors;
using Message = impl::Message<Ghost>;

enum class ClaimedNumber : std::uint8_t { right, stale, future };

// What a word says of itself: two words that differ in nothing else are one word to whoever believes no claims.
struct Claim {
    bool dirty = true;
    ClaimedNumber number = ClaimedNumber::right;
    bool next_incarnation = false;
    bool others_number = false; // also of the other component
    impl::SequenceNumber outputs = 0;
};
struct Word {
    impl::ProcessId receiver;
    impl::ProcessId sender; // in whose name
    impl::MessageKind kind = impl::MessageKind::application;
    bool honest = false;
    bool alarm = false;
    std::vector<Claim> claims;
};

// What one new version has said so far.
struct Spoken {
    std::uint8_t words = 0;
    std::array<std::uint8_t, actives_max> honest{}; // to each active process
    std::array<std::uint8_t, actives_max> sent{};   // application messages, of any content
    std::uint8_t misses = 0;
    std::uint8_t false_alarms = 0;

    friend constexpr bool operator==(const Spoken&, const Spoken&) = default;

    template <class Self, class Visit> static constexpr void visit_fields(Self& self, Visit&& visit) {
        visit("words", self.words);
        visit("honest", self.honest);
        visit("sent", self.sent);
        visit("misses", self.misses);
        visit("false_alarms", self.false_alarms);
    }
};

class Tongue {
public:
    Tongue(const Scope& scope, std::uint8_t component) : scope_(scope), component_(component) {
        for (std::uint8_t active = 0; active < scope.members.actives; ++active)
            places_.push_back(places_of(scope, component, active));
        scope.members.for_each([&](impl::ProcessId receiver) {
            if (receiver.group == impl::Group::low)
                return;
            add_words(receiver, {impl::Group::low, component});
            if (scope.alphabet.as_others)
                scope.members.for_each([&](impl::ProcessId name) {
                    if (name.group != impl::Group::low && name != receiver)
                        add_words(receiver, name);
                });
        });
    }

    // Those that it can say now.
    [[nodiscard]] std::vector<const Word*> words_after(const Spoken& spoken) const {
        std::vector<const Word*> can;
        for (const Word& word : words_) {
            const bool honest_left =
                !word.honest || spoken.honest[word.receiver.index] < places_[word.receiver.index].size();
            const bool is_missed = is_content(word) && !word.honest && !word.alarm;
            const bool is_false_alarm = word.honest && word.alarm;
            if (honest_left && (!is_missed || spoken.misses < scope_.misses) &&
                (!is_false_alarm || spoken.false_alarms < scope_.false_alarms))
                can.push_back(&word);
        }
        return can;
    }

    // `content`: which of the two things a hostile message says.
    [[nodiscard]] Message message(const Spoken& spoken, const Word& word, const Claim& claim,
                                  std::uint8_t content) const {
        Message message;
        message.kind = word.kind;
        message.sender = word.sender;
        message.dirty = claim.dirty;
        message.incarnation = claim.next_incarnation ? 1 : 0;
        message.external_sn = claim.outputs;
        message.low_sn[claimed_entry(scope_, component_, word.receiver)] = number(spoken, word, claim);
        if (claim.others_number)
            message.low_sn[claimed_entry(scope_, static_cast<std::uint8_t>(1 - component_), word.receiver)] = 2;
        if (word.honest) {
            const std::uint8_t place = places_[word.receiver.index][spoken.honest[word.receiver.index]];
            message.payload = {component_, place, honest_word(component_, place), 0, word.alarm};
        } else if (is_content(word)) {
            message.payload = {no_source, 0, hostile_word(component_, spoken.words), content, word.alarm};
        }
        return message;
    }

    void say(Spoken& spoken, const Word& word) const {
        ++spoken.words;
        if (word.kind == impl::MessageKind::application && word.receiver.group == impl::Group::active)
            ++spoken.sent[word.receiver.index];
        if (word.honest)
            ++spoken.honest[word.receiver.index];
        if (word.honest && word.alarm)
            ++spoken.false_alarms;
        if (is_content(word) && !word.honest && !word.alarm)
            ++spoken.misses;
    }

    [[nodiscard]] bool has_words_left(const Spoken& spoken) const { return spoken.words < scope_.words; }

private:
    static bool is_content(const Word& word) {
        return word.kind == impl::MessageKind::application || word.kind == impl::MessageKind::low_number;
    }

    [[nodiscard]] impl::SequenceNumber number(const Spoken& spoken, const Word& word, const Claim& claim) const {
        if (claim.number == ClaimedNumber::stale)
            return 0;
        impl::SequenceNumber right = 1;
        if (is_content(word) && word.receiver.group == impl::Group::active) {
            const bool by_channel = scope_.boundary.boundary_stamp != impl::BoundaryStamp::as_claimed;
            for (std::size_t active = 0; active < actives_max; ++active)
                if (!by_channel || active == word.receiver.index)
                    right += spoken.sent[active];
        }
        return claim.number == ClaimedNumber::future ? right + 2 : right;
    }

    void add_words(impl::ProcessId receiver, impl::ProcessId name) {
        const Alphabet& alphabet = scope_.alphabet;
        const std::vector<Claim> headers = application_claims();
        const auto add = [&](impl::MessageKind kind, bool honest, bool alarm, std::vector<Claim> claims) {
            words_.push_back({receiver, name, kind, honest, alarm, std::move(claims)});
        };
        const bool to_active = receiver.group == impl::Group::active;
        if (to_active && alphabet.honest && name.group == impl::Group::low) {
            add(impl::MessageKind::application, true, false, headers);
            if (scope_.false_alarms > 0)
                add(impl::MessageKind::application, true, true, headers);
        }
        if (to_active ? alphabet.intrusions : alphabet.to_shadows)
            for (const bool alarm : {true, false})
                if (alarm || scope_.misses > 0)
                    add(impl::MessageKind::application, false, alarm, headers);
        if (alphabet.tests || alphabet.outputs)
            add(impl::MessageKind::passed_at, false, false, test_claims());
        if (alphabet.numbers)
            add(impl::MessageKind::low_number, false, true, {{.dirty = false}});
        const Claim nothing_proved{.number = ClaimedNumber::stale, .next_incarnation = true};
        const Claim all_proved{.number = ClaimedNumber::future, .next_incarnation = true};
        if (alphabet.announcements)
            add(impl::MessageKind::recovery_announcement, false, false, {nothing_proved});
        if (alphabet.replies)
            add(impl::MessageKind::recovery_reply, false, false, {nothing_proved});
        if (alphabet.false_replies)
            add(impl::MessageKind::recovery_reply, false, false, {all_proved});
        if (alphabet.decisions)
            add(impl::MessageKind::recovery_decision, false, false, {nothing_proved, all_proved});
    }

    [[nodiscard]] std::vector<Claim> test_claims() const {
        std::vector<Claim> claims;
        if (scope_.alphabet.tests)
            claims = {{.dirty = false}, {.dirty = false, .number = ClaimedNumber::future}};
        if (scope_.alphabet.outputs)
            claims.push_back({.dirty = false, .number = ClaimedNumber::stale, .outputs = 2});
        return claims;
    }

    // All that the alphabet allows, together.
    [[nodiscard]] std::vector<Claim> application_claims() const {
        const Alphabet& alphabet = scope_.alphabet;
        std::vector<Claim> claims;
        for (const bool dirty : {true, false})
            for (const ClaimedNumber number : {ClaimedNumber::right, ClaimedNumber::stale, ClaimedNumber::future})
                for (const bool next : {false, true}) {
                    const bool in_alphabet =
                        (dirty || alphabet.clean) && (number != ClaimedNumber::stale || alphabet.stale) &&
                        (number != ClaimedNumber::future || alphabet.future) && (!next || alphabet.incarnation);
                    if (in_alphabet)
                        claims.push_back({.dirty = dirty, .number = number, .next_incarnation = next});
                }
        if (alphabet.others_number)
            claims.push_back({.others_number = true});
        return claims;
    }

    Scope scope_;
    std::uint8_t component_;
    std::vector<std::vector<std::uint8_t>> places_; // of the script, to each active process
    std::vector<Word> words_;
};

class Cluster {
public:
    using Message = hostile::Message;
    enum class Timer : std::uint8_t { speak };
    using State = Spoken;
    using Here = actors::Context<Message, Timer>;

    Cluster(const Scope& scope, std::uint8_t component) : tongue_(scope, component), members_(scope.members) {}

    State start(actors::Id, Here& context) const {
        State state;
        set_timer(state, context);
        return state;
    }
    void receive(State&, actors::Id, const Message&, Here&) const {}
    void timeout(State& state, Timer, Here& context) const {
        const std::vector<const Word*> words = tongue_.words_after(state);
        const Word& word = *words[context.choose(words.size())];
        const Claim& claim = word.claims[word.claims.size() == 1 ? 0 : context.choose(word.claims.size())];
        context.send(actors::Id(index_of(members_, word.receiver)), tongue_.message(state, word, claim, 1));
        tongue_.say(state, word);
        set_timer(state, context);
    }

private:
    void set_timer(const State& state, Here& context) const {
        if (tongue_.has_words_left(state) && !tongue_.words_after(state).empty())
            context.set_timer(Timer::speak);
    }

    Tongue tongue_;
    impl::Members members_;
};

} // namespace mdcd::model::hostile
