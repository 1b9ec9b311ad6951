#include "providers/osi/tp4/reference_table.h"

namespace osi {

uint16_t ReferenceTable::Take(Tp4Connection& connection) {
  if (table_.size() == kReferences) return 0;
  do {
    ++last_;
  } while (last_ == 0 || table_.contains(last_));
  table_[last_] = &connection;
  return last_;
}

Tp4Connection* ReferenceTable::Find(uint16_t reference) const {
  auto found = table_.find(reference);
  return found == table_.end() ? nullptr : found->second;
}

}  // namespace osi
