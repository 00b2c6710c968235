// A context of Z3 that is there. Z3's own class goes on with the null that it gets where memory is out, and crashes.
// Throws std::bad_alloc instead: whoever asks Z3 says "unknown", or the program says that it has no memory.
#pragma once

#include <new>

#include <z3++.h>

namespace mdcd::checker::smt {

// Made and thrown away: memory for one of them is there.
struct ContextProbe {
    ContextProbe() {
        const Z3_config config = Z3_mk_config();
        const Z3_context context = config == nullptr ? nullptr : Z3_mk_context(config);
        if (config != nullptr)
            Z3_del_config(config);
        if (context == nullptr)
            throw std::bad_alloc();
        Z3_del_context(context);
    }
};

class Context : private ContextProbe, public z3::context {};

} // namespace mdcd::checker::smt
