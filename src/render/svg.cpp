#include "render/svg.h"

#include "base/error.h"
#include "base/text.h"
#include "render/html.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <sstream>
#include <vector>

namespace grokreport::render {

namespace {

struct SvgAttribute {
    std::string name;
    std::string value; // as in the file, with its entities
};

struct SvgElement {
    std::string name;
    std::vector<SvgAttribute> attributes;
    bool is_empty; // <name .../>

    SvgAttribute* find(std::string_view attribute) {
        const auto found = std::ranges::find(attributes, attribute, &SvgAttribute::name);
        return found == attributes.end() ? nullptr : &*found;
    }
    void set(const std::string& attribute, std::string value) {
        if (SvgAttribute* present = find(attribute)) {
            present->value = std::move(value);
        } else {
            attributes.push_back({attribute, std::move(value)});
        }
    }
    void remove(std::string_view attribute) {
        std::erase_if(attributes, [&](const SvgAttribute& one) { return one.name == attribute; });
    }
};

class SvgInliner {
  public:
    SvgInliner(std::string_view svg, const std::string& id, std::string_view alt,
               std::span<const figures::Colour> palette)
        : rest_(svg), id_(id), alt_(alt), palette_(palette) {}

    std::string run() {
        const std::size_t begin = rest_.find("<svg");
        if (begin == rest_.npos) fail("has no <svg> element");
        rest_.remove_prefix(begin);
        while (!rest_.empty()) {
            const std::size_t tag = std::min(rest_.find('<'), rest_.size());
            page_ += in_style_ ? adapt(std::string(rest_.substr(0, tag))) : std::string(rest_.substr(0, tag));
            rest_.remove_prefix(tag);
            if (!rest_.empty()) read_tag();
        }
        return std::move(page_);
    }

  private:
    [[noreturn]] void fail(const std::string& what) const {
        throw Error(fmt::format("figure {}: the SVG {}", id_, what), "draw the figure anew");
    }

    std::string_view take(std::size_t bytes) {
        const std::string_view taken = rest_.substr(0, bytes);
        rest_.remove_prefix(taken.size());
        return taken;
    }
    std::string_view take_through(std::string_view end) {
        const std::size_t found = rest_.find(end);
        if (found == rest_.npos) fail("is cut off");
        return take(found + end.size());
    }

    void read_tag() {
        if (rest_.starts_with("<!--")) {
            take_through("-->");
        } else if (rest_.starts_with("<![CDATA[")) {
            page_ += adapt(std::string(take_through("]]>")));
        } else if (rest_.starts_with("<title") && !in_path_) {
            take_through("</title>");
        } else if (rest_.starts_with("<metadata")) {
            take_through("</metadata>");
        } else if (rest_.starts_with("</")) {
            in_style_ = false;
            page_ += take_through(">");
        } else {
            const SvgElement element = adapted(read_element());
            if (element.name != "title") in_path_ = element.name == "path" && !element.is_empty;
            write(element);
        }
    }

    SvgElement read_element() {
        take(1);
        const auto is_end_of_name = [](char c) {
            return std::isspace(static_cast<unsigned char>(c)) || c == '>' || c == '/';
        };
        const auto name_size = std::ranges::find_if(rest_, is_end_of_name) - rest_.begin();
        SvgElement element{std::string(take(static_cast<std::size_t>(name_size))), {}, false};
        while (true) {
            take(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
            if (rest_.empty()) fail("is cut off");
            element.is_empty = rest_.starts_with("/>");
            if (element.is_empty || rest_.starts_with('>')) break;
            const std::string_view name = take_through("=");
            take(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
            if (rest_.empty() || (rest_[0] != '"' && rest_[0] != '\''))
                fail("has an attribute without quotes");
            const std::string quote(take(1));
            std::string value(take_through(quote));
            value.pop_back();
            element.attributes.push_back(
                {std::string(name.substr(0, name.find_first_of("= \t\r\n"))), value});
        }
        take(element.is_empty ? 2 : 1);
        return element;
    }

    SvgElement adapted(SvgElement element) {
        if (element.name == "script") fail("holds a script");
        if (element.name == "style" && !element.is_empty) in_style_ = true;
        for (SvgAttribute& attribute : element.attributes) {
            if (lower_case(attribute.name).starts_with("on"))
                fail(fmt::format("holds an event handler, {}", attribute.name));
            const bool is_link = attribute.name == "href" || attribute.name == "xlink:href";
            const bool names_id = attribute.name == "id" || attribute.name == "aria-labelledby" ||
                                  attribute.name == "aria-describedby";
            if (is_link && attribute.value.starts_with('#')) {
                attribute.value = fmt::format("#{}", prefixed(attribute.value.substr(1)));
            } else if (is_link && !attribute.value.starts_with("data:")) {
                fail(fmt::format("links to {}", attribute.value));
            } else if (names_id) {
                attribute.value = prefixed(attribute.value);
            } else if (!is_link) {
                attribute.value = adapt(attribute.value);
            }
        }
        if (!seen_root_) describe_root(element);
        seen_root_ = true;
        return element;
    }

    void describe_root(SvgElement& root) const {
        const SvgAttribute* width = root.find("width");
        const SvgAttribute* height = root.find("height");
        if (root.find("viewBox") == nullptr && width != nullptr && height != nullptr)
            root.set("viewBox", fmt::format("0 0 {} {}", width->value, height->value));
        if (root.find("viewBox") == nullptr) fail("has neither a viewBox nor a size");
        root.remove("width");
        root.remove("height");
        root.remove("aria-labelledby");
        root.set("role", "img");
        root.set("aria-label", escape_html(alt_));
        const SvgAttribute* style = root.find("style");
        root.set("style", fmt::format("{}--natural-width: {}px", style == nullptr ? "" : style->value + ";",
                                      natural_width(root.find("viewBox")->value)));
    }

    // The third of the four numbers of a viewBox.
    double natural_width(const std::string& view_box) const {
        std::istringstream numbers(view_box);
        double left = 0, top = 0, width = 0;
        if (!(numbers >> left >> top >> width) || width <= 0) fail("has an unreadable viewBox");
        return width;
    }

    std::string prefixed(const std::string& name) const { return fmt::format("{}-{}", id_, name); }

    // Prefixes url(#x) and replaces the colours of the palette by variables.
    std::string adapt(std::string value) const {
        constexpr std::string_view reference = "url(#";
        for (std::size_t at = value.find(reference); at != value.npos; at = value.find(reference, at))
            value.insert(at += reference.size(), prefixed(""));
        for (std::size_t at = value.find('#'); at != value.npos; at = value.find('#', at + 1)) {
            const auto found = std::ranges::find(palette_, lower_case(std::string_view(value).substr(at, 7)),
                                                 &figures::Colour::light);
            if (found == palette_.end()) continue;
            const std::string variable = fmt::format("var(--figure-{}, {})", found->name, found->light);
            value.replace(at, 7, variable);
            at += variable.size() - 1;
        }
        return value;
    }

    void write(const SvgElement& element) {
        page_ += fmt::format("<{}", element.name);
        for (const auto& [name, value] : element.attributes) {
            // A value from single quotes may contain double quotes.
            std::string quoted = value;
            for (std::size_t at = quoted.find('"'); at != quoted.npos; at = quoted.find('"', at))
                quoted.replace(at, 1, "&quot;");
            page_ += fmt::format(" {}=\"{}\"", name, quoted);
        }
        page_ += element.is_empty ? "/>" : ">";
    }

    std::string_view rest_;
    const std::string& id_;
    std::string_view alt_;
    std::span<const figures::Colour> palette_;
    bool in_style_ = false;
    bool in_path_ = false; // where a <title> is the name of a point
    bool seen_root_ = false;
    std::string page_;
};

} // namespace

std::string inline_svg(std::string_view svg, const std::string& id, std::string_view alt,
                       std::span<const figures::Colour> palette) {
    return SvgInliner(svg, id, alt, palette).run();
}

} // namespace grokreport::render
