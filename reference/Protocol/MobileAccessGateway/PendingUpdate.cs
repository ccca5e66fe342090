using System.Collections.Immutable;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>What a Proxy Binding Update is for.</summary>
public enum UpdateKind
{
    /// <summary>RFC 5213, Section 6.9.1.1.</summary>
    Initial,

    /// <summary>RFC 5213, Section 6.9.1.3.</summary>
    Extension,

    /// <summary>RFC 5213, Section 6.9.1.4.</summary>
    DeRegistration,
}

/// <summary>A request that is to be sent, or has been sent and not been answered.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="HomeNetworkPrefixes">The prefixes it asks for; none to leave the choice to the anchor.</param>
public sealed record PendingUpdate(UpdateKind Kind, IReadOnlyList<Ipv6Prefix> HomeNetworkPrefixes)
{
    /// <summary>The message as sent last; null before the first transmission.</summary>
    public BindingUpdate? Message { get; init; }

    /// <summary>The numbers of the latest transmissions: an answer to any of them answers the request.</summary>
    public ImmutableList<ushort> SequenceNumbers { get; init; } = [];

    /// <summary>How long the last transmission waits for its answer; zero when there is to be no other.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>It stands for a request that has been rejected; if it is rejected as well, the next one waits its turn.</summary>
    public bool IsSecondAttempt { get; init; }

    /// <summary>An answer has shown options that are not the request's: it is not sent again (RFC 5213, Section 6.9.1.2(6)).</summary>
    public bool IsGivenUp { get; init; }
}
