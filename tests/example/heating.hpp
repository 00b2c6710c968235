// The application of the example: a sensor filter that is being upgraded (new version L1, old version S1) and a
// regulator that uses it (A1). One application type serves all three, since messages between them are of one type.
// Knows the protocol only by what it asks of applications (impl/application.hpp).
#pragma once

#include <cstdlib>

#include <mdcd/impl/application.hpp>

namespace mdcd::example {

struct Heating {
    struct State {
        int readings = 0; // received (filter), or made (regulator)
        int sum = 0;      // of the readings, in tenths of a degree (filter)
        int latest = 0;   // the last reading (regulator)
        int smoothed = 0; // the last value from the filter (regulator)
        friend bool operator==(const State&, const State&) = default;
    };
    struct Payload {
        enum class Kind { reading, smoothed } kind = Kind::reading;
        int value = 0; // tenths of a degree
        friend bool operator==(const Payload&, const Payload&) = default;
    };
    struct Output {
        int heating = 0; // to the valve, 0 to 1000
    };

    static void deliver(State& state, const Payload& payload) {
        if (payload.kind == Payload::Kind::smoothed) {
            state.smoothed = payload.value;
            return;
        }
        ++state.readings;
        state.sum += payload.value;
    }

    // A room does not cool or warm by more than ten degrees at once: then the filter is wrong, not the room.
    static bool acceptance_test(const State& state, const Output&) {
        return std::abs(state.smoothed - state.latest) <= 100;
    }

    // There is nothing to correct a wrong filter by.
    static bool compensate(const State&, Output&) { return false; }
};
static_assert(impl::TestedApplication<Heating>);

// The old version: the mean of all readings.
inline int smooth(const Heating::State& state) {
    return state.sum / state.readings;
}

// The new version has a design fault that shows from the third reading on.
inline int smooth_anew(const Heating::State& state, bool faulty) {
    return faulty && state.readings >= 3 ? state.sum * 10 : state.sum / state.readings;
}

inline Heating::Output regulate(const Heating::State& state) {
    return {.heating = 2 * (220 - state.smoothed)}; // towards 22 degrees
}

} // namespace mdcd::example
