// Calls: name(arguments) = result [errno] [(remark)].
#include <utility>

#include "tools/packetdrill/parser.h"

namespace wsim::packetdrill {
namespace {

constexpr int kDeepest = 32;  // lists and structs inside each other

Expression ParseExpression(TokenStream& in, int depth);

void ParseItems(TokenStream& in, absl::string_view end, int depth, std::vector<Expression>& items) {
  if (in.Accept(end)) return;
  do {
    if (in.IsSymbol(end)) break;  // A comma may stand behind the last item.
    items.push_back(ParseExpression(in, depth));
  } while (in.ok() && in.Accept(","));
  in.Expect(end, "at the end of a list");
}

// label = value, where the label may look like a call: msg_name(...)=...
Expression ParseField(TokenStream& in, Expression label, int depth) {
  Expression field;
  field.kind = Expression::Kind::kField;
  field.text = label.text;
  field.items.push_back(ParseExpression(in, depth));
  return field;
}

Expression ParseNumber(TokenStream& in) {
  Expression number;
  const bool is_negative = in.Accept("-");
  number.integer = in.ExpectInteger(INT64_MAX, "a number");
  if (is_negative) number.integer = -number.integer;
  return number;
}

Expression ParseEnclosed(TokenStream& in, int depth) {
  Expression expression;
  const bool is_list = in.Next().text == "[";
  expression.kind = is_list ? Expression::Kind::kList : Expression::Kind::kStruct;
  ParseItems(in, is_list ? "]" : "}", depth, expression.items);
  return expression;
}

Expression ParseWord(TokenStream& in, int depth) {
  Expression expression;
  expression.kind = Expression::Kind::kWord;
  expression.text = in.Next().text;
  if (in.Accept("(")) {
    expression.kind = Expression::Kind::kCall;
    ParseItems(in, ")", depth, expression.items);
  }
  return expression;
}

Expression ParsePrimary(TokenStream& in, int depth) {
  Expression expression;
  if (depth > kDeepest) {
    in.Fail("lists and structs stand too deep inside each other");
    return expression;
  }
  switch (in.Peek().kind) {
    case Token::Kind::kInteger:
      return ParseNumber(in);
    case Token::Kind::kWord:
      return ParseWord(in, depth + 1);
    case Token::Kind::kString:
    case Token::Kind::kAddress:
      expression.kind = Expression::Kind::kString;
      expression.text = in.Next().text;
      return expression;
    default:
      break;
  }
  if (in.IsSymbol("-")) return ParseNumber(in);
  if (in.IsSymbol("[") || in.IsSymbol("{")) return ParseEnclosed(in, depth + 1);
  if (in.Accept("...")) {
    expression.kind = Expression::Kind::kEllipsis;
  } else if (in.Accept("~")) {
    expression.kind = Expression::Kind::kNegative;
    expression.items.push_back(ParsePrimary(in, depth + 1));
  } else {
    in.Fail("expected a value");
  }
  return expression;
}

Expression ParseExpression(TokenStream& in, int depth) {
  Expression first = ParsePrimary(in, depth);
  const bool is_label =
      first.kind == Expression::Kind::kWord || first.kind == Expression::Kind::kCall;
  if (depth > 0 && is_label && in.Accept("=")) return ParseField(in, std::move(first), depth);
  if (!in.IsSymbol("|")) return first;
  Expression either;
  either.kind = Expression::Kind::kOr;
  either.items.push_back(std::move(first));
  while (in.Accept("|")) either.items.push_back(ParsePrimary(in, depth));
  return either;
}

// (Operation now in progress)
void SkipRemark(TokenStream& in) {
  int open = 0;
  do {
    if (in.IsSymbol("(")) ++open;
    if (in.IsSymbol(")")) --open;
    if (in.Next().kind == Token::Kind::kEnd) in.Fail("expected ) at the end of a remark");
  } while (in.ok() && open > 0);
}

}  // namespace

CallEvent ParseCall(TokenStream& in) {
  const size_t first = in.position();
  CallEvent call;
  call.name = in.ExpectWord("the name of a call");
  in.Expect("(", "behind the name of a call");
  ParseItems(in, ")", 1, call.arguments);
  in.Expect("=", "and the result of the call");
  call.result = ParseExpression(in, 0);
  if (in.Is(Token::Kind::kWord)) call.error = in.Next().text;
  call.text = in.TextSince(first);
  if (in.IsSymbol("(")) SkipRemark(in);
  return call;
}

}  // namespace wsim::packetdrill
