// One question for the solver: unknowns, named parts, and what is required of them; is there a choice of the unknowns
// that meets every requirement? Can be written out as SMT-LIB 2 for any other solver. Knows no protocol.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include <z3++.h>

namespace mdcd::checker::smt {

// What becomes of the name that a formula gives to a part of itself.
enum class Parts {
    inlined, // noted only: the solver sees one expression, and folds what is constant while it is being built
    defined, // a constant of its own: for people who read the query
};

class Query {
public:
    // `context` must outlive the query.
    Query(z3::context& context, std::string name, Parts parts = Parts::inlined)
        : context_(context), name_(std::move(name)), parts_mode_(parts), requirements_(context) {}

    [[nodiscard]] z3::context& context() const { return context_; }
    [[nodiscard]] const std::string& name() const { return name_; }

    // A bit vector to be chosen from lowest..highest.
    z3::expr unknown(const std::string& name, unsigned width, unsigned lowest, unsigned highest);

    // What stands for `part` from here on. A name that was used before gets a number.
    z3::expr name_part(const std::string& name, const z3::expr& part);

    void require(const z3::expr& truth) { requirements_.push_back(truth); }

    struct Part {
        std::string name;
        z3::expr term; // what stands for it
        z3::expr meaning;
    };
    [[nodiscard]] std::span<const z3::expr> unknowns() const { return unknowns_; }
    [[nodiscard]] std::span<const Part> parts() const { return parts_; }

    // All that the solver has to assert: definitions first.
    [[nodiscard]] z3::expr_vector assertions() const;

    // Opens with the lines of `comments`; asks for a model when there is one.
    [[nodiscard]] std::string to_smt_lib(std::span<const std::string> comments) const;

private:
    z3::context& context_;
    std::string name_;
    Parts parts_mode_;
    std::vector<z3::expr> unknowns_;
    std::vector<Part> parts_;
    z3::expr_vector requirements_;
};

} // namespace mdcd::checker::smt
