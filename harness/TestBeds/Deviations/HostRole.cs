using System.Diagnostics.CodeAnalysis;
using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// A role that another router's advertisement turns into a host: it forwards nothing any more, and takes no notice of the next mobile node
/// that it does not know.
/// </summary>
internal sealed class HostRole(IRole role) : IRole
{
    private readonly HashSet<MobileNodeIdentifierOption> _known = [];
    private readonly List<Route> _routes = [];
    private readonly Queue<RoleAction> _removals = [];
    private bool _isHost;
    private MobileNodeIdentifierOption? _ignored;

    public Instant? NextTimeout => role.NextTimeout;

    public void Handle(RoleInput input, Now now)
    {
        if (!_isHost && input is RoleInput.Icmp icmp && Icmpv6Message.TryParse(icmp.Message.Span, out var message, out _))
        {
            _isHost = message is RouterAdvertisement;
            _routes.Where(_ => _isHost).ToList().ForEach(route => _removals.Enqueue(new RoleAction.RemoveRoute(route)));
        }

        if (NewcomerIn(input) is not { } newcomer || !_isHost || _known.Contains(newcomer) || (_ignored ??= newcomer) != newcomer)
        {
            role.Handle(input, now);
        }
    }

    public void HandleTimeout(Now now) => role.HandleTimeout(now);

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action)
    {
        if (_removals.TryDequeue(out action) || !role.TryTakeAction(out action))
        {
            return action is not null;
        }

        if (action is RoleAction.AddRoute { Route: var route })
        {
            _routes.Add(route);
        }
        return true;
    }

    /// <summary>The mobile node of a request.</summary>
    private MobileNodeIdentifierOption? NewcomerIn(RoleInput input)
    {
        var newcomer =
            input is RoleInput.Signal signal && MobilityMessage.TryParse(signal.MobilityHeader.Span, out var message, out _)
                ? (message as BindingUpdate)?.Options.First<MobileNodeIdentifierOption>()
                : null;
        if (newcomer is not null && !_isHost)
        {
            _known.Add(newcomer);
        }
        return newcomer;
    }
}
