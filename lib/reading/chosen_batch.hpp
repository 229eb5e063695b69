#pragma once

#include <string>

#include "reading/reading.hpp"
#include "reading/request.hpp"

namespace attngraph {

/// Takes the item of the batch that the request names, or the only one, into `reading.batch`.
/// @param place of the array that holds it
/// @throws InputError where one of several must be chosen, unless faults are found; ArgumentError
///   where there are fewer
void choose_batch(Reading& reading, const std::string& place, const ReadingRequest& request,
                  Faults faults);

/// A batch that is chosen from must be one of the axes.
/// @throws ArgumentError
void check_batch_axis(const Reading& reading, const std::string& place,
                      const ReadingRequest& request);

}  // namespace attngraph
