using System.Net;

namespace Conformance.Testing.Roles.Mn;

/// <summary>A binding that a peer of the mobile node under test has.</summary>
/// <param name="Bid">The Binding Identifier; null for a binding without one.</param>
/// <param name="CareOf">The home address for a home binding.</param>
/// <param name="From">When it was registered last.</param>
/// <param name="Until">When it ends.</param>
public sealed record PeerBinding(int? Bid, IPAddress CareOf, ushort SequenceNumber, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>True for the home binding of a mobile node that is at home and elsewhere (RFC 5648, Section 5.6.3).</summary>
    public bool IsHome { get; init; }
}

/// <summary>The bindings of the mobile node under test at a peer that the tester plays.</summary>
public sealed class PeerBindings
{
    private readonly List<PeerBinding> _all = [];
    private readonly HashSet<int> _granted = [];

    /// <summary>When the last of all bindings that were ever granted ends; the beginning of time if none was.</summary>
    public DateTimeOffset LastEnd { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>True if a binding with this BID was ever granted.</summary>
    public bool HasGranted(int bid) => _granted.Contains(bid);

    /// <summary>The bindings at a time, in the order of their registration.</summary>
    public IReadOnlyList<PeerBinding> At(DateTimeOffset time) => [.. _all.Where(binding => binding.Until > time)];

    /// <summary>The binding with a BID, or without one, at a time; null if there is none.</summary>
    public PeerBinding? Find(int? bid, DateTimeOffset time) => _all.Find(binding => binding.Bid == bid && binding.Until > time);

    public void Put(PeerBinding binding)
    {
        var at = _all.FindIndex(known => known.Bid == binding.Bid);
        if (at < 0)
        {
            _all.Add(binding);
        }
        else
        {
            _all[at] = binding;
        }

        if (binding.Bid is { } bid)
        {
            _granted.Add(bid);
        }

        LastEnd = binding.Until > LastEnd ? binding.Until : LastEnd;
    }

    public void Remove(int? bid) => _all.RemoveAll(binding => binding.Bid == bid);

    public void Clear() => _all.Clear();
}
