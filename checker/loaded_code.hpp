// The files whose code this process runs: the program and the libraries that were loaded into it, each by the hash of
// its content and not by where it lies. Whoever keeps results of a run keeps with them what has computed them.
// Knows no library by name.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace mdcd::checker {

struct LoadedFile {
    std::string name; // without folders; "" for the program itself
    std::string hash; // checker/content_hash.hpp
    friend auto operator<=>(const LoadedFile&, const LoadedFile&) = default;
};

// The program first, then the libraries by name. Nothing where the system does not tell, or where the file of a library
// has been replaced since it was loaded. Reads the files: tens of megabytes.
[[nodiscard]] std::optional<std::vector<LoadedFile>> loaded_code();

// The file in which the code at this address lies; reads no other.
[[nodiscard]] std::optional<LoadedFile> loaded_code_at(const void* address);

// "mdcd HASH, libz3.so.4 HASH, ..", a line for each.
[[nodiscard]] std::string text_of(const std::vector<LoadedFile>& files);

// The hash of a file's content; nothing if it cannot be read.
[[nodiscard]] std::optional<std::string> hash_of_file(const std::string& path);

} // namespace mdcd::checker
