// The beginning of a run, the script as one component sees it, and a text that names a state completely: two states are
// the same if and only if their texts are. The search keeps these texts.
#include "tests/differential/oracle/state.hpp"

#include <utility>

namespace oracle {
namespace {

class Writer {
public:
    void put(int value) {
        text_ += static_cast<char>(value & 0xff);
        text_ += static_cast<char>((value >> 8) & 0xff);
    }
    void put(const Number& number) {
        put(number[0]);
        put(number[1]);
    }
    void put(const Identity& id) {
        put(static_cast<int>(id.origin));
        put(id.sender);
        put(id.n);
    }
    void put(const Receiver& receiver) {
        put(static_cast<int>(receiver.kind));
        put(receiver.who);
    }
    void put(const Message& message) {
        put(static_cast<int>(message.kind));
        put(message.id);
        put(static_cast<int>(message.from_low));
        put(static_cast<int>(message.dirty));
        put(message.low_sn);
        put(message.depends);
        put(message.outputs);
        put(message.component);
    }
    void put(const Application& application) {
        put(application.depends);
        put_all(application.received);
        put_all(application.sent);
        put(application.generated);
        put_all(application.sent_inside);
    }
    void put(const Checkpoint& checkpoint) {
        put(checkpoint.index);
        put(checkpoint.low_sn);
        put(static_cast<int>(checkpoint.propagating));
        put(checkpoint.shadow_sn);
        put(checkpoint.external_sn);
        put(checkpoint.log_length);
        put(checkpoint.application);
    }
    void put(const LoggedInput& entry) {
        put(entry.index);
        put(entry.message);
    }
    void put(const Suppressed& entry) {
        put(entry.index);
        put(entry.number);
        put(static_cast<int>(entry.inside));
        put(entry.id);
        put(entry.depends);
    }
    void put(const Process& process) {
        put(static_cast<int>(process.dirty));
        put(static_cast<int>(process.propagating));
        put(process.low_sn);
        put(process.valid_sn);
        put_all(process.checkpoints);
        put_all(process.input_log);
        put(process.application);
        put(process.shadow_sn);
        put(process.external_sn);
        put(process.valid_external);
        put_all(process.output_log);
        put_all(process.external_log);
        put(static_cast<int>(process.dropped));
        put_all(process.purged);
    }
    void put(const LowProcess& low) {
        put(low.low_sn);
        put(low.valid_sn);
        put(low.outputs);
        put(low.depends);
        put(low.generated);
    }
    void put(const ScriptEntry& entry) {
        put(entry.component);
        put(entry.receiver);
    }
    template <typename Collection> void put_all(const Collection& collection) {
        put(static_cast<int>(collection.size()));
        for (const auto& element : collection)
            put(element);
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

} // namespace

std::vector<ClusterMessage> messages_of(const World& world, const State& state, int component) {
    std::vector<ClusterMessage> messages;
    const auto& entries = state.script[world.scope.order_of_cluster ? 0 : static_cast<std::size_t>(component)];
    int internal_in_script = 0;
    int internal_of_component = 0;
    for (const ScriptEntry& entry : entries) {
        const bool external = entry.receiver.kind == ReceiverKind::device;
        if (!external)
            ++internal_in_script;
        if (entry.component != component)
            continue;
        if (!external)
            ++internal_of_component;
        ClusterMessage message;
        message.id = {Origin::cluster, component, static_cast<int>(messages.size()) + 1};
        message.receiver = entry.receiver;
        message.external = external;
        if (!external && world.scope.independent_faults) {
            message.truth[static_cast<std::size_t>(component)] = internal_of_component;
        } else if (!external) {
            message.truth[0] = internal_in_script;
        }
        messages.push_back(message);
    }
    return messages;
}

State initial_state(const World& world) {
    const Scope& scope = world.scope;
    State state;
    state.low.resize(static_cast<std::size_t>(scope.components));
    state.shadow.resize(static_cast<std::size_t>(scope.components));
    state.active.resize(static_cast<std::size_t>(scope.active_processes));
    state.channels.resize(static_cast<std::size_t>(world.processes() * world.processes()));
    state.script.resize(scope.order_of_cluster ? 1 : static_cast<std::size_t>(scope.components));
    state.left = {scope.active_messages,         scope.messages_to_cluster,   scope.low_acceptance_tests,
                  scope.active_acceptance_tests, scope.low_internal_messages, scope.shadow_internal_messages};
    return state;
}

std::string encode(const State& state) {
    Writer writer;
    writer.put_all(state.low);
    writer.put_all(state.shadow);
    writer.put_all(state.active);
    for (const auto& channel : state.channels)
        writer.put_all(channel);
    for (const auto& script : state.script)
        writer.put_all(script);
    writer.put(state.left.active_messages);
    writer.put(state.left.messages_to_cluster);
    writer.put(state.left.low_tests);
    writer.put(state.left.active_tests);
    writer.put(state.left.low_internal);
    writer.put(state.left.shadow_internal);
    writer.put(state.validated);
    writer.put_all(state.outputs);
    writer.put_all(state.drawn);
    writer.put(static_cast<int>(state.number_twice));
    writer.put(static_cast<int>(state.unsafe_output));
    return writer.take();
}

} // namespace oracle
