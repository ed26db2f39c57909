// What the fuzzer and the tests do with bytes that may be anything: read them in every way that a checkpoint
// is read. An Error is an answer; any other exception, and whatever the sanitizers see, is a finding.
#pragma once

#include "base/error.h"
#include "checkpoint/checkpoint.h"
#include "checkpoint/layouts.h"
#include "checkpoint/state_dict.h"
#include "checkpoint/zip_archive.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace grokreport::testing {

template <typename Read>
void expect_an_answer(const Read& read) {
    try {
        read();
    } catch (const Error&) {
    }
}

// A file of safetensors from "header NUL numbers", with the right size before the header.
inline std::string with_header_size(const std::string& parts) {
    const std::size_t end = std::min(parts.find('\0'), parts.size());
    const std::uint64_t size = end;
    std::string bytes(sizeof size, '\0');
    std::memcpy(bytes.data(), &size, sizeof size);
    return bytes + parts.substr(0, end) + (end < parts.size() ? parts.substr(end + 1) : "");
}

// The first byte says what the others are: 'p' the pickle of an archive, whose checksums would else stop
// nearly every mutation at the door; 'h' the header and the numbers of safetensors; anything else, a whole
// file.
inline void read_hostile(std::string_view input) {
    if (input.empty()) return;
    std::string bytes(input.substr(1));
    if (input.front() == 'p')
        bytes = write_zip(std::vector<ZipRecord>{
            {"a/data.pkl", bytes}, {"a/data/0", std::string(96, '\1')}, {"a/data/1", std::string(64, '\0')}});
    if (input.front() == 'h') bytes = with_header_size(bytes);
    expect_an_answer([&] { from_checkpoint(bytes, "x.pt"); });
    expect_an_answer([&] { state_dict_of(bytes, "x.pt", [](std::string_view) { return true; }); });
    expect_an_answer([&] {
        for (const std::string& item : items_of(bytes, "x.pt"))
            state_dict_of(bytes, "x.pt", is_weight, item);
    });
    expect_an_answer([&] { convert_to_own_layout(state_dict_of(bytes, "x.pt", is_weight), "x.pt", {}); });
}

} // namespace grokreport::testing
