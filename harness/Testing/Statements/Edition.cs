using System.Text.Json;
using System.Text.Json.Serialization;
using Pmip.Wire;

namespace Conformance.Testing.Statements;

/// <summary>
/// An edition: a specification with its own statement register. It is an RFC, or one version of a draft. A run of a scenario belongs
/// to one edition, which also decides the numbers of options and statuses. The editions in <see cref="All"/> are the only instances.
/// </summary>
[JsonConverter(typeof(EditionConverter))]
public sealed class Edition
{
    private Edition(string name, WireEdition wire, int published) => (Name, Wire, Published) = (name, wire, published);

    public static Edition Rfc5213 { get; } =
        new("rfc5213", WireEdition.Rfc5213, 200808) { Document = "RFC 5213", Title = "Proxy Mobile IPv6" };

    public static Edition Rfc5844 { get; } =
        new("rfc5844", WireEdition.Rfc5844, 201005)
        {
            Extends = Rfc5213,
            Document = "RFC 5844",
            Title = "IPv4 Support for Proxy Mobile IPv6",
        };

    public static Edition Ipv4Draft02 { get; } =
        new("ipv4-draft-02", WireEdition.Ipv4Draft02, 200711)
        {
            Extends = Rfc5213,
            Document = "draft-ietf-netlmm-pmip6-ipv4-support-02",
            Title = "IPv4 Support for Proxy Mobile IPv6",
        };

    public static Edition Ipv4Draft04 { get; } =
        new("ipv4-draft-04", WireEdition.Ipv4Draft04, 200807)
        {
            Extends = Rfc5213,
            Document = "draft-ietf-netlmm-pmip6-ipv4-support-04",
            Title = "IPv4 Support for Proxy Mobile IPv6",
        };

    public static Edition Rfc6275 { get; } =
        new("rfc6275", WireEdition.Rfc6275, 201107) { Document = "RFC 6275", Title = "Mobility Support in IPv6" };

    /// <summary>
    /// Older than RFC 6275, which it extends here: what it changes of RFC 3775 is the same in both (RFC 6275, Appendix B).
    /// </summary>
    public static Edition McoaDraft04 { get; } =
        new("mcoa-draft-04", WireEdition.McoaDraft04, 200711)
        {
            Extends = Rfc6275,
            Document = "draft-ietf-monami6-multiplecoa-04",
            Title = "Multiple Care-of Addresses Registration",
        };

    /// <inheritdoc cref="McoaDraft04"/>
    public static Edition Rfc5648 { get; } =
        new("rfc5648", WireEdition.Rfc5648, 200910)
        {
            Extends = Rfc6275,
            Document = "RFC 5648",
            Title = "Multiple Care-of Addresses Registration",
        };

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
        new("seed000", WireEdition.Default, 200807)
        {
            HasRuns = false,
            Document = "Slides about draft-ietf-netlmm-pmip6-ipv4-support-04",
            Title = "IPv4 Support for Proxy Mobile IPv6",
        },
        new("seed001", WireEdition.Default, 200711)
        {
            HasRuns = false,
            Document = "Slides about draft-ietf-netlmm-pmip6-ipv4-support-02",
            Title = "IPv4 Support for Proxy Mobile IPv6",
        },
    ];

    /// <summary>The editions of IPv4 support, RFC 5844 and its drafts, the newest first.</summary>
    public static IReadOnlyList<Edition> OfIpv4 { get; } =
    [.. All.Where(edition => edition.Extends == Rfc5213).OrderByDescending(edition => edition.Published)];

    /// <summary>The name in tags, registers and reports: <c>rfc5213</c>.</summary>
    public string Name { get; }

    /// <summary>The name of the document, for people: <c>RFC 5213</c>, or that of a draft with its version.</summary>
    public string Document { get; private init; } = string.Empty;

    /// <summary>What the document is about.</summary>
    public string Title { get; private init; } = string.Empty;

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

    /// <summary>Where a section can be read; null for slides.</summary>
    /// <param name="section">Its number: <c>5.3.1</c>, or the letter of an appendix.</param>
    public Uri? AddressOf(string section) =>
        !HasRuns
            ? null
            : new Uri(
                (
                    Name.StartsWith("rfc", StringComparison.Ordinal)
                        ? $"https://www.rfc-editor.org/rfc/{Name}"
                        : $"https://datatracker.ietf.org/doc/html/{Document}"
                ) + (char.IsLetter(section[0]) ? $"#appendix-{section}" : $"#section-{section}")
            );

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
