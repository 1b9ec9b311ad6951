#include "tools/views/report_json.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "tools/scenario/sandbox/utf8_text.h"

namespace wsim {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kIndent = 2;

// The library throws on octets that are not UTF-8.
std::string Text(absl::string_view octets) { return EscapeInvalidUtf8(octets); }

Json ToJson(const RunReport& report) {
  Json outcomes = Json::object();
  for (const Outcome& outcome : report.outcomes) outcomes[Text(outcome.name)] = Text(outcome.value);
  Json json;
  json["scenario"] = Text(report.scenario);
  json["provider"] = report.provider;
  json["seed"] = report.seed;
  json["ok"] = report.ok();
  json["failure"] = report.ok() ? Json(nullptr) : Json(Text(report.failure));
  json["fingerprint"] = std::string(absl::StrCat(absl::Hex(report.fingerprint, absl::kZeroPad16)));
  json["virtual_time_ns"] = report.virtual_time.nanoseconds();
  json["frames"] = report.frames;
  json["wire_bytes"] = report.wire_octets;
  json["decisions"] = report.decisions;
  json["outcomes"] = std::move(outcomes);
  return json;
}

std::string Line(const Json& json) { return absl::StrCat(json.dump(kIndent), "\n"); }

}  // namespace

std::string ReportJson(const RunReport& report) { return Line(ToJson(report)); }

std::string ComparisonJson(const std::vector<RunReport>& reports) {
  Json json;
  json["scenario"] = reports.empty() ? std::string() : Text(reports.front().scenario);
  json["seed"] = reports.empty() ? 0 : reports.front().seed;
  json["providers"] = Json::array();
  json["runs"] = Json::object();
  for (const RunReport& report : reports) {
    json["providers"].push_back(report.provider);
    json["runs"][report.provider] = ToJson(report);
  }
  return Line(json);
}

std::string ProvidersJson(const std::vector<ProviderDescription>& providers) {
  Json json = Json::array();
  for (const ProviderDescription& provider : providers) {
    Json entry;
    entry["name"] = provider.name;
    entry["description"] = provider.description;
    entry["address_family"] = provider.address_family;
    entry["socket_type"] = provider.socket_type;
    entry["protocol"] = provider.protocol;
    entry["max_message_size"] =
        provider.max_message_size.has_value() ? Json(*provider.max_message_size) : Json(nullptr);
    entry["service_flags1"] = provider.service_flags1;
    entry["flags"] = provider.flags;
    entry["connect_data_max"] = provider.connect_data_max;
    entry["accept_data_max"] = provider.accept_data_max;
    entry["disconnect_data_max"] = provider.disconnect_data_max;
    entry["disconnect_reply_data_max"] = provider.disconnect_reply_data_max;
    entry["chain"] = provider.chain;
    json.push_back(std::move(entry));
  }
  return Line(json);
}

}  // namespace wsim
