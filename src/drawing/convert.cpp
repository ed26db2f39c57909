#include "drawing/convert.h"

#include "base/error.h"
#include "drawing/svg.h"
#include "drawing/svg_renderer.h"

#include <fmt/format.h>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFWriter.hh>

namespace grokreport::figures {

namespace {

constexpr double png_zoom = 300.0 / 96.0; // dots per pixel of the SVG
constexpr int image_zoom = 6;             // a pixel of a heat map becomes about one dot in print

} // namespace

std::string still_libraries() {
    return fmt::format("steps 6\n{}, qpdf {}\n", svg_renderer_version(), QPDF::QPDFVersion());
}

std::string pdf_of(const std::string& svg, const Citation& citation) try {
    const std::string bytes = svg_to_pdf(svg);
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile(citation.id.c_str(), bytes.data(), bytes.size());
    if (pdf.anyWarnings()) throw Error("what cairo wrote is no whole PDF", ""); // qpdf only warns of it
    auto information = QPDFObjectHandle::newDictionary();
    const auto add = [&](const char* key, const std::string& value) {
        information.replaceKey(key, QPDFObjectHandle::newUnicodeString(value));
    };
    add("/Title", citation.title());
    add("/Author", authors);
    add("/Subject", citation.source());
    add("/Keywords", "sha256:" + citation.content);
    add("/Creator", "grokreport");
    pdf.getTrailer().replaceKey("/Info", pdf.makeIndirectObject(information));

    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.setCompressStreams(true);
    writer.setRecompressFlate(true);
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
} catch (const QPDFExc& problem) {
    throw Error(fmt::format("qpdf cannot read the PDF: {}", problem.what()), "");
}

std::string png_of(const std::string& svg) {
    return svg_to_png(with_enlarged_images(svg, image_zoom), png_zoom);
}

} // namespace grokreport::figures
