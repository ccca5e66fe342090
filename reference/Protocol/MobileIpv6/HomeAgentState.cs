using System.Net;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>The state of a home agent between two inputs, read and changed by its rules.</summary>
public sealed class HomeAgentState
{
    private readonly Dictionary<IPAddress, HomeAddressState> _homes = [];

    internal HomeAgentState(HomeAgentSettings settings, HomeAgentRules rules)
    {
        Settings = settings;
        Rules = rules;
        Vocabulary = McoaVocabulary.Of(settings.Mcoa);
        Numbers = new SequenceWindow(rules.SequenceScope);
        Forwarding = new Forwarding<IPAddress>(Actions);
        NetworkForwarding = new Forwarding<IPAddress>(Actions);
        Ipv4Forwarding = new Forwarding<IPAddress>(Actions);
    }

    public HomeAgentSettings Settings { get; }

    public HomeAgentRules Rules { get; }

    /// <summary>The options and statuses of the edition; null without several care-of addresses.</summary>
    public McoaVocabulary? Vocabulary { get; }

    public ActionQueue Actions { get; } = new();

    public MobileBindingCache Bindings { get; } = new();

    public SequenceWindow Numbers { get; }

    public DeadlineQueue<HomeAgentDeadline> Deadlines { get; } = new();

    /// <summary>The tunnels and the route of each home address.</summary>
    public Forwarding<IPAddress> Forwarding { get; }

    /// <summary>The routes of the mobile networks of each home address.</summary>
    public Forwarding<IPAddress> NetworkForwarding { get; }

    /// <summary>The routes of the IPv4 home address of each home address (RFC 5555, Section 4.5).</summary>
    public Forwarding<IPAddress> Ipv4Forwarding { get; }

    /// <summary>The tests of home addresses that are running.</summary>
    public Dictionary<IPAddress, DuplicateAddressTest> Tests { get; } = [];

    /// <summary>What is known of a home address; null if nothing is.</summary>
    public HomeAddressState? Find(IPAddress home) => _homes.GetValueOrDefault(home);

    /// <summary>What is known of a home address, to be added to.</summary>
    public HomeAddressState Of(IPAddress home)
    {
        if (!_homes.TryGetValue(home, out var state))
        {
            _homes.Add(home, state = new HomeAddressState(home));
        }
        return state;
    }

    /// <summary>Whether a home address has an IPv4 home address.</summary>
    public bool HasAssigned(IPAddress ipv4HomeAddress) => _homes.Values.Any(home => ipv4HomeAddress.Equals(home.Ipv4HomeAddress));

    /// <summary>Puts a binding into the Binding Cache and sets its deadlines.</summary>
    public void Put(MobileBinding binding)
    {
        Bindings.Put(binding);
        CancelDeadlines(binding.Key);
        Deadlines.Cancel(new HomeAgentDeadline.EndOfSequenceNumber(Numbers.ScopeOf(binding.Key)));
        if (binding.EndsAt is not { } end)
        {
            return;
        }

        Deadlines.Set(new HomeAgentDeadline.EndOfBinding(binding.Key), end);
        if (Settings.RefreshRequestBefore is { } before)
        {
            Deadlines.Set(new HomeAgentDeadline.RefreshDue(binding.Key), end - before);
        }
    }

    /// <summary>Removes a binding from the Binding Cache. Its sequence number is kept.</summary>
    public void Remove(BindingKey key)
    {
        Bindings.Remove(key);
        CancelDeadlines(key);
    }

    /// <summary>Whether a binding is left whose sequence number is counted with that of <paramref name="key"/>.</summary>
    public bool IsCounted(BindingKey key) => Bindings.Of(key.Home).Any(binding => Numbers.ScopeOf(binding.Key) == Numbers.ScopeOf(key));

    /// <summary>Ends what is known of a home address that has no bindings any more.</summary>
    public void Forget(IPAddress home) => _homes.Remove(home);

    private void CancelDeadlines(BindingKey key)
    {
        Deadlines.Cancel(new HomeAgentDeadline.EndOfBinding(key));
        Deadlines.Cancel(new HomeAgentDeadline.RefreshDue(key));
    }
}
