using Conformance.Testing.Protection;

namespace Conformance.TestBeds;

/// <summary>
/// The keys of the domains in which the reference is tested, as the tester has them: the files in <c>harness/Profiles/keys</c>, which
/// protect nothing else.
/// </summary>
public static class TesterKeys
{
    private static readonly Dictionary<string, SecretBytes> _byFile = Directory
        .GetFiles(Path.Combine(AppContext.BaseDirectory, "keys"), "*.key")
        .ToDictionary(file => Path.GetFileName(file), Read, StringComparer.Ordinal);

    public static Keyring All { get; } = Keyring.Of(_byFile.Values);

    /// <summary>The key in a file; null if there is no such file.</summary>
    public static SecretBytes? Find(string file) => _byFile.GetValueOrDefault(file);

    private static SecretBytes Read(string file) => Keyring.Parse(File.ReadAllLines(file), file).All.Single();
}
