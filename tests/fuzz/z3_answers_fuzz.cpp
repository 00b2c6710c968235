// The reader of saved answers takes any bytes; what it does take survives being written. Also with the sum put right,
// so that the fuzzer gets past it.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "model/z3/answer_store.hpp"

namespace {

using namespace mdcd::model;

void expect_same(const DecodedAnswers& decoded) {
    if (!decoded.damage.empty()) {
        if (!decoded.answers.empty())
            std::abort();
        return;
    }
    const DecodedAnswers again = decode_answers(encode_answers(decoded.answers, decoded.identity));
    if (!again.damage.empty() || again.answers != decoded.answers || again.identity != decoded.identity)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    expect_same(decode_answers(text));
    // The head and the lines as they are, the last line replaced by the right one.
    std::string repaired = encode_answers({}, "fuzz");
    repaired.resize(repaired.rfind("sum "));
    repaired += text;
    expect_same(decode_answers(with_sum(repaired)));
    return 0;
}
