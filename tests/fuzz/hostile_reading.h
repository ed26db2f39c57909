// What the fuzzer and the tests do with bytes that may be anything: read them in every way that a checkpoint
// is read. An Error is an answer; any other exception, and whatever the sanitizers see, is a finding.
#pragma once

#include "base/error.h"
#include "checkpoint/checkpoint.h"
#include "checkpoint/layouts.h"
#include "checkpoint/state_dict.h"
#include "checkpoint/zip_archive.h"

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

// The first byte says what the others are: 'p' the pickle of an archive, whose checksums would else stop
// nearly every mutation at the door; anything else, a whole file.
inline void read_hostile(std::string_view input) {
    if (input.empty()) return;
    std::string bytes(input.substr(1));
    if (input.front() == 'p')
        bytes = write_zip(std::vector<ZipRecord>{
            {"a/data.pkl", bytes}, {"a/data/0", std::string(96, '\1')}, {"a/data/1", std::string(64, '\0')}});
    expect_an_answer([&] { from_checkpoint(bytes, "x.pt"); });
    expect_an_answer([&] { state_dict_of(bytes, "x.pt", [](std::string_view) { return true; }); });
    expect_an_answer([&] { convert_to_own_layout(state_dict_of(bytes, "x.pt", is_weight), "x.pt", {}); });
}

} // namespace grokreport::testing
