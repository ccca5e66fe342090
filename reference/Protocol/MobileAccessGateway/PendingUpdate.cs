using System.Collections.Immutable;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>The purpose of a Proxy Binding Update.</summary>
public enum UpdateKind
{
    /// <summary>RFC 5213, Section 6.9.1.1.</summary>
    Initial,

    /// <summary>RFC 5213, Section 6.9.1.3.</summary>
    Extension,

    /// <summary>RFC 5213, Section 6.9.1.4.</summary>
    DeRegistration,

    /// <summary>RFC 5844, Section 3.2.3.3: the IPv4 home address alone is de-registered.</summary>
    Ipv4Release,
}

/// <summary>A request that has not been sent or not been answered yet.</summary>
/// <param name="Kind">The purpose of the request.</param>
/// <param name="HomeNetworkPrefixes">The requested prefixes; empty to leave the choice to the LMA.</param>
public sealed record PendingUpdate(UpdateKind Kind, IReadOnlyList<Ipv6Prefix> HomeNetworkPrefixes)
{
    /// <summary>The IP versions that the request is about (RFC 5844, Section 3.2.3.1).</summary>
    public IpVersions IpVersions { get; init; } = IpVersions.Ipv6;

    /// <summary>The requested IPv4 home addresses; empty to leave the choice to the LMA.</summary>
    public IReadOnlyList<Ipv4HomeAddress> Ipv4HomeAddresses { get; init; } = [];

    /// <summary>The message last sent; null before the first transmission.</summary>
    public BindingUpdate? Message { get; init; }

    /// <summary>The headers before the message last sent; null before the first transmission.</summary>
    public SignalingTransport? Path { get; init; }

    /// <summary>As <see cref="RoleAction.SendSignal.ProtectedFor"/> of that message.</summary>
    public IPAddress? ProtectedFor { get; init; }

    /// <summary>The sequence numbers of the latest transmissions; an answer to any of them answers the request.</summary>
    public ImmutableList<ushort> SequenceNumbers { get; init; } = [];

    /// <summary>The timeout of the last transmission; zero if there is no retransmission.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>The request replaces a rejected one. If it is rejected as well, the next one waits for the retransmission time.</summary>
    public bool IsSecondAttempt { get; init; }

    /// <summary>
    /// An answer had options that differ from the request's: the request is not retransmitted (RFC 5213, Section 6.9.1.2(6)).
    /// </summary>
    public bool IsGivenUp { get; init; }
}
