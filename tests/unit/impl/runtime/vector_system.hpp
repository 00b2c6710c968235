// A system of two components and two active processes under rules that keep what they promise (model/rules, the preset
// repaired_vector). Knows no application.
#pragma once

#include "impl/runtime/packet.hpp"

namespace mdcd::tests::unit::impl_runtime {

inline impl::runtime::SystemDescription vector_system() {
    impl::runtime::SystemDescription system;
    system.members = {2, 2};
    system.rules.validated_register = impl::ValidatedRegister::everywhere;
    system.rules.checkpoint_trigger = impl::CheckpointTrigger::every_new_sn;
    system.rules.receiver_log = impl::ReceiverLog::while_dirty;
    system.rules.shadow_sn = impl::ShadowSn::per_component;
    system.rules.low_sn = impl::LowSn::vector;
    system.rules.external_index = impl::ExternalIndex::own_counter;
    system.text = R"({"name":"test"})";
    system.digest = impl::runtime::digest_of(system.text);
    return system;
}

} // namespace mdcd::tests::unit::impl_runtime
