// Virtual time for people.
#ifndef TOOLS_VIEWS_TIME_TEXT_H_
#define TOOLS_VIEWS_TIME_TEXT_H_

#include <string>

#include "sim/time.h"

namespace wsim {

// "1.5 ms", "2 h 3 min 0.01 s": exact. Below a minute, one decimal number of the largest unit.
std::string TimeText(sim::Time time);

// "0.010250", "1:02.000000", "1:00:00.010250": seconds, down to the microsecond, after minutes and
// hours where there are any. Below each other, flush right, the digits stand in columns.
std::string ClockText(sim::Time time);

}  // namespace wsim

#endif  // TOOLS_VIEWS_TIME_TEXT_H_
