// Asks the switch that `mdcd mutate` writes beside a copy of impl, where there is one.
// Knows no mutant.
#include "checker/cli/functions_run.hpp"

#include <algorithm>
#include <ostream>

#if __has_include("impl/mutation_switch.hpp")
#include "impl/mutation_switch.hpp"
#define MDCD_NOTES_FUNCTIONS
#endif

namespace mdcd::checker::cli {

std::vector<FunctionRun> functions_run() {
    std::vector<FunctionRun> all;
#ifdef MDCD_NOTES_FUNCTIONS
    for (int number = 0; number + 1 < source_mutants::function_count; ++number) // the last one is no function
        all.push_back({source_mutants::function_names[number],
                       source_mutants::functions.entered[number].load(std::memory_order_relaxed)});
#endif
    return all;
}

std::string file_of(const FunctionRun& function) {
    return function.function.substr(0, function.function.find(": "));
}

void print_functions(std::ostream& out, const std::vector<FunctionRun>& functions) {
    if (functions.empty())
        return;
    out << "\nfunctions of impl: " << std::ranges::count(functions, true, &FunctionRun::is_run) << " of "
        << functions.size() << " are run by these checks\n";
    for (auto first = functions.begin(); first != functions.end();) {
        const auto last = std::find_if(first, functions.end(),
                                       [&](const FunctionRun& each) { return file_of(each) != file_of(*first); });
        if (std::none_of(first, last, [](const FunctionRun& each) { return each.is_run; }))
            out << "never run: " << file_of(*first) << ": all " << last - first << '\n';
        else
            for (auto each = first; each != last; ++each)
                if (!each->is_run)
                    out << "never run: " << each->function << '\n';
        first = last;
    }
}

} // namespace mdcd::checker::cli
