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

std::string version_of(const std::string& program, const std::string& debian_package) {
    require_program(program, debian_package);
    return run_checked({program, "--version"}, "", still_time_limit);
}

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

[[noreturn]] void refuse_output(const std::string& program, const std::string& format) {
    throw Error(fmt::format("what {} wrote is no {}", program, format), "try another version of it");
}

// The PDF with the citation as its document information. Throws QPDFExc where the bytes are not a PDF.
std::string pdf_with_citation(const std::string& bytes, const Citation& citation) {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile(citation.id.c_str(), bytes.data(), bytes.size());
    if (pdf.anyWarnings()) refuse_output("rsvg-convert", "whole PDF"); // qpdf only warns of a damaged PDF
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
    return "steps 4\n" + version_of("rsvg-convert", "librsvg2-bin") + version_of("pngquant", "pngquant") +
           "qpdf " + QPDF::QPDFVersion() + "\n";
}

std::string pdf_of(const std::string& svg, const Citation& citation) {
    try {
        return pdf_with_citation(convert_svg(svg, {"--format=pdf"}), citation);
    } catch (const QPDFExc&) {
        refuse_output("rsvg-convert", "PDF");
    }
}

bool is_png(std::string_view bytes) {
    constexpr std::string_view signature = "\x89PNG\r\n\x1A\n", last_chunk = "IEND\xAE\x42\x60\x82";
    return bytes.starts_with(signature) && bytes.ends_with(last_chunk);
}

std::string png_of(const std::string& svg) {
    const std::string png =
        convert_svg(with_enlarged_images(svg, image_zoom),
                    {"--format=png", fmt::format("--zoom={}", png_zoom), "--background-color=white"});
    // Below a quality of 90 pngquant drops colours that only a few small points have. Dithering (--nofs turns
    // it off) would show on even areas and would cost bytes. Speed 8 saves a third of its time against the
    // default, 4, for 3 % more bytes and one decibel less of signal to noise (docs/performance.md).
    std::string reduced = run_checked({"pngquant", "--speed=8", "--quality=0-90", "--nofs", "--strip", "-"},
                                      png, still_time_limit);
    if (!is_png(reduced)) refuse_output("pngquant", "PNG");
    return reduced;
}

} // namespace grokreport::figures
