// Zip archives in memory, as torch.save writes them: every record stored as it is, not compressed.
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

// The same records give the same bytes: the time is fixed and nothing of this machine goes in.
std::string write_zip(std::span<const ZipRecord> records);

// All records in the order of the archive, each compared with its CRC-32. Throws Malformed where the archive
// is damaged or cut short, holds a name twice, a compressed or encrypted record, or records that overlap;
// so the result is never larger than `bytes`.
std::vector<ZipRecord> read_zip(std::string_view bytes);

} // namespace grokreport
