// One line of a process's log: everything that a step was given and did, as JSON that never breaks a line. From its
// input the same step can be run again; the rest is there to be compared with what comes out then. Knows no file and no
// database.
#pragma once

#include <string>
#include <string_view>

#include "impl/runtime/process_core.hpp"

namespace mdcd::impl::runtime {

inline constexpr int log_format = 1; // of the lines; another number is another language

// `record` is of the last step of `core`.
[[nodiscard]] std::string log_line(const ProcessCore& core, const StepRecord& record);

// {"format":1,"process":"A2","number":3,"content":".."}: an external message, as the device gets it.
[[nodiscard]] std::string output_line(const std::string& process, const DeviceOutput& output);

// Bytes as text without quotes, backslashes, percent signs and what cannot be printed: those are %XX.
[[nodiscard]] std::string escaped(std::string_view bytes);

[[nodiscard]] std::string_view message_kind_name(MessageKind kind);
[[nodiscard]] std::string_view input_kind_name(Input::Kind kind);
[[nodiscard]] std::string_view change_kind_name(ChangeKind kind);
[[nodiscard]] std::string_view intent_name(Intent intent);
[[nodiscard]] std::string_view outcome_name(Outcome outcome);
inline constexpr std::size_t message_kind_count = 6;
inline constexpr std::size_t input_kind_count = 6;

} // namespace mdcd::impl::runtime
