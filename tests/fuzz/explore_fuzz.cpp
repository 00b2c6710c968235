// Requests to the explorer: whatever the body, the answer is JSON, what was asked for or an error with a message; a run
// that was told can be asked for again and is told the same.
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "checker/cli/explore/answers.hpp"
#include "model/inputs/library.hpp"
#include "traces/json.hpp"
#include "traces/value.hpp"

namespace {

using namespace mdcd;
using checker::cli::explore::Answer;

checker::cli::explore::Answers& answers() {
    static checker::cli::explore::Answers shared(
        {.scope = model::load_scope("tiny"), .rules = {}, .steps = {}, .at = 0, .property = {}}, {}, "", 1);
    return shared;
}

Answer asked(const char* path, const std::string& body) {
    std::atomic<bool> gone{false};
    return answers().answer(path, body, gone);
}

traces::Value read(const Answer& answer) {
    const traces::Value value = traces::parse_json(answer.json, "answer");
    if (answer.status == 500 || (answer.status != 200) != (value.find("error") != nullptr))
        std::abort();
    return value;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string body(reinterpret_cast<const char*>(data), size);
    const Answer told = asked("/api/run", body);
    if (const traces::Value value = read(told); told.status == 200) {
        const Answer again = asked("/api/run", traces::to_text(*value.find("run")));
        if (*read(again).find("run") != *value.find("run"))
            std::abort();
    }
    static_cast<void>(read(asked("/api/open", body)));
    return 0;
}
