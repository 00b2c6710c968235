// The words for verdicts, the same in every report.
// Knows no search.
#include "checker/report.hpp"

namespace mdcd::checker {

std::string name_of(Verdict verdict) {
    switch (verdict) {
    case Verdict::holds:
        return "holds";
    case Verdict::violated:
        return "violated";
    case Verdict::reached:
        return "reached";
    case Verdict::not_reached:
        return "not_reached";
    case Verdict::inconclusive:
        return "inconclusive";
    case Verdict::error:
        return "error";
    }
    return "";
}

} // namespace mdcd::checker
