using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Peers;
using Conformance.Testing.Roles.EndToEnd;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles.Mn;

/// <summary>Whether the mobile node under test is alive, and how it is left free for the next scenario.</summary>
public sealed class MobileNodeBookend(
    TestSession session,
    MobileNodeLinks links,
    MobileNodeEvents events,
    HomeAgentPeer homeAgent,
    CorrespondentPeer correspondent
)
{
    /// <summary>A short lifetime, because the next scenario waits for its end.</summary>
    private static readonly AnswerChanges _brief = AnswerChanges.Read([("Lifetime", "8 s")], _ => 0, System.Net.IPAddress.Parse);

    /// <summary>A device may take some minutes to start.</summary>
    private static readonly TimeSpan _restartsWithin = TimeSpan.FromMinutes(10);

    private readonly RealNodes _device = new(session);
    private bool _isTaught;

    /// <summary>
    /// True if the mobile node may have learned something about its peers that outlasts its bindings: what they do not support, or tokens.
    /// </summary>
    private bool IsTaught => _isTaught || Refused || events.HasFaults || correspondent.HasTested || homeAgent.Policy.IgnoresBids;

    /// <summary>
    /// Gives the mobile node a foreign link on which it has no binding, or another prefix on the first one, and waits for a Binding Update,
    /// which the home agent accepts. It has one home address, so that this is the valid exchange.
    /// </summary>
    public Reaction Serve()
    {
        var free = links.Routers.FirstOrDefault(router =>
            router is { IsIpv4: false, IsHomeAgent: false } && router.Port != Ports.Home && !IsBound(router)
        );
        var tried = free ?? links.Routers[0];
        LowerAll();
        Restore();
        homeAgent.Policy.Changes = _brief;

        if (free is null)
        {
            // A mobile node that has the same care-of address again need not register it again.
            tried.AddPrefix(MobileNodeMovements.Next(tried), replaces: true);
        }

        events.Begin();
        tried.SetCarrier(isUp: true);
        events.End(tried.Advertise());
        var came = session.Tester.TryExpect(
            packet =>
                packet.IsMobility(MobilityOctets.BindingUpdateType, out _) && packet.Ip!.Destination.Equals(homeAgent.Address)
                    ? packet
                    : null,
            events.LastAt + links.Known.AttachWithin,
            events.Cause,
            out _
        );
        if (came || !(Refused && HasSpoken()))
        {
            return came ? Reaction.Served : Reaction.Silent($"no Binding Update: {session.NothingCame(links.Known.AttachWithin)}");
        }

        session.Remark("after it was refused, the mobile node registers no more; that it uses its link shows that it is alive");
        return Reaction.Served;
    }

    private bool Refused => homeAgent.HasRefused || correspondent.HasRefused;

    /// <summary>True if a frame has come since the link came up.</summary>
    private bool HasSpoken() => session.Bed.Frames.Skip(events.Cause?.Number ?? 0).Any(frame => frame.Direction == Direction.Received);

    /// <summary>
    /// Takes all links away, and lets come what the mobile node has sent over them: it is no message of the next scenario. A mobile node
    /// that may remember more than bindings is restarted, if the bed can do that; otherwise the bindings end before anything else begins.
    /// </summary>
    public void CleanUp()
    {
        LowerAll();
        Restore();
        session.Tester.WaitUntil(session.Bed.Now + session.Clock.Margin);
        if (_isTaught && TryRestart())
        {
            return;
        }

        foreach (var peer in (RegistrationPeer[])[homeAgent, correspondent])
        {
            if (peer.Cache.Bindings.LastEnd > session.Bed.Now)
            {
                session.DelayNext(peer.Cache.Bindings.LastEnd + session.Clock.Margin);
            }
        }
    }

    private bool IsBound(LinkRouter router) => homeAgent.Bindings.Any(binding => links.LinkOf(binding.CareOf) == router.Place);

    private bool TryRestart()
    {
        var restart = new UpperTesterAction.Manage(session.Tested, new DeviceCommand.Restart());
        if (session.Bed.Health == IutHealth.Crashed || !session.Bed.Can(restart))
        {
            return false;
        }

        session.Device.RestartedAt = DateTimeOffset.MaxValue;
        var isDone = _device.Perform(restart, _restartsWithin) is not Outcome.Failed;
        session.Device.RestartedAt = session.Bed.Now;
        _isTaught = !isDone;
        return isDone;
    }

    /// <summary>The peers answer as usual.</summary>
    private void Restore()
    {
        _isTaught = IsTaught;
        foreach (var peer in (RegistrationPeer[])[homeAgent, correspondent])
        {
            peer.Policy.Reset();
        }
    }

    private void LowerAll()
    {
        foreach (var router in links.Up.ToList())
        {
            router.SetCarrier(isUp: false);
        }
    }
}
