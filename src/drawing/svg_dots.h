// The points of a drawing as dots: strokes of length zero with round ends.
#pragma once

#include <cstddef>
#include <pugixml.hpp>
#include <string>
#include <vector>

namespace grokreport::figures {

// Replaces the filled discs that gnuplot places one by one. Consecutive discs of one radius become a group,
// and in it consecutive discs of one colour become a path of dots. If there are names, each disc becomes a
// path of its own with the next name as its <title>. The names must live longer than the writer.
class DotWriter {
  public:
    explicit DotWriter(const std::vector<std::string>& names) : names_(names) {}

    // Replaces the discs among the children of `parent`, in their order.
    void write_children(pugi::xml_node parent);

    std::size_t written() const { return written_; }

  private:
    const std::vector<std::string>& names_;
    std::size_t written_ = 0;
};

} // namespace grokreport::figures
