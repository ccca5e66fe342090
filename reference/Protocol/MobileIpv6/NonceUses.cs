using System.Net;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// What a correspondent node remembers of the nonces in its bindings beyond their end, so that an old Binding Update does not bring one
/// back (RFC 6275, Sections 5.2.8 and 9.5.3).
/// </summary>
public sealed class NonceUses
{
    private readonly Dictionary<NonceUse, (ushort SequenceNumber, bool IsSpent)> _uses = [];

    /// <summary>A binding was made or renewed with these nonces.</summary>
    public void Record(NonceUse use, ushort sequenceNumber) => _uses[use] = (sequenceNumber, false);

    /// <summary>On request a binding was deleted: the nonces used for these addresses do not serve them again.</summary>
    public void Spend(IPAddress home, IPAddress careOf)
    {
        foreach (var use in _uses.Keys.Where(use => use.Home.Equals(home) && use.CareOf.Equals(careOf)).ToList())
        {
            _uses[use] = (_uses[use].SequenceNumber, true);
        }
    }

    public bool IsSpent(NonceUse use) => _uses.TryGetValue(use, out var known) && known.IsSpent;

    /// <summary>The Sequence Number of the last Binding Update with these nonces; null if there was none.</summary>
    public ushort? LastSequenceNumber(NonceUse use) => _uses.TryGetValue(use, out var known) ? known.SequenceNumber : null;

    /// <summary>Forgets the uses of nonces that are not recognized any more.</summary>
    /// <param name="isRecognized">Whether the nonce with an index is.</param>
    public void Prune(Predicate<ushort> isRecognized)
    {
        ArgumentNullException.ThrowIfNull(isRecognized);
        foreach (var use in _uses.Keys.Where(use => !isRecognized(use.HomeIndex) || !isRecognized(use.CareOfIndex)).ToList())
        {
            _uses.Remove(use);
        }
    }
}
