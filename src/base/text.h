// Text that came from outside (a name of a file, a stored document, another program's words), made fit to be
// shown: what remains can be written to JSON, XML, HTML and a terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace grokreport {

// What is no UTF-8, no character of XML, or a control character other than tab, line feed and carriage return
// becomes U+FFFD. All else stays, byte for byte.
std::string clean_text(std::string_view text);

// clean_text on one line: tabs and line breaks become spaces.
std::string one_line(std::string_view text);

// The parts of a text between separators, at least one; views into it.
std::vector<std::string_view> split(std::string_view text, char separator);

} // namespace grokreport
