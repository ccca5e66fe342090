using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;
using Conformance.Testing.Protection;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Peers;

/// <summary>An update of a MAG under test, and the acknowledgement by which an emulated LMA has accepted it.</summary>
public sealed record AcceptedUpdate(Packet Update, Packet Answer)
{
    /// <summary>The options that must be those of the update (RFC 5213, Section 6.9.1.2).</summary>
    private static readonly int[] _same =
    [
        MobileNodeIdentifierKind.Type,
        HandoffIndicatorKind.Type,
        AccessTechnologyTypeKind.Type,
        MobileNodeLinkLayerIdentifierKind.Type,
    ];

    /// <summary>
    /// False for an acknowledgement that the MAG must ignore: it fits no update (RFC 5213, Section 6.9.1.2), has a wrong checksum, or is
    /// not protected as agreed.
    /// </summary>
    /// <param name="protection">How it was protected.</param>
    public bool MustBeTaken(EspForm protection) =>
        protection == EspForm.AsAgreed
        && HasRightChecksums
        && Answer.Mobility is { ProxyFlag: true } answer
        && answer.SequenceNumber == Update.Mobility!.SequenceNumber
        && _same.All(type => Content(answer, type).SequenceEqual(Content(Update.Mobility, type)));

    private bool HasRightChecksums =>
        Answer.Udp?.HasRightChecksum != false && (Answer.Ip is not Ipv6Layer { IsComplete: true } ip || ip.FitsChecksum);

    private static IEnumerable<string> Content(MobilityOctets message, int type) =>
        message.All(type).Select(option => Convert.ToHexString(option.Data.Span));
}
