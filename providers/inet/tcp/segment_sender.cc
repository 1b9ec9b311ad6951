#include "providers/inet/tcp/segment_sender.h"

#include <utility>

#include "providers/inet/tcp/tcp_segment.h"

namespace inet {

SendStatus SendSegment(TcpServices& services, const FourTuple& tuple,
                       const PseudoHeader& pseudo_header, uint64_t subject, const TcpHeader& header,
                       sim::FramePtr frame, PacketFields fields) {
  const size_t header_size = header.size();
  header.WriteTo(frame->Prepend(header_size), services.settings.option_layout);
  StoreTcpChecksum(pseudo_header, frame->writable());
  ++services.counters.out_segments;
  if (header.Has(TcpHeader::kRst)) ++services.counters.out_resets;
  const SegmentInfo info{.source = tuple.local.address,
                         .destination = tuple.remote.address,
                         .hop_limit = fields.hop_limit,
                         .traffic_class = fields.traffic_class};
  sim::World& world = services.world;
  if (!world.trace().is_on()) return services.internet.Send(info, kProtocolTcp, std::move(frame));
  sim::World::CauseScope scope(world, world.context().cause);
  scope.Continue(TraceSegment(world.trace(), sim::TraceKind::kPduSent, subject,
                              {header, frame->octets().subspan(header_size)}));
  return services.internet.Send(info, kProtocolTcp, std::move(frame));
}

}  // namespace inet
