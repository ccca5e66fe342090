using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
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

    /// <summary>
    /// Gives the mobile node the first link anew, and waits for a Binding Update, which the home agent accepts. It has one home address, so
    /// that this is the valid exchange.
    /// </summary>
    public Reaction Serve()
    {
        var first = links.Routers[0];
        LowerAll();
        Restore();
        homeAgent.Policy.Changes = _brief;

        // A mobile node that has the same care-of address again need not register it again.
        first.AddPrefix(MobileNodeMovements.Next(first), replaces: true);
        events.Begin();
        first.SetCarrier(isUp: true);
        events.End(first.Advertise());
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

    /// <summary>Takes all links away, and lets the bindings end before anything else begins.</summary>
    public void CleanUp()
    {
        LowerAll();
        Restore();
        foreach (var peer in (RegistrationPeer[])[homeAgent, correspondent])
        {
            if (peer.Cache.Bindings.LastEnd > session.Bed.Now)
            {
                session.DelayNext(peer.Cache.Bindings.LastEnd + session.Clock.Margin);
            }
        }
    }

    /// <summary>The peers answer as usual.</summary>
    private void Restore()
    {
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
