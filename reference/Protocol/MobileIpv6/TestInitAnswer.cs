using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A Home Test or Care-of Test while a mobile node checks it, RFC 6275, Section 11.6.2.</summary>
/// <param name="node">The mobile node.</param>
/// <param name="signal">The message.</param>
/// <param name="options">Its options, read in <see cref="McoaVocabulary.Wire"/>.</param>
public sealed class TestInitAnswer(MobileNodeState node, RoleInput.Signal signal, MobilityOptionList options)
{
    public MobileNodeState Node { get; } = node;

    public RoleInput.Signal Signal { get; } = signal;

    /// <summary>The correspondent node that has sent the message; null if the node does not register with it.</summary>
    public MobileNodePeer? Peer { get; } = node.Correspondents.GetValueOrDefault(signal.Source);

    /// <summary>The test that the message answers, once found.</summary>
    public TestInitExchange? Test { get; set; }

    public required ulong Cookie { get; init; }

    public required ushort NonceIndex { get; init; }

    public required ulong Token { get; init; }

    /// <summary>What the Binding Identifier options say; empty without several care-of addresses.</summary>
    public IReadOnlyList<BindingIdentity> Identities { get; } = [.. node.Rules.Mcoa?.ReadAll(options) ?? []];

    /// <summary>Drops the message silently.</summary>
    public RuleOutcome Ignore(string rule, string why)
    {
        Node.Actions.Log(rule, $"from {Signal.Source}: {why}");
        return RuleOutcome.Stop;
    }
}
