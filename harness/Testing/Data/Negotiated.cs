using System.Net.Sockets;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Data;

/// <summary>
/// The tunnel that follows from a registration at an LMA under test: RFC 5844, Sections 4.1.3.1 and 4.1.4.1;
/// draft-ietf-netlmm-pmip6-ipv4-support-04, Section 4.1.3.1, and -02, Section 4.3.2. The last accepted request decides.
/// </summary>
internal static class Negotiated
{
    /// <summary>The variable of -04, Section 5.1: with 0, the LMA tunnels in UDP for nobody.</summary>
    private const string AcceptsUdp = "AcceptIPv4UDPEncapsulationRequest";

    private const string TlvOfDraft04 = "ipv4-draft-04-tlv-header";

    /// <summary>The form of the packets that the LMA sends to the MAG of an accepted request.</summary>
    /// <param name="accepted">A request that was accepted.</param>
    public static TunnelForm ToGateway(TestSession session, Exchange accepted)
    {
        var request = accepted.Request;
        if (request is not { Outer: Ipv4Layer outer, Udp: { } udp })
        {
            return new(TunnelEncapsulation.Ipv6, session.AddressOf(session.Tested), request.Ip!.Source);
        }

        var encapsulation = Encapsulation(session, accepted);
        var form = new TunnelForm(encapsulation, session.AddressOn(session.Tested, Ports.Core, AddressFamily.InterNetwork), outer.Source);
        return !form.IsInUdp ? form
            : session.Scenario.Edition == Edition.Rfc5844 ? form with { FromPort = MobilityPort.Data, ToPort = MobilityPort.Data }
            : form with { FromPort = session.Ixit.DualStackPort, ToPort = udp.SourcePort };
    }

    /// <summary>The encapsulation that request and answer have negotiated.</summary>
    public static TunnelEncapsulation Encapsulation(TestSession session, Exchange accepted)
    {
        var (edition, request) = (session.Scenario.Edition, accepted.Request);
        if (request is not { Outer: Ipv4Layer, Udp: not null })
        {
            return TunnelEncapsulation.Ipv6;
        }

        return AsksForTlv(session, accepted) ? TunnelEncapsulation.Ipv4UdpTlv
            : edition == Edition.Ipv4Draft04 && !MayUseUdp(session) ? TunnelEncapsulation.Ipv4
            : IsForced(accepted.Message) && edition != Edition.Ipv4Draft02 ? TunnelEncapsulation.Ipv4Udp
            : edition != Edition.Rfc5844 && IsBehindNat(accepted) ? TunnelEncapsulation.Ipv4Udp
            : TunnelEncapsulation.Ipv4;
    }

    /// <summary>True if the IPv4 Care-of Address option of a request differs from its IPv4 source.</summary>
    public static bool IsBehindNat(Exchange exchange) =>
        exchange.Request.Outer is Ipv4Layer outer
        && exchange.Message.First(Ipv4CareOfAddressKind.Type) is { } option
        && !Ipv4CareOfAddressKind.AddressOf(option).Equals(outer.Source);

    /// <summary>
    /// The drafts have no rule for the flag in an answer; in -02, the tunnel has the header if both messages have the flag, in -04 if the
    /// request has it and the LMA knows the header.
    /// </summary>
    private static bool AsksForTlv(TestSession session, Exchange accepted) =>
        session.Scenario.Edition == Edition.Ipv4Draft02
            ? HasFlag(accepted.Message, "T") && accepted.Answer is { } answer && HasFlag(answer.Mobility!, "T")
            : session.Scenario.Edition == Edition.Ipv4Draft04 && HasFlag(accepted.Message, "T") && session.Claims(TlvOfDraft04);

    /// <summary>False if the LMA is set up to tunnel in UDP for nobody.</summary>
    public static bool MayUseUdp(TestSession session) =>
        session.Device.ValueOf(AcceptsUdp) is { } set ? set == "1" : session.Ixit.AcceptsUdpEncapsulation;

    /// <summary>True for a request with F = 1.</summary>
    public static bool IsForced(MobilityOctets message) => HasFlag(message, "F");

    private static bool HasFlag(MobilityOctets message, string flag) =>
        MessageFields.Find(message.Type, flag) is { } field && message.Part.Bits(field.Bit, field.Width) == 1;
}
