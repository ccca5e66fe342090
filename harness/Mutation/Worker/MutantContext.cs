using System.Reflection;
using System.Runtime.Loader;

namespace Conformance.Mutation.Worker;

/// <summary>
/// Holds a mutant, with a copy of every assembly that is linked with the reference. All other assemblies are those of the program.
/// </summary>
internal sealed class MutantContext(byte[] mutant) : AssemblyLoadContext(isCollectible: true)
{
    private static readonly string[] _linked = ["Conformance.TestBeds", "pmip-node", "pmip-mutation"];

    /// <summary>The class in this context that has the name of a class of this program.</summary>
    public Type TypeLike(Type type) => LoadFromAssemblyName(type.Assembly.GetName()).GetType(type.FullName!, throwOnError: true)!;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == ReferenceSources.AssemblyName)
        {
            return LoadFromStream(new MemoryStream(mutant));
        }

        return _linked.Contains(assemblyName.Name)
            ? LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{assemblyName.Name}.dll"))
            : null;
    }
}
