// Packets: direction, network, ports, flags, numbers and options.
#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "providers/inet/tcp/tcp_header.h"
#include "tools/packetdrill/parser.h"

namespace wsim::packetdrill {
namespace {

using Flag = inet::TcpHeader;

// Takes what it does not know of a packet up to the next line that begins with a time.
void SkipPacket(TokenStream& in, absl::string_view what, PacketEvent& packet) {
  packet.unsupported = std::string(what);
  int line = in.Peek().line;
  while (!in.Is(Token::Kind::kEnd)) {
    const bool begins_event = in.IsSymbol("+") || in.IsSymbol("*") ||
                              in.Is(Token::Kind::kInteger) || in.Is(Token::Kind::kFloat) ||
                              in.Is(Token::Kind::kBackquoted);
    if (in.Peek().line != line && begins_event) return;
    line = in.Next().line;
  }
}

// --- ( ... ) or [ ... ] before a packet

bool ParseEcn(const std::string& word, EcnSpec& ecn) {
  static constexpr std::pair<absl::string_view, EcnSpec> kNames[] = {
      {"noecn", EcnSpec::kNotCapable}, {"ect0", EcnSpec::kEct0},
      {"ect1", EcnSpec::kEct1},        {"ce", EcnSpec::kCe},
      {"ect01", EcnSpec::kEitherEct},
  };
  for (const auto& [name, value] : kNames) {
    if (name != word) continue;
    ecn = value;
    return true;
  }
  return false;
}

void ParseNetworkItem(TokenStream& in, NetworkSpec& network) {
  const int line = in.Peek().line;
  const std::string word = in.ExpectWord("noecn, ect0, ect1, ce, tos, class, ttl or flowlabel");
  if (ParseEcn(word, network.ecn)) return;
  if (word == "tos" || word == "class") {
    network.traffic_class = static_cast<uint8_t>(in.ExpectInteger(255, "a traffic class"));
  } else if (word == "ttl" || word == "hlim") {
    network.hop_limit = static_cast<uint8_t>(in.ExpectInteger(255, "a number of hops"));
  } else if (word == "flowlabel") {
    network.flow_label = static_cast<uint32_t>(in.ExpectInteger(0xFFFFF, "a flow label"));
  } else {
    in.Fail("the network part is of noecn, ect0, ect1, ce, tos, class, ttl and flowlabel", line);
  }
}

void ParseNetwork(TokenStream& in, NetworkSpec& network) {
  const char* end = in.IsSymbol("(") ? ")" : "]";
  in.Next();
  do {
    ParseNetworkItem(in, network);
  } while (in.ok() && (in.Accept(",") || in.Is(Token::Kind::kWord)));
  in.Expect(end, "at the end of the network part");
}

std::optional<Ports> ParsePorts(TokenStream& in) {
  if (!in.Is(Token::Kind::kInteger) || !in.IsSymbol(">", 1)) return std::nullopt;
  Ports ports;
  ports.source = static_cast<uint16_t>(in.ExpectInteger(65535, "a port"));
  in.Expect(">", "between two ports");
  ports.destination = static_cast<uint16_t>(in.ExpectInteger(65535, "a port"));
  return ports;
}

// --- Flags

// AE, CWR and ECE as one number (RFC 9768 3.2.1, the ACE field).
uint16_t AceFlags(char digit) {
  const int ace = digit - '0';
  return static_cast<uint16_t>(((ace & 4) != 0 ? Flag::kAe : 0) |
                               ((ace & 2) != 0 ? Flag::kCwr : 0) |
                               ((ace & 1) != 0 ? Flag::kEce : 0));
}

bool FlagOfLetter(char letter, uint16_t& flags) {
  static constexpr std::pair<char, uint16_t> kLetters[] = {
      {'F', Flag::kFin}, {'S', Flag::kSyn}, {'R', Flag::kRst}, {'P', Flag::kPsh},
      {'U', Flag::kUrg}, {'E', Flag::kEce}, {'W', Flag::kCwr}, {'A', Flag::kAe},
  };
  for (const auto& [known, flag] : kLetters) {
    if (known != letter) continue;
    flags |= flag;
    return true;
  }
  if (letter < '0' || letter > '7') return false;
  flags |= AceFlags(letter);
  return true;
}

uint16_t ParseFlags(TokenStream& in) {
  if (in.Accept("-")) return 0;
  const size_t first = in.position();
  const int line = in.Peek().line;
  uint16_t flags = 0;
  if (in.Is(Token::Kind::kWord)) {
    const std::string word = in.Next().text;
    for (const char letter : word) {
      if (!FlagOfLetter(letter, flags)) in.Fail("the flags are of F S R P U E W A and .", line);
    }
  }
  if (in.Accept(".")) {
    flags |= Flag::kAck;
  } else if (in.Is(Token::Kind::kFloat) && in.Peek().text.size() == 2 &&
             in.Peek().text.front() == '.') {
    flags |= Flag::kAck;  // ".5": ACK and an ACE field
    if (!FlagOfLetter(in.Next().text.back(), flags)) in.Fail("ACE is 0 to 7", line);
  }
  if (in.position() == first) in.Fail("expected flags, such as S or .");
  return flags;
}

// --- Numbers

constexpr int64_t kGreatestNumber = UINT32_MAX;
constexpr int64_t kGreatestPayload = 65535;

uint32_t ParseNumber(TokenStream& in, absl::string_view what) {
  return static_cast<uint32_t>(in.ExpectInteger(kGreatestNumber, what));
}

// 1:101(100), or ...(100)
void ParseSequence(TokenStream& in, uint32_t& seq, size_t& payload, bool* any) {
  uint32_t end = 0;
  const int line = in.Peek().line;
  const bool is_any = any != nullptr && in.Accept("...");
  if (any != nullptr) *any = is_any;
  if (!is_any) {
    seq = ParseNumber(in, "a sequence number");
    in.Expect(":", "in a sequence range");
    end = ParseNumber(in, "the end of a sequence range");
  }
  in.Expect("(", "before the length of a segment");
  payload = static_cast<size_t>(in.ExpectInteger(kGreatestPayload, "the length of a segment"));
  in.Expect(")", "behind the length of a segment");
  if (in.ok() && !is_any && static_cast<uint32_t>(end - seq) != payload) {
    in.Fail("the range and the length of the segment differ", line);
  }
}

// --- Options

std::vector<uint8_t> ParseHex(TokenStream& in) {
  std::string digits;
  size_t end = in.Peek().begin;
  while ((in.Is(Token::Kind::kInteger) || in.Is(Token::Kind::kWord)) && in.Peek().begin == end) {
    const Token token = in.Next();
    digits += token.text;
    end = token.end;
  }
  const bool is_hex = std::all_of(digits.begin(), digits.end(), [](char c) {
    return absl::ascii_isxdigit(static_cast<uint8_t>(c));
  });
  if (!is_hex || digits.size() % 2 != 0) {
    in.Fail("expected octets, two hexadecimal digits each");
    return {};
  }
  const std::string octets = absl::HexStringToBytes(digits);
  return {octets.begin(), octets.end()};
}

void ParseSack(TokenStream& in, OptionSpec& option) {
  do {
    const uint32_t left = ParseNumber(in, "the edge of a SACK block");
    in.Expect(":", "in a SACK block");
    option.sack.emplace_back(left, ParseNumber(in, "the edge of a SACK block"));
  } while (in.ok() && in.Is(Token::Kind::kInteger));
  if (option.sack.size() > 4) in.Fail("a SACK option has at most 4 blocks");
}

void ParseTimestamps(TokenStream& in, OptionSpec& option) {
  if (!in.AcceptWord("val")) in.Fail("expected val behind TS");
  option.value = ParseNumber(in, "a timestamp");
  if (!in.AcceptWord("ecr")) in.Fail("expected ecr behind a timestamp");
  option.echo_reply = ParseNumber(in, "a timestamp");
}

// e0b 1, ceb 2, e1b 1
void ParseAccurateEcn(TokenStream& in) {
  while (in.IsWord("e0b") || in.IsWord("ceb") || in.IsWord("e1b")) {
    in.Next();
    ParseNumber(in, "a count of octets");
    if (in.IsSymbol(",") && (in.IsWord("e0b", 1) || in.IsWord("ceb", 1) || in.IsWord("e1b", 1))) {
      in.Next();
    }
  }
}

OptionSpec ParseOption(TokenStream& in, PacketEvent& packet) {
  using Kind = OptionSpec::Kind;
  OptionSpec option;
  const int line = in.Peek().line;
  const std::string name = in.ExpectWord("the name of a TCP option");
  if (name == "nop") {
    option.kind = Kind::kNop;
  } else if (name == "eol") {
    option.kind = Kind::kEnd;
  } else if (name == "sackOK") {
    option.kind = Kind::kSackPermitted;
  } else if (name == "mss") {
    option.kind = Kind::kMaxSegmentSize;
    option.value = static_cast<uint32_t>(in.ExpectInteger(65535, "a segment size"));
  } else if (name == "wscale") {
    option.kind = Kind::kWindowScale;
    option.value = static_cast<uint32_t>(in.ExpectInteger(255, "a window scale"));
  } else if (name == "sack") {
    option.kind = Kind::kSack;
    ParseSack(in, option);
  } else if (name == "TS") {
    option.kind = Kind::kTimestamps;
    ParseTimestamps(in, option);
  } else if (name == "FO" || name == "FOEXP") {
    option.kind = name == "FO" ? Kind::kFastOpen : Kind::kExperimentalFastOpen;
    option.octets = ParseHex(in);
  } else if (name == "md5") {
    option.kind = Kind::kMd5;
    packet.unsupported = "the TCP MD5 signature option";
    if (!in.AcceptWord("valid") && !in.AcceptWord("invalid")) option.octets = ParseHex(in);
  } else if (name == "ECN") {
    option.kind = Kind::kAccurateEcn;
    packet.unsupported = "the accurate ECN option";
    ParseAccurateEcn(in);
  } else {
    in.Fail("a TCP option is mss, wscale, sackOK, sack, TS, nop, eol, md5, FO, FOEXP or ECN", line);
  }
  return option;
}

void ParseOptions(TokenStream& in, PacketEvent& packet, TcpSpec& tcp) {
  if (!in.Accept("<")) return;
  if (in.Accept("...")) {
    tcp.any_options = true;
    if (packet.is_inbound) in.Fail("an injected packet says its options");
  } else if (!in.IsSymbol(">")) {
    do {
      tcp.options.push_back(ParseOption(in, packet));
    } while (in.ok() && in.Accept(","));
  }
  in.Expect(">", "at the end of the options");
}

// --- The packets

void ParseTcp(TokenStream& in, PacketEvent& packet) {
  TcpSpec tcp;
  const int line = in.Peek().line;
  packet.ports = ParsePorts(in);
  tcp.flags = ParseFlags(in);
  ParseSequence(in, tcp.seq, tcp.payload, packet.is_inbound ? nullptr : &tcp.any_seq);
  tcp.absolute = in.Accept("!");
  if (in.AcceptWord("ack")) tcp.ack = ParseNumber(in, "an acknowledgment number");
  if (in.AcceptWord("win")) {
    tcp.window = static_cast<uint16_t>(in.ExpectInteger(65535, "a window"));
  }
  if (in.AcceptWord("urg")) {
    tcp.urgent_pointer = static_cast<uint16_t>(in.ExpectInteger(65535, "an urgent pointer"));
  }
  ParseOptions(in, packet, tcp);
  if (in.IsSymbol("/")) SkipPacket(in, "TCP over UDP", packet);
  if (in.ok() && packet.is_inbound && !tcp.window.has_value()) {
    in.Fail("an injected packet says its window (win)", line);
  }
  if (in.ok() && (tcp.flags & Flag::kAck) != 0 && !tcp.ack.has_value()) {
    in.Fail("a packet with the flag . says what it acknowledges (ack)", line);
  }
  packet.body = std::move(tcp);
}

// icmp type [code] [mtu N] [id N] [ [seq] | [udp(len)] | [raw(len)] ]
void ParseIcmp(TokenStream& in, PacketEvent& packet) {
  IcmpSpec icmp;
  icmp.type = in.ExpectWord("the type of an ICMP message");
  if (in.Is(Token::Kind::kWord) && !in.IsWord("mtu") && !in.IsWord("id")) {
    icmp.code = in.Next().text;
  }
  if (in.AcceptWord("mtu")) icmp.mtu = ParseNumber(in, "an MTU");
  if (in.AcceptWord("id")) {
    ParseNumber(in, "an identifier");
    packet.unsupported = "ICMP echo";
  }
  if (in.Accept("[")) {
    if (in.Is(Token::Kind::kWord)) {
      SkipPacket(in, "ICMP about anything but TCP", packet);
    } else {
      ParseSequence(in, icmp.seq, icmp.payload, nullptr);
      icmp.quotes_tcp = true;
      in.Expect("]", "behind what an ICMP message quotes");
    }
  }
  packet.body = std::move(icmp);
}

}  // namespace

PacketEvent ParsePacket(TokenStream& in) {
  static constexpr absl::string_view kOuter[] = {"ipv4", "ipv6", "gre", "mpls", "encap"};
  const size_t first = in.position();
  PacketEvent packet;
  packet.is_inbound = in.Next().text == "<";
  if (in.IsSymbol("(") || in.IsSymbol("[")) ParseNetwork(in, packet.network);
  const bool has_outer = std::any_of(std::begin(kOuter), std::end(kOuter),
                                     [&in](absl::string_view word) { return in.IsWord(word); });
  if (has_outer) {
    SkipPacket(in, "packets inside other packets", packet);
  } else if (in.IsWord("udp")) {
    SkipPacket(in, "UDP packets", packet);
  } else if (in.AcceptWord("icmp")) {
    ParseIcmp(in, packet);
  } else {
    ParseTcp(in, packet);
  }
  packet.text = in.TextSince(first);
  return packet;
}

}  // namespace wsim::packetdrill
