#include "render/inline_elements.h"

#include "render/placeholders.h"

namespace grokreport::render {

std::string InlineElements::put(InlineElement element) {
    elements_.push_back(std::move(element));
    return write_placeholder(Placeholder::token, elements_.size() - 1);
}

std::vector<const InlineElement*> InlineElements::in(std::string_view text) const {
    std::vector<const InlineElement*> found;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (const auto token = read_placeholder(Placeholder::token, text, i)) found.push_back(&elements_.at(token->number));
    return found;
}

std::string InlineElements::fill(std::string_view html, const std::function<std::string(const InlineElement&)>& write) const {
    std::string filled;
    std::string plain; // what stands between two tokens
    for (std::size_t i = 0; i < html.size();) {
        if (const auto token = read_placeholder(Placeholder::token, html, i)) {
            filled += reveal_as_html(plain);
            plain.clear();
            filled += fill(write(elements_.at(token->number)), write);
            i += token->size;
        } else {
            plain += html[i++];
        }
    }
    return filled += reveal_as_html(plain);
}

} // namespace grokreport::render
