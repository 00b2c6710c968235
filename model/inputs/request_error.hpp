// What was asked for does not exist, or does not fit the scope and the rules. Told like a mistake in a file, and caught
// where those are; but no file is at fault, and no option of a program is named: who asked adds that.
#pragma once

#include <string>

#include "traces/file_error.hpp"

namespace mdcd::model {

class RequestError : public traces::FileError {
public:
    // "SUBJECT: WHAT"; the subject is what was asked for: "property recoverabilty", "symmetry of components".
    RequestError(const std::string& subject, const std::string& what) : traces::FileError(subject, "", what) {}
};

} // namespace mdcd::model
