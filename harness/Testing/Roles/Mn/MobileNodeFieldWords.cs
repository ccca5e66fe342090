using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles.Mn;

/// <summary>Replaces words in tables and edits by what the mobile node under test has chosen: its BIDs and care-of addresses.</summary>
/// <remarks><c>the BID of link 1</c>, <c>the care-of address of link 1</c>, <c>the home address</c>.</remarks>
public sealed partial class MobileNodeFieldWords(TestSession session, MobileNodeLinks links, MobileNodeBids bids)
{
    /// <exception cref="StepFailedException">The mobile node has not shown its choice yet.</exception>
    public string Replaced(string words) =>
        AddressForm()
            .Replace(BidForm().Replace(words, match => Bid(Link(match))), match => CareOf(Link(match)))
            .Replace("the home address", links.Known.HomeAddress.ToString(), StringComparison.Ordinal);

    /// <inheritdoc cref="Replaced(string)"/>
    public EditList Replaced(EditList edits) =>
        new([
            .. edits.Edits.Select(edit =>
                edit switch
                {
                    Edit.Set set => set with { Value = Replaced(set.Value) },
                    Edit.SetInOption set => set with { Value = Replaced(set.Value) },
                    _ => edit,
                }
            ),
        ]);

    /// <summary>The address that words mean: <c>a foreign address</c> is in the home prefix of nobody.</summary>
    /// <exception cref="ScenarioFaultException">They mean none.</exception>
    public IPAddress Address(string words) =>
        words == "a foreign address" ? Foreign
        : IPAddress.TryParse(Replaced(words), out var address) ? address
        : throw new ScenarioFaultException($"'{words}' is no address.");

    /// <summary>An address that is not of the mobile node.</summary>
    public IPAddress Foreign => session.Ixit.ForeignPrefix.AddressWith(links.Known.HomeAddress.GetAddressBytes().AsSpan(8));

    private static PortId Link(Match match) =>
        match.Groups["number"] is { Success: true, Value: var number }
            ? Ports.Access(int.Parse(number, CultureInfo.InvariantCulture))
            : Ports.Home;

    private string Bid(PortId link) =>
        bids.Of(link)?.ToString(CultureInfo.InvariantCulture)
        ?? throw new StepFailedException($"the mobile node has not used a BID for {MobileNodeWanted.Words(link)} yet");

    private string CareOf(PortId link) =>
        links.CareOfOn(link)?.ToString()
        ?? throw new StepFailedException($"the mobile node has shown no care-of address on {MobileNodeWanted.Words(link)} yet");

    [GeneratedRegex(@"the BID of (?:link (?<number>\d)|the home link)")]
    private static partial Regex BidForm();

    [GeneratedRegex(@"the care-of address of (?:link (?<number>\d)|the home link)")]
    private static partial Regex AddressForm();
}
