// Files for people and other programs: written beside their place, and moved there when they are complete and on the
// disk, so that what stood there stays until then. A link in a file's place is not followed.
// Knows nothing of what is written.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace mdcd::checker {

// Something could not be written, or is not to be written: says what, and why.
class WriteError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// All throw WriteError.

// A device or pipe in this place is written to as it is; a file keeps its mode. A symbolic link is refused.
void write_whole_file(const std::string& path, std::string_view text);

// For files that others append to as well. Made if it is not there.
void append_to_file(const std::string& path, std::string_view text);

// With the folders around it.
void make_folder(const std::string& path);

// Whether write_whole_file would have a chance, tried before the work rather than after it. What is there stays.
void try_file(const std::string& path);

// The same for files in a folder, which need not exist yet and is not made.
void try_folder(const std::string& path);

} // namespace mdcd::checker
