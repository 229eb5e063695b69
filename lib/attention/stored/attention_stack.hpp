#pragma once

#include "attention/attention.hpp"  // its name until every file says it
