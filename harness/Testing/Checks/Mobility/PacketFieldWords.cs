using System.Globalization;
using System.Net;
using Conformance.Testing.Edits;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Conformance.Testing.Tester;
using Conformance.Testing.Verdicts;

namespace Conformance.Testing.Checks.Mobility;

/// <summary>
/// Expectations for what tables about messages of Mobile IPv6 name besides the fields of the message: the addresses of its packet, the
/// options that it has, and the fields of one option, such as <c>option[Binding Identifier].BID</c>.
/// </summary>
internal static class PacketFieldWords
{
    private const string Source = "Source";
    private const string Destination = "Destination";
    private const string HomeAddressOption = "Home Address option";
    private const string Options = "options";
    private const string Before = " before ";
    private const int AddressLength = 16;

    public static IReadOnlyList<string> Names { get; } = [Source, Destination, HomeAddressOption, Options, "option[Name].Field"];

    /// <returns>Null for a field of other words, and for a message of Proxy Mobile IPv6.</returns>
    /// <exception cref="ScenarioFaultException">The words are no field, or no value that it can have.</exception>
    /// <exception cref="StepFailedException">The option is not there, or is too short for the field.</exception>
    public static FieldJudgement? Judge(TestSession session, Packet packet, string field, string expected)
    {
        if (!session.Scenario.Edition.Includes(Edition.Rfc6275) || packet.Ip is not { } ip)
        {
            return null;
        }

        if (OptionField.Read(field) is { } named)
        {
            return OfOption(session, packet.Mobility!, named, field, expected);
        }

        return field switch
        {
            Source => OfAddress(session, field, expected, ip.Source),
            Destination => OfAddress(session, field, expected, ip.Destination),
            HomeAddressOption => OfHomeAddress(session, expected, ip.HomeAddress),
            Options => OfOptions(session, packet.Mobility!, expected),
            _ => null,
        };
    }

    private static FieldJudgement OfAddress(TestSession session, string field, string expected, IPAddress actual)
    {
        var ok = expected.Split(" or ", StringSplitOptions.TrimEntries).Any(words => Address(session, words).Equals(actual));
        return new(Observation.Source, ok, $"{field} {expected}", $"{field} {actual}", Octet: null);
    }

    private static FieldJudgement OfHomeAddress(TestSession session, string expected, IPAddress? actual)
    {
        var ok = expected switch
        {
            "none" or "absent" => actual is null,
            "present" => actual is not null,
            _ => Address(session, expected).Equals(actual),
        };
        return new(
            Observation.Options,
            ok,
            $"{HomeAddressOption} {expected}",
            $"{HomeAddressOption} {actual?.ToString() ?? "none"}",
            Octet: null
        );
    }

    /// <summary><c>the home address</c> is that of the mobile node under test.</summary>
    private static IPAddress Address(TestSession session, string words) =>
        words == "the home address" && session.Ixit.MobileNode is { } node
            ? node.HomeAddress
            : OptionWords.Address(words, new OptionContext(session, node: null));

    /// <summary><c>Nonce Indices, no Alternate Care-of Address, Binding Identifier before Binding Authorization Data</c>.</summary>
    private static FieldJudgement OfOptions(TestSession session, MobilityOctets message, string expected)
    {
        var edition = session.Scenario.Edition.Wire;
        var ok = expected.Split(',', StringSplitOptions.TrimEntries).All(IsRight);
        if (!ok && message.HidesOptions)
        {
            throw new StepFailedException("the message has octets that cannot be read as options: which options it has is not known");
        }

        var given = message.Options.Select(option => MobilityOptionKind.OfType(option.Type, edition).Name).ToList();
        return new(
            Observation.Options,
            ok,
            $"{Options}: {expected}",
            $"{Options}: {(given.Count == 0 ? "none" : string.Join(", ", given))}",
            message.Options.Count == 0 ? null : message.Options[0].Offset
        );

        bool IsRight(string words) =>
            words.Split(Before) is [var first, var second]
                ? message.All(Type(first)).All(one => message.All(Type(second)).All(two => one.Offset < two.Offset))
            : words.StartsWith("no ", StringComparison.Ordinal) ? message.First(Type(words[3..])) is null
            : message.First(Type(words)) is not null;

        int Type(string name) =>
            MobilityOptionKind.Named(name, edition)?.NumberIn(edition)
            ?? throw new ScenarioFaultException($"'{name}' is no option. Options: {FieldFault.OptionNames(edition)}.");
    }

    private static FieldJudgement OfOption(TestSession session, MobilityOctets message, OptionField named, string field, string expected)
    {
        var edition = session.Scenario.Edition.Wire;
        var kind =
            MobilityOptionKind.Named(named.Option.Name, edition)
            ?? throw new ScenarioFaultException($"'{named.Option.Name}' is no option. Options: {FieldFault.OptionNames(edition)}.");
        var known =
            kind.Fields.FirstOrDefault(each => each.Name.Equals(named.Field, StringComparison.OrdinalIgnoreCase))
            ?? throw new ScenarioFaultException(
                $"{kind.Name} has no field '{named.Field}'. Fields: {string.Join(", ", kind.Fields.Select(each => each.Name))}."
            );
        var option =
            message.All(kind.NumberIn(edition)).ElementAtOrDefault(named.Option.Number - 1)
            ?? throw new StepFailedException($"the message has no {named.Option} option that could be compared with: {expected}");
        var octet = option.Offset + (known.Bit / 8);
        if (known.Width == 0)
        {
            return OfRest(session, option, known.Bit / 8 - MobilityOptionKind.HeaderLength, field, expected, octet);
        }

        if (option.TotalLength * 8 < known.Bit + known.Width)
        {
            throw new StepFailedException(
                $"{kind.Name} has length {option.Length}: it has no {known.Name} that could be compared with: {expected}"
            );
        }

        var actual = message.Part.Bits((option.Offset * 8) + known.Bit, known.Width);
        var ok = expected
            .Split(" or ", StringSplitOptions.TrimEntries)
            .Any(words => MobilityFieldWords.NumberOf(session, known.Name, words) == actual);
        return new(
            known.Name == MessageFields.Status ? Observation.Status
                : known.Width == 1 ? Observation.Flags
                : Observation.Options,
            ok,
            $"{field} {expected}",
            string.Create(CultureInfo.InvariantCulture, $"{field} {actual}"),
            octet
        );
    }

    /// <summary>A field that extends to the end of the option: an address, or octets.</summary>
    private static FieldJudgement OfRest(TestSession session, OptionOctets option, int from, string field, string expected, int octet)
    {
        var rest = option.Data[Math.Min(from, option.Length)..];
        var actual =
            rest.Length == 0 ? "none"
            : rest.Length == AddressLength ? new IPAddress(rest.Span).ToString()
            : Convert.ToHexStringLower(rest.Span);
        var ok = expected switch
        {
            "none" or "absent" => rest.Length == 0,
            "present" => rest.Length > 0,
            _ when rest.Length == AddressLength => Address(session, expected).ToString() == actual,
            _ => actual.Equals(expected, StringComparison.OrdinalIgnoreCase),
        };
        return new(Observation.Options, ok, $"{field} {expected}", $"{field} {actual}", octet);
    }

    /// <summary><c>option[Binding Identifier #2].BID</c>.</summary>
    private sealed record OptionField(OptionReference Option, string Field)
    {
        private const string Start = "option[";
        private const string End = "].";

        /// <returns>Null for words of another form.</returns>
        public static OptionField? Read(string words)
        {
            var end = words.IndexOf(End, StringComparison.Ordinal);
            if (!words.StartsWith(Start, StringComparison.Ordinal) || end < 0)
            {
                return null;
            }

            var parts = words[Start.Length..end].Split(" #");
            return new(
                new OptionReference(parts[0], parts is [_, var number] ? (int)OptionWords.Number(number, byte.MaxValue) : 1),
                words[(end + End.Length)..]
            );
        }
    }
}
