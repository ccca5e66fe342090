using System.Text.Json;
using Pmip.Node.Configuration;

namespace Pmip.Node;

/// <summary>
/// The variables that a role has saved, in a file of the state directory. A value is on the disk when <see cref="Save"/> returns. Without
/// a state directory nothing is saved.
/// </summary>
internal sealed class SavedVariables
{
    private readonly string? _file;
    private readonly Dictionary<string, string> _values;

    private SavedVariables(string? file, Dictionary<string, string> values) => (_file, _values) = (file, values);

    public IReadOnlyDictionary<string, string> All => _values;

    /// <exception cref="NodeConfigurationException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read, or the directory cannot be created.</exception>
    public static SavedVariables Open(NodeConfiguration configuration)
    {
        if (configuration.StateDirectory is not { } directory)
        {
            return new SavedVariables(null, new Dictionary<string, string>(StringComparer.Ordinal));
        }

        Directory.CreateDirectory(directory);
        var file = Path.Combine(directory, $"{configuration.Name}.variables.json");
        return new SavedVariables(file, File.Exists(file) ? Read(file) : new Dictionary<string, string>(StringComparer.Ordinal));
    }

    /// <exception cref="IOException">The file cannot be written. The old one is left.</exception>
    public void Save(string name, string value)
    {
        _values[name] = value;
        if (_file is null)
        {
            return;
        }

        // The new file takes the place of the old one when it is on the disk: a node that is killed meanwhile leaves one of them whole.
        var draft = $"{_file}.new";
        using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
            {
                json.WriteStartObject();
                foreach (var (saved, its) in _values)
                {
                    json.WriteString(saved, its);
                }
                json.WriteEndObject();
            }
            stream.Flush(flushToDisk: true);
        }
        File.Move(draft, _file, overwrite: true);
    }

    private static Dictionary<string, string> Read(string file)
    {
        var root = LocatedValue.Parse(File.ReadAllText(file), file);
        return root.Type == JsonTokenType.StartObject
            ? root.Members.ToDictionary(saved => saved.Key, saved => ConfigurationSection.Text(saved.Value), StringComparer.Ordinal)
            : throw root.Error("is not an object in braces");
    }
}
