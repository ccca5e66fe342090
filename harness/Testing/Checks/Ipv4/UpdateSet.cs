using Conformance.Testing.Statements;

namespace Conformance.Testing.Checks.Ipv4;

/// <summary>
/// The checks of the IPv4 options and of the IPv4 transport of every Proxy Binding Update that a MAG under test sends, in one edition.
/// </summary>
internal abstract class UpdateSet(string edition) : ICheckSet
{
    public Edition Edition { get; } = Edition.Find(edition)!;

    public IReadOnlyList<string> Roles { get; } = ["MAG"];

    public IReadOnlyList<Check> Checks =>
        [
            .. UpdateIpv4
                .All.Concat(UpdateIpv4Purpose.All)
                .Concat(UpdateTransport.All)
                .Concat(UpdateTransportOptions.All)
                .Select(check => check.In(Edition))
                .OfType<Check>(),
        ];

    /// <summary>
    /// A check with its rows in each edition: section and number, several with spaces; empty where the edition demands nothing of the kind.
    /// </summary>
    public static EditionCheck<Update> Row(string name, string rfc5844, string draft04, string draft02, Func<Update, CheckResult?> judge) =>
        new(name, Ids("rfc5844", rfc5844), Ids("ipv4-draft-04", draft04), Ids("ipv4-draft-02", draft02), judge);

    private static string? Ids(string edition, string rows) =>
        rows.Length == 0 ? null : string.Join(' ', rows.Split(' ').Select(row => $"{edition}-{row}"));
}

/// <summary>RFC 5844, Sections 3.1.2.1, 3.2.2, 3.2.3, 4.1.2 and 4.2.2.</summary>
internal sealed class Rfc5844UpdateSet() : UpdateSet("rfc5844");

/// <summary>draft-ietf-netlmm-pmip6-ipv4-support-04, Sections 3.1.2.1, 3.2.2, 3.2.3, 4.1.2, 4.2.2 and 5.2.</summary>
internal sealed class Draft04UpdateSet() : UpdateSet("ipv4-draft-04");

/// <summary>draft-ietf-netlmm-pmip6-ipv4-support-02, Sections 3.1, 3.2.2, 3.3.2, 4, 4.1 and 4.2.2.</summary>
internal sealed class Draft02UpdateSet() : UpdateSet("ipv4-draft-02");
