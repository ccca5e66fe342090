using System.Diagnostics.CodeAnalysis;
using Pmip.Node.Configuration;
using Pmip.Protocol;

namespace Pmip.Node;

/// <summary>A role whose control messages are counted, and which fails where the configuration says so.</summary>
internal sealed class CountedRole(IRole role, NodeConfiguration configuration, Counters counters) : IRole
{
    private int _messages;

    public Instant? NextTimeout => role.NextTimeout;

    /// <exception cref="IOException">The configuration says that the node fails at this message.</exception>
    public void Handle(RoleInput input, Now now)
    {
        switch (input)
        {
            case RoleInput.Signal when ++_messages == configuration.FailsAtMessage:
                throw new IOException($"fails at message {_messages}, as configured");
            case RoleInput.Signal:
                counters.SignalsReceived++;
                break;
            case RoleInput.Icmp:
                counters.IcmpReceived++;
                break;
        }
        role.Handle(input, Shifted(now));
    }

    public void HandleTimeout(Now now) => role.HandleTimeout(Shifted(now));

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action)
    {
        if (!role.TryTakeAction(out action))
        {
            return false;
        }

        switch (action)
        {
            case RoleAction.SendSignal:
                counters.SignalsSent++;
                break;
            case RoleAction.SendIcmp:
                counters.IcmpSent++;
                break;
        }
        return true;
    }

    private Now Shifted(Now now) => now with { Utc = now.Utc + configuration.ClockOffset };
}
