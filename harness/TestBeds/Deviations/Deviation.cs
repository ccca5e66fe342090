using Conformance.Testing.Statements;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// An implementation with one fault, made from the reference without changing its code. A scenario whose purpose is
/// <paramref name="Statement"/> must fail; otherwise the suite does not test that statement.
/// </summary>
/// <param name="Description">The fault, as a verb phrase.</param>
public sealed record Deviation(string Name, string Description, StatementId Statement, Implementation Implementation)
{
    /// <summary>A reason of <see cref="WhyMany"/>, for a fault of everything that a device does for some mobile nodes.</summary>
    internal const string ShownByEachRule = "each rule about the messages and the packets of the mobile nodes concerned shows it";

    /// <summary>Why the fault violates more than three statements of one edition that are the purpose of scenarios; else null.</summary>
    public string? WhyMany { get; init; }

    /// <summary>The roles whose scenarios can show the fault; null for all.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>The same fault in an implementation that claims further ICS items.</summary>
    internal Deviation Claiming(params IReadOnlyList<string> items) =>
        this with
        {
            Implementation = Implementation with { Claims = items },
        };

    internal static Deviation Of(string name, string description, string statement, Func<Implementation, Implementation> change) =>
        new(name, description, new StatementId(statement), change(new Implementation(name)));

    /// <summary>A local mobility anchor with other rules.</summary>
    internal static Deviation OfLma(
        string name,
        string description,
        string statement,
        Func<LocalMobilityAnchorRules, LocalMobilityAnchorRules> change
    ) => InLma(name, description, statement, lma => lma with { Changes = Changes.To<LocalMobilityAnchorRules>(change) });

    /// <summary>A local mobility anchor with any change.</summary>
    internal static Deviation InLma(string name, string description, string statement, Func<Implementation, Implementation> change) =>
        Of(name, description, statement, change) with
        {
            Roles = ["LMA", "E2E"],
        };

    /// <summary>A mobile access gateway with other rules.</summary>
    internal static Deviation OfMag(
        string name,
        string description,
        string statement,
        Func<MobileAccessGatewayRules, MobileAccessGatewayRules> change
    ) =>
        Of(name, description, statement, mag => mag with { Changes = Changes.To<MobileAccessGatewayRules>(change) }) with
        {
            Roles = ["MAG", "E2E"],
        };
}
