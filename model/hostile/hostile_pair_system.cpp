// The source that compiles two copies of a system side by side: apart from the one copy, so that both are compiled at
// the same time. Knows no scope.
#include "model/hostile/hostile_pair.hpp"

namespace mdcd::model::hostile {

actors::ActorSystem two_copies_of(const Scope& scope);

actors::ActorSystem two_copies_of(const Scope& scope) {
    return pair_system_of(scope);
}

} // namespace mdcd::model::hostile
