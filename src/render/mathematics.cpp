#include "render/mathematics.h"

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/process.h"
#include "render/html.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <regex>
#include <set>

namespace grokreport::render {

namespace {

constexpr std::chrono::seconds typesetting_limit{60};

void require_katex(const KatexFiles& katex) {
    if (!std::filesystem::exists(katex.folder / "katex.js"))
        throw Error(fmt::format("there is no KaTeX in {}", katex.folder.string()),
                    "install Debian's libjs-katex, or name the folder of another copy");
}

// The font families, weights and styles that the page uses. A rule of the style sheet applies where all
// classes of one of its selectors occur in the page.
struct UsedFonts {
    std::set<std::string> families{"KaTeX_Main"}; // the family of .katex itself
    bool bold = false;
    bool italic = false;
};

std::set<std::string> classes_in(std::string_view html) {
    std::set<std::string> classes;
    constexpr std::string_view attribute = "class=\"";
    for (std::size_t at = html.find(attribute); at != html.npos; at = html.find(attribute, at)) {
        at += attribute.size();
        const std::string_view value = html.substr(at, html.find('"', at) - at);
        for (std::size_t begin = 0; begin < value.size();) {
            const std::size_t end = std::min(value.find(' ', begin), value.size());
            classes.emplace(value.substr(begin, end - begin));
            begin = end + 1;
        }
    }
    return classes;
}

bool any_selector_applies(const std::string& selectors, const std::set<std::string>& classes) {
    static const std::regex class_name(R"(\.([A-Za-z][\w-]*))");
    std::size_t begin = 0;
    while (begin < selectors.size()) {
        const std::size_t end = std::min(selectors.find(',', begin), selectors.size());
        const std::string selector = selectors.substr(begin, end - begin);
        const std::sregex_iterator first(selector.begin(), selector.end(), class_name);
        if (std::all_of(first, std::sregex_iterator(),
                        [&](const std::smatch& name) { return classes.contains(name[1]); }))
            return true;
        begin = end + 1;
    }
    return false;
}

UsedFonts used_fonts(const std::string& style, std::string_view html) {
    static const std::regex rule(R"(([^{}]+)\{([^{}]*)\})");
    static const std::regex family(R"(font-family:(KaTeX_\w+))");
    UsedFonts used;
    const auto classes = classes_in(html);
    for (std::sregex_iterator match(style.begin(), style.end(), rule), end; match != end; ++match) {
        const std::string declarations = (*match)[2];
        if ((*match)[1] == "@font-face" || !any_selector_applies((*match)[1], classes)) continue;
        std::smatch name;
        if (std::regex_search(declarations, name, family)) used.families.insert(name[1]);
        used.bold = used.bold || declarations.find("font-weight:700") != std::string::npos;
        used.italic = used.italic || declarations.find("font-style:italic") != std::string::npos;
    }
    return used;
}

// A @font-face rule with its woff2 file as a data: URI, or "" where the page does not use the font.
std::string embed_font(const std::string& face, const UsedFonts& used, const std::filesystem::path& folder) {
    static const std::regex parts(
        R"(font-family:(\w+);src:url\((fonts/[\w-]+\.woff2)\).*font-weight:(\d+);font-style:(\w+))");
    std::smatch part;
    if (!std::regex_search(face, part, parts))
        throw Error(fmt::format("cannot read the font rule {} of KaTeX's style sheet", face),
                    "use the KaTeX of Debian's libjs-katex");
    const bool is_used = used.families.contains(part[1]) && (used.bold || part[3] != "700") &&
                         (used.italic || part[4] != "italic");
    if (!is_used) return "";
    const std::string font = read_file(folder / part[2].str());
    return fmt::format(
        "@font-face{{font-family:{};src:url({}) format('woff2');font-weight:{};font-style:{}}}",
        part[1].str(), data_uri("font/woff2", font), part[3].str(), part[4].str());
}

// The answer in the cache to what has this SHA-256; nothing where there is none, or a damaged one.
std::optional<std::string> answer_in(const std::filesystem::path& cache, const std::string& asked) {
    try {
        if (!std::filesystem::exists(cache)) return std::nullopt;
        const std::string stored = read_file(cache);
        const std::size_t begin = 2 * (asked.size() + 1); // after two lines
        if (stored.size() <= begin) return std::nullopt;
        std::string answer = stored.substr(begin);
        if (!stored.starts_with(asked + '\n' + sha256_hex(answer) + '\n')) return std::nullopt;
        return answer;
    } catch (const std::exception&) { // the page needs no cache
        return std::nullopt;
    }
}

// What node answers to `request`. The cache holds the SHA-256 of what the answer depends on, the SHA-256 of
// the answer, and the answer. Where it cannot be written the next rendering asks node again.
std::string answer_of_node(const KatexFiles& katex, const std::string& request) {
    const auto ask = [&] {
        return run_checked({"node", katex.script.string(), katex.folder.string()}, request, typesetting_limit,
                           "nodejs");
    };
    if (katex.cache.empty()) return ask();
    const std::string asked =
        sha256_hex(request + read_file(katex.script) + read_file(katex.folder / "katex.js"));
    if (const auto cached = answer_in(katex.cache, asked)) return *cached;
    std::string answer = ask();
    try {
        write_file(katex.cache, asked + '\n' + sha256_hex(answer) + '\n' + answer);
    } catch (const Error&) { // the page needs no cache
    }
    return answer;
}

} // namespace

std::vector<std::string> typeset(std::span<const Formula> formulas, const KatexFiles& katex) {
    if (formulas.empty()) return {};
    require_katex(katex);
    nlohmann::json request = nlohmann::json::array();
    for (const Formula& formula : formulas)
        request.push_back({{"tex", formula.tex}, {"display", formula.display}});
    const std::string answer = answer_of_node(katex, request.dump());
    const nlohmann::json typeset_formulas = nlohmann::json::parse(answer);
    std::vector<std::string> html;
    for (std::size_t i = 0; i < formulas.size(); ++i) {
        const nlohmann::json& result = typeset_formulas.at(i);
        if (result.contains("error"))
            throw Error(fmt::format("{}: formula '{}' does not parse: {}", formulas[i].place, formulas[i].tex,
                                    result["error"].get<std::string>()),
                        "correct the formula");
        html.push_back(result.at("html"));
    }
    return html;
}

std::string katex_style(std::string_view html, const KatexFiles& katex) {
    if (html.find("class=\"katex") == html.npos) return "";
    require_katex(katex);
    const std::string style = read_file(katex.folder / "katex.min.css");
    const UsedFonts used = used_fonts(style, html);
    static const std::regex face(R"(@font-face\{[^}]*\})");
    std::string embedded;
    auto last = style.cbegin();
    for (std::sregex_iterator match(style.begin(), style.end(), face), end; match != end; ++match) {
        embedded.append(last, (*match)[0].first);
        embedded += embed_font(match->str(), used, katex.folder);
        last = (*match)[0].second;
    }
    return embedded.append(last, style.cend());
}

} // namespace grokreport::render
