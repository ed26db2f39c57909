#include "render/inline_elements.h"

#include "render/placeholders.h"

#include <algorithm>

namespace grokreport::render {

std::string InlineElements::put(InlineElement element) {
    elements_.push_back(std::move(element));
    return write_placeholder(Placeholder::element, elements_.size() - 1);
}

std::vector<const InlineElement*> InlineElements::in(std::string_view text) const {
    std::vector<const InlineElement*> found;
    for (std::size_t i = text.find(placeholder_byte); i != text.npos; i = text.find(placeholder_byte, i + 1))
        if (const auto placeholder = read_placeholder(Placeholder::element, text, i))
            found.push_back(&elements_.at(placeholder->number));
    return found;
}

std::string InlineElements::fill(std::string_view html,
                                 const std::function<std::string(const InlineElement&)>& write) const {
    std::string filled;
    std::string between; // the text since the last placeholder
    for (std::size_t i = 0; i < html.size();) {
        if (const auto placeholder = read_placeholder(Placeholder::element, html, i)) {
            filled += reveal_as_html(between);
            between.clear();
            filled += fill(write(elements_.at(placeholder->number)), write);
            i += placeholder->size;
        } else {
            const std::size_t next = std::min(html.find(placeholder_byte, i + 1), html.size());
            between += html.substr(i, next - i);
            i = next;
        }
    }
    return filled += reveal_as_html(between);
}

} // namespace grokreport::render
