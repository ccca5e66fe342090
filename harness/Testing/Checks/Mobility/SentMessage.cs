using System.Net;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Checks.Mobility;

/// <summary>A mobility message of a home agent or correspondent node under test, with the packet that caused it.</summary>
/// <param name="cause">
/// The packet of the tester to which the message reacts: the request for a test, or the packet that a Binding Error is about; null if
/// there is none, or the tester cannot tell.
/// </param>
/// <param name="node">The mobile node that the message is about; null if it is not known.</param>
public sealed class SentMessage(TestSession session, Packet packet, Packet? cause, MobileNode? node) : CheckedMessage(session, packet)
{
    public Packet? Cause { get; } = cause;

    /// <summary>
    /// The BIDs that the tester has registered with the home address of the destination, if it has sent no Binding Update without BID
    /// option for it; empty if it has.
    /// </summary>
    public IReadOnlyCollection<int> KnownBids { get; init; } = [];

    /// <summary>The home address of the mobile node; null if the node is not known.</summary>
    public IPAddress? HomeAddress => node?.AddressAt(CareOf.Home);

    public IPAddress Source => Packet.Ip!.Source;

    public IPAddress Destination => Packet.Ip!.Destination;

    public override bool IsOfBookend => node is { IsOfBookend: true };
}
