#include "tools/packetdrill/parser.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace wsim::packetdrill {
namespace {

constexpr int64_t kLatest = 1'000'000;  // seconds

// "12.0345" in integers: digits behind the ninth do not count.
absl::Duration Seconds(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(text, '.');
  int64_t seconds = 0;
  if (!parts.first.empty() && !absl::SimpleAtoi(parts.first, &seconds)) seconds = kLatest + 1;
  int64_t nanoseconds = 0;
  for (size_t i = 0; i < 9; ++i) {
    nanoseconds = nanoseconds * 10 + (i < parts.second.size() ? parts.second[i] - '0' : 0);
  }
  return absl::Seconds(std::min(seconds, kLatest + 1)) + absl::Nanoseconds(nanoseconds);
}

absl::Duration ParseSeconds(TokenStream& in) {
  if (!in.Is(Token::Kind::kInteger) && !in.Is(Token::Kind::kFloat)) {
    in.Fail("expected a time");
    return absl::ZeroDuration();
  }
  const Token token = in.Next();
  const absl::Duration time = Seconds(token.text);
  if (time > absl::Seconds(kLatest)) {
    in.Fail(absl::StrCat("a time is at most ", kLatest, " seconds"), token.line);
  }
  return time;
}

EventTime ParseTime(TokenStream& in) {
  EventTime time;
  if (in.Accept("*")) {
    time.kind = EventTime::Kind::kAny;
    return time;
  }
  const bool is_relative = in.Accept("+");
  time.kind = is_relative ? EventTime::Kind::kRelative : EventTime::Kind::kAbsolute;
  time.begin = ParseSeconds(in);
  if (in.Accept("~")) {
    time.kind = is_relative ? EventTime::Kind::kRelativeRange : EventTime::Kind::kAbsoluteRange;
    if (in.Accept("+") != is_relative) in.Fail("both ends of a range are written alike");
    time.end = ParseSeconds(in);
    if (time.end < time.begin) in.Fail("a range ends before it begins", in.Peek().line);
  } else if (in.Accept("...")) {
    in.Accept("+");  // Counts from the same base, with or without the sign.
    time.blocking_end = ParseSeconds(in);
    if (*time.blocking_end < time.begin) {
      in.Fail("the call returns before it begins", in.Peek().line);
    }
  }
  return time;
}

void CheckTime(const Event& event, TokenStream& in) {
  const auto* packet = std::get_if<PacketEvent>(&event.action);
  const bool is_outbound = packet != nullptr && !packet->is_inbound;
  if ((event.time.kind == EventTime::Kind::kAny || event.time.is_range()) && !is_outbound) {
    in.Fail("only an outbound packet may come at any time, or within a range", event.line);
  }
  if (event.time.blocking_end.has_value() && !std::holds_alternative<CallEvent>(event.action)) {
    in.Fail("only a call has a time at which it returns", event.line);
  }
}

bool BeginsTime(const TokenStream& in) {
  return in.IsSymbol("+") || in.IsSymbol("*") || in.Is(Token::Kind::kInteger) ||
         in.Is(Token::Kind::kFloat);
}

Event ParseEvent(TokenStream& in) {
  Event event;
  event.line = in.Peek().line;
  event.time = ParseTime(in);
  switch (in.Peek().kind) {
    case Token::Kind::kBackquoted:
      event.action = CommandEvent{in.Next().text};
      break;
    case Token::Kind::kCode:
      event.action = CodeEvent{in.Next().text};
      break;
    case Token::Kind::kWord:
      event.action = ParseCall(in);
      break;
    default:
      if (in.IsSymbol("<") || in.IsSymbol(">")) {
        event.action = ParsePacket(in);
      } else {
        in.Fail("expected a packet, a call, `a command` or %{ code }%");
      }
  }
  CheckTime(event, in);
  return event;
}

std::string Unquoted(std::string value) {
  const bool is_quoted = value.size() >= 2 && value.front() == value.back() &&
                         (value.front() == '"' || value.front() == '`');
  return is_quoted ? value.substr(1, value.size() - 2) : value;
}

// Absolute times may not go backward, and the first event stands at 0.
void CheckOrder(const Script& script, TokenStream& in) {
  absl::Duration latest;
  for (const Event& event : script.events) {
    if (event.time.kind != EventTime::Kind::kAbsolute &&
        event.time.kind != EventTime::Kind::kAbsoluteRange) {
      continue;
    }
    if (event.time.begin < latest) in.Fail("the time lies before an earlier one", event.line);
    latest = event.time.begin;
  }
  if (script.events.empty()) {
    in.Fail("expected an event");
  } else if (script.events.front().time.begin != absl::ZeroDuration()) {
    in.Fail("the first event has to be at time 0", script.events.front().line);
  }
}

Script ParseScript(TokenStream& in) {
  Script script;
  while (in.Is(Token::Kind::kOption)) {
    const Token option = in.Next();
    script.options.push_back({option.line, option.text, Unquoted(option.value)});
  }
  if (in.Is(Token::Kind::kBackquoted)) {
    script.init_line = in.Peek().line;
    script.init = CommandEvent{in.Next().text};
  }
  while (BeginsTime(in)) script.events.push_back(ParseEvent(in));
  if (in.ok() && in.Is(Token::Kind::kBackquoted)) {
    script.cleanup_line = in.Peek().line;
    script.cleanup = CommandEvent{in.Next().text};
  }
  if (in.ok() && !in.Is(Token::Kind::kEnd)) in.Fail("expected the time of an event");
  CheckOrder(script, in);
  return script;
}

}  // namespace

const Expression* Expression::Field(const std::string& name) const {
  for (const Expression& item : items) {
    if (item.kind == Kind::kField && item.text == name) return &item.items.front();
  }
  return nullptr;
}

absl::StatusOr<Script> Parse(absl::string_view text, absl::string_view name,
                             const Definitions& given) {
  const auto named = [name](const absl::Status& status) {
    return absl::InvalidArgumentError(absl::StrCat(name, ":", status.message()));
  };
  absl::StatusOr<std::string> chosen = Preprocess(text, given);
  if (!chosen.ok()) return named(chosen.status());
  absl::StatusOr<std::vector<Token>> tokens = Tokenize(*chosen, given);
  if (!tokens.ok()) return named(tokens.status());
  TokenStream in(*std::move(tokens), *std::move(chosen));
  Script script = ParseScript(in);
  if (!in.ok()) return named(in.status());
  script.name = std::string(name);
  return script;
}

}  // namespace wsim::packetdrill
