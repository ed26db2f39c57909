// Small helpers for pugixml.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace grokreport::figures {

// A copy of the list, so that a loop over it may move and remove children.
inline std::vector<pugi::xml_node> children_of(pugi::xml_node node) {
    return {node.begin(), node.end()};
}

inline bool is(pugi::xml_node node, std::string_view name) {
    return node.name() == name;
}

// Sets the value of an attribute, which is added where it does not exist.
inline void set(pugi::xml_node node, const char* name, const std::string& value) {
    pugi::xml_attribute attribute = node.attribute(name);
    if (!attribute) attribute = node.append_attribute(name);
    attribute.set_value(value.c_str());
}

} // namespace grokreport::figures
