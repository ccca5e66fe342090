using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A Binding Error while a mobile node processes it, RFC 6275, Section 11.3.6.</summary>
/// <param name="node">The mobile node.</param>
/// <param name="signal">The message.</param>
/// <param name="message">The error.</param>
public sealed class MobileNodeBindingError(MobileNodeState node, RoleInput.Signal signal, BindingError message)
{
    public MobileNodeState Node { get; } = node;

    public BindingError Message { get; } = message;

    /// <summary>The peer that has sent the message; null if nothing was registered with the sender.</summary>
    public MobileNodePeer? Peer { get; } = node.Find(signal.Sender);

    /// <summary>An answer is awaited from the peer.</summary>
    public bool IsAnswerAwaited =>
        Peer is { } peer && (peer.Pending.Any(update => update.IsSent) || peer.Tests.Any(test => test.IsRunning));

    /// <summary>Drops the message silently.</summary>
    public RuleOutcome Ignore(string rule, string why)
    {
        Node.Actions.Log(rule, $"from {signal.Source}: {why}");
        return RuleOutcome.Stop;
    }
}
