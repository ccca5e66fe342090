using Conformance.Testing.Bed;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Session;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Drivers;

/// <summary>The ICMPv6 error about a fault of a Mobility Header (RFC 6275, Section 9.2).</summary>
internal static class HeaderFaultReport
{
    /// <summary>Requires a Parameter Problem, code 0, that points at an octet of the Mobility Header of a message of the tester.</summary>
    /// <exception cref="StepFailedException">None came in time, or it says something else.</exception>
    public static void Require(TestSession session, Frame message, int pointer)
    {
        session.Tester.TryExpect(
            packet => packet.Icmp?.Type == Icmpv6Layer.ParameterProblem ? packet : null,
            message.At + session.Clock.AnswerWithin,
            message,
            out var reply
        );
        var problem = reply?.Icmp;
        session.Require(
            Observation.Malformed,
            problem is { Code: 0 } && problem.Pointer == Ipv6Packet.HeaderLength + pointer,
            $"an ICMPv6 Parameter Problem, code 0, that points at octet {pointer} of the Mobility Header",
            problem is null ? session.NothingCame(session.Clock.AnswerWithin) : $"code {problem.Code}, pointer {problem.Pointer}",
            reply?.Frame ?? message
        );
    }
}
