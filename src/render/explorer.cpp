#include "render/explorer.h"

#include "base/files.h"
#include "render/claim_context.h"
#include "render/html.h"
#include "render/placeholders.h"
#include "render/template.h"

#include <algorithm>
#include <fmt/format.h>

namespace grokreport::render {

bool has_explorer(const Results& results) {
    return !results.explorer.is_null() && !results.explorer.at("model").is_null();
}

void add_settings(Json& context, const Results& results) {
    if (results.explorer.is_null()) return;
    for (const Json& setting : results.explorer.at("settings")) {
        const std::string name = setting.at("name");
        add_at_name(context, "setting." + name, own_html(std::string(setting_prefix) + name));
    }
}

std::string explorer_setting(const std::string& name, const Results& results) {
    if (!has_explorer(results)) return "";
    for (const Json& setting : results.explorer.at("settings"))
        if (setting.at("name") == name) {
            const auto text = [&](const char* of) {
                return value_as_html(setting.at(of).get<std::string>());
            };
            return fmt::format(
                R"(<a class="setting" href="#try" data-setting="{}" data-accuracy="{}" aria-label="try it: {}">try it</a>)",
                text("setting"), text("accuracy"), text("words"));
        }
    return "";
}

std::string explorer_html(const std::string& text, const Results& results,
                          const std::filesystem::path& templates) {
    if (!has_explorer(results)) {
        const std::string why = results.explorer.is_null() ? "" : results.explorer.value("left_out", "");
        if (why.empty()) return text;
        return fmt::format("{}<p>The page does not compute with this model: {}.</p>\n", text,
                           value_as_html(why));
    }
    const Template page(read_source(templates / "explorer.html"), Template::Language::html);
    const Json& explorer = results.explorer;
    Json data = explorer.at("model");
    data["settings"] = explorer.at("settings");
    return page.fill_checked({{"text", own_html(text)},
                              {"a", explorer.at("a").dump()},
                              {"b", explorer.at("b").dump()},
                              {"last", std::to_string(data.at("p").get<int>() - 1)},
                              {"p", data.at("p").dump()},
                              {"data", own_html(as_script_data(data))}});
}

std::string explorer_scripts(const Results& results, const std::filesystem::path& templates) {
    if (!has_explorer(results)) return "";
    std::string scripts;
    for (const char* file : {"explorer-model.js", "explorer-drawing.js", "explorer.js"})
        scripts += read_file(templates / file);
    return scripts;
}

} // namespace grokreport::render
