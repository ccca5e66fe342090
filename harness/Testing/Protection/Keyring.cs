using System.Collections.Immutable;

namespace Conformance.Testing.Protection;

/// <summary>
/// The keys that the tester knows, by their fingerprints. They are an input beside the IXIT and the trace, never a part of them.
/// </summary>
public sealed class Keyring
{
    private const char CommentSign = '#';

    private readonly ImmutableDictionary<string, SecretBytes> _keys;

    private Keyring(ImmutableDictionary<string, SecretBytes> keys) => _keys = keys;

    public static Keyring None { get; } = new(ImmutableDictionary.Create<string, SecretBytes>(StringComparer.Ordinal));

    public IEnumerable<SecretBytes> All => _keys.Values;

    public static Keyring Of(IEnumerable<SecretBytes> keys) =>
        new(None._keys.SetItems(keys.Select(key => KeyValuePair.Create(key.Fingerprint, key))));

    public Keyring With(Keyring other) => new(_keys.SetItems(other._keys));

    /// <summary>The key with a fingerprint; null if it is not known.</summary>
    public SecretBytes? Find(string fingerprint) => _keys.GetValueOrDefault(fingerprint);

    /// <summary>
    /// Reads a file of keys: the keying material of an association in hexadecimal digits on each line, and comments after <c>#</c>.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// The file has no key, a line is no key, or other users than its owner can read it; the message names the file, and the line without
    /// its content.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Keyring Read(string path)
    {
        var others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != 0)
        {
            throw new InvalidDataException($"{path}: other users can read or change these keys; give the file the mode 0600.");
        }

        return Parse(File.ReadAllLines(path), path);
    }

    /// <param name="name">What messages call the text.</param>
    /// <inheritdoc cref="Read"/>
    public static Keyring Parse(IEnumerable<string> lines, string name)
    {
        var keys = new List<SecretBytes>();
        foreach (var (index, line) in lines.Index())
        {
            var digits = line.Split(CommentSign)[0].Trim();
            if (digits.Length == 0)
            {
                continue;
            }

            keys.Add(
                SecretBytes.TryParse(digits, out var key)
                    ? key!
                    : throw new InvalidDataException($"{name}:{index + 1}: this is no key; a line has a key in hexadecimal digits.")
            );
        }

        return keys.Count > 0 ? Of(keys) : throw new InvalidDataException($"{name}: the file has no key.");
    }
}
