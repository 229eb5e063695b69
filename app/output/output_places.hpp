#pragma once

#include <string>
#include <vector>

namespace attngraph {

class Disk;
struct OutputPlan;

/// Refuses, before any work, folders that are not there. @throws IoError
void check_folders(const OutputPlan& plan, const std::vector<std::string>& names, const Disk& disk);

/// Refuses, before any work, outputs that are one file under two names (`./w.npy` and `w.npy`, a
/// link and what it leads to), and an output that would take the place of another input before that
/// is read, or of a file of an option. An input may have its own place.
/// @param options what options say that name a file, which is read for every input
/// @throws ArgumentError
void check_places(const OutputPlan& plan, const std::vector<std::string>& names,
                  const std::vector<std::string>& options, const Disk& disk);

}  // namespace attngraph
