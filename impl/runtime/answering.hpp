// A listener for short questions: each connection asks once, is answered once and closed. For the operator's words and
// for who collects metrics. Slow, long and too many questions are dropped. The socket library is a detail of the
// source. Knows no question.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "impl/runtime/address.hpp"

namespace boost::asio {
class io_context;
}

namespace mdcd::impl::runtime {

struct AnsweringOptions {
    Address address;
    std::string end; // of a question
    std::function<std::string(std::string_view question)> answer;
    std::size_t question_bytes_max = 8192;
    std::size_t connections_max = 16;
};

class Answering {
public:
    // Throws std::runtime_error if it cannot listen there.
    Answering(boost::asio::io_context& io, AnsweringOptions options);
    ~Answering();
    Answering(const Answering&) = delete;
    Answering& operator=(const Answering&) = delete;

private:
    class Door;
    std::shared_ptr<Door> door_;
};

} // namespace mdcd::impl::runtime
