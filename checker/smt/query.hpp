// One question for the solver: unknowns, named parts, and what is required of them; is there a choice of the unknowns
// that meets every requirement? Can be written out as SMT-LIB 2 for any other solver. Knows no protocol.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include <z3++.h>

#include "checker/smt/answer.hpp"

namespace mdcd::checker::smt {

// What becomes of the name that a formula gives to a part of itself.
enum class Parts {
    ignored, // the solver sees one expression, and nobody asks for its parts: for questions asked by the thousand
    inlined, // noted only: the solver sees one expression, and says what each part is in its model
    defined, // a constant of its own: for people who read the query
};

class Query {
public:
    // `context` must outlive the query.
    Query(z3::context& context, std::string name, Parts parts = Parts::inlined)
        : context_(context), name_(std::move(name)), parts_mode_(parts), requirements_(context) {}

    [[nodiscard]] z3::context& context() const { return context_; }
    [[nodiscard]] const std::string& name() const { return name_; }

    // A bit vector to be chosen from lowest..highest. The comment is for people who read the query.
    z3::expr unknown(const std::string& name, unsigned width, unsigned lowest, unsigned highest,
                     const std::string& comment = "");

    // What stands for `part` from here on. A name that was used before gets a number.
    z3::expr name_part(const std::string& name, const z3::expr& part, const std::string& comment = "");

    void require(const z3::expr& truth) { requirements_.push_back(truth); }

    struct Part {
        std::string name;
        z3::expr term; // what stands for it
        z3::expr meaning;
        std::string comment;
    };
    struct Unknown {
        z3::expr term;
        std::string comment;
    };
    [[nodiscard]] std::span<const Unknown> unknowns() const { return unknowns_; }
    [[nodiscard]] std::span<const Part> parts() const { return parts_; }

    // All that the solver has to assert: definitions first.
    [[nodiscard]] z3::expr_vector assertions() const;

    // Opens with the lines of `comments`, and with the status if there is one (`expected` is not unknown); asks for no
    // model, but would get one.
    [[nodiscard]] std::string to_smt_lib(std::span<const std::string> comments,
                                         Answer expected = Answer::unknown) const;

private:
    z3::context& context_;
    std::string name_;
    Parts parts_mode_;
    std::vector<Unknown> unknowns_;
    std::vector<Part> parts_;
    z3::expr_vector requirements_;
};

} // namespace mdcd::checker::smt
