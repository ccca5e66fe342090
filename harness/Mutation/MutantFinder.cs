using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Conformance.Mutation;

/// <summary>Finds the mutants of the sources. Those that do not compile are among them.</summary>
public static partial class MutantFinder
{
    /// <summary>What the table shows in place of nothing.</summary>
    private const string Dropped = "(dropped)";

    /// <summary>Files of a plain host. Hosts are real only in the end-to-end scenarios, which do not run here.</summary>
    private static readonly string[] _ofHosts = ["Stack/EchoClient.cs", "Stack/HostAutoconfiguration.cs"];

    /// <summary>Members that no packet shows: the check of a configuration, and texts for the log.</summary>
    private static readonly string[] _unseen = ["Validate", "Require", "ToString"];

    /// <summary>Calls whose effect no packet shows.</summary>
    private static readonly string[] _logs = ["Log", "log", "_log"];

    /// <summary>The mutants in the order of the files and lines.</summary>
    public static IReadOnlyList<Mutant> Find(ReferenceSources sources) =>
        [.. sources.Files.Except(_ofHosts).SelectMany(file => Find(sources, file))];

    private static List<Mutant> Find(ReferenceSources sources, string file)
    {
        var (tree, model) = (sources.TreeOf(file), sources.ModelOf(file));
        var text = tree.GetText();
        var found = new List<Mutant>();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in tree.GetRoot().DescendantNodes(node => !IsUnseen(node)).Where(node => !IsUnseen(node)))
        {
            foreach (var (kind, edit) in MutationOperator.All.SelectMany(kind => kind.Find(node, model).Select(edit => (kind, edit))))
            {
                var place = $"{file}:{MemberOf(node, file)}:{kind.Name}";
                counts[place] = counts.GetValueOrDefault(place) + 1;
                found.Add(
                    new Mutant(
                        $"{place}:{counts[place]}",
                        file,
                        text.Lines.GetLinePosition(edit.Span.Start).Line + 1,
                        kind.Name,
                        edit.Span,
                        OneLine(text.ToString(edit.Span)),
                        OneLine(edit.Text) is { Length: > 0 } mutated ? mutated : Dropped,
                        edit.Text
                    )
                );
            }
        }

        return found;
    }

    private static bool IsUnseen(SyntaxNode node) =>
        node switch
        {
            AttributeListSyntax or EnumDeclarationSyntax or UsingDirectiveSyntax => true,
            ThrowStatementSyntax or ThrowExpressionSyntax or InterpolatedStringExpressionSyntax => true,
            MethodDeclarationSyntax method => _unseen.Contains(method.Identifier.Text),
            ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } => IsUnseen(call),
            InvocationExpressionSyntax call => call.Expression switch
            {
                IdentifierNameSyntax name => name.Identifier.Text is "nameof" || _logs.Contains(name.Identifier.Text),
                MemberAccessExpressionSyntax member => _logs.Contains(member.Name.Identifier.Text),
                _ => false,
            },
            _ => false,
        };

    /// <summary>The member around a node: with its type unless the file is named after it, with its parameters if overloaded.</summary>
    private static string MemberOf(SyntaxNode node, string file)
    {
        var types = node.AncestorsAndSelf().OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.Text).Reverse().ToList();
        if (types is [var first, ..] && first == Path.GetFileNameWithoutExtension(file))
        {
            types.RemoveAt(0);
        }

        var member = node.AncestorsAndSelf()
            .OfType<MemberDeclarationSyntax>()
            .FirstOrDefault(member => member is not BaseTypeDeclarationSyntax);
        return string.Join('.', [.. types, member is null or BaseNamespaceDeclarationSyntax ? "base" : NameOf(member)]);
    }

    private static string NameOf(MemberDeclarationSyntax member) =>
        member switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text
                + (
                    method.Parent is TypeDeclarationSyntax type
                    && type.Members.OfType<MethodDeclarationSyntax>().Count(other => other.Identifier.Text == method.Identifier.Text) > 1
                        ? $"({string.Join(',', method.ParameterList.Parameters.Select(parameter => OneLine($"{parameter.Type}")))})"
                        : ""
                ),
            PropertyDeclarationSyntax property => property.Identifier.Text,
            ConstructorDeclarationSyntax => "new",
            OperatorDeclarationSyntax of =>
                $"operator{of.OperatorToken.Text}({string.Join(',', of.ParameterList.Parameters.Select(p => $"{p.Type}"))})",
            BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
            IndexerDeclarationSyntax => "this",
            _ => member.Kind().ToString(),
        };

    private static string OneLine(string text) => Space().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
