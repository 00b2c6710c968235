// What the application of a seat has to send, whatever version it is and whatever upgrade is under way: to whom it goes
// and as what, or that it is suppressed. The handlers of figures 2 to 4 do the work.
// Knows nothing of channels, devices or time.
#pragma once

#include "impl/output.hpp"
#include "impl/upgrade_protocol.hpp"

namespace mdcd::impl {

enum class ServiceResult : std::uint8_t {
    sent,       // or to be output by the caller, now
    suppressed, // logged, or the new version has sent it
    failed,     // the acceptance test failed for good: nothing leaves, the seat has said so
};

template <Application A> class UpgradeService {
public:
    explicit UpgradeService(const SeatStep<A>& step) : step_(step), constants_(step.constants), state_(step.state) {}

    // The application may send: a version is in the seat and no change is under way.
    [[nodiscard]] bool can_send() const {
        return state_.phase == ChangePhase::running && !std::holds_alternative<NoProcess>(step_.process);
    }

    // A message to another component, to both of its versions if it has two.
    [[nodiscard]] ServiceResult send(std::uint8_t component, const typename A::Payload& payload) {
        const Rules& rules = constants_.rules;
        const bool has_two = state_.upgraded.contains(component);
        if (auto* low = std::get_if<LowProcess<A>>(&step_.process)) {
            if (has_two)
                post(step_.other_seat(component), send_to_component(*low, payload, step_.notes));
            else
                post(step_.old_seat(component), send_to_active(*low, payload, rules, step_.notes));
            return ServiceResult::sent;
        }
        if (auto* shadow = std::get_if<ShadowProcess<A>>(&step_.process)) {
            if (!has_two) {
                suppress(*shadow, active_id(component), payload, rules, step_.notes);
                return ServiceResult::suppressed;
            }
            const ProcessId receiver{Group::shadow, cluster_index(state_.upgraded, component)};
            if (const auto message = send_to_component(*shadow, receiver, payload, rules, step_.notes))
                post(step_.old_seat(component), *message);
            return ServiceResult::sent;
        }
        if (auto* active = std::get_if<ActiveProcess<A>>(&step_.process)) {
            if (!state_.catch_up.cluster.contains(component) && catches_up_internal())
                return ServiceResult::suppressed;
            const Group group = has_two ? Group::low : Group::active;
            const Message<A> message = send_internal(*active, group, payload, rules, step_.notes);
            post(step_.old_seat(component), message);
            if (has_two)
                post(step_.other_seat(component), message);
        }
        return ServiceResult::sent;
    }

    // A message to a device. `output` may be corrected by the test; `payload` is kept in its place where it is
    // suppressed.
    template <class Tested = A>
    requires TestedApplication<Tested>
    [[nodiscard]] ServiceResult output(typename Tested::Output& output, const typename A::Payload& payload) {
        const Rules& rules = constants_.rules;
        OutputResult<A> result;
        if (auto* shadow = std::get_if<ShadowProcess<A>>(&step_.process)) {
            suppress_external(*shadow, payload, rules, step_.notes);
            return ServiceResult::suppressed;
        }
        if (auto* active = std::get_if<ActiveProcess<A>>(&step_.process)) {
            if (catches_up_external())
                return ServiceResult::suppressed;
            result = try_output(*active, output, rules, step_.notes);
        } else if (auto* low = std::get_if<LowProcess<A>>(&step_.process)) {
            result = try_output(*low, output, rules, step_.notes);
        }
        if (result.verdict == OutputVerdict::failed) {
            UpgradeHandler<A>(step_).fail_acceptance_test();
            return ServiceResult::failed;
        }
        if (result.notification)
            notify(*result.notification);
        return ServiceResult::sent;
    }

private:
    void post(SeatId receiver, const Message<A>& message) {
        step_.send(receiver, {.kind = ChangeKind::ordinary, .message = message});
    }

    // To all processes of high confidence.
    void notify(const Message<A>& notification) {
        for (std::uint8_t component = 0; component < constants_.seats.components; ++component)
            if (step_.old_seat(component) != constants_.self)
                post(step_.old_seat(component), notification);
    }

    [[nodiscard]] bool catches_up_internal() {
        CatchUp& catch_up = state_.catch_up;
        if (catch_up.is_over())
            return false;
        ++catch_up.shadow_sn;
        return after_catching_up(suppresses_internal({catch_up.shadow_sn, catch_up.external_sn}, catch_up.through));
    }
    [[nodiscard]] bool catches_up_external() {
        CatchUp& catch_up = state_.catch_up;
        if (catch_up.is_over())
            return false;
        ++catch_up.external_sn;
        return after_catching_up(suppresses_external({catch_up.shadow_sn, catch_up.external_sn}, catch_up.through,
                                                     catch_up.external_through, constants_.rules));
    }
    bool after_catching_up(bool suppressed) {
        if (suppressed)
            step_.note(ChangeEvent::suppressed);
        if (state_.catch_up.is_over()) {
            state_.catch_up = {};
            step_.note(ChangeEvent::caught_up);
        }
        return suppressed;
    }

    SeatStep<A> step_;
    const UpgradeConstants& constants_;
    UpgradeState<A>& state_;
};

} // namespace mdcd::impl
