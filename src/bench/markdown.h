// A table in Markdown, built cell by cell.
#pragma once

#include <string>
#include <vector>

namespace grokreport::bench {

class MarkdownTable {
  public:
    explicit MarkdownTable(const std::vector<std::string>& header) {
        add(header);
        text_ += "|";
        for (std::size_t i = 0; i < header.size(); ++i)
            text_ += "---|";
        text_ += "\n";
    }

    void add(const std::vector<std::string>& cells) {
        text_ += "|";
        for (const std::string& cell : cells) {
            text_ += ' ';
            text_ += cell;
            text_ += " |";
        }
        text_ += "\n";
    }

    const std::string& text() const { return text_; }

  private:
    std::string text_;
};

} // namespace grokreport::bench
