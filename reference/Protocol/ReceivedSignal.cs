using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>A Mobility Header while the checks of RFC 6275, Section 9.2, are applied to it.</summary>
public sealed class ReceivedSignal(RoleInput.Signal signal, ActionQueue actions)
{
    public RoleInput.Signal Signal { get; } = signal;

    /// <summary>Messages without protection are not processed (RFC 5213, Section 4).</summary>
    public bool IsProtectionRequired { get; init; }

    public ReadOnlySpan<byte> Bytes => Signal.MobilityHeader.Span;

    /// <summary>The parsed message, set once all checks have passed.</summary>
    public MobilityMessage? Message { get; set; }

    /// <summary>Drops the message silently.</summary>
    public RuleOutcome Discard(string rule, string text)
    {
        actions.Log(rule, text);
        return RuleOutcome.Stop;
    }

    /// <summary>Drops the message and answers with a Binding Error, RFC 6275, Section 9.3.3.</summary>
    public RuleOutcome DiscardWithBindingError(byte status, string rule, string text)
    {
        var home = (Signal.Path as Ipv6Signaling)?.HomeAddress ?? IPAddress.IPv6Any;
        if (IsUnicast(Signal.Source))
        {
            actions.Send(Signal.Path.Reversed.Direct, new BindingError(status, home, MobilityOptionList.Empty), Signal.Protection?.Peer);
        }
        return Discard(rule, text);
    }

    /// <summary>
    /// Drops the message and answers with an ICMPv6 Parameter Problem, code 0, that points to an octet of the message. A message over
    /// IPv4 is only dropped, and so is a protected one: the answer would quote in clear what was encrypted.
    /// </summary>
    public RuleOutcome DiscardWithParameterProblem(int offset, string rule, string text)
    {
        if (Signal.Path is not Ipv6Signaling || Signal.Protection is not null)
        {
            return Discard(rule, text);
        }

        var packet = Signal.Packet.IsEmpty ? Rebuild() : Signal.Packet.ToArray();
        var pointer = packet.Length - Bytes.Length + offset;
        if (IsUnicast(Signal.Source))
        {
            actions.Send(
                Signal.Destination,
                Signal.Source,
                link: null,
                new ParameterProblem(0, (uint)pointer, Icmpv6Message.Quote(packet))
            );
        }
        return Discard(rule, text);
    }

    private byte[] Rebuild() => new Ipv6Packet(Signal.Source, Signal.Destination, MobilityHeader.Protocol, Signal.MobilityHeader).ToBytes();

    private static bool IsUnicast(IPAddress address) =>
        !address.IsIPv6Multicast && !address.Equals(IPAddress.IPv6Any) && !address.Equals(IPAddress.Any);
}
