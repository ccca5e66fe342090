using System.Net;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A home agent or correspondent node with which a mobile node registers, and its part of the Binding Update List.</summary>
/// <param name="address">Its address.</param>
/// <param name="isHomeAgent">Otherwise it is a correspondent node.</param>
/// <param name="sequenceNumber">The last Sequence Number sent, at first any value (RFC 6275, Section 11.7.2).</param>
public sealed class MobileNodePeer(IPAddress address, bool isHomeAgent, ushort sequenceNumber)
{
    private readonly List<MobileNodeBinding> _bindings = [];
    private readonly Dictionary<IPAddress, TestInitExchange> _careOfTests = [];
    private TestInitExchange? _homeTest;

    public IPAddress Address { get; } = address;

    public bool IsHomeAgent { get; } = isHomeAgent;

    /// <summary>The last number sent. There is one for all bindings (RFC 5648, Section 4.1), which the draft permits.</summary>
    public ushort SequenceNumber { get; set; } = sequenceNumber;

    /// <summary>Whether updates have Binding Identifier options.</summary>
    public bool UsesBindingIds { get; set; }

    /// <summary>The peer has returned a Binding Identifier option.</summary>
    public bool KnowsBindingIds { get; set; }

    /// <summary>Whether an update may be about several bindings.</summary>
    public bool RegistersInBulk { get; set; }

    /// <summary>The next registration has the O flag: what the peer has besides is not known.</summary>
    public bool Overwrites { get; set; }

    /// <summary>The peer has not refused a home binding (status 169).</summary>
    public bool AllowsHomeBinding { get; set; } = true;

    /// <summary>How often the peer has found flags different in one update; in the draft only.</summary>
    public int FlagConflicts { get; set; }

    /// <summary>No updates are sent to the peer any more.</summary>
    public bool IsRefused { get; set; }

    /// <summary>When care-of addresses that wait for others are registered; null if none waits.</summary>
    public Instant? GathersUntil { get; set; }

    /// <summary>The de-registration of all bindings that waits for its acknowledgement.</summary>
    public MobileNodeUpdate? PendingRemoval { get; set; }

    /// <summary>The test of the home address; null at the home agent.</summary>
    public TestInitExchange? HomeTest => IsHomeAgent ? null : _homeTest ??= new TestInitExchange(this, careOf: null);

    /// <summary>The tests of care-of addresses; none at the home agent.</summary>
    public IReadOnlyCollection<TestInitExchange> CareOfTests => _careOfTests.Values;

    /// <summary>Every test of the peer.</summary>
    public IEnumerable<TestInitExchange> Tests => HomeTest is null ? [] : CareOfTests.Prepend(HomeTest);

    /// <summary>Something was sent to the peer.</summary>
    public bool IsKnown { get; set; }

    /// <summary>In the order in which they were first wanted.</summary>
    public IReadOnlyList<MobileNodeBinding> Bindings => _bindings;

    /// <summary>The bindings that the peer has acknowledged.</summary>
    public IEnumerable<MobileNodeBinding> Acknowledged => _bindings.Where(binding => binding.Registered is not null);

    /// <summary>Every update that waits for its acknowledgement, the oldest first.</summary>
    public IReadOnlyList<MobileNodeUpdate> Pending =>
        [
            .. _bindings
                .Select(binding => binding.Pending)
                .Append(PendingRemoval)
                .OfType<MobileNodeUpdate>()
                .Distinct()
                .OrderBy(update => update.SentAt),
        ];

    /// <summary>The test of a care-of address, made if there is none.</summary>
    public TestInitExchange CareOfTestOf(CareOfAddress careOf)
    {
        ArgumentNullException.ThrowIfNull(careOf);
        if (!_careOfTests.TryGetValue(careOf.Address, out var test))
        {
            _careOfTests.Add(careOf.Address, test = new TestInitExchange(this, careOf));
        }
        return test;
    }

    /// <summary>The binding with a BID, or without one; null if there is none.</summary>
    public MobileNodeBinding? Find(ushort? bindingId) => _bindings.Find(binding => binding.BindingId == bindingId);

    /// <summary>The binding with a BID, or without one, made if there is none.</summary>
    public MobileNodeBinding Of(ushort? bindingId)
    {
        if (Find(bindingId) is { } known)
        {
            return known;
        }

        var binding = new MobileNodeBinding(bindingId);
        _bindings.Add(binding);
        return binding;
    }

    public void Forget(MobileNodeBinding binding) => _bindings.Remove(binding);
}
