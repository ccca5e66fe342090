using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Roles;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Drivers;

/// <summary>The report of a role under test on a faulty Mobility Header (RFC 3775, Section 9.2; RFC 2463, Sections 2.4 and 3.4).</summary>
public sealed class HeaderFaultReport(TestSession session, ScenarioRole role)
{
    private const byte UnrecognizedType = 2;

    /// <summary>
    /// The minimum IPv6 MTU without the IPv6 and ICMPv6 headers: an error quotes as much of a packet as fits into the rest.
    /// </summary>
    private const int MostQuoted = 1280 - Ipv6Packet.HeaderLength - 8;

    /// <summary>Routers may change the octets of Traffic Class and Flow Label, which come first, and the Hop Limit.</summary>
    private const int FirstFixedOctet = 4;
    private const int HopLimitOffset = 7;

    /// <summary>
    /// Requires a Parameter Problem, code 0, to the source of the tester's last message, that points at an octet of its Mobility Header and
    /// quotes the packet as it was sent.
    /// </summary>
    /// <param name="tested">The role under test, as the scenario names it.</param>
    /// <exception cref="StepFailedException">None came in time, or it says something else.</exception>
    public void ExpectParameterProblem(string tested, int pointer)
    {
        var message = LastMessage(tested);
        session.Tester.TryExpect(
            packet => packet.Icmp?.Type == Icmpv6Layer.ParameterProblem ? packet : null,
            message.At + session.Clock.AnswerWithin,
            message,
            out var reply
        );
        var sent = Packet.Of(message);
        var octet = sent.Mobility!.Offset - sent.IpOffset + pointer;
        var fault = reply is null ? session.NothingCame(session.Clock.AnswerWithin) : FaultOf(reply, sent.Ip!, octet);
        session.Require(
            Observation.Malformed,
            fault is null,
            $"an ICMPv6 Parameter Problem, code 0, that points at octet {pointer} of the Mobility Header, which is octet {octet} of the "
                + "packet, and quotes the packet",
            fault ?? "it came",
            reply?.Frame ?? message
        );
    }

    /// <summary>
    /// Requires a Binding Error with status 2, unrecognized MH Type (RFC 3775, Section 9.3.3), to the sender of the last message.
    /// </summary>
    /// <param name="tested">The role under test, as the scenario names it.</param>
    public void ExpectBindingError(string tested)
    {
        var message = LastMessage(tested);
        var sender = Packet.Of(message).Ip!.Source;
        session.Tester.TryExpect(
            packet => packet.IsMobility(MobilityOctets.BindingErrorType, out _) ? packet : null,
            message.At + session.Clock.AnswerWithin,
            message,
            out var reply
        );
        session.Require(
            Observation.Malformed,
            reply?.Mobility!.Status == UnrecognizedType && reply.Ip!.Destination.Equals(sender),
            $"a Binding Error with status 2, unrecognized MH Type, to {sender}",
            reply is null
                ? session.NothingCame(session.Clock.AnswerWithin)
                : $"a Binding Error with status {reply.Mobility!.Status} to {reply.Ip!.Destination}",
            reply?.Frame ?? message
        );
    }

    private Frame LastMessage(string tested)
    {
        role.Require(tested);
        return session.LastStimulus ?? throw new ScenarioFaultException("The tester has sent no message yet.");
    }

    /// <summary>What is wrong with a report about a packet; null if nothing is.</summary>
    private static string? FaultOf(Packet reply, IpLayer sent, int octet)
    {
        var problem = reply.Icmp!;
        return problem.Code != 0 || problem.Pointer != octet ? $"code {problem.Code}, pointer {problem.Pointer}"
            : !reply.Ip!.Destination.Equals(sent.Source) ? $"it was sent to {reply.Ip.Destination}, not to {sent.Source}"
            : QuoteFault(problem.Quoted is { } quoted ? quoted.Part.Span : [], sent.Part.Span);
    }

    private static string? QuoteFault(ReadOnlySpan<byte> quoted, ReadOnlySpan<byte> sent)
    {
        var wanted = Math.Min(sent.Length, MostQuoted);
        for (var at = FirstFixedOctet; at < Math.Min(quoted.Length, sent.Length); at++)
        {
            if (at != HopLimitOffset && quoted[at] != sent[at])
            {
                return $"octet {at} of the quoted packet is 0x{quoted[at]:x2}, but was sent as 0x{sent[at]:x2}";
            }
        }

        return quoted.Length < wanted ? $"it quotes {quoted.Length} octets of {sent.Length}"
            : quoted.Length > sent.Length ? $"it quotes {quoted.Length} octets, but the packet has {sent.Length}"
            : null;
    }
}
