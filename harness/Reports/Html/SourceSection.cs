using Conformance.Testing.Statements;

namespace Conformance.Reports.Html;

/// <summary>
/// Writes the map of the source documents: which editions there are, their sections, and where others state the same subject.
/// </summary>
internal static class SourceSection
{
    public static void Write(Markup html, IReadOnlyList<StatementOutcome> outcomes)
    {
        var editions = outcomes.GroupBy(outcome => outcome.Id.Edition).ToList();
        if (editions.Count == 0)
        {
            return;
        }

        var known = SectionsOf(outcomes);
        html.AddLiteral(
            """
            <section id="sources">
            <h2>Source documents</h2>
            <p>Each document has a register of its statements. Beside its sections stand those of other documents to which its statements
            refer, or which say the same, something else instead, or the opposite.</p>
            <div class="wide"><table class="sources">
            <thead><tr><th>Document</th><th>Published</th><th>Statements</th><th>Sections</th><th>Related sections</th></tr></thead>
            <tbody>
            """
        );
        foreach (var edition in editions.OrderBy(edition => Edition.All.Index().First(known => known.Item == edition.Key).Index))
        {
            html.Add(
                $"""
                <tr><td><a href="#{edition.Key.Name}">{edition.Key.Document}</a>
                <span class="note">{edition.Key.Title}; {edition.Key.Name} here{(
                    edition.Key.Extends is { } extended ? $"; extends {extended.Document}" : string.Empty
                )}</span></td>
                <td class="narrow">{edition.Key.Published / 100}-{edition.Key.Published % 100:00}</td>
                <td class="number">{edition.Count()}</td><td>
                """
            );
            var own = edition.Select(outcome => outcome.Id.Section).Distinct().ToList();
            Folded(html, own is [""] ? "bullets" : RunSummary.Plural(own.Count, "section"), edition.Key, own);
            html.AddLiteral("</td><td>");
            foreach (var other in RelatedTo(edition).Where(known.Contains).Distinct().GroupBy(place => place.Edition))
            {
                var sections = other.Select(place => place.Section).Order(NaturalOrder.Instance).ToList();
                Folded(html, $"{other.Key.Document}: {RunSummary.Plural(sections.Count, "section")}", other.Key, sections);
            }

            html.AddLiteral("</td></tr>");
        }

        html.AddLiteral("</tbody></table></div>\n</section>");
    }

    /// <summary>Writes where other documents state the subject of a slide's bullet.</summary>
    /// <param name="known">The sections that the report has.</param>
    public static void WriteRelated(Markup html, StatementOutcome outcome, IReadOnlySet<(Edition, string)> known)
    {
        var places = RelatedTo([outcome]).Where(known.Contains).Distinct().ToList();
        if (outcome.Id.Edition.HasRuns || places.Count == 0)
        {
            return;
        }

        html.AddLiteral("""<span class="note">stated in""");
        foreach (var (edition, section) in places)
        {
            html.Add($""" <a href="#{AnchorOf(edition, section)}">{edition.Document}, Section {section}</a>""");
        }

        html.AddLiteral("</span>");
    }

    public static string AnchorOf(Edition edition, string section) => section.Length == 0 ? $"{edition}" : $"{edition}-{section}";

    /// <summary>Every section with a statement.</summary>
    public static IReadOnlySet<(Edition, string)> SectionsOf(IEnumerable<StatementOutcome> outcomes) =>
        outcomes.Select(outcome => (outcome.Id.Edition, outcome.Id.Section)).ToHashSet();

    private static void Folded(Markup html, string summary, Edition edition, IEnumerable<string> sections)
    {
        html.Add($"<details><summary>{summary}</summary>");
        foreach (var section in sections)
        {
            html.Add($"""<a href="#{AnchorOf(edition, section)}">{(section.Length == 0 ? "bullets" : section)}</a> """);
        }

        html.AddLiteral("</details>");
    }

    private static IEnumerable<(Edition Edition, string Section)> RelatedTo(IEnumerable<StatementOutcome> outcomes) =>
        from outcome in outcomes
        where outcome.Statement is not null
        from place in outcome
            .Statement!.Relation.Where(relation => relation.Kind != RelationKind.AbsentIn)
            .Select(PlaceOf)
            .OfType<(Edition Edition, string Section)>()
            .Concat(outcome.Statement.Disposal is Disposal.Pointer pointer ? pointer.CoveredBy.Select(id => (id.Edition, id.Section)) : [])
        where place.Edition != outcome.Id.Edition
        select place;

    /// <summary>A section of a document with a register; null for other targets.</summary>
    private static (Edition Edition, string Section)? PlaceOf(Relation relation) =>
        relation.Statement is { } statement ? (statement.Edition, statement.Section)
        : Edition.All.FirstOrDefault(edition => relation.Target.StartsWith($"{edition}-", StringComparison.Ordinal)) is { } named
            ? (named, relation.Target[(named.Name.Length + 1)..])
        : null;
}
