#include "checkpoint/malformed.h"

#include "checkpoint/foreign_kind.h"

#include <algorithm>
#include <fmt/format.h>

namespace grokreport {

namespace {

constexpr std::size_t longest = 300; // bytes; a name in a file can have megabytes

std::string printable(std::string text) {
    if (text.size() > longest) text = text.substr(0, longest) + "...";
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 127; }, '?');
    return text;
}

} // namespace

Error refusal(const std::string& name, std::string_view bytes, const Malformed& problem) {
    if (const auto kind = foreign_kind(bytes))
        return Error(fmt::format("checkpoint {}: it is {}", name, kind->what), kind->mend);
    return Error(
        fmt::format("checkpoint {}: {}", name, printable(problem.what())),
        problem.mend().empty()
            ? "the file is damaged or was not written by torch.save from tensors in a dict: write it "
              "again"
            : printable(problem.mend()));
}

} // namespace grokreport
