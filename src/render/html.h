// The few things that every part of the page needs to write HTML.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace grokreport::render {

// Text for an element or a double-quoted attribute.
std::string escape_html(std::string_view text);

// JSON for a <script type="application/json">: no string in it can end the element.
std::string as_script_data(const nlohmann::ordered_json& json);

// "data:<media_type>;base64,...".
std::string data_uri(std::string_view media_type, std::string_view bytes);

// An anchor from a heading: lower-case ASCII letters, digits and single dashes; "Train and Test Data" ->
// "train-and-test-data". Empty where the text has no letter or digit.
std::string anchor_of(std::string_view text);

} // namespace grokreport::render
