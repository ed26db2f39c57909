// Zip archives in memory, as torch.save writes them: no record is compressed.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace grokreport {

struct ZipRecord {
    std::string name; // "archive/data/0"
    std::string bytes;
};

// The same records give the same bytes: the time is fixed. Throws Error where memory is short.
std::string write_zip(std::span<const ZipRecord> records);

// All records in the order of the archive, each checked with its CRC-32. Throws Malformed where the archive
// is damaged or cut short, and where it has a name twice, a compressed or encrypted record, or records that
// are together larger than `bytes`.
std::vector<ZipRecord> read_zip(std::string_view bytes);

} // namespace grokreport
