#include "drawing/plot.h"

#include "base/error.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <gnuplot-iostream.h>
#include <sys/mman.h>
#include <unistd.h>

namespace grokreport::figures {

namespace {

std::string gnuplot_string(std::string_view text, std::string_view escaped) {
    std::string out = "'";
    for (const char c : text) {
        if (escaped.find(c) != std::string_view::npos) out += '\\';
        if (c == '\'') out += '\''; // gnuplot reads two quotes inside quotes as one
        out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
    return out + "'";
}

} // namespace

std::string plain(std::string_view text) {
    return gnuplot_string(text, "\\{}^_@&~");
}

std::string literal(std::string_view text) {
    return gnuplot_string(text, "");
}

std::string markup(std::string_view text) {
    return gnuplot_string(text, "");
}

std::vector<std::string> names_of_numbers(const Eigen::MatrixXd& points, const std::string& prefix) {
    std::vector<std::string> names;
    for (Eigen::Index number = 0; number < points.rows(); ++number)
        if (points.row(number).allFinite()) names.push_back(prefix + std::to_string(number));
    return names;
}

double colour_number(std::string_view hex) {
    return static_cast<double>(std::stoul(std::string(hex.substr(1)), nullptr, 16));
}

class Plot::Stream {
  public:
    Gnuplot& gnuplot() { return gnuplot_; }

    std::string written() {
        gnuplot_.flush();
        return file_.content();
    }

  private:
    // A file in memory. gnuplot-iostream needs a file descriptor, and a stream of open_memstream has none.
    class MemoryFile {
      public:
        MemoryFile() : descriptor_(::memfd_create("grokreport-figure", MFD_CLOEXEC)) {
            if (descriptor_ < 0) fail();
        }
        MemoryFile(const MemoryFile&) = delete;
        MemoryFile& operator=(const MemoryFile&) = delete;
        ~MemoryFile() { ::close(descriptor_); }

        // A stream into this file. The receiver closes it, as Gnuplot does.
        std::FILE* new_stream() const {
            const int duplicate = ::fcntl(descriptor_, F_DUPFD_CLOEXEC, 0);
            if (duplicate < 0) fail();
            if (std::FILE* stream = ::fdopen(duplicate, "w")) return stream;
            ::close(duplicate);
            fail();
        }

        std::string content() const {
            std::string text;
            std::array<char, 1 << 14> chunk{};
            for (;;) {
                const ssize_t size =
                    ::pread(descriptor_, chunk.data(), chunk.size(), static_cast<off_t>(text.size()));
                if (size < 0) fail();
                if (size == 0) return text;
                text.append(chunk.data(), static_cast<std::size_t>(size));
            }
        }

      private:
        [[noreturn]] static void fail() {
            throw Error(fmt::format("cannot keep a figure in memory: {}", std::strerror(errno)),
                        "free some memory");
        }

        int descriptor_;
    };

    MemoryFile file_;
    Gnuplot gnuplot_{file_.new_stream()};
};

Plot::Plot(std::string id, Size size) : id_(std::move(id)), size_(size), stream_(std::make_unique<Stream>()) {
    add_line(preamble(size));
}

Plot::Plot(Plot&&) noexcept = default;
Plot& Plot::operator=(Plot&&) noexcept = default;
Plot::~Plot() = default;

void Plot::add_line(const std::string& command) {
    stream_->gnuplot() << command << '\n';
}

void Plot::data(const std::string& name, const std::vector<std::vector<double>>& rows) {
    // Each run is a list of finite rows. send2d writes an empty line between two runs.
    std::vector<std::vector<std::vector<double>>> runs(1);
    for (const std::vector<double>& row : rows) {
        if (std::ranges::all_of(row, [](double value) { return std::isfinite(value); }))
            runs.back().push_back(row);
        else if (!runs.back().empty())
            runs.emplace_back();
    }
    if (runs.back().empty()) runs.pop_back();
    if (runs.empty())
        throw Error(fmt::format("figure {}: its data '{}' holds no finite number", id_, name),
                    "check the run it is drawn from");

    // send2d ends the data with a line "e", which here ends the block.
    add_line("$" + name + " << e");
    stream_->gnuplot().send2d(runs);
}

void Plot::panel(Box inner) {
    const auto across = [&](double x) { return x / size_.width; };
    const auto up = [&](double y) { return 1 - y / size_.height; }; // gnuplot counts from the bottom
    line("set lmargin at screen {:.6f}", across(inner.left));
    line("set rmargin at screen {:.6f}", across(inner.left + inner.width));
    line("set tmargin at screen {:.6f}", up(inner.top));
    line("set bmargin at screen {:.6f}", up(inner.top + inner.height));
}

Drawing Plot::finish(std::string csv) && {
    Drawing drawing{id_, stream_->written(), std::move(csv)};
    stream_.reset();
    return drawing;
}

} // namespace grokreport::figures
