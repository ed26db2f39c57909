// Points of a drawing as dots: strokes of no length with round ends.
#pragma once

#include <cstddef>
#include <pugixml.hpp>
#include <string>
#include <vector>

namespace grokreport::figures {

// Replaces the filled discs that gnuplot places one by one: runs of one radius become a group, and in it runs
// of one colour a path of dots. Where there are names, each disc gets a path of its own with the next name as
// its <title>. The names have to outlive the writer.
class DotWriter {
  public:
    explicit DotWriter(const std::vector<std::string>& names) : names_(names) {}

    // The discs among the children of `parent`, in their order.
    void write_children(pugi::xml_node parent);

    std::size_t written() const { return written_; }

  private:
    const std::vector<std::string>& names_;
    std::size_t written_ = 0;
};

} // namespace grokreport::figures
