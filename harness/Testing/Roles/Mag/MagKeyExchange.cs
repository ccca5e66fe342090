using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Roles.Mag;

/// <summary>
/// The beginning of IKEv2 by a MAG under test that has no manual security association with its LMA (RFC 5213, Section 4). The tester only
/// listens.
/// </summary>
public sealed class MagKeyExchange(TestSession session)
{
    /// <summary>True if the MAG has begun IKEv2 with an LMA.</summary>
    public bool HasBegun => session.Bed.Frames.Any(frame => frame.Direction == Direction.Received && IsBegin(Packet.Of(frame)));

    /// <summary>Requires that the MAG opens IKEv2 with an LMA for the first message that it has to protect.</summary>
    public void ExpectBegin(string lma)
    {
        var address = session.AddressOf(lma);
        var cause = session.LastStimulus;
        var begun =
            session.Bed.Frames.Where(frame => frame.Direction == Direction.Received).Select(Packet.Of).FirstOrDefault(IsBeginToLma)
            ?? (
                session.Tester.TryExpect(
                    packet => IsBeginToLma(packet) ? packet : null,
                    session.Bed.Now + session.Clock.AnswerWithin,
                    after: null,
                    out var found
                )
                    ? found
                    : null
            );
        session.Require(
            Observation.Options,
            begun is not null,
            $"an IKE_SA_INIT request of IKEv2 to {address}, UDP port {IkeLayer.Port}",
            begun is null ? session.NothingCame(session.Clock.AnswerWithin) : "it came",
            begun?.Frame ?? cause
        );

        bool IsBeginToLma(Packet packet) => IsBegin(packet) && packet.Ip!.Destination.Equals(address);
    }

    private static bool IsBegin(Packet packet) =>
        packet.Upper is UdpLayer { DestinationPort: IkeLayer.Port, Content: IkeLayer { IsInitialRequest: true } };
}
