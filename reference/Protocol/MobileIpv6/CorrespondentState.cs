using System.Net;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>The state of a correspondent node between two inputs, read and changed by its rules.</summary>
public sealed class CorrespondentState
{
    internal CorrespondentState(CorrespondentNodeSettings settings, CorrespondentNodeRules rules, Random random)
    {
        Settings = settings;
        Rules = rules;
        Nonces = new NonceTable(random, settings.NonceLifetime);
        SequenceNumbers = new SequenceWindow(rules.SequenceScope);
    }

    public CorrespondentNodeSettings Settings { get; }

    public CorrespondentNodeRules Rules { get; }

    public ActionQueue Actions { get; } = new();

    public MobileBindingCache Bindings { get; } = new();

    public NonceTable Nonces { get; }

    public NonceUses NonceUses { get; } = new();

    public SequenceWindow SequenceNumbers { get; }

    public DeadlineQueue<CorrespondentDeadline> Deadlines { get; } = new();

    /// <summary>The nonce of an index, if tokens made with it are accepted; null otherwise.</summary>
    public Nonce? Recognized(ushort index, Instant now) =>
        Nonces.Find(index) is { } nonce && Nonces.IsRecognized(nonce, now) ? nonce : null;

    /// <summary>
    /// Puts a binding into the cache: packets of the mobile node are accepted from its care-of address and sent there, until its end.
    /// </summary>
    public void Put(MobileBinding binding, Instant now)
    {
        ArgumentNullException.ThrowIfNull(binding);
        var before = CareOfAddresses(binding.Key.Home);
        Bindings.Put(binding);
        Follow(binding.Key.Home, before);
        Deadlines.Cancel(new CorrespondentDeadline.Refresh(binding.Key));
        if (binding.EndsAt is not { } end)
        {
            return;
        }

        Deadlines.Set(new CorrespondentDeadline.EndOfBinding(binding.Key), end);
        if (Settings.RefreshRequestBefore is { } early && end - early > now)
        {
            Deadlines.Set(new CorrespondentDeadline.Refresh(binding.Key), end - early);
        }
    }

    /// <summary>Removes a binding from the cache; false if there was none.</summary>
    public bool Remove(BindingKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var before = CareOfAddresses(key.Home);
        if (!Bindings.Remove(key))
        {
            return false;
        }

        Follow(key.Home, before);
        Deadlines.Cancel(new CorrespondentDeadline.EndOfBinding(key));
        Deadlines.Cancel(new CorrespondentDeadline.Refresh(key));
        if (!Bindings.Of(key.Home).Any(binding => SequenceNumbers.ScopeOf(binding.Key) == SequenceNumbers.ScopeOf(key)))
        {
            SequenceNumbers.Forget(key);
        }
        return true;
    }

    private List<IPAddress> CareOfAddresses(IPAddress home) => [.. Bindings.Of(home).Select(binding => binding.CareOf).Distinct()];

    /// <summary>Has the host do with packets what the bindings of a home address say now. New paths come before old ones go.</summary>
    private void Follow(IPAddress home, List<IPAddress> before)
    {
        var after = CareOfAddresses(home);
        foreach (var careOf in after.Except(before))
        {
            Actions.Add(new RoleAction.AcceptHomeAddress(home, careOf));
            Actions.Add(new RoleAction.AddRouteOptimization(home, careOf));
        }
        foreach (var careOf in before.Except(after))
        {
            Actions.Add(new RoleAction.RemoveRouteOptimization(home, careOf));
            Actions.Add(new RoleAction.RefuseHomeAddress(home, careOf));
        }
    }
}
