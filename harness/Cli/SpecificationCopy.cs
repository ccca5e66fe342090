using Conformance.Reports;
using Conformance.Reports.Html;
using Conformance.Testing.Statements;
using Conformance.Testing.Verdicts;

namespace Conformance.Cli;

/// <summary>A user's own copy of a specification. The suite has no text of any specification.</summary>
public sealed record SpecificationCopy(Edition Edition, string Text)
{
    /// <param name="given">A file with the name of its edition, or <c>EDITION=FILE</c>.</param>
    /// <exception cref="CannotRunException">The file cannot be read, or there is no register of its edition.</exception>
    public static SpecificationCopy Read(string given, StatementRegister register)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(register);
        var (name, file) = given.IndexOf('=', StringComparison.Ordinal) is > 0 and var border
            ? (given[..border], given[(border + 1)..])
            : (Path.GetFileNameWithoutExtension(given), given);
        var known = register.Statements.Select(statement => statement.Id.Edition).Distinct().ToList();
        if (known.Find(edition => edition.Name == name) is not { } edition)
        {
            throw new CannotRunException(
                $"there is no register of {name}; known editions: {string.Join(", ", known)}. "
                    + $"Give the edition with the file: EDITION={file}."
            );
        }

        try
        {
            return new SpecificationCopy(edition, File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"{file} cannot be read: {e.Message}");
        }
    }

    /// <summary>The page of this copy with the results of a run.</summary>
    public string PageOf(Run run, StatementRegister register) => SpecificationPage.Create(run, register, Edition, Text, PlacesOf(register));

    /// <summary>
    /// Where this copy has the statements of the register. Statements with a keyword are found by section and number, whatever the lines
    /// of the copy; the others stand as far from the nearest found one before them as in the text that the register was made from.
    /// </summary>
    public IReadOnlyList<StatementPlace> PlacesOf(StatementRegister register)
    {
        ArgumentNullException.ThrowIfNull(register);
        var sentences = SpecificationExtractor
            .Extract(Text)
            .ToDictionary(sentence => $"{Edition}-{sentence.Section}-k{sentence.Ordinal}", StringComparer.Ordinal);
        var rows = register.Statements.Where(statement => statement.Id.Edition == Edition).ToList();
        var places = (
            from row in rows
            where SpecificationComparison.IsOfKeyword(row)
            let sentence = sentences.GetValueOrDefault(SpecificationComparison.KeywordOf(row))
            where sentence is not null
            select (Row: row, Place: new StatementPlace(row.Id, sentence.Line, sentence.Hash != row.Hash))
        ).ToList();
        var found = places.OrderBy(place => place.Row.Line).ToList();
        return
        [
            .. places.Select(place => place.Place),
            .. rows.Where(row => !SpecificationComparison.IsOfKeyword(row)).Select(row => new StatementPlace(row.Id, LineOf(row), false)),
        ];

        int LineOf(Statement row)
        {
            var near = found.FindLastIndex(place => place.Row.Line <= row.Line);
            return found.Count == 0 ? row.Line : row.Line + found[Math.Max(near, 0)].Place.Line - found[Math.Max(near, 0)].Row.Line;
        }
    }
}
