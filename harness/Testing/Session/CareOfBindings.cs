namespace Conformance.Testing.Session;

/// <summary>A binding of a care-of address, as the tester knows it.</summary>
/// <param name="CareOf">The place of the care-of address.</param>
/// <param name="Bid">The Binding Identifier; null for a binding without one.</param>
/// <param name="Until">Its end, by the lifetime that was granted.</param>
public sealed record CareOfBinding(CareOf CareOf, ushort? Bid, DateTimeOffset Until);

/// <summary>
/// What a mobile node of Mobile IPv6 has registered with the implementation under test, and the sequence number of its updates, which one
/// counter gives for all bindings (RFC 5648, Section 4.1).
/// </summary>
public sealed class CareOfBindings
{
    private readonly List<CareOfBinding> _all = [];
    private ushort? _sequenceNumber;

    /// <summary>In the order in which they were registered or refreshed last.</summary>
    public IReadOnlyList<CareOfBinding> All => _all;

    /// <summary>The place that was registered last; null without a binding.</summary>
    public CareOf? Last => _all.Count > 0 ? _all[^1].CareOf : null;

    /// <summary>The binding with a BID, or that without one; null if there is none.</summary>
    public CareOfBinding? Of(ushort? bid) => _all.Find(binding => binding.Bid == bid);

    /// <summary>
    /// Requires that a binding at one of the places lives on, if there are any: an implementation may grant shorter lifetimes than a
    /// scenario asks for.
    /// </summary>
    /// <exception cref="StepFailedException">All of them have ended.</exception>
    public void RequireLiving(IReadOnlyList<CareOf> places, DateTimeOffset now)
    {
        var there = _all.Where(binding => places.Contains(binding.CareOf)).ToList();
        if (there.Count > 0 && there.TrueForAll(binding => binding.Until <= now))
        {
            throw new StepFailedException($"no binding at {string.Join(" or ", places)} lives on: no longer lifetime was granted");
        }
    }

    /// <summary>The number of the next update, modulo 2^16 (RFC 6275, Section 11.7.1).</summary>
    /// <param name="first">The number to begin with.</param>
    public ushort NextSequenceNumber(ushort first) => (_sequenceNumber = (ushort)((_sequenceNumber ?? first) + 1)).Value;

    /// <summary>Notes the number of an update that was accepted: later ones count from there.</summary>
    public void Accepted(ushort sequenceNumber) => _sequenceNumber = sequenceNumber;

    public void Registered(CareOfBinding binding)
    {
        Removed(binding.Bid);
        _all.Add(binding);
    }

    public void Removed(ushort? bid) => _all.RemoveAll(binding => binding.Bid == bid);

    public void Clear() => _all.Clear();
}
