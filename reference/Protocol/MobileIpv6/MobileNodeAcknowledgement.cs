using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A Binding Acknowledgement while a mobile node processes it, RFC 6275, Section 11.7.3.</summary>
/// <param name="node">The mobile node.</param>
/// <param name="signal">The message.</param>
/// <param name="message">Read in <see cref="McoaVocabulary.Wire"/>.</param>
/// <param name="now">When it arrived.</param>
public sealed class MobileNodeAcknowledgement(MobileNodeState node, RoleInput.Signal signal, BindingAcknowledgement message, Instant now)
{
    public MobileNodeState Node { get; } = node;

    public RoleInput.Signal Signal { get; } = signal;

    public BindingAcknowledgement Message { get; } = message;

    public Instant Now { get; } = now;

    /// <summary>The peer that has sent the message; null if nothing was registered with the sender.</summary>
    public MobileNodePeer? Peer { get; } = node.Find(signal.Sender);

    /// <summary>The update that the message acknowledges, once found.</summary>
    public MobileNodeUpdate? Update { get; set; }

    /// <summary>What the Binding Identifier options say; empty without several care-of addresses.</summary>
    public IReadOnlyList<BindingIdentity> Identities { get; } = [.. node.Rules.Mcoa?.ReadAll(message.Options) ?? []];

    /// <summary>The update is sent again at once, with the next number.</summary>
    public bool IsRetried { get; set; }

    /// <summary>Drops the message silently.</summary>
    public RuleOutcome Ignore(string rule, string why)
    {
        Node.Actions.Log(rule, $"from {Signal.Source}: {why}");
        return RuleOutcome.Stop;
    }
}
