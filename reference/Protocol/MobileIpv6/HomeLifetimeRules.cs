using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A binding whose time has come: its end, or its refresh.</summary>
public sealed record MobileBindingEvent(HomeAgentState Agent, MobileBinding Binding);

/// <summary>A packet with a Home Address option that no binding proves.</summary>
public sealed record UnverifiedPacket(HomeAgentState Agent, RoleInput.UnverifiedHomeAddress Packet);

/// <summary>What a home agent does without a Binding Update.</summary>
internal static class HomeLifetimeRules
{
    /// <summary>RFC 6275, Section 10.3.1.</summary>
    public static RuleList<MobileBindingEvent> EndOfBinding { get; } =
        new(
            new("RFC 6275 10.3.1", "BindingRemoved", BindingRemoved),
            new("RFC 6275 9.5.1", "SequenceNumberForgotten", SequenceNumberForgotten),
            new("RFC 6275 10.4", "InterceptionEnds", ended => HomeBindings.Changed(ended.Agent, ended.Binding.Key.Home))
        );

    /// <summary>RFC 6275, Section 9.5.5.</summary>
    public static RuleList<MobileBindingEvent> RefreshDue { get; } = new([new("RFC 6275 9.5.5", "RefreshRequested", RefreshRequested)]);

    /// <summary>RFC 6275, Section 9.3.3.</summary>
    public static RuleList<UnverifiedPacket> UnverifiedHomeAddress { get; } =
        new([new("RFC 6275 9.3.3", "BindingErrorSent", BindingErrorSent)]);

    private static RuleOutcome BindingRemoved(MobileBindingEvent ended)
    {
        ended.Agent.Remove(ended.Binding.Key);
        return RuleOutcome.Continue;
    }

    /// <summary>Without a binding any number is accepted.</summary>
    private static RuleOutcome SequenceNumberForgotten(MobileBindingEvent ended)
    {
        if (!ended.Agent.IsCounted(ended.Binding.Key))
        {
            ended.Agent.Numbers.Forget(ended.Binding.Key);
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The request goes to the home address, as any packet does, and names the binding by its BID.</summary>
    private static RuleOutcome RefreshRequested(MobileBindingEvent due)
    {
        var (agent, binding) = (due.Agent, due.Binding);
        var path = new Ipv6Signaling(agent.Settings.Address, binding.Key.Home);
        MobilityOption[] options =
            binding.Key.BindingId is { } bid && agent.Vocabulary is { } vocabulary
                ? [vocabulary.Answer(new BindingIdentity(bid), BindingStatus.ACCEPTED)]
                : [];
        agent.Actions.Add(
            new RoleAction.SendSignal(path, path.Complete(new BindingRefreshRequest(new MobilityOptionList(options))))
            {
                Link = binding.IsHome ? agent.Settings.HomeLink : null,
                ProtectedFor = agent.Settings.ProtectionRequired ? binding.Key.Home : null,
            }
        );
        return RuleOutcome.Continue;
    }

    private static RuleOutcome BindingErrorSent(UnverifiedPacket dropped)
    {
        var packet = dropped.Packet;
        if (!packet.CareOf.IsIPv6Multicast && !packet.CareOf.Equals(IPAddress.IPv6Any))
        {
            dropped.Agent.Actions.Send(
                new Ipv6Signaling(packet.Destination, packet.CareOf),
                new BindingError(BindingError.UnknownBindingForHomeAddress, packet.Home, MobilityOptionList.Empty)
            );
        }
        return RuleOutcome.Continue;
    }
}
