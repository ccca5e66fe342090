using System.Text.Json;
using System.Text.Json.Serialization;
using Pmip.Wire;

namespace Conformance.Testing.Statements;

/// <summary>
/// An edition: a specification with its own statement register. It is an RFC, or one version of a draft. A run of a scenario belongs
/// to one edition, which also decides the numbers of options and statuses.
/// </summary>
[JsonConverter(typeof(EditionConverter))]
public sealed record Edition
{
    private Edition(string name, WireEdition wire, int published) => (Name, Wire, Published) = (name, wire, published);

    public static Edition Rfc5213 { get; } = new("rfc5213", WireEdition.Rfc5213, 200808);

    public static Edition Rfc5844 { get; } = new("rfc5844", WireEdition.Rfc5844, 201005) { Extends = Rfc5213 };

    public static Edition Ipv4Draft02 { get; } = new("ipv4-draft-02", WireEdition.Ipv4Draft02, 200711) { Extends = Rfc5213 };

    public static Edition Ipv4Draft04 { get; } = new("ipv4-draft-04", WireEdition.Ipv4Draft04, 200807) { Extends = Rfc5213 };

    public static Edition Rfc6275 { get; } = new("rfc6275", WireEdition.Rfc6275, 201107);

    /// <summary>
    /// Older than RFC 6275, which it extends here: what it changes of RFC 3775 is the same in both (RFC 6275, Appendix B).
    /// </summary>
    public static Edition McoaDraft04 { get; } = new("mcoa-draft-04", WireEdition.McoaDraft04, 200711) { Extends = Rfc6275 };

    /// <inheritdoc cref="McoaDraft04"/>
    public static Edition Rfc5648 { get; } = new("rfc5648", WireEdition.Rfc5648, 200910) { Extends = Rfc6275 };

    /// <summary>Every known edition, in the order in which a scenario of several editions runs in them.</summary>
    public static IReadOnlyList<Edition> All { get; } =
    [
        Rfc5213,
        Rfc5844,
        Ipv4Draft02,
        Ipv4Draft04,
        Rfc6275,
        McoaDraft04,
        Rfc5648,
        new("seed000", WireEdition.Default, 200807) { HasRuns = false },
        new("seed001", WireEdition.Default, 200711) { HasRuns = false },
    ];

    /// <summary>The editions of IPv4 support, RFC 5844 and its drafts, the newest first.</summary>
    public static IReadOnlyList<Edition> OfIpv4 { get; } =
    [.. All.Where(edition => edition.Extends == Rfc5213).OrderByDescending(edition => edition.Published)];

    /// <summary>The name in tags, registers and reports: <c>rfc5213</c>.</summary>
    public string Name { get; }

    /// <summary>
    /// The wire formats of the edition. It gives the number of an option by its name, and of a status
    /// (<see cref="WireEdition.TryFindStatus"/>), where these numbers differ between editions.
    /// </summary>
    public WireEdition Wire { get; }

    /// <summary>The year and the month of publication, as one number: 200808.</summary>
    public int Published { get; }

    /// <summary>The edition to which this one adds; null if it stands alone.</summary>
    public Edition? Extends { get; private init; }

    /// <summary>False for slides: a scenario can name their statements, and decides them in each of its runs.</summary>
    public bool HasRuns { get; private init; } = true;

    /// <summary>The edition with a name; null if there is none.</summary>
    public static Edition? Find(string name) => All.FirstOrDefault(edition => edition.Name == name);

    /// <summary>The edition that was published last.</summary>
    /// <param name="editions">At least one.</param>
    public static Edition NewestOf(IEnumerable<Edition> editions) => editions.MaxBy(edition => edition.Published)!;

    /// <summary>True for this edition and those that it extends: their statements hold in its runs.</summary>
    public bool Includes(Edition other) => this == other || Extends?.Includes(other) == true;

    public override string ToString() => Name;

    private sealed class EditionConverter : JsonConverter<Edition>
    {
        public override Edition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var name = reader.GetString() ?? string.Empty;
            return Find(name) ?? throw new JsonException($"there is no edition '{name}'.");
        }

        public override void Write(Utf8JsonWriter writer, Edition value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Name);
    }
}
