#include "providers/osi/session/tsdu_reader.h"

#include <array>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "providers/osi/session/spdu_test_support.h"
#include "providers/transport/testing/fake_transport.h"

namespace osi {
namespace {

// Everything that can be read now: "FN", "DT(abc)", "DT(abc" of a part, "!" for what is refused.
class Reading {
 public:
  std::string Now() {
    std::string all;
    while (true) {
      if (reader_.is_in_user_information()) {
        std::array<uint8_t, 5> octets;
        const auto read = reader_.ReadUserInformation(connection, absl::MakeSpan(octets));
        all.append(octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(read.octets));
        if (read.end_of_message) all += ")";
        if (read.octets == 0 && !read.end_of_message) return all;
        continue;
      }
      const std::optional<TsduReader::Received> received = reader_.ReadSpdu(connection);
      if (!received.has_value()) return all;
      all += received->spdu.ok() ? std::string(SpduName(*received->spdu)) : "!";
      if (reader_.is_in_user_information()) all += "(";
      first_octets.assign(received->octets.begin(), received->octets.end());
    }
  }

  transport::FakeConnection connection{1, {}, {}};
  std::vector<uint8_t> first_octets;  // as reported with the last SPDU

 private:
  TsduReader reader_;
};

TEST(TsduReader, TellsSpdusApart) {
  Reading reading;
  reading.connection.Deliver(Octets("0100 0100", "some data"));
  reading.connection.Deliver(Octets("0900"));
  reading.connection.Deliver(Octets("0200 0100"));
  reading.connection.Deliver(Octets("0100"));
  reading.connection.Deliver(Octets("1A00"));
  EXPECT_EQ(reading.Now(), "DT(some data)FNDT()GTAA");
}

TEST(TsduReader, GivesUserInformationAsItComes) {
  Reading reading;
  reading.connection.Deliver(Octets("0100 0100", "ab"), false);
  EXPECT_EQ(reading.Now(), "DT(ab");
  reading.connection.Deliver(Octets("", "c"), false);
  EXPECT_EQ(reading.Now(), "c");
  reading.connection.Deliver({}, true);
  EXPECT_EQ(reading.Now(), ")");
}

TEST(TsduReader, ReadsEveryDivisionOfATsdu) {
  for (const auto& tsdu : {Octets("0100 0103190103", "data"), Octets("09 05 110101 C100")}) {
    for (size_t cut = 0; cut <= tsdu.size(); ++cut) {
      Reading reading;
      reading.connection.Deliver(ByteSpan(tsdu).first(cut), false);
      std::string all = reading.Now();
      reading.connection.Deliver(ByteSpan(tsdu).subspan(cut), true);
      absl::StrAppend(&all, reading.Now());
      EXPECT_EQ(all, tsdu[0] == 1 ? "DT(data)" : "FN") << cut;
    }
  }
}

TEST(TsduReader, LongestHeaderOfADt) {
  Reading reading;
  reading.connection.Deliver(Octets("01 FF0003 100100 01 FF0003 190103", "data"));
  EXPECT_EQ(reading.Now(), "DT(data)");
}

TEST(TsduReader, EmptyTsduIsRefused) {
  Reading reading;
  reading.connection.Deliver({});
  EXPECT_EQ(reading.Now(), "!");
}

TEST(TsduReader, RefusesAndSkipsWhatOnlyBeginsLikeData) {
  Reading reading;
  // A PT with user data, which have no use in the kernel; then an SPDU that is understood.
  reading.connection.Deliver(Octets("02 12 C110", "sixteen octets.. and more"), false);
  EXPECT_EQ(reading.Now(), "!");
  EXPECT_EQ(reading.first_octets.size(), 14u);
  reading.connection.Deliver(Octets("", "and more"), true);
  EXPECT_EQ(reading.Now(), "");
  reading.connection.Deliver(Octets("0900"));
  EXPECT_EQ(reading.Now(), "FN");
}

TEST(TsduReader, RefusesAndSkipsWhatIsLongerThanItCanSay) {
  Reading reading;
  std::vector<uint8_t> long_fn = Octets("09 FF FFFF C1 FF FFFB");
  long_fn.resize(4 + 65535, 'x');
  reading.connection.Deliver(long_fn);
  EXPECT_EQ(reading.Now(), "FN");
  long_fn.push_back('x');
  reading.connection.Deliver(long_fn, false);
  EXPECT_EQ(reading.Now(), "!");
  reading.connection.Deliver(long_fn, true);
  EXPECT_EQ(reading.Now(), "");
  reading.connection.Deliver(Octets("0A00"));
  EXPECT_EQ(reading.Now(), "DN");
}

TEST(TsduReader, DamageNeverHurtsAndNeverOutlivesItsTsdu) {
  for (const auto& golden : {Octets("0100 0103190103", "data"), Octets("0908 110101 C103", "bye"),
                             Octets("0200 0100", "data")}) {
    wire::ForMutations(golden, /*seed=*/1, /*count=*/2000, [](ByteSpan damaged) {
      Reading reading;
      reading.connection.Deliver(damaged);
      reading.Now();
      reading.connection.Deliver(Octets("0A00"));
      EXPECT_EQ(reading.Now(), "DN");
    });
  }
}

}  // namespace
}  // namespace osi
