#include "render/claim_sentences.h"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>

namespace grokreport::render {

namespace {

constexpr std::string_view one_claim = "::: claim ";
constexpr std::string_view other_claims = "::: other claims";

// Where {0} is the id. All on one line.
constexpr std::string_view sentence =
    "{{{{claim.{0}.statement}}}} {{{{{{badge.{0}}}}}}} {{{{#claim.{0}.pass}}}}Measured: "
    "{{{{claim.{0}.metric}}}}, "
    "{{{{claim.{0}.value}}}}, bound "
    "{{{{claim.{0}.limit}}}}.{{{{/claim.{0}.pass}}}}{{{{#claim.{0}.fail}}}}Not here: "
    "{{{{claim.{0}.reason}}}}.{{{{/claim.{0}.fail}}}}{{{{#claim.{0}.inconclusive}}}}It remains open: "
    "{{{{claim.{0}.reason}}}}.{{{{/claim.{0}.inconclusive}}}}{{{{#claim.{0}.not_run}}}}Not settled here: "
    "{{{{claim.{0}.reason}}}}.{{{{/claim.{0}.not_run}}}}";

bool makes(const std::string& chapter, const std::string& claim) {
    return chapter.find("{{{badge." + claim + "}}}") != std::string::npos ||
           (chapter + "\n").find(fmt::format("{}{}\n", one_claim, claim)) != std::string::npos;
}

std::string written(std::string_view line, const std::vector<std::string>& others) {
    if (line.starts_with(one_claim)) return fmt::format(sentence, line.substr(one_claim.size()));
    if (line != other_claims) return std::string(line);
    std::string paragraphs;
    for (const std::string& claim : others)
        paragraphs += (paragraphs.empty() ? "" : "\n\n") + fmt::format(sentence, claim);
    return paragraphs;
}

} // namespace

void write_claim_sentences(std::vector<Source>& chapters, const std::vector<std::string>& claims) {
    std::vector<std::string> others;
    for (const std::string& claim : claims)
        if (std::ranges::none_of(chapters, [&](const Source& chapter) { return makes(chapter.text, claim); }))
            others.push_back(claim);
    for (Source& chapter : chapters) {
        std::string text;
        for (std::size_t begin = 0; begin <= chapter.text.size();) {
            const std::size_t end = std::min(chapter.text.find('\n', begin), chapter.text.size());
            text += written(std::string_view(chapter.text).substr(begin, end - begin), others);
            if (end < chapter.text.size()) text += '\n';
            begin = end + 1;
        }
        chapter.text = std::move(text);
    }
}

} // namespace grokreport::render
