#include "formats/encoders.hpp"

#include <libdeflate.h>

namespace attngraph::test {
namespace {

std::string deflated(std::string_view content) {
  // One for all: a new one is large and would take more time than what is packed.
  static auto* const compressor = libdeflate_alloc_compressor(9);
  std::string packed(libdeflate_deflate_compress_bound(compressor, content.size()), '\0');
  packed.resize(libdeflate_deflate_compress(compressor, content.data(), content.size(),
                                            packed.data(), packed.size()));
  return packed;
}

std::string extra64(const ZipEntry& entry, std::uint64_t packed, bool zeros) {
  if (!entry.zip64) return {};
  return little(1, 2) + little(16, 2) + little(zeros ? 0 : entry.content.size(), 8) +
         little(zeros ? 0 : packed, 8);
}

/// Flags to sizes, which both headers have in common.
std::string common_fields(const ZipEntry& entry, std::uint64_t packed, bool zeros) {
  const std::uint32_t crc = libdeflate_crc32(0, entry.content.data(), entry.content.size());
  const auto size = [&](std::uint64_t value) {
    return little(entry.zip64 ? 0xffffffff : zeros ? 0 : value, 4);
  };
  return little(entry.descriptor ? 8 : 0, 2) + little(entry.deflate ? 8 : 0, 2) +
         little(0x00210000, 4) + little(zeros ? 0 : crc, 4) + size(packed) +
         size(entry.content.size());
}

}  // namespace

std::string little(std::uint64_t value, std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i, value >>= 8) bytes += static_cast<char>(value & 0xff);
  return bytes;
}

std::string npy_file(std::string_view descr, std::string_view shape, std::string_view data,
                     int version, bool fortran) {
  const char* quote = descr.starts_with('[') ? "" : "'";
  std::string header = "{'descr': " + (quote + std::string(descr)) + quote +
                       ", 'fortran_order': " + (fortran ? "True" : "False") +
                       ", 'shape': " + std::string(shape) + ", }";
  const std::size_t width = version == 1 ? 2 : 4;
  while ((8 + width + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  return std::string("\x93NUMPY") + static_cast<char>(version) + std::string(1, '\0') +
         little(header.size(), width) + header + std::string(data);
}

std::string zip_file(const std::vector<ZipEntry>& entries, bool zip64_end) {
  std::string body;
  std::string directory;
  for (const auto& entry : entries) {
    const std::string packed = entry.deflate ? deflated(entry.content) : entry.content;
    const std::string names = little(entry.name.size(), 2);
    const std::string local_extra = entry.extra + extra64(entry, packed.size(), entry.descriptor);
    const std::string central_extra = entry.extra + extra64(entry, packed.size(), false);
    directory += "PK\x01\x02" + little(45, 2) + little(45, 2) +
                 common_fields(entry, packed.size(), false) + names +
                 little(central_extra.size(), 2) + little(0, 10) + little(body.size(), 4) +
                 entry.name + central_extra;
    body += "PK\x03\x04" + little(45, 2) + common_fields(entry, packed.size(), entry.descriptor) +
            names + little(local_extra.size(), 2) + entry.name + local_extra + packed;
    if (!entry.descriptor) continue;
    const std::size_t width = entry.zip64 ? 8 : 4;
    body += "PK\x07\x08" +
            little(libdeflate_crc32(0, entry.content.data(), entry.content.size()), 4) +
            little(packed.size(), width) + little(entry.content.size(), width);
  }
  const std::size_t count = entries.size();
  std::string end;
  if (zip64_end) {
    end += "PK\x06\x06" + little(44, 8) + little(45, 2) + little(45, 2) + little(0, 8) +
           little(count, 8) + little(count, 8) + little(directory.size(), 8) +
           little(body.size(), 8);
    end += "PK\x06\x07" + little(0, 4) + little(body.size() + directory.size(), 8) + little(1, 4);
  }
  end += "PK\x05\x06" + little(0, 4) + little(zip64_end ? 0xffff : count, 2) +
         little(zip64_end ? 0xffff : count, 2) +
         little(zip64_end ? 0xffffffff : directory.size(), 4) +
         little(zip64_end ? 0xffffffff : body.size(), 4) + little(0, 2);
  return body + directory + end;
}

std::string safetensors_file(std::string header, std::string_view data) {
  while (header.size() % 8 != 0) header += ' ';
  return little(header.size(), 8) + header + std::string(data);
}

}  // namespace attngraph::test
