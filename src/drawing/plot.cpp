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

// A file that lives in memory only. gnuplot-iostream writes through a file descriptor, so a stream of
// open_memstream, which has none, would not do.
class MemoryFile {
  public:
    MemoryFile() : descriptor_(::memfd_create("grokreport-figure", MFD_CLOEXEC)) {
        if (descriptor_ < 0) fail();
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { ::close(descriptor_); }

    // A stream into this file, closed by whom it is given to: Gnuplot closes what it writes to.
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

std::string quoted(std::string_view text, std::string_view escaped) {
    std::string out = "'";
    for (const char c : text) {
        if (escaped.find(c) != std::string_view::npos) out += '\\';
        if (c == '\'') out += '\''; // gnuplot's way to write a quote inside quotes
        out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
    return out + "'";
}

} // namespace

std::string plain(std::string_view text) {
    return quoted(text, "\\{}^_@&~");
}

std::string literal(std::string_view text) {
    return quoted(text, "");
}

std::string markup(std::string_view text) {
    return quoted(text, "");
}

std::vector<std::string> names_of_numbers(const Eigen::MatrixXd& points, const std::string& before) {
    std::vector<std::string> names;
    for (Eigen::Index number = 0; number < points.rows(); ++number)
        if (points.row(number).allFinite()) names.push_back(before + std::to_string(number));
    return names;
}

class Plot::Stream {
  public:
    Gnuplot& gnuplot() { return gnuplot_; }

    std::string written() {
        gnuplot_.flush();
        return file_.content();
    }

  private:
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
    // Cut the rows into runs without a gap; send2d writes one blank line between runs.
    std::vector<std::vector<std::vector<double>>> runs(1);
    for (const std::vector<double>& row : rows) {
        const bool drawable =
            std::all_of(row.begin(), row.end(), [](double value) { return std::isfinite(value); });
        if (drawable)
            runs.back().push_back(row);
        else if (!runs.back().empty())
            runs.emplace_back();
    }
    if (runs.back().empty()) runs.pop_back();
    if (runs.empty())
        throw Error(fmt::format("figure {}: its data '{}' holds no finite number", id_, name),
                    "check the run it is drawn from");

    // The "e" with which send2d ends inline data closes the block.
    add_line("$" + name + " << e");
    stream_->gnuplot().send2d(runs);
}

void Plot::panel(Box inner) {
    const auto across = [&](double x) { return x / size_.width; };
    const auto up = [&](double y) { return 1 - y / size_.height; }; // gnuplot's screen begins at the bottom
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
