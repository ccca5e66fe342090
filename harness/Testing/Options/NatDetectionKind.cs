using System.Buffers.Binary;
using System.Globalization;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>
/// RFC 5555, Section 3.2.2. Words: <c>F 1, refresh 30 s</c>; without one of them, F is 0 and the Refresh Time that of
/// <see cref="DefaultRefreshTime"/>. <c>refresh never</c> is the Refresh Time of all ones.
/// </summary>
public sealed class NatDetectionKind() : MobilityOptionKind("NAT Detection", Type, ("F", 1), ("Reserved", 15), ("Refresh Time", 32))
{
    public const int Type = 31;

    /// <summary>The Refresh Time of an option whose words do not say it, in seconds.</summary>
    private const uint DefaultRefreshTime = 110;

    private const int RefreshTimeOffset = 2;
    private const int FixedDataLength = 6;

    public override bool IsIn(WireEdition edition) => edition.Ipv4Options.HasFlag(Ipv4OptionSet.NatDetection);

    public override (int Multiple, int Offset) Alignment(int length) => (4, 0);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context)
    {
        var parts = Parts(words);
        return [new NatDetectionOption(parts.ForcesUdp == true, parts.RefreshTime ?? DefaultRefreshTime)];
    }

    public override string Text(OptionOctets option) =>
        option.Length < FixedDataLength ? Convert.ToHexStringLower(option.Data.Span)
        : RefreshTimeOf(option) == NatDetectionOption.NoKeepaliveNeeded ? $"F {(ForcesUdp(option) ? 1 : 0)}, refresh never"
        : string.Create(CultureInfo.InvariantCulture, $"F {(ForcesUdp(option) ? 1 : 0)}, refresh {RefreshTimeOf(option)} s");

    /// <summary>True if there is one option, and it has all of the words: <c>one</c>, <c>F 1</c>, <c>refresh 30 s</c>.</summary>
    public override bool Matches(IReadOnlyList<OptionOctets> given, string expected, OptionContext context)
    {
        var parts = expected == "one" ? default : Parts(expected);
        return given is [var option]
            && (parts.ForcesUdp ?? ForcesUdp(option)) == ForcesUdp(option)
            && (parts.RefreshTime ?? RefreshTimeOf(option)) == RefreshTimeOf(option);
    }

    /// <summary>The F flag of a received option; false if the option is too short.</summary>
    public static bool ForcesUdp(OptionOctets option) => option.Length > 0 && (option.Data.Span[0] & 0x80) != 0;

    /// <summary>The Refresh Time of a received option in seconds; 0, which says nothing, if the option is too short.</summary>
    public static uint RefreshTimeOf(OptionOctets option) =>
        option.Length >= FixedDataLength ? BinaryPrimitives.ReadUInt32BigEndian(option.Data.Span[RefreshTimeOffset..]) : 0;

    /// <exception cref="ScenarioFaultException">The words are none of these.</exception>
    private static (bool? ForcesUdp, uint? RefreshTime) Parts(string words)
    {
        (bool? ForcesUdp, uint? RefreshTime) parts = default;
        foreach (var word in words.Split(',', StringSplitOptions.TrimEntries))
        {
            switch (word.Split(' '))
            {
                case ["F", "0" or "1"]:
                    parts.ForcesUdp = word[^1] == '1';
                    break;
                case ["refresh", "never"]:
                    parts.RefreshTime = NatDetectionOption.NoKeepaliveNeeded;
                    break;
                case ["refresh", var digits, "s"] when uint.TryParse(digits, CultureInfo.InvariantCulture, out var seconds):
                    parts.RefreshTime = seconds;
                    break;
                default:
                    throw new ScenarioFaultException($"'{word}' is no part of NAT Detection: say F 0, F 1, refresh 30 s or refresh never.");
            }
        }

        return parts;
    }
}
