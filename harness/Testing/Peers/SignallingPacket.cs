using System.Net;
using Conformance.Testing.Edits;
using Conformance.Testing.Protection;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>
/// The packet with a message of the tester. Over IPv4, ESP is around UDP if there is an association of the IPv4 addresses, otherwise in the
/// IPv6 packet behind UDP (RFC 5844, Section 4.3; draft-ietf-netlmm-pmip6-ipv4-support-04, Section 4).
/// </summary>
/// <param name="Plain">The packet without protection.</param>
/// <param name="Sent">The packet as it is sent.</param>
internal sealed record SignallingPacket(IpPacket Plain, IpPacket Sent)
{
    /// <param name="source">The IPv6 address of the sender.</param>
    /// <param name="destination">The IPv6 address of the receiver.</param>
    public static SignallingPacket Of(MessageDraft draft, IPAddress source, IPAddress destination, EspPeer esp)
    {
        if (draft.Transport is not { } transport)
        {
            var packet = draft.ToPacket(source, destination);
            return new(packet, esp.Protect(packet, draft.Protection));
        }

        if (!transport.HasInnerPacket)
        {
            var packet = transport.Carry(draft.ToBytesInUdp(source, destination), draft.AsksForTlv);
            return new(packet, esp.Protect(packet, draft.Protection));
        }

        var inner = draft.ToPacket(transport.InnerSource ?? source, destination);
        var outer = transport.Carry(inner.ToBytes(), draft.AsksForTlv);
        return new(
            outer,
            esp.Covers(outer)
                ? esp.Protect(outer, draft.Protection)
                : transport.Carry(esp.Protect(inner, draft.Protection).ToBytes(), draft.AsksForTlv)
        );
    }
}
