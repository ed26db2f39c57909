// Helpers for HTML.
#pragma once

#include "base/json.h"

#include <string>
#include <string_view>

namespace grokreport::render {

// Text for an element or for an attribute in quotes.
std::string escape_html(std::string_view text);

// JSON for a <script type="application/json">. No string in it can end the element.
std::string as_script_data(const Json& json);

// "data:<media_type>;base64,...".
std::string data_uri(std::string_view media_type, std::string_view bytes);

// The anchor of a heading: lower-case ASCII letters, digits and single dashes. "Train and Test Data" becomes
// "train-and-test-data". Empty where the text has no ASCII letter or digit.
std::string anchor_of(std::string_view text);

} // namespace grokreport::render
