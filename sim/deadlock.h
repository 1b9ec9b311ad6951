// The text of a deadlock.
#ifndef SIM_DEADLOCK_H_
#define SIM_DEADLOCK_H_

#include <string>

#include "sim/time.h"
#include "sim/world.h"

namespace sim {

// One line that names each thread that waits, its call and its socket:
//   deadlock: nothing happens after 20ms: client/client/2 in recv on socket 4; server/server/1 in
//   accept on ...
std::string DescribeDeadlock(World& world, Time last_work);

}  // namespace sim

#endif  // SIM_DEADLOCK_H_
