using System.Net;
using System.Net.Sockets;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>The configuration of a correspondent node with route optimization, RFC 6275, Section 8.2.</summary>
public sealed record CorrespondentNodeSettings
{
    /// <summary>RFC 6275, Section 12: MAX_RR_BINDING_LIFETIME.</summary>
    public static readonly TimeSpan MaximumReturnRoutabilityBindingLifetime = TimeSpan.FromSeconds(420);

    /// <summary>RFC 6275, Section 12: MAX_NONCE_LIFETIME.</summary>
    public static readonly TimeSpan MaximumNonceLifetime = TimeSpan.FromSeconds(240);

    /// <summary>The address to which mobile nodes send tests and Binding Updates.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>How several care-of addresses are registered.</summary>
    public McoaEdition Mcoa { get; init; }

    /// <summary>Whether several care-of addresses may be registered, RFC 5648, Section 4.4 (status 166).</summary>
    public bool AllowsMultipleCareOfAddresses { get; init; } = true;

    /// <summary>Whether bindings are cached; if not, every valid request to cache one is refused with status 129.</summary>
    public bool AcceptsBindings { get; init; } = true;

    /// <summary>The longest lifetime granted, 4 s to <see cref="MaximumReturnRoutabilityBindingLifetime"/>.</summary>
    public TimeSpan MaximumLifetime { get; init; } = MaximumReturnRoutabilityBindingLifetime;

    /// <summary>
    /// How long a nonce is recognized after its first use, up to <see cref="MaximumNonceLifetime"/>. Every eighth part of this time a new
    /// nonce takes its place in new tokens (RFC 6275, Section 5.2.7).
    /// </summary>
    public TimeSpan NonceLifetime { get; init; } = MaximumNonceLifetime;

    /// <summary>How long before its end a binding is asked to be refreshed, RFC 6275, Section 9.5.5; null: never.</summary>
    public TimeSpan? RefreshRequestBefore { get; init; }

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public void Validate()
    {
        Require(Address.AddressFamily == AddressFamily.InterNetworkV6, nameof(Address), "must be an IPv6 address");
        Require(
            MaximumLifetime >= LifetimeField.Unit && MaximumLifetime <= MaximumReturnRoutabilityBindingLifetime,
            nameof(MaximumLifetime),
            "must be between 4 s and 420 s"
        );
        Require(
            NonceLifetime > TimeSpan.Zero && NonceLifetime <= MaximumNonceLifetime,
            nameof(NonceLifetime),
            "must be positive and at most 240 s"
        );
        Require(RefreshRequestBefore is not { } before || before > TimeSpan.Zero, nameof(RefreshRequestBefore), "must be positive");
    }

    private static void Require(bool condition, string name, string rule)
    {
        if (!condition)
        {
            throw new ArgumentException($"{name} {rule}.", name);
        }
    }
}
