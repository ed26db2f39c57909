#include "drawing/convert.h"

#include "base/error.h"
#include "base/process.h"
#include "drawing/svg.h"

#include <chrono>
#include <fmt/format.h>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFWriter.hh>
#include <utility>
#include <vector>

namespace grokreport::figures {

namespace {

// A figure takes well under a second; a machine with more to do needs its time.
constexpr std::chrono::seconds time_limit{60};
constexpr double png_zoom = 300.0 / 96.0; // dots per pixel of the SVG
constexpr int image_zoom = 6;             // a pixel of a heat map then has about one dot in print

std::string version(const std::string& program, const std::string& package, const char* option) {
    require_program(program, package);
    return run_checked({program, option}, "", time_limit);
}

// A fixed date makes the output depend on the drawing only.
std::string rendered(const std::string& svg, const std::vector<std::string>& options) {
    std::vector<std::string> argv{"env", "SOURCE_DATE_EPOCH=0", "rsvg-convert"};
    argv.insert(argv.end(), options.begin(), options.end());
    ProcessResult result = run_process(argv, svg, time_limit);
    if (result.exit_status != 0)
        throw Error(fmt::format("rsvg-convert {}: {}", ending(result.exit_status), last_words(result.errors)),
                    "");
    return std::move(result.output);
}

[[noreturn]] void refuse(const std::string& program, const std::string& format) {
    throw Error(fmt::format("what {} wrote is no {}", program, format), "try another version of it");
}

// The PDF with the citation as its information. Throws QPDFExc where it is none.
std::string completed(const std::string& drawn, const Citation& citation) {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile(citation.id.c_str(), drawn.data(), drawn.size());
    if (pdf.anyWarnings()) refuse("rsvg-convert", "whole PDF"); // qpdf would mend it in silence
    auto information = QPDFObjectHandle::newDictionary();
    const auto say = [&](const char* key, const std::string& value) {
        information.replaceKey(key, QPDFObjectHandle::newUnicodeString(value));
    };
    say("/Title", citation.title());
    say("/Author", authors);
    say("/Subject", citation.source());
    say("/Keywords", "sha256:" + citation.content);
    say("/Creator", "grokreport");
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
    return "steps 3\n" + version("rsvg-convert", "librsvg2-bin", "--version") +
           version("pngquant", "pngquant", "--version") + "qpdf " + QPDF::QPDFVersion() + "\n";
}

std::string pdf_of(const std::string& svg, const Citation& citation) {
    try {
        return completed(rendered(svg, {"--format=pdf"}), citation);
    } catch (const QPDFExc&) {
        refuse("rsvg-convert", "PDF");
    }
}

bool is_png(std::string_view bytes) {
    constexpr std::string_view signature = "\x89PNG\r\n\x1A\n", last_chunk = "IEND\xAE\x42\x60\x82";
    return bytes.starts_with(signature) && bytes.ends_with(last_chunk);
}

std::string png_of(const std::string& svg) {
    const std::string png =
        rendered(with_enlarged_images(svg, image_zoom),
                 {"--format=png", fmt::format("--zoom={}", png_zoom), "--background-color=white"});
    // Below 90 a colour of a few small points is given up for others. Without dithering: it would be seen on
    // even areas, and costs bytes.
    std::string reduced =
        run_checked({"pngquant", "--quality=0-90", "--nofs", "--strip", "-"}, png, time_limit);
    if (!is_png(reduced)) refuse("pngquant", "PNG");
    return reduced;
}

} // namespace grokreport::figures
