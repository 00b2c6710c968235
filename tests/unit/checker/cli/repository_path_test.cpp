// A report names a file as the repository does, from whatever folder the program was started.
// The repositories here are folders that hold `.git`, which is all that is looked at.
#include "checker/cli/repository_path.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "tests/support/scratch_folder.hpp"

namespace mdcd::checker::cli {
namespace {

struct Checkout {
    tests::ScratchFolder folder;
    std::string root = folder.path("checkout");

    Checkout() {
        std::filesystem::create_directories(root + "/protocol/ci");
        (void)folder.write("checkout/protocol/ci/gate.json", "{}");
    }
    void make_repository(const std::string& place) const { std::filesystem::create_directories(place + "/.git"); }
    [[nodiscard]] std::string from(const std::string& start, const std::string& file,
                                   const std::string& checkout = "") const {
        return repository_path(file, {.folder = root + start, .checkout = checkout});
    }
};

} // namespace

TEST_CASE("relative to the repository, from the root, from below, and from elsewhere") {
    const Checkout checkout;
    checkout.make_repository(checkout.root);
    for (const auto& [start, file] : {std::pair<std::string, std::string>{"", "protocol/ci/gate.json"},
                                      {"", "./protocol/../protocol/ci/gate.json"},
                                      {"/protocol", "ci/gate.json"},
                                      {"/protocol/ci", "gate.json"},
                                      {"/..", checkout.root + "/protocol/ci/gate.json"},
                                      {"/protocol", "../protocol/ci/gate.json"}}) {
        const std::string told = start + " " + file;
        CAPTURE(told);
        CHECK(checkout.from(start, file) == "protocol/ci/gate.json");
    }
}

TEST_CASE("a repository in a repository has paths of its own") {
    const Checkout checkout;
    checkout.make_repository(checkout.root);
    (void)checkout.folder.write("checkout/protocol/.git", "gitdir: elsewhere\n"); // as in a submodule
    CHECK(checkout.from("", "protocol/ci/gate.json") == "ci/gate.json");
}

TEST_CASE("without a repository, relative to the pipeline's checkout, else to where the program runs") {
    const Checkout checkout;
    CHECK(checkout.from("/protocol", "ci/gate.json", checkout.root) == "protocol/ci/gate.json");
    CHECK(checkout.from("/protocol", "ci/gate.json", checkout.root + "/") == "protocol/ci/gate.json");
    CHECK(checkout.from("/protocol", "ci/gate.json", checkout.root + "/elsewhere") == "ci/gate.json");
    CHECK(checkout.from("/protocol", "ci/gate.json") == "ci/gate.json");
}

TEST_CASE("what lies nowhere and what does not exist stay as they are") {
    const Checkout checkout;
    const std::string outside = checkout.folder.write("gate.json", "{}");
    CHECK(checkout.from("", outside) == outside);
    CHECK(checkout.from("/protocol", "model/gates/presets.json") == "model/gates/presets.json");
}

} // namespace mdcd::checker::cli
