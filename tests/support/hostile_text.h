// Texts that try to act as something else wherever the program shows or passes them on.
#pragma once

#include "support/reliability.h"

#include <string>
#include <vector>

namespace grokreport::testing {

inline constexpr const char* harmless = "harmless";

inline const std::vector<std::string>& hostile_texts() {
    static const std::vector<std::string> texts{
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "]]><script>alert(1)</script>",
        "--><script>alert(1)</script><!--",
        "</style><script>alert(1)</script>",
        "</textarea></title></svg><script>alert(1)</script>",
        "{{statement}} {{{badge.grok.accuracy}}} {{#claims}} {{/claims}} {{>page}} {{=<% %>=}}",
        "[x](javascript:alert(1)) <javascript:alert(1)>",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "$\\href{javascript:alert(1)}{x}$ \\htmlData{onclick=alert(1)}{x}",
        "}\\href{javascript:alert(1)}{x",
        "::: details x\ny\n:::",
        "@figure-one [^note] [](#figure-one) @nobody2020",
        "| a | b |\n|---|---|\n\n# heading",
        "&lt;script&gt; &#60;script&#62; %3Cscript%3E \\u003cscript\\u003e",
        "`rm -rf x` $(rm -rf x); system('rm -rf x') | 'rm'",
        std::string("\0 \x01 \x07 \x08 \x0b \x1b[31m \x7f", 16),
        "\xff\xfe \xc3 \xe2\x82 \xed\xa0\x80 \xf5\x80\x80\x80 \xc0\xbcscript\xc0\xbe \xee<\xee\x80",
        "\u202Egnp.exe\u202C \u2066abc\u2069 \u200F",
        "a\u2028b\u2029c\u0085d\uFEFFe",
        "\uE000\uE041\uE00F \uE001\uE040\uE00F \uE001\uE041\uE00F \uE001\uE049\uE049\uE049\uE049\uE00F",
        "\uE002\uE003 \uE004 \uE0BCscript\uE0BE \uE0A2 onload=x",
        std::string(100'000, '<') + std::string(100'000, '"')};
    return texts;
}

// Counts a hostile text for docs/reliability.md; fails the test where `held` is false.
inline void tried_text(const std::string& where, const std::string& outcome, bool held, int places = 1) {
    tried("Hostile text", "markup, scripts, control characters or broken UTF-8 " + where, outcome, held,
          places);
}

} // namespace grokreport::testing
