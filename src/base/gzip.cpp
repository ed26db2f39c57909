#include "base/gzip.h"

#include <boost/iostreams/device/back_inserter.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filtering_stream.hpp>

namespace grokreport {

std::string gzip(std::string_view bytes) {
    namespace streams = boost::iostreams;
    std::string compressed;
    streams::filtering_ostream stream;
    stream.push(streams::gzip_compressor(streams::gzip_params()));
    stream.push(streams::back_inserter(compressed));
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.reset(); // flushes
    return compressed;
}

} // namespace grokreport
