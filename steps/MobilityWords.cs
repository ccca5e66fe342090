using Conformance.Testing.Roles;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>Where something is sent from; null if a step does not say it.</summary>
public sealed record FromPlace(CareOf? Place);

/// <summary>Places of a mobile node.</summary>
public sealed record Places(IReadOnlyList<CareOf> All);

/// <summary>The sender of packets for a mobile node: a host on the home link, or a correspondent node elsewhere.</summary>
public sealed record Sender(bool IsOnHomeLink);

/// <summary>What a Binding Refresh Request is about; null for a binding without BID.</summary>
public sealed record Refreshed(Bids? Bids);

/// <summary>A message of return routability.</summary>
public sealed record ReturnTest(TestInitKind Kind);

/// <summary>Packets of a mobile node by their form.</summary>
public sealed record Carried(CarriedPackets Packets);

/// <summary>What happens to packets of a mobile node.</summary>
public sealed record Treatment(CarriedTreatment Kind);

/// <summary>An address of a mobile node on the home link.</summary>
public sealed record HomeLinkAddress(DefendedAddress Kind);

/// <summary>Whether two values are equal.</summary>
public sealed record Comparison(bool IsEqual);

/// <summary>Whether something happens.</summary>
public sealed record Happening(bool Happens);

/// <summary>
/// Converts the words in steps about care-of addresses and bindings. Reqnroll allows no group in a pattern but the one around it, so that a
/// list is described by its first word and its letters, or by its lengths.
/// </summary>
[Binding]
public static class MobilityWords
{
    private const string Ipv6 = @"CoA\d";
    private const string Ipv4 = @"IPv4 CoA\d";
    private const string Home = "the home link";
    private const string Bid = @" as BID \d+";

    /// <summary>What may follow the first binding of a list: its letters.</summary>
    private const string More = "[CoAasBIDthenmlikdPv0-9, ]*";

    [StepArgumentTransformation($"({Ipv6}|{Ipv4}|{Home})", Name = "CoA")]
    public static CareOf CareOfAddress(string words) => CareOf.Read(words);

    /// <summary><c>CoA1</c>, <c>CoA1 as BID 1, IPv4 CoA2 as BID 2 and the home link as BID 3</c>.</summary>
    [StepArgumentTransformation($"({Ipv6}{Bid}{More}|{Ipv4}{Bid}{More}|{Home}{Bid}{More}|{Ipv6}|{Ipv4}|{Home})", Name = "Bindings")]
    public static RequestedBindings Bindings(string words) => RequestedBindings.Read(words);

    [StepArgumentTransformation(@"(BID \d+, BID \d+ and BID \d+|BID \d+ and BID \d+|BID \d+)", Name = "Bids")]
    public static Bids BindingIdentifiers(string words) => Bids.Read(words);

    [StepArgumentTransformation(@"(its binding|BID \d+, BID \d+ and BID \d+|BID \d+ and BID \d+|BID \d+)", Name = "Refreshed")]
    public static Refreshed ToRefresh(string words) => new(words == "its binding" ? null : Bids.Read(words));

    [StepArgumentTransformation($"( from {Ipv6}| from {Ipv4}| from {Home}|)", Name = "FromCoA")]
    public static FromPlace From(string words) => new(words.Length == 0 ? null : CareOf.Read(words[" from ".Length..]));

    [StepArgumentTransformation(
        $"({Ipv6}, {Ipv6} or {Ipv6}|{Ipv6}, {Ipv6} or {Home}|{Ipv6} or {Ipv6}|{Ipv6} or {Ipv4}|{Ipv4} or {Ipv6}|{Ipv4} or {Ipv4}"
            + $"|{Ipv6} or {Home}|{Ipv6}|{Ipv4}|{Home})",
        Name = "CoAs"
    )]
    public static Places CareOfAddresses(string words) =>
        new([.. words.Split([", ", " or "], StringSplitOptions.None).Select(CareOf.Read)]);

    /// <summary>A correspondent node unless it says a host on the home link.</summary>
    [StepArgumentTransformation("( from the home link|)", Name = "Sender")]
    public static Sender SentFrom(string words) => new(words.Length > 0);

    [StepArgumentTransformation("(Home Test Init|Care-of Test Init)", Name = "TestInit")]
    public static ReturnTest Init(string name) => OfName(name);

    [StepArgumentTransformation("(Home Test|Care-of Test)", Name = "Test")]
    public static ReturnTest Test(string name) => OfName(name);

    [StepArgumentTransformation("(tunnelled packets|packets with a Home Address option)", Name = "Carried")]
    public static Carried Form(string words) =>
        new(words == "tunnelled packets" ? CarriedPackets.Tunnelled : CarriedPackets.WithHomeAddressOption);

    [StepArgumentTransformation("(accepted|dropped|answered by a Binding Error)", Name = "Treatment")]
    public static Treatment HowTreated(string words) =>
        new(
            words switch
            {
                "accepted" => CarriedTreatment.Accepted,
                "dropped" => CarriedTreatment.Dropped,
                _ => CarriedTreatment.AnsweredByBindingError,
            }
        );

    [StepArgumentTransformation("(home address|link-local address)", Name = "Address")]
    public static HomeLinkAddress OnHomeLink(string words) =>
        new(words == "home address" ? DefendedAddress.HomeAddress : DefendedAddress.LinkLocalAddress);

    [StepArgumentTransformation("(equal|different)", Name = "Comparison")]
    public static Comparison Compared(string word) => new(word == "equal");

    [StepArgumentTransformation("(defends|does not defend)", Name = "Defends")]
    public static Happening Defends(string words) => IfPositive(words);

    [StepArgumentTransformation("(announces|does not announce)", Name = "Announces")]
    public static Happening Announces(string words) => IfPositive(words);

    [StepArgumentTransformation("(tests|does not test)", Name = "Tests")]
    public static Happening Tests(string words) => IfPositive(words);

    /// <summary>The role under test with which mobile nodes register.</summary>
    [StepArgumentTransformation("(HA|CN)", Name = "Peer")]
    public static TestedRole Peer(string tag) => new(tag);

    private static Happening IfPositive(string words) => new(!words.StartsWith("does not", StringComparison.Ordinal));

    private static ReturnTest OfName(string name) =>
        new(name.StartsWith("Home", StringComparison.Ordinal) ? TestInitKind.Home : TestInitKind.CareOf);
}
