#include "render/bibliography.h"

#include "base/error.h"
#include "base/files.h"
#include "render/placeholders.h"

#include <algorithm>
#include <fmt/format.h>

namespace grokreport::render {

namespace {

constexpr std::size_t authors_in_list = 6; // a longer list has the first author and "et al."

std::string name_of(const Json& author) {
    if (author.contains("literal")) return author.at("literal");
    return author.at("given").get<std::string>() + " " + author.at("family").get<std::string>();
}

std::string short_name_of(const Json& author) {
    return author.at(author.contains("literal") ? "literal" : "family");
}

std::string list_of_authors(const Json& authors) {
    if (authors.size() > authors_in_list) return name_of(authors.front()) + " et al.";
    std::string list;
    for (std::size_t i = 0; i < authors.size(); ++i) {
        if (i > 0) list += i + 1 == authors.size() ? " and " : ", ";
        list += name_of(authors.at(i));
    }
    return list;
}

std::string label_of(const Json& authors, const std::string& title) {
    if (authors.empty()) return title;
    std::string first = short_name_of(authors.front());
    if (authors.size() == 1) return first;
    return authors.size() == 2 ? first + " and " + short_name_of(authors.at(1)) : first + " et al.";
}

// A URL with another scheme could be a script.
std::string read_url(const Json& item) {
    std::string url = item.value("URL", "");
    if (!url.empty() && !url.starts_with("https://") && !url.starts_with("http://"))
        throw Error(fmt::format("the URL '{}' is no http or https address", url), "write it in full");
    return url;
}

Work read_work(const Json& item) {
    const Json authors = item.value("author", Json::array());
    const std::string title = item.at("title");
    const int year = item.at("issued").at("date-parts").at(0).at(0);
    return {item.at("id"),
            list_of_authors(authors),
            label_of(authors, title),
            std::to_string(year) + item.value("year-suffix", ""),
            title,
            item.value("container-title", ""),
            read_url(item)};
}

} // namespace

Bibliography Bibliography::read(const std::filesystem::path& file) {
    Bibliography bibliography;
    bibliography.file_ = file.string();
    const auto fail = [&](const std::string& what, const std::string& mend) {
        throw Error(fmt::format("{}: work {}: {}", file.string(), bibliography.works_.size() + 1, what),
                    mend);
    };
    try {
        for (const Json& item : Json::parse(read_file(file)))
            bibliography.works_.push_back(read_work(item));
    } catch (const nlohmann::json::exception& broken) {
        fail(broken.what(), "write it as CSL JSON with id, title and issued");
    } catch (const Error& refused) {
        fail(refused.problem(), "write it in full");
    }
    std::vector<Work>& works = bibliography.works_;
    std::ranges::sort(works, {},
                      [](const Work& work) { return std::tuple(work.label, work.year, work.key); });
    for (std::size_t i = 1; i < works.size(); ++i) {
        if (works[i].label == works[i - 1].label && works[i].year == works[i - 1].year)
            throw Error(fmt::format("{}: '{}' and '{}' would be cited alike, as {}, {}", file.string(),
                                    works[i - 1].key, works[i].key, works[i].label, works[i].year),
                        R"(give each a "year-suffix", "a" and "b")");
        if (std::ranges::count(works, works[i].key, &Work::key) > 1)
            throw Error(fmt::format("{}: two works have the id '{}'", file.string(), works[i].key),
                        "rename one");
    }
    return bibliography;
}

const Work& Bibliography::find(const std::string& key, const std::string& place) const {
    const auto found = std::ranges::find(works_, key, &Work::key);
    if (found != works_.end()) return *found;
    std::vector<std::string> keys;
    for (const Work& work : works_)
        keys.push_back(work.key);
    throw Error(fmt::format("{}: there is no reference '{}'", place, key),
                did_you_mean(key, keys, "add it to references.json"));
}

std::string citation_html(const Work& work, bool in_sentence) {
    const std::string label = value_as_html(work.label);
    const std::string year = value_as_html(work.year);
    return fmt::format(R"(<a class="citation" href="#reference-{}">{}{}</a>)", value_as_html(work.key),
                       work.authors.empty() ? "<cite>" + label + "</cite>" : label,
                       in_sentence ? " (" + year + ")" : ", " + year);
}

} // namespace grokreport::render
