using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A Home Test or Care-of Test while it is being constructed, RFC 6275, Section 9.4.</summary>
/// <param name="node">The correspondent node.</param>
/// <param name="signal">The test init.</param>
/// <param name="options">The options of the test init, read in <see cref="McoaVocabulary.Wire"/>.</param>
/// <param name="now">When it arrived.</param>
public sealed class ReturnRoutabilityTest(CorrespondentState node, RoleInput.Signal signal, MobilityOptionList options, Now now)
{
    public CorrespondentState Node { get; } = node;

    public RoleInput.Signal Signal { get; } = signal;

    public Now Now { get; } = now;

    /// <summary>What the Binding Identifier options of the test init say; empty without several care-of addresses.</summary>
    public IReadOnlyList<BindingIdentity> Identities { get; } = [.. node.Rules.Mcoa?.ReadAll(options) ?? []];

    /// <summary>The address that is tested: the source of the test init.</summary>
    public IPAddress Tested => Signal.Source;

    /// <summary>The addresses of the answer.</summary>
    public SignalingTransport Path { get; set; } = signal.Path.Reversed.Direct;

    public ulong Cookie { get; set; }

    public ushort NonceIndex { get; set; }

    public ulong KeygenToken { get; set; }

    public List<MobilityOption> Options { get; } = [];

    /// <summary>Does not answer.</summary>
    public RuleOutcome Ignore(string rule, string why)
    {
        Node.Actions.Log(rule, $"{Signal.Source}: {why}");
        return RuleOutcome.Stop;
    }
}
