using System.Net.Sockets;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>
/// The transport of an emulated LMA: it answers an update over the transport by which that came (RFC 5844, Section 4.1.3.2, and the
/// drafts).
/// </summary>
public sealed class AnchorTransport(TestSession session, EmulatedNetwork network, EmulatedNode ofIpv6)
{
    private bool IsOfRfc => session.Scenario.Edition == Edition.Rfc5844;

    /// <summary>The LMA at its IPv4 address on the core link; null if it has none.</summary>
    private EmulatedNode? OfIpv4 =>
        session.Ixit.Domain.Find(ofIpv6.Name)?.AddressOn(Ports.Core, AddressFamily.InterNetwork) is not null
            ? network.Named(ofIpv6.Name, Ports.Core, AddressFamily.InterNetwork)
            : null;

    /// <summary>True if the LMA can answer an update: one over IPv4 has to be in UDP.</summary>
    public bool CanAnswer(Packet update) => update.Outer is not Ipv4Layer || (update.IsMessageInUdp && OfIpv4 is not null);

    /// <summary>The node from which an answer goes.</summary>
    public EmulatedNode From(MessageDraft answer) => answer.Transport is null ? ofIpv6 : OfIpv4!;

    /// <summary>
    /// Gives an answer the transport of its update, and what it says about it: in RFC 5844 a NAT Detection option tells a MAG that has
    /// forced UDP encapsulation of it (Section 1.2), and in the drafts the flag T comes back.
    /// </summary>
    /// <exception cref="StepFailedException">The update is over IPv4, but not in UDP: nothing can be answered.</exception>
    public void Complete(MessageDraft answer, Packet update)
    {
        if (update.Outer is not Ipv4Layer outer)
        {
            return;
        }

        if (update.Udp is not { } udp || !CanAnswer(update))
        {
            throw new StepFailedException(
                "the update came over IPv4, but not in UDP to an LMA with an IPv4 address: there is no answer to it"
            );
        }

        answer.Transport = new UdpTransport(OfIpv4!.Address, outer.Source, Port, (ushort)udp.SourcePort)
        {
            HasInnerPacket = !IsOfRfc,
            HasTlvHeader = session.Scenario.Edition == Edition.Ipv4Draft02 ? null : false,
        };
        if (IsOfRfc && Has(update, "F"))
        {
            answer.Options.Add(new NatDetectionOption(ForcesUdp: true, NatDetectionOption.NoKeepaliveNeeded));
        }

        if (!IsOfRfc && Has(update, "T"))
        {
            answer.OctetEdits.Add(new Edit.Set("T = 1", "T", "1"));
        }
    }

    private ushort Port => (ushort)(IsOfRfc ? MobilityPort.Control : session.Ixit.DualStackPort);

    private static bool Has(Packet update, string flag) =>
        update.Mobility is { } message
        && MessageFields.Find(message.Type, flag) is { } field
        && message.Part.Bits(field.Bit, field.Width) == 1;
}
