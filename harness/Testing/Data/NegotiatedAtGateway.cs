using System.Net.Sockets;
using Conformance.Testing.Checks.Ipv4;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;

namespace Conformance.Testing.Data;

/// <summary>
/// The tunnel that a MAG under test has to use for a mobile node: RFC 5844, Sections 4.2.2 and 4.2.2.2;
/// draft-ietf-netlmm-pmip6-ipv4-support-04 and -02, Section 4.2.2. The acknowledgement decides, whatever the MAG has asked for.
/// </summary>
public static class NegotiatedAtGateway
{
    /// <summary>The form of the packets that the MAG sends to an LMA after an exchange.</summary>
    /// <param name="lma">The name of the LMA.</param>
    /// <param name="accepted">The update and the acknowledgement that accepts it; null if nothing was negotiated.</param>
    public static TunnelForm ToAnchor(TestSession session, string lma, AcceptedUpdate? accepted)
    {
        if (accepted is null ? !Carriage.IsSetUp(session, lma) : accepted.Update.Udp is null)
        {
            return new(TunnelEncapsulation.Ipv6, session.AddressOf(session.Tested), session.AddressOf(lma));
        }

        var form = new TunnelForm(
            accepted is null ? TunnelEncapsulation.Ipv4 : Encapsulation(session, accepted),
            session.AddressOn(session.Tested, Ports.Core, AddressFamily.InterNetwork),
            session.AddressOn(lma, Ports.Core, AddressFamily.InterNetwork)
        );
        return !form.IsInUdp ? form
            : session.Scenario.Edition == Edition.Rfc5844 ? form with { FromPort = MobilityPort.Data, ToPort = MobilityPort.Data }
            : form with { FromPort = accepted!.Update.Udp!.SourcePort, ToPort = session.Ixit.DualStackPort };
    }

    private static TunnelEncapsulation Encapsulation(TestSession session, AcceptedUpdate accepted)
    {
        var (edition, answer) = (session.Scenario.Edition, accepted.Answer.Mobility!);
        var option = answer.First(NatDetectionKind.Type);
        return edition != Edition.Rfc5844 && HasTlv(edition, accepted) ? TunnelEncapsulation.Ipv4UdpTlv
            : option is not null && (edition != Edition.Rfc5844 || NatDetectionKind.ForcesUdp(option)) ? TunnelEncapsulation.Ipv4Udp
            : TunnelEncapsulation.Ipv4;
    }

    /// <summary>In -02, both messages need the flag.</summary>
    private static bool HasTlv(Edition edition, AcceptedUpdate accepted) =>
        HasFlag(accepted.Answer.Mobility!) && (edition == Edition.Ipv4Draft04 || HasFlag(accepted.Update.Mobility!));

    private static bool HasFlag(MobilityOctets message) =>
        MessageFields.Find(message.Type, "T") is { } field && message.Part.Bits(field.Bit, field.Width) == 1;
}
