// From the text of a script to its tree.
#ifndef TOOLS_PACKETDRILL_PARSER_H_
#define TOOLS_PACKETDRILL_PARSER_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/packetdrill/lexer.h"
#include "tools/packetdrill/script.h"
#include "tools/packetdrill/token_stream.h"

namespace wsim::packetdrill {

// `name` stands before the line in messages. `given`: definitions of the command line, which go
// before those of the script, and the names that #ifdef knows. InvalidArgument is
// "NAME:LINE: what is wrong", one line.
absl::StatusOr<Script> Parse(absl::string_view text, absl::string_view name,
                             const Definitions& given);

// The parts of the grammar, each from the front of the stream; a failure is latched there.
PacketEvent ParsePacket(TokenStream& in);  // parse_packet.cc
CallEvent ParseCall(TokenStream& in);      // parse_call.cc

}  // namespace wsim::packetdrill

#endif  // TOOLS_PACKETDRILL_PARSER_H_
