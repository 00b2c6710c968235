// The scopes, presets and gates that are shipped (model/scopes, model/rules, model/gates), built into the library so
// that names work wherever the program is installed. A name that is a path to a file is read from there.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/inputs/rules_file.hpp"
#include "model/inputs/scope.hpp"
#include "traces/reader.hpp"

namespace mdcd::model {

// One shipped file.
struct LibraryFile {
    std::string_view name; // "one-two"
    std::string_view file; // "model/scopes/one-two.json"
    std::string_view text;
};
[[nodiscard]] std::span<const LibraryFile> scope_files();
[[nodiscard]] std::span<const LibraryFile> rules_files();
[[nodiscard]] std::span<const LibraryFile> gate_files();

[[nodiscard]] std::vector<std::string> scope_names();
[[nodiscard]] std::vector<std::string> preset_names();
[[nodiscard]] std::vector<std::string> gate_names();

// Whether a name means a file rather than something shipped: it has a dot or a slash.
[[nodiscard]] bool is_path(const std::string& name);

// The shipped gate of that name. Throws traces::FileError.
[[nodiscard]] const LibraryFile& gate_file(const std::string& name);

// A shipped preset; `name` must be one of preset_names().
[[nodiscard]] const NamedRules& preset(const std::string& name);

// A shipped scope or preset by name, or a file by path (anything with a dot or a slash). Throws traces::FileError.
// After rules there may be changes, as reports name them: "published+receiver_log=while_dirty".
[[nodiscard]] Scope load_scope(const std::string& name_or_path);
[[nodiscard]] NamedRules load_rules(const std::string& name_or_path);

// The path that a file in `folder` ("": the current one) means: as it stands, so that what is a path stays one, and
// ".." means what it means to the system.
[[nodiscard]] std::string path_beside(const std::string& folder, const std::string& path);

// Rules as a field of a file in `folder` names them, as for load_rules(). A name that is not known, or a change, is
// told with the field.
[[nodiscard]] NamedRules rules_named_at(const traces::Reader& place, const std::string& folder);

} // namespace mdcd::model
