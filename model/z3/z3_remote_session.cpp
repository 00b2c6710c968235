// A request says all that it needs, so that a new process can be asked at any time. A reply that makes no sense is one
// of a process that is out of its mind, and no answer.
// Knows the solver's headers on the serving side only.
#include "model/z3/z3_remote_session.hpp"

#include <chrono>
#include <memory>
#include <stdexcept>
#include <utility>

#include "checker/smt/message.hpp"
#include "checker/smt/remote_prover.hpp"
#include "model/z3/view_message.hpp"
#include "model/z3/z3_local_session.hpp"

namespace mdcd::model {

namespace smt = checker::smt;
using smt::MessageReader;
using smt::MessageWriter;

namespace {

// The first number of a request. A greeting is replied to by this, so that nobody takes another program for a session.
constexpr std::uint64_t greeting = 0x6d646364'7a330001; // "mdcd", "z3", format 1

enum class Request : std::uint8_t { greet, attempt, text_hash, explain, text };
enum class ChildOutcome : std::uint8_t { done, failed, disagreed };

constexpr auto patience = std::chrono::seconds(30); // beyond twice the time that Z3 is given
constexpr unsigned attempts_of_explanation_max = 100;

MessageWriter request(Request kind, const smt::SolverOptions& options) {
    MessageWriter message;
    message.number(greeting);
    message.number(static_cast<std::uint64_t>(kind));
    message.number(options.timeout_ms);
    message.number(options.effort_max);
    return message;
}

MessageWriter request_about(Request kind, const smt::SolverOptions& options, PropertyId property, const View& view) {
    MessageWriter message = request(kind, options);
    message.number(static_cast<std::uint64_t>(property));
    write_view(message, view);
    return message;
}

// For Z3 itself it has its own limit, which it may miss. 0: none.
std::chrono::milliseconds time_max(const smt::SolverOptions& options, unsigned attempts) {
    return options.timeout_ms == 0 ? std::chrono::milliseconds(0)
                                   : attempts * (2 * std::chrono::milliseconds(options.timeout_ms) + patience);
}

std::string unanswered(const std::string& death) {
    return "the process that asked Z3 " + death;
}

void write(MessageWriter& message, const smt::Result& result) {
    message.number(static_cast<std::uint64_t>(result.answer));
    message.text(result.reason);
    message.number(result.unknowns.size());
    for (const std::uint64_t value : result.unknowns)
        message.number(value);
}

// None if it is not one of this question.
std::optional<smt::Result> read_result(MessageReader& message, PropertyId property, const View& view) {
    smt::Result result;
    const std::uint64_t answer = message.number();
    result.answer = static_cast<smt::Answer>(answer);
    result.reason = message.text();
    result.unknowns.resize(message.count());
    for (std::uint64_t& value : result.unknowns)
        value = message.number();
    const bool has_values = result.answer == smt::Answer::satisfiable;
    const bool fits = answer <= static_cast<std::uint64_t>(smt::Answer::unknown) &&
                      result.unknowns.size() == (has_values ? unknown_count(property, view) : 0);
    return message.is_complete() && fits ? std::optional(std::move(result)) : std::nullopt;
}

// The content of a reply, after the number that says how it went. Throws what went wrong.
MessageReader opened(const smt::Asker::Reply& reply) {
    if (!reply.death.empty())
        throw std::runtime_error(unanswered(reply.death));
    MessageReader message(reply.content);
    const std::uint64_t outcome = message.number();
    if (message.is_complete() && outcome == static_cast<std::uint64_t>(ChildOutcome::done))
        return message;
    const std::string what(message.text());
    if (message.at_end() && outcome == static_cast<std::uint64_t>(ChildOutcome::disagreed))
        throw Disagreement(what);
    throw std::runtime_error(message.at_end() ? what : unanswered("makes no sense"));
}

// The serving side.
class Clerk {
public:
    explicit Clerk(std::function<void(PropertyId, unsigned)> before_attempt)
        : before_attempt_(std::move(before_attempt)) {}

    std::string reply(std::string_view bytes) {
        MessageWriter result;
        result.number(static_cast<std::uint64_t>(ChildOutcome::done));
        try {
            MessageReader message(bytes);
            reply_to(message, result);
        } catch (const Disagreement& error) {
            return failed(ChildOutcome::disagreed, error.what());
        } catch (const std::exception& error) {
            return failed(ChildOutcome::failed, error.what());
        }
        return result.take();
    }

private:
    static std::string failed(ChildOutcome outcome, const std::string& what) {
        MessageWriter message;
        message.number(static_cast<std::uint64_t>(outcome));
        message.text(what);
        return message.take();
    }

    void reply_to(MessageReader& message, MessageWriter& result) {
        if (message.number() != greeting)
            throw std::runtime_error("no request");
        const auto kind = static_cast<Request>(message.number());
        smt::SolverOptions options;
        options.timeout_ms = static_cast<unsigned>(message.number());
        options.effort_max = static_cast<unsigned>(message.number());
        if (kind == Request::greet)
            return result.number(greeting);
        if (!session_) // whoever asks does not change its mind
            session_ = std::make_unique<Z3LocalSession>(options);
        const auto property = static_cast<PropertyId>(message.number());
        const ReceivedView received(message);
        if (!message.is_complete())
            throw std::runtime_error("no request");
        const View& view = received.view();
        switch (kind) {
        case Request::greet:
            break;
        case Request::attempt: {
            const auto number = static_cast<unsigned>(message.number());
            if (before_attempt_)
                before_attempt_(property, number);
            return write(result, session_->attempt(property, view, number));
        }
        case Request::text_hash: {
            const std::optional<std::uint64_t> hash = session_->text_hash(property, view);
            if (!hash)
                throw std::runtime_error("it cannot be printed");
            return result.number(*hash);
        }
        case Request::explain:
            return explain(property, view, result);
        case Request::text: {
            QuestionNotes notes;
            notes.origin = message.text();
            notes.canonical = message.number() != 0;
            notes.expected = static_cast<smt::Answer>(message.number());
            return result.text(session_->text(property, view, notes));
        }
        }
        throw std::runtime_error("no request");
    }

    void explain(PropertyId property, const View& view, MessageWriter& result) {
        const Z3Explanation explanation = session_->explain(property, view);
        smt::Result found;
        found.answer = explanation.answer.answer;
        found.reason = explanation.answer.reason;
        for (unsigned i = 0; explanation.answer.violated() && i < unknown_count(property, view); ++i)
            found.unknowns.push_back(property == PropertyId::minimal_rollback ? explanation.answer.line[i]
                                     : i < view.components
                                         ? explanation.answer.first_erroneous[i]
                                         : explanation.answer.first_erroneous.missed[i - view.components]);
        write(result, found);
        result.number(explanation.lines.size());
        for (const std::string& line : explanation.lines)
            result.text(line);
    }

    std::function<void(PropertyId, unsigned)> before_attempt_;
    std::unique_ptr<Z3LocalSession> session_;
};

} // namespace

bool Z3RemoteSession::opens() {
    const smt::Asker::Reply reply = asker_.ask(request(Request::greet, options_).take(), patience);
    MessageReader message(reply.content);
    return message.number() == static_cast<std::uint64_t>(ChildOutcome::done) && message.number() == greeting &&
           message.at_end();
}

smt::Result Z3RemoteSession::attempt(PropertyId property, const View& view, unsigned number) {
    const auto start = std::chrono::steady_clock::now();
    MessageWriter question = request_about(Request::attempt, options_, property, view);
    question.number(number);
    smt::Result result;
    try {
        const smt::Asker::Reply reply = asker_.ask(question.take(), time_max(options_, 1));
        MessageReader message = opened(reply);
        if (auto found = read_result(message, property, view))
            result = std::move(*found);
        else
            result.reason = unanswered("makes no sense");
    } catch (const std::runtime_error& error) {
        result.reason = error.what();
    }
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
}

// The other strategy works in a context of its own, and in a new process if the first attempt was the end of one.
smt::Result Z3RemoteSession::answer(PropertyId property, const View& view) {
    return smt::in_two_attempts([&](unsigned number) { return attempt(property, view, number); });
}

std::optional<std::uint64_t> Z3RemoteSession::text_hash(PropertyId property, const View& view) {
    try {
        MessageWriter question = request_about(Request::text_hash, options_, property, view);
        const smt::Asker::Reply reply = asker_.ask(question.take(), time_max(options_, 1));
        MessageReader message = opened(reply);
        const std::uint64_t hash = message.number();
        return message.at_end() ? std::optional(hash) : std::nullopt;
    } catch (const std::runtime_error&) {
        return std::nullopt;
    }
}

Z3Explanation Z3RemoteSession::explain(PropertyId property, const View& view) {
    Z3Explanation explanation;
    try {
        MessageWriter question = request_about(Request::explain, options_, property, view);
        const smt::Asker::Reply reply = asker_.ask(question.take(), time_max(options_, attempts_of_explanation_max));
        MessageReader message = opened(reply);
        const auto found = read_result(message, property, view);
        std::vector<std::string> lines(message.count());
        for (std::string& line : lines)
            line = message.text();
        if (!found || !message.at_end())
            throw std::runtime_error(unanswered("makes no sense"));
        explanation = {.answer = answer_of(property, view, *found), .lines = std::move(lines)};
    } catch (const std::runtime_error& error) {
        explanation.answer.reason = error.what();
    }
    return explanation;
}

std::string Z3RemoteSession::text(PropertyId property, const View& view, const QuestionNotes& notes) {
    MessageWriter question = request_about(Request::text, options_, property, view);
    question.text(notes.origin);
    question.number(notes.canonical ? 1 : 0);
    question.number(static_cast<std::uint64_t>(notes.expected));
    const smt::Asker::Reply reply = asker_.ask(question.take(), time_max(options_, 1));
    MessageReader message = opened(reply);
    return std::string(message.text());
}

void serve_z3(const std::function<void(PropertyId property, unsigned attempt)>& before_attempt,
              std::uint64_t memory_bytes_max, const std::function<void(std::size_t questions)>& before_questions) {
    smt::limit_memory(memory_bytes_max);
    Clerk clerk(before_attempt);
    smt::serve([&](std::string_view message) {
        return smt::is_proof_request(message) ? smt::reply_to_proof(message, before_questions) : clerk.reply(message);
    });
}

} // namespace mdcd::model
