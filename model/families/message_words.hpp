// Messages of families in few words, for runs that people read: numbers, dirty bits, who is meant. What the words leave
// out is in no run of theirs. Knows no family.
#pragma once

#include <string>
#include <string_view>

#include "checker/actors/picture.hpp"
#include "impl/message.hpp"

namespace mdcd::model {

// "(1, 0, 2)": without the zeros at the end; "(0)" if there is nothing else.
[[nodiscard]] inline std::string numbers_text(const impl::SequenceVector& numbers) {
    std::size_t size = impl::component_count_max;
    while (size > 1 && numbers[size - 1] == 0)
        --size;
    std::string text;
    for (std::size_t entry = 0; entry < size; ++entry)
        text += (entry == 0 ? "" : ", ") + std::to_string(numbers[entry]);
    return "(" + text + ")";
}

// The name of an enumerator, as words.
template <class Enum> [[nodiscard]] std::string words_of(Enum value) {
    std::string text(checker::actors::names::of_enumerators<Enum>[static_cast<std::size_t>(value)]);
    for (char& each : text)
        if (each == '_')
            each = ' ';
    return text;
}

[[nodiscard]] inline checker::actors::Picture picture_of_words(std::string_view words) {
    return checker::actors::pictures::of_word(checker::actors::Picture::Kind::word, words);
}

} // namespace mdcd::model
