// Any text as a chapter, and any as the value that it names: filled, lifted, set as Markdown, put together.
// Formulas and code, which other programs set, are left as they are.
#include "hostile_reading.h"
#include "render/html.h"
#include "render/manuscript.h"
#include "render/placeholders.h"

#include <cstdint>
#include <cstdlib>
#include <set>

namespace {

using namespace grokreport::render;

template <typename Kind>
std::vector<std::string> as_they_are(std::span<const Kind> elements) {
    std::vector<std::string> html;
    for (const Kind& element : elements)
        if constexpr (std::is_same_v<Kind, Formula>)
            html.push_back(escape_html(element.tex));
        else
            html.push_back(escape_html(element.text));
    return html;
}

void write_chapter(const std::string& text, const std::string& value) {
    if (find_private_use(text) != std::string::npos) return; // refused when a template is read (source.h)
    const grokreport::Json context = {
        {"value", value},
        {"truth", true},
        {"badge", {{"claim", own_html("claim")}}},
        {"list", grokreport::list_of({{"name", ""}}, {{{"name", value}}, {{"name", "b"}}})}};
    const Template chapter({"04-x.md", text}, Template::Language::markdown);
    std::set<std::string> used;
    chapter.check(context, used);
    Manuscript manuscript(
        {.figure =
             [](const FigureText& figure) {
                 return "<figure>" + escape_html(figure.alt) + figure.caption + "</figure>";
             },
         .chip = [](const std::string& claim) { return "<a>" + claim + "</a>"; },
         .card = [](const std::string& claim) { return "<details>" + claim + "</details>"; },
         .setting = [](const std::string& name) { return "<a>" + name + "</a>"; },
         .explorer = [](const std::string& text) { return "<section>" + text + "</section>"; },
         .formulas = as_they_are<Formula>,
         .code = as_they_are<Code>},
        {});
    manuscript.add(chapter, context);
    const std::string html = manuscript.finish();
    // No tag of the value's reaches the page, where the chapter brings none itself
    if (text.find('<') == std::string::npos && text.find("zzz") == std::string::npos &&
        html.find("<zzz") != std::string::npos)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(reinterpret_cast<const char*>(data), size);
    const std::size_t end = std::min(input.find('\0'), size);
    const std::string value = "<zzz>" + (end < size ? input.substr(end + 1) : "") + "\"<zzz onx=1>";
    grokreport::testing::expect_an_answer([&] { write_chapter(input.substr(0, end), value); });
    return 0;
}
