using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A Binding Refresh Request while a mobile node processes it, RFC 6275, Section 11.7.4.</summary>
/// <param name="node">The mobile node.</param>
/// <param name="signal">The message.</param>
/// <param name="message">Read in <see cref="McoaVocabulary.Wire"/>.</param>
public sealed class MobileNodeRefreshRequest(MobileNodeState node, RoleInput.Signal signal, BindingRefreshRequest message)
{
    public MobileNodeState Node { get; } = node;

    public RoleInput.Signal Signal { get; } = signal;

    /// <summary>The peer that has sent the message; null if nothing was registered with the sender.</summary>
    public MobileNodePeer? Peer { get; set; } = node.Find(signal.Sender);

    /// <summary>What the Binding Identifier options say; empty without several care-of addresses.</summary>
    public IReadOnlyList<BindingIdentity> Identities { get; } = [.. node.Rules.Mcoa?.ReadAll(message.Options) ?? []];

    /// <summary>Drops the message silently.</summary>
    public RuleOutcome Ignore(string rule, string why)
    {
        Node.Actions.Log(rule, $"from {Signal.Source}: {why}");
        return RuleOutcome.Stop;
    }
}
