using System.Net;
using Pmip.Protocol;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>Runs a role with a virtual clock and collects its actions.</summary>
internal sealed class RoleDriver(IRole role)
{
    private static readonly DateTimeOffset _epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Instant _start = new(1_000_000);

    public static readonly LinkId Core = new("core");

    public IRole Tested => role;

    public TimeSpan Elapsed { get; private set; }

    /// <summary>The error of the role's time of day.</summary>
    public TimeSpan ClockOffset { get; set; }

    public Now Now => new(_start + Elapsed, _epoch + Elapsed + ClockOffset);

    public DateTimeOffset TrueTime => _epoch + Elapsed;

    public Instant? NextTimeout => role.NextTimeout;

    /// <summary>What a neighbour answers at once to an action, which is not returned then; null for nothing.</summary>
    public Func<RoleAction, RoleInput?> Reply { get; set; } = _ => null;

    /// <summary>Passes an input to the role and returns the resulting actions.</summary>
    public IReadOnlyList<RoleAction> Handle(RoleInput input)
    {
        role.Handle(input, Now);
        return Drain();
    }

    public IReadOnlyList<RoleAction> Signal(IPAddress source, IPAddress destination, MobilityMessage message) =>
        Signal(source, destination, message.ToBytes(source, destination));

    public IReadOnlyList<RoleAction> Signal(IPAddress source, IPAddress destination, byte[] mobilityHeader) =>
        Handle(new RoleInput.Signal(new Ipv6Signaling(source, destination), Core, mobilityHeader));

    /// <summary>Advances the time and handles the role's timeouts.</summary>
    public IReadOnlyList<RoleAction> Advance(TimeSpan time)
    {
        var (actions, end) = (new List<RoleAction>(), Elapsed + time);
        while (role.NextTimeout is { } next && next - _start <= end)
        {
            Elapsed = next - _start > Elapsed ? next - _start : Elapsed;
            role.HandleTimeout(Now);
            actions.AddRange(Drain());
        }

        Elapsed = end;
        role.HandleTimeout(Now);
        actions.AddRange(Drain());
        return actions;
    }

    /// <summary>Advances the time by one tick less than <paramref name="time"/>.</summary>
    public IReadOnlyList<RoleAction> AdvanceToJustBefore(TimeSpan time) => Advance(time - TimeSpan.FromTicks(1));

    public IReadOnlyList<RoleAction> Tick() => Advance(TimeSpan.FromTicks(1));

    private List<RoleAction> Drain()
    {
        var actions = new List<RoleAction>();
        while (role.TryTakeAction(out var action))
        {
            if (Reply(action) is { } answer)
            {
                role.Handle(answer, Now);
            }
            else
            {
                actions.Add(action);
            }
        }
        return actions;
    }
}
