#include "figures/convert.h"

#include "base/files.h"
#include "base/process.h"
#include "figures/svg.h"

#include <chrono>
#include <fmt/format.h>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>
#include <vector>

namespace grokreport::figures {

namespace {

// A figure takes well under a second, a film a few; a machine with more to do needs its time.
constexpr std::chrono::seconds time_limit{60}, film_time_limit{300};
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
    return run_checked(argv, svg, time_limit);
}

} // namespace

std::string still_programs() {
    return "steps 3\n" + version("rsvg-convert", "librsvg2-bin", "--version") +
           version("pngquant", "pngquant", "--version") + "qpdf " + QPDF::QPDFVersion() + "\n";
}

std::string film_programs() {
    return "film steps 1\n" + version("ffmpeg", "ffmpeg", "-version");
}

std::string pdf_of(const std::string& svg, const Citation& citation) {
    const std::string drawn = rendered(svg, {"--format=pdf"});
    QPDF pdf;
    pdf.processMemoryFile(citation.id.c_str(), drawn.data(), drawn.size());
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

std::string png_of(const std::string& svg) {
    const std::string png =
        rendered(with_enlarged_images(svg, image_zoom),
                 {"--format=png", fmt::format("--zoom={}", png_zoom), "--background-color=white"});
    // Below 90 a colour of a few small points is given up for others. Without dithering: it would be seen on
    // even areas, and costs bytes.
    return run_checked({"pngquant", "--quality=0-90", "--nofs", "--strip", "-"}, png, time_limit);
}

// One thread, no dates and no names of encoders in the file.
std::string film_of(const std::filesystem::path& folder) {
    const std::filesystem::path film = folder / "film.mp4";
    run_checked({"ffmpeg",     "-nostdin",
                 "-loglevel",  "error",
                 "-framerate", "25",
                 "-i",         (folder / "frame-%04d.png").string(),
                 "-an",        "-c:v",
                 "libx264",    "-preset",
                 "slow",       "-crf",
                 "36",         "-tune",
                 "animation",  "-pix_fmt",
                 "yuv420p",    "-threads",
                 "1",          "-flags:v",
                 "+bitexact",  "-fflags",
                 "+bitexact",  "-map_metadata",
                 "-1",         "-movflags",
                 "+faststart", film.string()},
                "", film_time_limit);
    return read_file(film);
}

} // namespace grokreport::figures
