// The references of a transport entity (ISO 8073 6.5.5 b, 6.18): which connection each stands for,
// and which are frozen.
#ifndef PROVIDERS_OSI_TP4_REFERENCE_TABLE_H_
#define PROVIDERS_OSI_TP4_REFERENCE_TABLE_H_

#include <cstdint>

#include "absl/container/btree_map.h"

namespace osi {

class Tp4Connection;

class ReferenceTable {
 public:
  // References are given out one after the other. A boot starts where none of the boots before it
  // has been for long, so that what the peers still know of them finds no connection.
  explicit ReferenceTable(uint32_t boot_number)
      : last_(static_cast<uint16_t>((boot_number - 1) * kBootDistance)) {}

  // A reference for the connection; 0: all are taken or frozen.
  uint16_t Take(Tp4Connection& connection);
  // Null: it is free or frozen.
  Tp4Connection* Find(uint16_t reference) const;
  // Stands for nothing any more, and is not given out before Thaw.
  void Freeze(uint16_t reference) { table_[reference] = nullptr; }
  void Thaw(uint16_t reference) { table_.erase(reference); }

 private:
  static constexpr uint32_t kBootDistance = 4096;
  static constexpr size_t kReferences = 65535;  // all but 0

  absl::btree_map<uint16_t, Tp4Connection*> table_;  // null: frozen
  uint16_t last_;
};

}  // namespace osi

#endif  // PROVIDERS_OSI_TP4_REFERENCE_TABLE_H_
