// How often a test draws at random. Under a sanitizer a quarter: it looks at what each line does, all of which are
// reached, and takes ten times as long; what the draws themselves find, the same test finds without it.
#pragma once

namespace mdcd::tests {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr unsigned rounds_divisor = 4;
#else
constexpr unsigned rounds_divisor = 1;
#endif

constexpr unsigned rounds(unsigned all) {
    return all / rounds_divisor;
}

} // namespace mdcd::tests
