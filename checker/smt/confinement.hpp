// What a process gives up that only asks a solver: making files, opening any, starting programs, connecting anywhere.
// A wall for the case that the solver can be brought to do what it should not (docs/adr/0028). Linux; elsewhere, and
// where the kernel has no such means, less is given up. Knows no solver.
#pragma once

namespace mdcd::checker::smt {

struct Confinement {
    bool limits = false; // no byte into any file, and no file beyond those that are open
    bool folder = false; // the working directory is empty, and nothing can be made in it
    bool files = false;  // Landlock: no path can be used
    bool calls = false;  // seccomp: a list of system calls, for all others "not permitted"
};

// For good, and for all threads that this one starts: to be called before there are others. What is open stays open.
Confinement confine();

} // namespace mdcd::checker::smt
