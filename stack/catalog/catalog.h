// The catalog: which protocols a machine offers, in which order, and who provides them.
#ifndef STACK_CATALOG_CATALOG_H_
#define STACK_CATALOG_CATALOG_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "sim/world.h"
#include "stack/ws2spi.h"

namespace winsock {

struct CatalogEntry {
  // A layer has no use alone: applications neither see nor get it.
  bool is_layer() const { return info.ProtocolChain.ChainLen == LAYERED_PROTOCOL; }

  WSAPROTOCOL_INFOW info;
  LPWSPSTARTUP startup;  // of a chain: its first layer's
  std::u16string path;   // what WPUGetProviderPath answers
};

// The entries in the order of enumeration and of choice. Never changes: a program goes on with the
// view that it started with, whatever is installed later.
using CatalogView = std::vector<std::shared_ptr<const CatalogEntry>>;

// The entry with that id; null if there is none.
const CatalogEntry* FindEntry(const CatalogView& view, DWORD catalog_entry_id);

// What socket() and WSASocket choose without a WSAPROTOCOL_INFO: the first entry that matches. Else
// `entry` is null and `error` says which step of the search by type, family and protocol, in this
// order, left nothing (Winsock page: socket; the codes are those that Windows gives).
struct ProviderChoice {
  const CatalogEntry* entry = nullptr;
  int error = 0;
};
ProviderChoice ChooseEntry(const CatalogView& view, int af, int type, int protocol);

// The same with a WSAPROTOCOL_INFO: the entry that it names by dwCatalogEntryId. One whose family,
// type and protocol are all 0 or all -1 describes nothing: WSAEAFNOSUPPORT. A layer, or an id that
// is not in the catalog: WSAEINVAL.
ProviderChoice EntryOf(const CatalogView& view, const WSAPROTOCOL_INFOW& info);

// The catalog of a world, shared by its hosts. Lives in the world's slots.
class Catalog {
 public:
  explicit Catalog(sim::World& world);

  // Adds an entry behind the others and returns the catalog entry id that it was given; what `info`
  // says there is ignored. InvalidArgument: no startup function, a ChainLen outside 0..7, a chain
  // with a member that is not installed, or with one layer twice, or whose last member is no base
  // protocol or another member no layer.
  absl::StatusOr<DWORD> Install(const WSAPROTOCOL_INFOW& info, LPWSPSTARTUP startup,
                                std::u16string path);

  // What a program that starts now is going to see.
  std::shared_ptr<const CatalogView> view() const { return view_; }

 private:
  absl::Status CheckChain(const WSAPROTOCOLCHAIN& chain) const;

  std::shared_ptr<const CatalogView> view_ = std::make_shared<CatalogView>();
  DWORD last_id_;
};

}  // namespace winsock

#endif  // STACK_CATALOG_CATALOG_H_
