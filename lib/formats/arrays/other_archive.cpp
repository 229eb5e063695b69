#include "formats/arrays/other_archive.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/error.hpp"

namespace attngraph {
namespace {

/// An archive that some member gives away.
struct OtherArchive {
  std::string_view member;
  const char* problem;
  const char* hint;
};

constexpr const char* saved_again = "torch.save did not finish; save it again";
constexpr const char* unfinished = "is a PyTorch archive without data.pkl";

/// The first that fits counts. A slash in front stands for the folder of the archive.
constexpr std::array<OtherArchive, 8> others{
    {{"/models/model.json", "is a program of torch.export, expected tensors",
      "run it, and save what it attends to with torch.save"},
     {"/serialized_exported_program.json", "is a program of torch.export, expected tensors",
      "run it, and save what it attends to with torch.save"},
     {"/.data/extern_modules", "is a package of torch.package, expected tensors",
      "load the object from it, and save its tensors with torch.save"},
     {"/.data/serialization_id", unfinished, saved_again},
     {"/byteorder", unfinished, saved_again},
     {"model.weights.h5", "is a model of Keras, expected arrays",
      "run it, and save what it attends to with numpy.save"},
     {"xl/workbook.xml", "is an Excel workbook, expected arrays",
      "save a sheet: numpy.save(file, pandas.read_excel(workbook, header=None).to_numpy())"},
     {"", "is a ZIP archive without NPY arrays", "unpack it and give the file inside"}}};

bool fits(std::string_view name, std::string_view member) {
  if (!member.starts_with('/')) return member.empty() || name == member;
  return name.ends_with(member) && name.find('/') == name.size() - member.size();
}

}  // namespace

void refuse_other_archive(const std::vector<ZipMember>& members, const std::string& source) {
  const auto any = [&](auto condition) {
    return std::any_of(members.begin(), members.end(), condition);
  };
  if (any([](const ZipMember& member) { return member.name.ends_with(".npy"); })) return;
  for (const OtherArchive& other : others) {
    if (!any([&](const ZipMember& member) { return fits(member.name, other.member); })) continue;
    throw InputError(source, other.problem, other.hint);
  }
}

}  // namespace attngraph
