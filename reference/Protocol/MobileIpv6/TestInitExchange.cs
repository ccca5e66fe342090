namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// A test of the home address or of a care-of address with a correspondent node, as a mobile node has it in its Binding Update List, RFC
/// 6275, Section 11.6.
/// </summary>
/// <param name="peer">The correspondent node.</param>
/// <param name="careOf">The care-of address; null for the home address.</param>
public sealed class TestInitExchange(MobileNodePeer peer, CareOfAddress? careOf)
{
    public MobileNodePeer Peer { get; } = peer;

    public CareOfAddress? CareOf { get; } = careOf;

    /// <summary>The cookie of the last test init.</summary>
    public ulong Cookie { get; set; }

    /// <summary>The last test init had a Binding Identifier option.</summary>
    public bool HasBindingId { get; set; }

    /// <summary>When the last test init was sent.</summary>
    public Instant SentAt { get; set; }

    /// <summary>The time until the next test init.</summary>
    public TimeSpan Timeout { get; set; }

    /// <summary>The answer is awaited.</summary>
    public bool IsRunning { get; set; }

    /// <summary>The rate of messages holds the next transmission back.</summary>
    public bool IsHeldBack { get; set; }

    /// <summary>The correspondent node gives no token for the address (draft-ietf-monami6-multiplecoa-04, Section 6.2).</summary>
    public bool IsRefused { get; set; }

    /// <summary>The keygen token; null if there is none.</summary>
    public ulong? Token { get; private set; }

    public ushort NonceIndex { get; private set; }

    /// <summary>Whether a token may be used at a time.</summary>
    public bool HasToken(Instant now) => Token is not null && now < SentAt + MobileNodeSettings.MaximumTokenLifetime;

    public void Receive(ulong token, ushort nonceIndex) => (Token, NonceIndex, IsRunning) = (token, nonceIndex, false);

    /// <summary>The correspondent node does not recognize the token any more.</summary>
    public void Spend() => Token = null;
}
