using System.Net;

namespace Pmip.Protocol.Stack;

/// <summary>
/// The home addresses for which this node serves care-of addresses as a correspondent (RFC 6275, Section 9.3): those that it accepts in a
/// Home Address option, and those to which it sends with a type 2 routing header.
/// </summary>
internal sealed class HomeAddresses
{
    private readonly HashSet<(IPAddress Home, IPAddress CareOf)> _accepted = [];
    private readonly Dictionary<IPAddress, List<IPAddress>> _optimized = [];

    public void Accept(IPAddress home, IPAddress careOf) => _accepted.Add((home, careOf));

    public void Refuse(IPAddress home, IPAddress careOf) => _accepted.Remove((home, careOf));

    public bool IsAccepted(IPAddress home, IPAddress careOf) => _accepted.Contains((home, careOf));

    /// <summary>Adds a care-of address, or makes it the last of those of the home address.</summary>
    public void Optimize(IPAddress home, IPAddress careOf)
    {
        if (!_optimized.TryGetValue(home, out var careOfs))
        {
            _optimized.Add(home, careOfs = []);
        }
        careOfs.Remove(careOf);
        careOfs.Add(careOf);
    }

    public void EndOptimization(IPAddress home, IPAddress careOf)
    {
        if (_optimized.TryGetValue(home, out var careOfs) && careOfs.Remove(careOf) && careOfs.Count == 0)
        {
            _optimized.Remove(home);
        }
    }

    /// <summary>
    /// The care-of addresses of a home address, in the order in which they were added; none: packets go to the home address.
    /// </summary>
    public IReadOnlyList<IPAddress> CareOfAddressesOf(IPAddress home) => _optimized.GetValueOrDefault(home) ?? [];
}
