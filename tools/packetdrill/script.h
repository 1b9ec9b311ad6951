// A script as a tree: what the parser makes of the text, and what the interpreter carries out.
#ifndef TOOLS_PACKETDRILL_SCRIPT_H_
#define TOOLS_PACKETDRILL_SCRIPT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/time/time.h"

namespace wsim::packetdrill {

// When an event is to happen. Durations count from the beginning of the script where the time is
// absolute, else from the event before.
struct EventTime {
  enum class Kind : uint8_t { kAbsolute, kRelative, kAny, kAbsoluteRange, kRelativeRange };
  Kind kind = Kind::kRelative;
  absl::Duration begin;
  absl::Duration end;                          // of a range
  std::optional<absl::Duration> blocking_end;  // of a call that blocks: when it returns

  bool is_relative() const { return kind == Kind::kRelative || kind == Kind::kRelativeRange; }
  bool is_range() const { return kind == Kind::kAbsoluteRange || kind == Kind::kRelativeRange; }
};

// --- Packets

// One TCP option, in the order in which it stands. What a kind does not use is zero.
struct OptionSpec {
  enum class Kind : uint8_t {
    kEnd,
    kNop,
    kMaxSegmentSize,
    kWindowScale,
    kSackPermitted,
    kSack,
    kTimestamps,
    kMd5,
    kFastOpen,
    kExperimentalFastOpen,
    kAccurateEcn,
  };
  Kind kind = Kind::kNop;
  uint32_t value = 0;                               // MSS, shift, TSval
  uint32_t echo_reply = 0;                          // TSecr
  std::vector<std::pair<uint32_t, uint32_t>> sack;  // edges, as the script counts
  std::vector<uint8_t> octets;                      // of an option whose content is given
};

// The ECN field that a packet has, or has to have.
enum class EcnSpec : uint8_t { kUnsaid, kNotCapable, kEct0, kEct1, kCe, kEitherEct };

// What stands in the round brackets before a packet.
struct NetworkSpec {
  EcnSpec ecn = EcnSpec::kUnsaid;
  std::optional<uint8_t> traffic_class;  // the whole octet
  std::optional<uint8_t> hop_limit;
  std::optional<uint32_t> flow_label;
};

struct Ports {
  uint16_t source = 0;
  uint16_t destination = 0;
};

struct TcpSpec {
  uint16_t flags = 0;     // inet::TcpHeader::Flag
  uint32_t seq = 0;       // as the script counts
  bool any_seq = false;   // `...`
  bool absolute = false;  // `!`: numbers as on the wire
  size_t payload = 0;     // octets
  std::optional<uint32_t> ack;
  std::optional<uint16_t> window;
  uint16_t urgent_pointer = 0;
  std::vector<OptionSpec> options;
  bool any_options = false;  // `<...>`
};

// An ICMP message about the packet that the connection under test has sent.
struct IcmpSpec {
  std::string type;
  std::string code;  // empty: the type has none
  uint32_t mtu = 0;
  uint32_t seq = 0;  // of the quoted packet, as the script counts
  size_t payload = 0;
  bool quotes_tcp = false;  // a sequence range was given
};

struct PacketEvent {
  bool is_inbound = false;  // injected; else expected
  NetworkSpec network;
  std::optional<Ports> ports;
  std::variant<TcpSpec, IcmpSpec> body;
  std::string unsupported;  // not empty: what of the packet is understood but not spoken here
  std::string text;         // as it stands in the script
};

// --- Calls

struct Expression {
  enum class Kind : uint8_t {
    kInteger,
    kWord,  // a constant's name
    kString,
    kEllipsis,  // filled in by the interpreter
    kList,      // [a, b]
    kStruct,    // {a, name=b}
    kCall,      // name(items)
    kOr,        // items joined by |
    kNegative,  // ~ of the only item
    kField,     // name = the only item; `label` is what stands left of the sign
  };
  Kind kind = Kind::kInteger;
  int64_t integer = 0;
  std::string text;  // of a word, string, call or field
  std::vector<Expression> items;

  // The value of the field `name` of a struct; null where there is none.
  const Expression* Field(const std::string& name) const;
};

struct CallEvent {
  std::string name;
  std::vector<Expression> arguments;
  Expression result;
  std::string error;  // the errno's name; empty: not compared
  std::string text;   // as it stands in the script
};

// --- The rest

struct CommandEvent {
  std::string command;
};

struct CodeEvent {
  std::string code;
};

struct Event {
  int line = 0;
  EventTime time;
  std::variant<PacketEvent, CallEvent, CommandEvent, CodeEvent> action;
};

// --name=value; the value without its quotes.
struct ScriptOption {
  int line = 0;
  std::string name;
  std::string value;
};

struct Script {
  std::string name;  // of the file, for messages
  std::vector<ScriptOption> options;
  std::optional<CommandEvent> init;
  int init_line = 0;
  std::vector<Event> events;
  std::optional<CommandEvent> cleanup;
  int cleanup_line = 0;
};

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_SCRIPT_H_
