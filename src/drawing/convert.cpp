#include "drawing/convert.h"

#include "base/error.h"
#include "base/process.h"
#include "drawing/gnuplot.h"
#include "drawing/svg.h"

#include <fmt/format.h>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFWriter.hh>
#include <utility>
#include <vector>

namespace grokreport::figures {

namespace {

constexpr double png_zoom = 300.0 / 96.0; // dots per pixel of the SVG
constexpr int image_zoom = 6;             // a pixel of a heat map becomes about one dot in print

// A fixed date makes the output depend on the drawing only.
std::string convert_svg(const std::string& svg, const std::vector<std::string>& options) {
    std::vector<std::string> argv{"env", "SOURCE_DATE_EPOCH=0", "rsvg-convert"};
    argv.insert(argv.end(), options.begin(), options.end());
    ProcessResult result = run_process(argv, svg, still_time_limit);
    if (result.exit_status != 0)
        throw Error(fmt::format("rsvg-convert {}: {}", describe_exit(result.exit_status),
                                error_summary(result.errors)),
                    "");
    return std::move(result.output);
}

[[noreturn]] void refuse_output(const std::string& format) {
    throw Error(fmt::format("what rsvg-convert wrote is no {}", format), "try another version of it");
}

// The PDF with the citation as its document information. Throws QPDFExc where the bytes are not a PDF.
std::string pdf_with_citation(const std::string& bytes, const Citation& citation) {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile(citation.id.c_str(), bytes.data(), bytes.size());
    if (pdf.anyWarnings()) refuse_output("whole PDF"); // qpdf only warns of a damaged PDF
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
}

} // namespace

std::string still_programs() {
    require_program("rsvg-convert", "librsvg2-bin");
    return "steps 5\n" + run_checked({"rsvg-convert", "--version"}, "", still_time_limit) + "qpdf " +
           QPDF::QPDFVersion() + "\n";
}

std::string pdf_of(const std::string& svg, const Citation& citation) {
    try {
        return pdf_with_citation(convert_svg(svg, {"--format=pdf"}), citation);
    } catch (const QPDFExc&) {
        refuse_output("PDF");
    }
}

bool is_png(std::string_view bytes) {
    constexpr std::string_view signature = "\x89PNG\r\n\x1A\n", last_chunk = "IEND\xAE\x42\x60\x82";
    return bytes.starts_with(signature) && bytes.ends_with(last_chunk);
}

std::string png_of(const std::string& svg) {
    std::string png =
        convert_svg(with_enlarged_images(svg, image_zoom),
                    {"--format=png", fmt::format("--zoom={}", png_zoom), "--background-color=white"});
    if (!is_png(png)) refuse_output("PNG");
    return png;
}

} // namespace grokreport::figures
