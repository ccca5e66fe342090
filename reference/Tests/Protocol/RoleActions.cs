using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>Filters for lists of actions.</summary>
internal static class RoleActions
{
    public static IReadOnlyList<RoleAction> WithoutLog(this IEnumerable<RoleAction> actions) =>
        [.. actions.Where(action => action is not RoleAction.Log)];

    public static IReadOnlyList<TMessage> Messages<TMessage>(this IEnumerable<RoleAction> actions)
        where TMessage : MobilityMessage => [.. actions.OfType<RoleAction.SendSignal>().Select(Parse).OfType<TMessage>()];

    public static TMessage Only<TMessage>(this IEnumerable<RoleAction> actions)
        where TMessage : MobilityMessage => actions.Messages<TMessage>().Should().ContainSingle().Which;

    public static IReadOnlyList<RouterAdvertisement> Advertisements(this IEnumerable<RoleAction> actions) =>
        [.. actions.OfType<RoleAction.SendIcmp>().Select(icmp => ParseIcmp(icmp.Message)).OfType<RouterAdvertisement>()];

    public static IReadOnlyList<NeighborSolicitation> Probes(this IEnumerable<RoleAction> actions) =>
        [.. actions.OfType<RoleAction.SendIcmp>().Select(icmp => ParseIcmp(icmp.Message)).OfType<NeighborSolicitation>()];

    public static Icmpv6Message ParseIcmp(ReadOnlyMemory<byte> bytes)
    {
        Icmpv6Message.TryParse(bytes.Span, out var message, out var error).Should().BeTrue(error?.Detail);
        return message!;
    }

    private static MobilityMessage Parse(RoleAction.SendSignal signal)
    {
        var packet = signal.Path.ToPacket(signal.MobilityHeader.Span).ToBytes();
        SignalingTransport.TryUnwrap(packet, MobilityPorts.Default, out var signaling, out _).Should().BeTrue();
        signaling!.MobilityHeader.ToArray().Should().Equal(signal.MobilityHeader.ToArray(), "the checksum is that of the path");
        MobilityMessage.TryParse(signal.MobilityHeader.Span, out var message, out var error).Should().BeTrue(error?.Detail);
        return message!;
    }
}
