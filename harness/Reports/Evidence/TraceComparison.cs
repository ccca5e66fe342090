using System.Globalization;
using System.Text.Json;
using Conformance.Testing.Bed;
using Conformance.Testing.Capture;

namespace Conformance.Reports.Evidence;

/// <summary>
/// Compares the parsed packets, events and bed facts of two traces. The file format of a trace does not matter.
/// </summary>
internal static class TraceComparison
{
    private const int OctetsShown = 8;

    public static IEnumerable<EvidenceDifference> Between(Trace a, Trace b) =>
        [.. Frames(a.Frames, b.Frames), .. Events(a.Events, b.Events), .. Facts(a.Facts, b.Facts)];

    private static IEnumerable<EvidenceDifference> Frames(IReadOnlyList<Frame> a, IReadOnlyList<Frame> b)
    {
        var stretch = Stretch.Between(a, b, SameFrame.Instance.Equals);
        if (stretch.IsEmpty)
        {
            return [];
        }

        if (Reordered(a, b, stretch) is { } reordered)
        {
            return [reordered];
        }

        var pairs = Enumerable.Range(stretch.Start, stretch.Pairs).Select(i => (A: a[i], B: b[i])).ToList();
        return
        [
            .. Number(a, b, stretch),
            .. Field("port", pair => pair.A.Port != pair.B.Port, frame => frame.Port.Name),
            .. Field("direction", pair => pair.A.Direction != pair.B.Direction, frame => Of(frame.Direction)),
            .. Field("time", pair => pair.A.At != pair.B.At, frame => Of(frame.At)),
            .. Octets(),
        ];

        IEnumerable<EvidenceDifference> Field(string what, Func<(Frame A, Frame B), bool> differs, Func<Frame, string> text) =>
            from first in pairs.Where(differs).Take(1)
            select new EvidenceDifference(what, $"packet {first.A.Number}", text(first.A), text(first.B), Extent(differs));

        IEnumerable<EvidenceDifference> Octets() =>
            from first in pairs.Where(OctetsDiffer).Take(1)
            let at = first.A.Bytes.Span.CommonPrefixLength(first.B.Bytes.Span)
            let place = $"packet {first.A.Number}, octet {at}"
            select new EvidenceDifference("octets", place, Of(first.A, at), Of(first.B, at), Extent(OctetsDiffer));

        string Extent(Func<(Frame A, Frame B), bool> differs) =>
            $"{pairs.Count(differs)} of {RunSummary.Plural(Math.Max(a.Count, b.Count), "packet")}";

        static bool OctetsDiffer((Frame A, Frame B) pair) => !pair.A.Bytes.Span.SequenceEqual(pair.B.Bytes.Span);
    }

    /// <summary>
    /// Shows a packet that only one trace has if nothing else differs around it; otherwise shows only the numbers of packets.
    /// </summary>
    private static IEnumerable<EvidenceDifference> Number(IReadOnlyList<Frame> a, IReadOnlyList<Frame> b, Stretch stretch)
    {
        const string What = "number of packets";
        const string None = "no such packet";
        if (a.Count == b.Count)
        {
            yield break;
        }

        var counts = $"{RunSummary.Plural(a.Count, "packet")} in A, {b.Count} in B";
        yield return stretch switch
        {
            { InB: 0 } => new EvidenceDifference(What, $"packet {stretch.Start + 1} of A", Of(a[stretch.Start]), None, counts),
            { InA: 0 } => new EvidenceDifference(What, $"packet {stretch.Start + 1} of B", None, Of(b[stretch.Start]), counts),
            _ => new EvidenceDifference(
                What,
                string.Empty,
                RunSummary.Plural(a.Count, "packet"),
                RunSummary.Plural(b.Count, "packet"),
                string.Empty
            ),
        };
    }

    /// <summary>The difference if both traces have the same packets, with the same times, in a different order; null otherwise.</summary>
    private static EvidenceDifference? Reordered(IReadOnlyList<Frame> a, IReadOnlyList<Frame> b, Stretch stretch)
    {
        if (a.Count != b.Count)
        {
            return null;
        }

        var places = Enumerable.Range(stretch.Start, stretch.InB).ToLookup(i => b[i], SameFrame.Instance);
        var inA = Enumerable.Range(stretch.Start, stretch.InA).GroupBy(i => a[i], SameFrame.Instance).ToList();
        if (inA.Any(alike => alike.Count() != places[alike.Key].Count()))
        {
            return null;
        }

        var moved = Enumerable.Range(stretch.Start, stretch.InA).Count(i => !SameFrame.Instance.Equals(a[i], b[i]));
        return new EvidenceDifference(
            "order of packets",
            $"packet {stretch.Start + 1} of A",
            $"packet {stretch.Start + 1}",
            $"packet {places[a[stretch.Start]].First() + 1}",
            $"{moved} of {RunSummary.Plural(a.Count, "packet")}"
        );
    }

    /// <summary>
    /// Compares each kind of event separately. If one run was made by a version that does not record a kind, this is one difference, and
    /// the other kinds remain comparable. A different order among the equal kinds is a separate difference.
    /// </summary>
    private static List<EvidenceDifference> Events(IReadOnlyList<TraceEvent> a, IReadOnlyList<TraceEvent> b)
    {
        var first = a.ToLookup(TraceEventText.KindOf, StringComparer.Ordinal);
        var second = b.ToLookup(TraceEventText.KindOf, StringComparer.Ordinal);
        var alike = new HashSet<string>(StringComparer.Ordinal);
        var differences = new List<EvidenceDifference>();
        foreach (var kind in a.Concat(b).Select(TraceEventText.KindOf).Distinct(StringComparer.Ordinal))
        {
            var before = differences.Count;
            differences.AddRange(
                Stretch.Differences(
                    $"{kind} events",
                    "event",
                    [.. first[kind]],
                    [.. second[kind]],
                    (one, other) => one == other,
                    read => $"{After(read)}: {TraceEventText.Of(read)}"
                )
            );
            if (differences.Count == before)
            {
                alike.Add(kind);
            }
        }

        differences.AddRange(
            Stretch.Differences(
                "order of events",
                "event",
                Of(a),
                Of(b),
                (one, other) => one == other,
                read => $"{After(read)}: {TraceEventText.KindOf(read)} {TraceEventText.Of(read)}"
            )
        );
        return differences;

        List<TraceEvent> Of(IReadOnlyList<TraceEvent> events) => [.. events.Where(read => alike.Contains(TraceEventText.KindOf(read)))];

        static string After(TraceEvent read) => read.After == 0 ? "before the first packet" : $"after packet {read.After}";
    }

    /// <summary>Compares the parsed facts: a fact that an older version did not write has its default value.</summary>
    private static IEnumerable<EvidenceDifference> Facts(BedFacts a, BedFacts b)
    {
        var (first, second) = (Leaves(a), Leaves(b));
        var names = first.Keys.Union(second.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var unlike = names.Where(name => first.GetValueOrDefault(name) != second.GetValueOrDefault(name)).ToList();
        return unlike
            .Take(1)
            .Select(name =>
            {
                var values = Excerpt.Of(first.GetValueOrDefault(name) ?? "no such fact", second.GetValueOrDefault(name) ?? "no such fact");
                return new EvidenceDifference("facts of the bed", name, values.A, values.B, RunSummary.Plural(unlike.Count, "fact"));
            });
    }

    private static Dictionary<string, string> Leaves(BedFacts facts)
    {
        var leaves = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(string.Empty, JsonSerializer.SerializeToElement(facts, TraceJson.Options));
        return leaves;

        void Add(string path, JsonElement value)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var property in value.EnumerateObject())
                    {
                        Add(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value);
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var (index, element) in value.EnumerateArray().Index())
                    {
                        Add($"{path}[{index}]", element);
                    }

                    break;
                default:
                    leaves[path] = value.GetRawText();
                    break;
            }
        }
    }

    private static string Of(Frame frame) =>
        $"{frame.Port}, {Of(frame.Direction)}, {RunSummary.Plural(frame.Bytes.Length, "octet")}, {Of(frame.At)}";

    private static string Of(Direction direction) => direction == Direction.Sent ? "sent" : "received";

    private static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture);

    private static string Of(Frame frame, int from)
    {
        var rest = frame.Bytes.Span[from..];
        var shown = rest[..Math.Min(OctetsShown, rest.Length)]
            .ToArray()
            .Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture));
        var octets = string.Join(' ', shown) + (rest.Length > OctetsShown ? " …" : string.Empty);
        return $"{(rest.IsEmpty ? "ends here:" : $"{octets} of")} {RunSummary.Plural(frame.Bytes.Length, "octet")}";
    }

    /// <summary>Compares all properties of a frame except its number, which is only its position.</summary>
    private sealed class SameFrame : IEqualityComparer<Frame>
    {
        public static SameFrame Instance { get; } = new();

        public bool Equals(Frame? x, Frame? y) =>
            ReferenceEquals(x, y) || (x is not null && y is not null && x.At == y.At && x.IsCopyOf(y));

        public int GetHashCode(Frame obj) => HashCode.Combine(obj.At, obj.Port, obj.Bytes.Length);
    }
}
