using System.Globalization;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Data;

/// <summary>The ICMP errors that the implementation under test sends about the last data packet of the tester, or does not.</summary>
internal sealed class DataErrors(TestSession session, DataArrivals arrivals)
{
    public void ExpectNoError() => arrivals.ExpectNone(Observation.Silence, packet => packet.Icmp is { Type: < 128 }, "no ICMPv6 error");

    /// <summary>
    /// Requires that the implementation reports nothing about the last packet but this error, to the source of the packet that the error
    /// quotes (RFC 2473, Section 8).
    /// </summary>
    public void ExpectNoErrorBut(IcmpError allowed)
    {
        var probe = arrivals.Take();
        arrivals.ExpectNone(
            Observation.Forwarding,
            packet =>
                (packet.Inner ?? packet) is { Icmp: { IsError: true } error, Ip: { } ip }
                && probe.IsQuotedIn(error)
                && !IsAllowed(error, ip),
            $"no error but {allowed.Name} to the source of the packet that it quotes"
        );

        bool IsAllowed(Icmpv6Layer error, IpLayer ip) => error.Type == allowed.Type && ip.Destination.Equals(error.Quoted!.Source);
    }

    /// <summary>Requires an ICMP error about the last packet to its source, at an exit in its form.</summary>
    public void ExpectError(IcmpError error, DataExit exit)
    {
        var probe = arrivals.Take();
        var (least, most) = error.IsOfTunnelMtu ? session.PathMtu.TunnelRange(error.IsIpv4) : default;
        var mtu = error.IsOfTunnelMtu ? string.Create(CultureInfo.InvariantCulture, $" ({least} to {most})") : "";
        var (source, expected) = (probe.Packet.Source, $"{error.Name}{mtu} about {exit.Expected}, to {probe.Packet.Source}");
        session.Tester.TryExpect(
            packet => (packet.Inner ?? packet).AnyIcmp is { } icmp && probe.IsQuotedIn(icmp) ? packet : null,
            arrivals.Stimulus.At + session.Clock.AnswerWithin,
            arrivals.Stimulus,
            out var found
        );
        var report = found?.Inner ?? found;
        session.Require(
            Observation.Forwarding,
            report is { AnyIcmp: { } sent, Ip: { } header }
                && sent is Icmpv4Layer == error.IsIpv4
                && sent.Type == error.Type
                && (error.Code ?? sent.Code) == sent.Code
                && (error.Pointer is null || error.Pointer == (sent as Icmpv6Layer)?.Pointer)
                && (!error.IsOfTunnelMtu || (sent.Mtu >= least && sent.Mtu <= most))
                && header.Destination.Equals(source)
                && found!.Frame.Port == exit.Port
                && exit.Judge(found).Ok,
            expected,
            report is null
                ? session.NothingCame(session.Clock.AnswerWithin)
                : $"{Words(report.AnyIcmp!)}, to {report.Ip!.Destination} on {found!.Frame.Port}",
            (found ?? Packet.Of(arrivals.Stimulus)).Frame
        );
    }

    private static string Words(IcmpLayer error) =>
        $"{error.Message}, code {error.Code}"
        + (
            error is Icmpv6Layer { Pointer: { } octet } ? $", pointer {octet}"
            : error is { IsError: true, Mtu: { } mtu } ? $", MTU {mtu}"
            : string.Empty
        );
}
