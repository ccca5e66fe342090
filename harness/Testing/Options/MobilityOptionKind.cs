using System.Globalization;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Words;
using Conformance.Testing.Verdicts;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>
/// A kind of mobility option: its number and form, its values in the words of scenarios and reports, and the answer of an emulated
/// peer to it. Every kind is a file of this directory; the classes are found by reflection.
/// </summary>
public abstract class MobilityOptionKind
{
    /// <summary>RFC 6275, Section 6.2.2. Padding is not an option with a kind.</summary>
    public const int Pad1 = 0;

    /// <summary>RFC 6275, Section 6.2.3.</summary>
    public const int PadN = 1;

    /// <summary>The number of octets before the option data.</summary>
    public const int HeaderLength = 2;

    private const int BitsPerOctet = 8;
    private const string NumberedName = "Option ";

    private static readonly MobilityOptionKind[] _all =
    [
        .. typeof(MobilityOptionKind)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(MobilityOptionKind)) && !type.IsAbstract && type != typeof(UnknownOptionKind))
            .Select(type => (MobilityOptionKind)Activator.CreateInstance(type)!)
            .OrderBy(kind => kind.Number)
            .ThenBy(kind => kind.Name, StringComparer.Ordinal),
    ];

    /// <param name="name">The name in scenarios and reports, as in the specification.</param>
    /// <param name="number">The type number, unless an edition gives another one.</param>
    /// <param name="fields">The fields of the option data, in order; a width of zero extends to the end of the option.</param>
    protected MobilityOptionKind(string name, int number, params ReadOnlySpan<(string Name, int Width)> fields)
    {
        (Name, Number) = (name, number);
        var all = new List<OctetField> { new("Type", 0, BitsPerOctet), new("Length", BitsPerOctet, BitsPerOctet) };
        foreach (var (field, width) in fields)
        {
            all.Add(new OctetField(field, all[^1].Bit + all[^1].Width, width));
        }

        Fields = all;
    }

    /// <summary>All kinds, by number.</summary>
    public static IReadOnlyList<MobilityOptionKind> All => _all;

    public string Name { get; }

    /// <summary>Another name in scenarios: one for options of several editions that say the same.</summary>
    public virtual string CommonName => Name;

    public int Number { get; }

    /// <summary>The fields from Type and Length on.</summary>
    public IReadOnlyList<OctetField> Fields { get; }

    /// <summary>The number of octets of option data that the fields need; a field without a width needs none.</summary>
    public int FieldOctets => (Fields.Max(each => each.Bit + each.Width) / BitsPerOctet) - HeaderLength;

    /// <summary>The Length that the option must have; null if it varies.</summary>
    public int? FixedLength => Fields.Count > 2 && Fields.All(each => each.Width > 0) ? FieldOctets : null;

    /// <summary>The number of reserved octets with which the option data begins.</summary>
    public int ReservedOctets => Fields.Count > 2 && Fields[2].Name == "Reserved" ? Fields[2].Width / BitsPerOctet : 0;

    /// <summary>The kind of observation to which a comparison with an expectation belongs.</summary>
    public virtual Observation Observation => Observation.Options;

    /// <summary>The kind with a name, or with a name such as <c>Option 200</c>; null if the edition has none.</summary>
    public static MobilityOptionKind? Named(string name, WireEdition edition)
    {
        var isNumbered =
            name.StartsWith(NumberedName, StringComparison.OrdinalIgnoreCase)
                & byte.TryParse(name.AsSpan(Math.Min(name.Length, NumberedName.Length)), NumberStyles.None, null, out var number)
            && number > PadN;
        return isNumbered
            ? OfType(number, edition)
            : Array.Find(_all, kind => kind.IsIn(edition) && (IsCalled(kind.Name) || IsCalled(kind.CommonName)));

        bool IsCalled(string known) => known.Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The kind with a type number in an edition; a kind without fields if no kind has it.</summary>
    public static MobilityOptionKind OfType(int type, WireEdition edition) =>
        Array.Find(_all, kind => kind.IsIn(edition) && kind.NumberIn(edition) == type)
        ?? new UnknownOptionKind($"{NumberedName}{type}", type);

    /// <summary>
    /// The kind with a type number in the RFCs: for words about a frame, whose edition is not known, and for types that mean the same in
    /// every edition.
    /// </summary>
    public static MobilityOptionKind OfType(int type) => OfType(type, WireEdition.Default);

    /// <summary>True if an edition defines the option.</summary>
    public virtual bool IsIn(WireEdition edition) => true;

    /// <summary>The type number in an edition, which gives the numbers that drafts leave open.</summary>
    public virtual int NumberIn(WireEdition edition) => Number;

    /// <summary>
    /// The alignment for a number of octets of option data: the option starts <c>Offset</c> octets after a multiple of
    /// <c>Multiple</c>.
    /// </summary>
    public virtual (int Multiple, int Offset) Alignment(int length) => (1, 0);

    /// <summary>The option data without leading reserved octets, which carry no information and are judged separately.</summary>
    public ReadOnlyMemory<byte> Content(OptionOctets option) => option.Data[Math.Min(ReservedOctets, option.Length)..];

    /// <summary>The options that the words of a scenario describe: usually one. That of an unknown kind has octets, or none.</summary>
    /// <exception cref="Session.ScenarioFaultException">The words do not describe a value of this option.</exception>
    public virtual IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        [new UnknownOption((byte)NumberIn(context.Edition), new OctetString(words == "none" ? [] : OptionWords.Octets(words)))];

    /// <summary>The value of a received option in the words of a scenario.</summary>
    public virtual string Text(OptionOctets option) => Convert.ToHexStringLower(option.Data.Span);

    /// <summary>True if the received options are as expected.</summary>
    /// <param name="given">The options of this kind, at least one.</param>
    /// <exception cref="Session.ScenarioFaultException">The words do not describe an expectation for this option.</exception>
    public virtual bool Matches(IReadOnlyList<OptionOctets> given, string expected, OptionContext context)
    {
        var values = expected.Split(" or ", StringSplitOptions.TrimEntries);

        // Words that describe no value are a fault of the scenario, and do not count against the device.
        _ = values.SelectMany(words => Build(words, context)).Count();
        return values.Contains(Text(given[0]));
    }

    /// <summary>The option with which an emulated peer answers this option; null if it answers without one.</summary>
    public virtual MobilityOption? Echo(OptionOctets asked, OptionContext context) => null;

    /// <summary>The value for the field table of a frame. The option has all octets of its fields.</summary>
    public virtual string Value(OptionOctets option)
    {
        var part = new FramePart(option.Data, Offset: 0);
        var parts = Fields.Skip(2).Select(field => Value(part, field)).OfType<string>().ToList();
        return parts.Count == 0 ? Convert.ToHexStringLower(option.Data.Span) : string.Join(", ", parts);
    }

    /// <summary>The option in a line about its message.</summary>
    public virtual string Words(OptionOctets option, INodeNames names) => $"{Name} {Value(option)}";

    private static string? Value(FramePart data, OctetField field)
    {
        var first = field.Bit - (HeaderLength * BitsPerOctet);
        var rest = data.From(first / BitsPerOctet);
        return field switch
        {
            { Width: 0 } => rest.Length > 0 ? Convert.ToHexStringLower(rest.Span) : null,
            { Width: 128 } => rest.Ipv6Address(0).ToString(),
            { Width: 32 } when field.Name.StartsWith("IPv4", StringComparison.Ordinal) => rest.Ipv4Address(0).ToString(),
            { Name: "Reserved" } => data.Bits(first, field.Width) is var bits and not 0
                ? string.Create(CultureInfo.InvariantCulture, $"Reserved 0x{bits:x}")
                : null,
            _ => string.Create(CultureInfo.InvariantCulture, $"{field.Name} {data.Bits(first, field.Width)}"),
        };
    }
}

/// <summary>An option whose form is not known.</summary>
internal sealed class UnknownOptionKind(string name, int number) : MobilityOptionKind(name, number)
{
    public override string Words(OptionOctets option, INodeNames names) =>
        string.Create(CultureInfo.InvariantCulture, $"option {Number} ({option.Length} octets)");
}
