// Reads the running program by the name under which Linux shows it.
// Knows nothing of what is kept.
#include "checker/cli/build_identity.hpp"

#include "checker/engine/content_hash.hpp"
#include "checker/version.hpp"
#include "traces/file_error.hpp"
#include "traces/json.hpp"

namespace mdcd::checker::cli {

std::optional<std::string> build_identity() {
    try {
        const std::string content = traces::read_text_file("/proc/self/exe");
        return std::string(version) + "/" + std::to_string(engine::content_hash(1, content)) + "/" +
               std::to_string(engine::content_hash(2, content));
    } catch (const traces::FileError&) {
        return std::nullopt;
    }
}

} // namespace mdcd::checker::cli
