using System.Globalization;
using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Edits;

/// <summary>Applies the changes that a scenario describes to a draft, and finds the values that its words stand for.</summary>
/// <param name="node">The mobile node that the message is about.</param>
/// <param name="lastSequenceNumber">The value of <c>last</c> for the Sequence Number.</param>
public sealed class DraftEditor(TestSession session, MobileNode node, ushort lastSequenceNumber)
{
    private const int MillisecondsPerUnit = 4000;

    public void Apply(MessageDraft draft, EditList edits)
    {
        foreach (var edit in edits.Edits)
        {
            Apply(draft, edit);
        }
    }

    private void Apply(MessageDraft draft, Edit edit)
    {
        switch (edit)
        {
            case Edit.Absent(var field):
                var absent = FieldName.OptionTypeOf(field) ?? throw FieldName.Unknown(field);
                draft.Options.RemoveAll(option => option.Type == absent);
                break;
            case Edit.Twice(var field):
                var twice = FieldName.OptionTypeOf(field) ?? throw FieldName.Unknown(field);
                draft.Options.Add(draft.Options.Find(option => option.Type == twice) ?? throw FieldName.Unknown(field));
                break;
            case Edit.Length(var field, var value):
                draft.Lengths[FieldName.OptionTypeOf(field) ?? throw FieldName.Unknown(field)] = (byte)Number(value, 255);
                break;
            case Edit.Set(var field, var value) when FieldName.OptionTypeOf(field) is { } type:
                SetOption(draft, type, value);
                break;
            case Edit.Set(var field, var value):
                SetField(draft, field, value);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void SetField(MessageDraft draft, string field, string value)
    {
        switch (field.ToUpperInvariant())
        {
            case "SEQUENCE NUMBER":
                draft.SequenceNumber = SequenceNumber(value);
                break;
            case "LIFETIME":
                draft.LifetimeUnits = (ushort)
                    Math.Min(ushort.MaxValue, Durations.Parse(value, session.Ixit).TotalMilliseconds / MillisecondsPerUnit);
                break;
            case "STATUS":
                draft.Status = (byte)Number(value, 255);
                break;
            case "P":
                draft.ProxyFlag = Number(value, 1) == 1;
                break;
            case "A":
                draft.AcknowledgeFlag = Number(value, 1) == 1;
                break;
            case "PAYLOAD PROTO":
                draft.PayloadProto = (byte)Number(value, 255);
                break;
            case "HEADER LEN":
                draft.HeaderLen = (byte)Number(value, 255);
                break;
            case "MH TYPE":
                draft.Type = (byte)Number(value, 255);
                break;
            case "CHECKSUM" when value == "wrong":
                draft.WrongChecksum = true;
                break;
            default:
                throw FieldName.Unknown(field);
        }
    }

    private void SetOption(MessageDraft draft, int type, string value)
    {
        var replacement = type switch
        {
            OptionType.MobileNodeIdentifier => [MobileNodeIdentifierOption.ForNai(Identifier(value))],
            OptionType.HomeNetworkPrefix => Prefixes(value).Select(prefix => (MobilityOption)new HomeNetworkPrefixOption(prefix)),
            OptionType.HandoffIndicator => [new HandoffIndicatorOption((HandoffIndicator)Number(value, 255))],
            OptionType.AccessTechnologyType => [new AccessTechnologyTypeOption((AccessTechnologyType)Number(value, 255))],
            OptionType.MobileNodeLinkLayerIdentifier => [new MobileNodeLinkLayerIdentifierOption(LinkLayerIdentifier(value))],
            OptionType.LinkLocalAddress => [new LinkLocalAddressOption(LinkLocal(value))],
            OptionType.AlternateCareOfAddress => [new AlternateCareOfAddressOption(NamedAddress(value))],
            OptionType.Timestamp => [new TimestampOption(new Timestamp(TimestampOf(value)))],
            _ => (IEnumerable<MobilityOption>)[new UnknownOption((byte)type, new OctetString(Octets(value)))],
        };
        var at = draft.Options.FindIndex(option => option.Type == type);
        draft.Options.RemoveAll(option => option.Type == type);
        draft.Options.InsertRange(at < 0 ? draft.Options.Count : at, replacement);
    }

    private ushort SequenceNumber(string value)
    {
        if (!value.StartsWith("last", StringComparison.Ordinal))
        {
            return (ushort)Number(value, ushort.MaxValue);
        }

        var rest = value[4..].Replace(" ", string.Empty, StringComparison.Ordinal);
        return (ushort)(lastSequenceNumber + (rest.Length == 0 ? 0 : SignedNumber(rest)));
    }

    private string Identifier(string value)
    {
        if (value.Length > 2 && value.StartsWith("MN", StringComparison.Ordinal))
        {
            var other = session.Nodes.Named(value);
            session.Nodes.Bind(other);
            return other.Identity.Identifier;
        }

        return value == "its own" ? node.Identity.Identifier : value;
    }

    private IEnumerable<Ipv6Prefix> Prefixes(string value)
    {
        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries))
        {
            switch (part)
            {
                case "ALL_ZERO":
                    yield return Ipv6Prefix.AllZero;
                    break;
                case "foreign":
                    yield return Ipv6Prefix.Parse(session.Ixit.ForeignPrefix);
                    break;
                case "assigned":
                    foreach (var prefix in node.Session.Prefixes)
                    {
                        yield return prefix;
                    }

                    break;
                case "the first assigned":
                    yield return node.Session.Prefixes.Count > 0
                        ? node.Session.Prefixes[0]
                        : throw new StepFailedException($"no valid home network prefix was assigned to {node.Name}");
                    break;
                case ['M', 'N', .., '\'', 's']:
                    foreach (var prefix in session.Nodes.Named(part[..^2]).Session.Prefixes)
                    {
                        yield return prefix;
                    }

                    break;
                default:
                    yield return Ipv6Prefix.TryParse(part, out var parsed)
                        ? parsed
                        : throw new ScenarioFaultException(
                            $"'{part}' is not a prefix: say ALL_ZERO, foreign, assigned, the first assigned, MN2's or a prefix."
                        );
                    break;
            }
        }
    }

    private OctetString LinkLayerIdentifier(string value) =>
        value switch
        {
            "its own" => new OctetString(node.Identity.LinkLayer.ToArray()),
            "another" => new OctetString([.. node.Identity.LinkLayer.ToArray()[..2], 0xee, .. node.Identity.LinkLayer.ToArray()[3..]]),
            "ALL_ZERO" => new OctetString(new byte[6]),
            _ => new OctetString(Octets(value)),
        };

    private IPAddress LinkLocal(string value)
    {
        if (value == "marked")
        {
            var octets = new byte[16];
            session.Random.NextBytes(octets);
            octets.AsSpan(0, 8).Clear();
            octets[0] = 0xfe;
            octets[1] = 0x80;
            node.Mark = new IPAddress(octets);
            return node.Mark;
        }

        return value switch
        {
            "ALL_ZERO" => IPAddress.IPv6None,
            "the mark" => node.Mark ?? throw new ScenarioFaultException($"{node.Name}'s session was not marked."),
            "its own" => node.Identity.LinkLayer.LinkLocalAddress(),
            _ => IPAddress.TryParse(value, out var address)
                ? address
                : throw new ScenarioFaultException(
                    $"'{value}' is not a link-local address: say ALL_ZERO, marked, the mark, its own or an address."
                ),
        };
    }

    private IPAddress NamedAddress(string value) =>
        session.Ixit.Addresses.TryGetValue(value, out var named) ? IPAddress.Parse(named)
        : IPAddress.TryParse(value, out var address) ? address
        : throw new ScenarioFaultException($"'{value}' is neither an address nor a node of the IXIT.");

    /// <summary>
    /// Reads <c>now</c> or <c>last</c>, each with an optional offset: <c>- 400 ms</c>, <c>+ just over TimestampValidityWindow</c>.
    /// </summary>
    private ulong TimestampOf(string value)
    {
        var words = value.Split(' ', 2, StringSplitOptions.TrimEntries);
        DateTimeOffset? now = words[0] == "now" ? session.Bed.Now : null;
        var start = words[0] switch
        {
            "now" => TimestampOctets.FromTime(session.Clock.OnDevice(now!.Value)),
            "last" => node.Binding.LastTimestamp,
            _ => throw new ScenarioFaultException($"'{value}' is not a timestamp: say now or last, with + or - a duration."),
        };
        if (words.Length == 1)
        {
            return start;
        }

        var offset = Durations.Parse(words[1][1..].Trim(), session.Ixit, session.Clock.Margin + session.Clock.Uncertainty);
        if (offset <= TimeSpan.Zero)
        {
            throw new StepFailedException(
                $"the device's clock is known to within {session.Clock.Uncertainty.TotalMilliseconds:0} ms, with a tolerance of "
                    + $"{session.Clock.Margin.TotalMilliseconds:0} ms: this is not precise enough for '{value}'"
            );
        }

        if (now is not null && words[1].Contains("just", StringComparison.Ordinal))
        {
            session.NextStimulusAt = now;
        }

        var fraction = (ulong)((Int128)offset.Ticks * 65536 / TimeSpan.TicksPerSecond);
        return words[1][0] == '-' ? start - fraction : start + fraction;
    }

    private static byte[] Octets(string value)
    {
        try
        {
            return Convert.FromHexString(
                value.Replace(":", string.Empty, StringComparison.Ordinal).Replace(" ", string.Empty, StringComparison.Ordinal)
            );
        }
        catch (FormatException)
        {
            throw new ScenarioFaultException($"'{value}' is not a sequence of hexadecimal octets.");
        }
    }

    private static int SignedNumber(string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ScenarioFaultException($"'{value}' is not a number.");

    private static int Number(string value, int most) =>
        int.TryParse(value.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw new ScenarioFaultException($"'{value}' is not a number from 0 to {most}.");
}
