#include "render/pieces.h"

#include "render/marks.h"

namespace grokreport::render {

std::string Pieces::put(Piece piece) {
    pieces_.push_back(std::move(piece));
    return write_mark(Mark::token, pieces_.size() - 1);
}

std::vector<const Piece*> Pieces::in(std::string_view text) const {
    std::vector<const Piece*> found;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (const auto token = read_mark(Mark::token, text, i)) found.push_back(&pieces_.at(token->number));
    return found;
}

std::string Pieces::fill(std::string_view html, const std::function<std::string(const Piece&)>& write) const {
    std::string filled;
    std::string plain; // what stands between two tokens
    for (std::size_t i = 0; i < html.size();) {
        if (const auto token = read_mark(Mark::token, html, i)) {
            filled += reveal_as_html(plain);
            plain.clear();
            filled += fill(write(pieces_.at(token->number)), write);
            i += token->size;
        } else {
            plain += html[i++];
        }
    }
    return filled += reveal_as_html(plain);
}

} // namespace grokreport::render
