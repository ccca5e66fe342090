using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Conformance.Mutation;

/// <summary>The source of the project that is mutated, and its compilation with one mutant or none.</summary>
public sealed class ReferenceSources
{
    /// <summary>The folder of the mutated project in the repository.</summary>
    public const string Folder = "reference/Protocol";

    /// <summary>The name of its assembly.</summary>
    public const string AssemblyName = "Pmip.Protocol";

    private const string Codec = "Pmip.Wire";

    /// <summary>What the build adds to the sources: the implicit usings, and the version that other assemblies ask for.</summary>
    private const string OfTheBuild = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        [assembly: System.Reflection.AssemblyVersion("1.0.0.0")]
        """;

    private static readonly CSharpParseOptions _parsing = new(LanguageVersion.Latest);

    private readonly CSharpCompilation _compilation;
    private readonly Dictionary<string, SyntaxTree> _trees;

    /// <param name="files">The text of each file by its name: the path below <see cref="Folder"/>, with forward slashes.</param>
    public ReferenceSources(IReadOnlyDictionary<string, string> files)
    {
        _trees = files.ToDictionary(
            file => file.Key,
            file => CSharpSyntaxTree.ParseText(SourceText.From(file.Value), _parsing, file.Key),
            StringComparer.Ordinal
        );
        _compilation = CSharpCompilation.Create(
            AssemblyName,
            [.. _trees.Values, CSharpSyntaxTree.ParseText(OfTheBuild, _parsing)],
            ReferencedBy(AssemblyName).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable
            )
        );
    }

    /// <summary>The names of the files, in order.</summary>
    public IEnumerable<string> Files => _trees.Keys.Order(StringComparer.Ordinal);

    /// <param name="root">The directory of the repository.</param>
    public static ReferenceSources Load(string root)
    {
        var folder = Path.Combine(root, Folder);
        return new ReferenceSources(
            Directory
                .EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                .Select(path => (Name: Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'), Path: path))
                .Where(file => !file.Name.StartsWith("obj/", StringComparison.Ordinal))
                .Where(file => !file.Name.StartsWith("bin/", StringComparison.Ordinal))
                .ToDictionary(file => file.Name, file => File.ReadAllText(file.Path), StringComparer.Ordinal)
        );
    }

    public SyntaxTree TreeOf(string file) => _trees[file];

    public string TextOf(string file) => _trees[file].ToString();

    public SemanticModel ModelOf(string file) => _compilation.GetSemanticModel(_trees[file]);

    /// <summary>The assembly with one mutant, or without; null if the mutant does not compile.</summary>
    public byte[]? Emit(Mutant? mutant)
    {
        using var stream = new MemoryStream();
        return With(mutant).Compilation.Emit(stream).Success ? stream.ToArray() : null;
    }

    /// <summary>
    /// False if the file of a mutant does not compile. This takes a small part of the time of <see cref="Emit"/>, but does not find the few
    /// mutants of constants with which another file does not compile.
    /// </summary>
    public bool Compiles(Mutant mutant)
    {
        var (compilation, tree) = With(mutant);
        return !compilation.GetSemanticModel(tree!).GetDiagnostics().Any(IsError);
    }

    /// <summary>Why the source does not compile without a mutant; empty if it does.</summary>
    public IReadOnlyList<string> Errors() => [.. _compilation.GetDiagnostics().Where(IsError).Select(found => $"{found}")];

    /// <summary>
    /// The files that the project is compiled with. Fewer than the whole framework: every name would be looked up in each of them.
    /// </summary>
    private static IEnumerable<string> ReferencedBy(string assembly) =>
        Assembly
            .Load(assembly)
            .GetReferencedAssemblies()
            .Concat(Assembly.Load(Codec).GetReferencedAssemblies())
            .Select(Assembly.Load)
            .Append(typeof(object).Assembly)
            .Select(loaded => loaded.Location)
            .Distinct();

    private static bool IsError(Diagnostic found) => found.Severity == DiagnosticSeverity.Error;

    private (CSharpCompilation Compilation, SyntaxTree? Mutated) With(Mutant? mutant)
    {
        if (mutant is null)
        {
            return (_compilation, null);
        }

        var tree = _trees[mutant.File];
        var mutated = tree.WithChangedText(tree.GetText().WithChanges(new TextChange(mutant.Span, mutant.Text)));
        return (_compilation.ReplaceSyntaxTree(tree, mutated), mutated);
    }
}
