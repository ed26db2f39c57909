#include "checkpoint/zip_archive.h"

#include "base/error.h"
#include "checkpoint/malformed.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <set>
#include <zip.h>

namespace grokreport {

namespace {

// Midnight of 1 January 1980, the first time of the zip format.
constexpr zip_uint16_t first_dos_time = 0;
constexpr zip_uint16_t first_dos_date = (1 << 5) | 1;

struct FreeSource {
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};
struct DiscardArchive {
    void operator()(zip_t* archive) const { zip_discard(archive); } // without writing
};
struct CloseRecord {
    void operator()(zip_file_t* record) const { zip_fclose(record); }
};
using Source = std::unique_ptr<zip_source_t, FreeSource>;
using Archive = std::unique_ptr<zip_t, DiscardArchive>;
using OpenRecord = std::unique_ptr<zip_file_t, CloseRecord>;

std::string message(zip_error_t& error) {
    std::string text = zip_error_strerror(&error);
    zip_error_fini(&error);
    return text;
}

Source memory_source(std::string_view bytes) {
    zip_error_t error;
    zip_error_init(&error);
    Source source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error));
    if (!source) throw Malformed("the zip archive cannot be opened: " + message(error));
    return source;
}

// The archive and the caller share `source`, which can be read after the archive is closed.
Archive open_archive(const Source& source, int flags) {
    zip_error_t error;
    zip_error_init(&error);
    Archive archive(zip_open_from_source(source.get(), flags, &error));
    if (!archive) throw Malformed("it is not a whole zip archive: " + message(error));
    zip_source_keep(source.get());
    return archive;
}

void require_written(bool done, zip_t* archive) {
    if (!done)
        throw Error(fmt::format("cannot make a zip archive: {}", zip_strerror(archive)),
                    "close some programs to free memory and try again");
}

void add_record(zip_t* archive, const ZipRecord& record) {
    Source source(zip_source_buffer(archive, record.bytes.data(), record.bytes.size(), 0));
    require_written(source != nullptr, archive);
    const zip_int64_t index = zip_file_add(archive, record.name.c_str(), source.get(), ZIP_FL_ENC_UTF_8);
    require_written(index >= 0, archive);
    static_cast<void>(source.release()); // the archive owns it now
    const auto added = static_cast<zip_uint64_t>(index);
    require_written(zip_set_file_compression(archive, added, ZIP_CM_STORE, 0) == 0, archive);
    require_written(zip_file_set_dostime(archive, added, first_dos_time, first_dos_date, 0) == 0, archive);
}

std::string bytes_of(zip_source_t* source) {
    zip_stat_t status;
    zip_stat_init(&status);
    std::string bytes;
    bool whole = zip_source_stat(source, &status) == 0 && zip_source_open(source) == 0;
    if (whole) {
        bytes.resize(status.size);
        whole = zip_source_read(source, bytes.data(), bytes.size()) == static_cast<zip_int64_t>(bytes.size());
        zip_source_close(source);
    }
    if (!whole) throw Error("cannot read back a zip archive from memory", "try again");
    return bytes;
}

zip_stat_t describe(zip_t* archive, zip_uint64_t index) {
    zip_stat_t status;
    zip_stat_init(&status);
    constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
    if (zip_stat_index(archive, index, 0, &status) != 0 || (status.valid & needed) != needed)
        throw Malformed(fmt::format("record {} of the zip archive is not described", index));
    if (status.comp_method != ZIP_CM_STORE || status.size != status.comp_size)
        throw Malformed(fmt::format("record {} is compressed or encrypted", status.name));
    return status;
}

// libzip checks the checksum at the end of a record.
std::string read_record(zip_t* archive, zip_uint64_t index, const zip_stat_t& status) {
    const OpenRecord record(zip_fopen_index(archive, index, 0));
    if (!record)
        throw Malformed(fmt::format("record {} cannot be opened: {}", status.name, zip_strerror(archive)));
    std::string bytes(status.size, '\0');
    std::size_t count = 0;
    zip_int64_t got = 0;
    while (count < bytes.size() &&
           (got = zip_fread(record.get(), bytes.data() + count, bytes.size() - count)) > 0)
        count += static_cast<std::size_t>(got);
    char beyond = 0;
    if (count == bytes.size()) got = zip_fread(record.get(), &beyond, 1);
    if (got < 0)
        throw Malformed(
            fmt::format("record {} is damaged: {}", status.name, zip_file_strerror(record.get())));
    if (got > 0 || count < bytes.size())
        throw Malformed(fmt::format("record {} has not the size that the archive says", status.name));
    return bytes;
}

} // namespace

std::string write_zip(std::span<const ZipRecord> records) {
    const Source target = memory_source({});
    Archive archive = open_archive(target, ZIP_CREATE | ZIP_TRUNCATE);
    for (const ZipRecord& record : records)
        add_record(archive.get(), record);
    require_written(zip_close(archive.get()) == 0, archive.get());
    static_cast<void>(archive.release()); // zip_close has freed it
    return bytes_of(target.get());
}

std::vector<ZipRecord> read_zip(std::string_view bytes) {
    if (bytes.empty()) throw Malformed("it is empty"); // libzip reads it as an archive without records
    const Source source = memory_source(bytes);
    const Archive archive = open_archive(source, ZIP_RDONLY);
    const auto count =
        static_cast<zip_uint64_t>(std::max<zip_int64_t>(zip_get_num_entries(archive.get(), 0), 0));
    std::vector<ZipRecord> records;
    std::set<std::string_view> names; // views of names that libzip owns until the archive is closed
    zip_uint64_t left = bytes.size();
    for (zip_uint64_t index = 0; index < count; ++index) {
        const zip_stat_t status = describe(archive.get(), index);
        if (!names.insert(status.name).second)
            throw Malformed(fmt::format("the zip archive holds the record {} twice", status.name));
        if (status.size > left) throw Malformed("the records are larger than the whole zip archive");
        left -= status.size;
        records.push_back({status.name, read_record(archive.get(), index, status)});
    }
    return records;
}

} // namespace grokreport
