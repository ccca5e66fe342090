using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>A request for an IPv4 home address; 0.0.0.0/0 leaves the choice to the LMA.</summary>
public sealed record RequestedIpv4(Ipv4HomeAddress Address, OptionOctets Option)
{
    public bool IsDynamic => Address.Address.Equals(IPAddress.Any);

    public override string ToString() => $"{Address}";
}

/// <summary>What an answer says of an IPv4 home address.</summary>
public sealed record AnsweredIpv4(Ipv4HomeAddress Address, bool IsAccepted);

/// <summary>Reads the IPv4 options of a binding message in an edition. Options that are too short are left out.</summary>
public static class Ipv4OptionReader
{
    private const int Octets = 6;

    public static IReadOnlyList<RequestedIpv4> Requests(MobilityOctets message, WireEdition edition) =>
        [.. Of(message, Ipv4RequestKind.Of(edition), edition).Select(option => new RequestedIpv4(Ipv4RequestKind.Asked(option), option))];

    public static IReadOnlyList<AnsweredIpv4> Answers(MobilityOctets message, WireEdition edition) =>
        [
            .. Of(message, Ipv4ReplyKind.Of(edition), edition)
                .Select(option => new AnsweredIpv4(
                    Ipv4ReplyKind.Given(option),
                    Ipv4ReplyKind.StatusOf(option) < Ipv4ReplyKind.FirstRefusal
                )),
        ];

    /// <summary>The address in the first Default-Router option; null if there is none.</summary>
    public static IPAddress? DefaultRouter(MobilityOctets message, WireEdition edition) =>
        edition.Ipv4Options.HasFlag(Ipv4OptionSet.DefaultRouter)
            ? message
                .All(edition.Ipv4DefaultRouterType)
                .Where(option => option.Length >= Octets)
                .Select(Ipv4OptionOctets.Router)
                .FirstOrDefault()
            : null;

    private static IEnumerable<OptionOctets> Of(MobilityOctets message, MobilityOptionKind? kind, WireEdition edition) =>
        kind is null ? [] : message.All(kind.NumberIn(edition)).Where(option => option.Length >= Octets);
}
