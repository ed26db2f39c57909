#include "model/textbook_gradient.h"

#include "model/textbook_module.h"

namespace grokreport {

TextbookGradient textbook_gradient(const Config& config, std::span<const Pair> train,
                                   const Parameters& parameters) {
    auto* const function =
        reinterpret_cast<TextbookGradientFunction*>(textbook_function(textbook_gradient_name));
    TextbookGradient result;
    function(config, train, parameters, result);
    return result;
}

} // namespace grokreport
