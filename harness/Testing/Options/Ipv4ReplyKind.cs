using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>
/// The option with which an LMA answers for an IPv4 home address: that of RFC 5844, or that of RFC 5555 in the drafts. Words:
/// <c>192.0.2.1/24</c>, with status 0; for a received option those of <see cref="Matches"/>.
/// </summary>
public abstract class Ipv4ReplyKind(string name, int number, params (string Name, int Width)[] fields)
    : MobilityOptionKind(name, number, fields)
{
    /// <summary>The name in every edition.</summary>
    public const string NameInEditions = "IPv4 answer";

    /// <summary>The values of Status from here on refuse the address.</summary>
    public const byte FirstRefusal = 128;

    private const string Status = "status ";
    private const string OrAbove = " or above";
    private static readonly string[] _counts = ["", "one", "two", "three"];

    public override string CommonName => NameInEditions;

    public override (int Multiple, int Offset) Alignment(int length) => (4, 0);

    /// <summary>The option of an edition; null if it has none.</summary>
    public static Ipv4ReplyKind? Of(WireEdition edition) => Named(NameInEditions, edition) as Ipv4ReplyKind;

    /// <summary>The Status of a received option; 0 if the option is too short.</summary>
    public static byte StatusOf(OptionOctets option) => option.Length > 0 ? option.Data.Span[0] : (byte)0;

    /// <summary>The address and the prefix length of a received option.</summary>
    public static Ipv4HomeAddress Given(OptionOctets option) => Ipv4OptionOctets.Address(option, lengthOctet: 1);

    public override string Text(OptionOctets option) => $"status {StatusOf(option)}, {Given(option)}";

    /// <summary>
    /// True if every option has all of the words: a number (one, two), <c>status 129</c>, <c>status 128 or above</c>,
    /// <c>the requested address</c>, <c>its IPv4 home address</c>, <c>not the requested address</c>, or an address in the words of a
    /// request.
    /// </summary>
    public override bool Matches(IReadOnlyList<OptionOctets> given, string expected, OptionContext context)
    {
        var parts = expected.Split(", ");
        var count = Array.IndexOf(_counts, parts[0]);
        var words = count > 0 ? parts[1..] : parts;

        // Words that describe no value are a fault of the scenario, and do not count against the device.
        var isAsExpected = words.Select(word => Expectation(word, context)).ToList();
        return (count <= 0 || given.Count == count) && given.All(option => isAsExpected.TrueForAll(expectation => expectation(option)));
    }

    private static Func<OptionOctets, bool> Expectation(string word, OptionContext context)
    {
        if (word.StartsWith(Status, StringComparison.Ordinal))
        {
            var isLeast = word.EndsWith(OrAbove, StringComparison.Ordinal);
            var number = OptionWords.Number(isLeast ? word[Status.Length..^OrAbove.Length] : word[Status.Length..], byte.MaxValue);
            return option => isLeast ? StatusOf(option) >= number : StatusOf(option) == number;
        }

        var addresses = word switch
        {
            "the requested address" or "not the requested address" => Requested(context),
            "its IPv4 home address" => Some(context.Node.Session.Ipv4Addresses, context.Node),
            "its earlier IPv4 home address" => Some(context.Node.EarlierIpv4Addresses, context.Node),
            _ => [Ipv4OptionOctets.OfNetwork(word, context.Session) ?? throw Unknown(word)],
        };
        return option => addresses.Contains(Given(option)) != word.StartsWith("not ", StringComparison.Ordinal);
    }

    /// <exception cref="StepFailedException">There is none: nothing can be compared.</exception>
    private static IReadOnlyList<Ipv4HomeAddress> Some(IReadOnlyList<Ipv4HomeAddress> assigned, MobileNode node) =>
        assigned.Count > 0 ? assigned : throw new StepFailedException($"no IPv4 home address was assigned to {node.Name}");

    private static IReadOnlyList<Ipv4HomeAddress> Requested(OptionContext context) =>
        Ipv4RequestKind.Of(context.Edition) is { } kind && context.Request is { } request
            ? [.. request.All(kind.NumberIn(context.Edition)).Select(Ipv4RequestKind.Asked)]
            : throw new ScenarioFaultException("The message answers no request for an IPv4 home address.");

    private static ScenarioFaultException Unknown(string word) =>
        new(
            $"'{word}' is not an expectation for an IPv4 answer: say one, two or three, status 129, status 128 or above, the requested "
                + "address, not the requested address, its (earlier) IPv4 home address, fixed, foreign or unassigned."
        );
}
