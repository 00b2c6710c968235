// Definitions are written as define-fun, so that a dump reads top down in the words of the formula.
// Knows SMT-LIB 2, and no property.
#include "checker/smt/query.hpp"

#include <algorithm>
#include <sstream>

namespace mdcd::checker::smt {
namespace {

void put_comment(std::ostream& out, const std::string& comment) {
    std::istringstream lines(comment);
    for (std::string line; std::getline(lines, line);)
        out << "; " << line << '\n';
}

} // namespace

z3::expr Query::unknown(const std::string& name, unsigned width, unsigned lowest, unsigned highest,
                        const std::string& comment) {
    const z3::expr term = context_.bv_const(name.c_str(), width);
    unknowns_.push_back({term, comment});
    require(z3::uge(term, context_.bv_val(lowest, width)));
    require(z3::ule(term, context_.bv_val(highest, width)));
    return term;
}

z3::expr Query::name_part(const std::string& name, const z3::expr& part, const std::string& comment) {
    if (parts_mode_ == Parts::ignored)
        return part;
    std::string unique = name;
    for (unsigned use = 2; std::ranges::any_of(parts_, [&](const Part& each) { return each.name == unique; }); ++use)
        unique = name + "_" + std::to_string(use);
    const z3::expr term = parts_mode_ == Parts::defined ? context_.constant(unique.c_str(), part.get_sort()) : part;
    parts_.push_back({unique, term, part, comment});
    return term;
}

z3::expr_vector Query::assertions() const {
    z3::expr_vector all(context_);
    if (parts_mode_ == Parts::defined)
        for (const Part& part : parts_)
            all.push_back(part.term == part.meaning);
    for (unsigned i = 0; i < requirements_.size(); ++i)
        all.push_back(requirements_[static_cast<int>(i)]);
    return all;
}

std::string Query::to_smt_lib(std::span<const std::string> comments, Answer expected) const {
    std::ostringstream out;
    for (const std::string& comment : comments)
        put_comment(out, comment);
    if (expected != Answer::unknown)
        out << "(set-info :status " << name_of(expected) << ")\n";
    out << "(set-option :produce-models true)\n(set-logic QF_BV)\n\n; unknowns\n";
    for (const Unknown& unknown : unknowns_) {
        put_comment(out, unknown.comment);
        out << "(declare-const " << unknown.term << ' ' << unknown.term.get_sort() << ")\n";
    }
    if (parts_mode_ == Parts::defined && !parts_.empty()) {
        out << "\n; parts\n";
        for (const Part& part : parts_) {
            put_comment(out, part.comment);
            out << "(define-fun " << part.term << " () " << part.meaning.get_sort() << ' ' << part.meaning << ")\n";
        }
    }
    out << "\n; sat: there is a choice of the unknowns that meets every requirement\n";
    for (unsigned i = 0; i < requirements_.size(); ++i)
        out << "(assert (! " << requirements_[static_cast<int>(i)] << " :named requirement_" << i + 1 << "))\n";
    out << "(check-sat)\n";
    return out.str();
}

} // namespace mdcd::checker::smt
