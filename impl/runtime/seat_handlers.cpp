// A seat: a place where versions of a component come and go while the system runs. What travels and what an operator
// says goes to the upgrade handler, what the application wants to send to the upgrade service. No guard of the protocol
// is here. Knows no link, storage, socket or time.
#include <algorithm>
#include <array>
#include <type_traits>

#include "impl/enumerator_names.hpp"
#include "impl/runtime/handlers.hpp"
#include "impl/runtime/summaries.hpp"
#include "impl/upgrade_service.hpp"

namespace mdcd::impl::runtime {
namespace {

using A = StoredApplication;

// In the order of the alternatives of SeatedProcess.
constexpr std::array<std::string_view, 4> tenant_names = {"nobody", "ordinary", "new", "old"};
static_assert(tenant_names.size() == std::variant_size_v<SeatedProcess<A>>);

class SeatHandlers : public Handlers {
public:
    SeatHandlers(const SystemDescription& system, ProcessId self)
        : system_(system), self_(self), constants_{.self = seat_of(system.members, self),
                                                   .seats = seats_of(system.members),
                                                   .rules = system.rules,
                                                   .upgrade_rules = system.upgrade_rules,
                                                   .capacities = system.capacities} {
        if (constants_.self.seat == 0) // between upgrades nobody is in the other one
            process_ = ActiveProcess<A>{.id = active_id(constants_.self.component), .guarded = {}};
    }

    // The n-th upgrade that began brings version n of the program; who is here came with the one that began `born`.
    [[nodiscard]] Place place() const override { return {self_, begun_before(state_.born)}; }
    [[nodiscard]] std::uint32_t next_version() const override { return begun_before(recovery_count_max) + 1; }

    void receive(ProcessId from, const StoredChange& message, Effects& effects) override {
        (void)run(effects, [&](const SeatStep<A>& step) {
            UpgradeHandler<A>(step).receive(seat_of(system_.members, from), message);
            return true;
        });
    }

    bool send(const Intention& intention, Contents& contents, Effects& effects) override {
        const Digest payload = contents.put(intention.content);
        const ServiceResult result = run(effects, [&](const SeatStep<A>& step) {
            UpgradeService<A> service(step);
            if (intention.to == Intention::To::device) {
                A::Output external{intention.content};
                const ServiceResult given = service.output(external, payload);
                if (given == ServiceResult::sent)
                    effects.sent.push_back({device, {}, external.content});
                return given;
            }
            const unsigned before = intention.to == Intention::To::active ? system_.members.components : 0U;
            return service.send(static_cast<std::uint8_t>(before + intention.index), payload);
        });
        return result != ServiceResult::failed;
    }

    std::string_view command(const Command& command, Effects& effects) override {
        const CommandResult result = run(effects, [&](const SeatStep<A>& step) {
            UpgradeHandler<A> handler(step);
            switch (command.intent) {
            case Intent::begin:
                return handler.begin(command.components);
            case Intent::commit:
                return handler.commit();
            case Intent::abort:
                return handler.abort();
            case Intent::recover: // no operator says so
                break;
            }
            return CommandResult::no_upgrade;
        });
        return enumerator_name(result);
    }

    [[nodiscard]] Digest* application() override {
        if (auto* low = std::get_if<LowProcess<A>>(&process_))
            return &low->application;
        if (auto* shadow = std::get_if<ShadowProcess<A>>(&process_))
            return &shadow->guarded.application;
        if (auto* active = std::get_if<ActiveProcess<A>>(&process_))
            return &active->guarded.application;
        return nullptr;
    }
    [[nodiscard]] bool can_send() const override { return state_.phase == ChangePhase::running && !is_empty(); }
    [[nodiscard]] bool has_stopped() const override { return state_.phase == ChangePhase::running && is_empty(); }
    [[nodiscard]] bool has_room_to_send() const override {
        return may_send(process_, constants_.capacities, constants_.upgrade_rules);
    }

    [[nodiscard]] std::string_view blocked(const StoredChange& change, bool waits_before, bool pending) const override {
        if (!may_take(change, waits_before, process_, state_, constants_.self, constants_.capacities,
                      constants_.upgrade_rules))
            return text_of(shortage_for(change, process_, state_, constants_.self, constants_.capacities));
        const bool is_delivered = state_.phase == ChangePhase::running && is_of_application(change);
        return is_delivered && pending ? no_room_to_send : "";
    }

    [[nodiscard]] StateSummary summary() const override {
        StateSummary summary;
        std::visit([&](const auto& process) { summarise(process, summary); }, process_);
        summary.phase = enumerator_name(state_.phase);
        summary.tenant = tenant_names[process_.index()];
        summary.version = place().version;
        for (const Ending& each : state_.endings)
            summary.endings += (summary.endings.empty() ? "" : " ") + std::string(enumerator_name(each.outcome));
        summary.incarnation = state_.incarnation;
        summary.held = state_.held.size();
        return summary;
    }
    void write(ByteWriter& writer) const override {
        writer.put(state_);
        writer.put(static_cast<std::uint8_t>(process_.index()));
        std::visit(
            [&]<class Process>(const Process& process) {
                if constexpr (!std::is_same_v<Process, NoProcess>)
                    writer.put(process);
            },
            process_);
    }
    void read(ByteReader& reader) override {
        reader.get(state_, "upgrade");
        std::uint8_t kind = 0;
        reader.get(kind, "the kind of the process");
        switch (kind) {
        case 0:
            process_ = NoProcess{};
            break;
        case 1:
            reader.get(process_.emplace<ActiveProcess<A>>(), "process");
            break;
        case 2:
            reader.get(process_.emplace<LowProcess<A>>(), "process");
            break;
        case 3:
            reader.get(process_.emplace<ShadowProcess<A>>(), "process");
            break;
        default:
            throw MalformedBytes("the kind of the process has a value that there is not");
        }
    }
    void collect(DigestSet& alive) const override {
        DigestCollector collector(alive);
        collector.put(state_);
        std::visit(
            [&]<class Process>(const Process& process) {
                if constexpr (!std::is_same_v<Process, NoProcess>)
                    collector.put(process);
            },
            process_);
    }

private:
    // One call of a handler, and what it leaves.
    template <class Call> std::invoke_result_t<Call, const SeatStep<A>&> run(Effects& effects, Call call) {
        ChangeOutbox<A> outbox;
        Notes notes;
        ChangeEvents events;
        const SeatStep<A> step{constants_, process_, state_, outbox, notes, events};
        const auto result = call(step);
        for (const Note& each : notes)
            effects.notes.push_back({note_name(each.kind), each});
        for (const ChangeEvent each : events)
            effects.notes.push_back({enumerator_name(each), std::nullopt});
        for (const ChangeOutgoing<A>& each : outbox)
            effects.sent.push_back(
                {each.to_device ? device : process_in(system_.members, each.receiver), each.message, {}});
        return result;
    }

    [[nodiscard]] std::uint32_t begun_before(std::size_t incarnation) const {
        std::uint32_t count = 0;
        for (std::size_t each = 0; each < incarnation && each < state_.endings.size(); ++each)
            count += state_.endings[each].outcome == Outcome::begun ? 1U : 0U;
        return count;
    }
    [[nodiscard]] bool is_empty() const { return std::holds_alternative<NoProcess>(process_); }

    const SystemDescription& system_;
    ProcessId self_;
    UpgradeConstants constants_;
    SeatedProcess<A> process_;
    UpgradeState<A> state_;
};

} // namespace

std::string parse_command(const SystemDescription& system, std::string_view text, Command& command) {
    const auto word = [&text] {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view first = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        return first;
    };
    const std::string_view verb = word();
    if (verb != "begin" && verb != "commit" && verb != "abort")
        return "'" + std::string(verb) + "' is no word of an operator; expected begin, commit, abort or status";
    command.intent = verb == "begin" ? Intent::begin : verb == "commit" ? Intent::commit : Intent::abort;
    if (verb != "begin" && !text.empty())
        return "what follows " + std::string(verb) + " is too much: it is of the whole upgrade";
    while (!text.empty()) {
        const std::string_view name = word();
        std::uint8_t component = 0;
        while (component < system.members.components && name != "C" + std::to_string(component + 1))
            ++component;
        if (component == system.members.components)
            return "there is no component '" + std::string(name) + "' to be upgraded; expected C1" +
                   (component > 1 ? " to C" + std::to_string(component) : "");
        command.components.insert(component);
    }
    return "";
}

std::unique_ptr<Handlers> seat_handlers(const SystemDescription& system, ProcessId self) {
    return std::make_unique<SeatHandlers>(system, self);
}

} // namespace mdcd::impl::runtime
