namespace Pmip.Node.Configuration;

/// <summary>An error in the configuration of a node, with its location and reason.</summary>
public sealed class NodeConfigurationException : Exception
{
    /// <param name="line">The first line is 1; 0 if the location is unknown.</param>
    /// <param name="key">The key, with dots between names and brackets around indices: <c>Interfaces[1].Addresses</c>. Empty
    /// for the file.</param>
    public NodeConfigurationException(string file, int line, string key, string reason)
        : base($"{file}{(line > 0 ? $":{line}" : "")}: {(key.Length > 0 ? $"{key}: " : "")}{reason}")
    {
        File = file;
        Line = line;
        Key = key;
        Reason = reason;
    }

    public string File { get; }

    public int Line { get; }

    public string Key { get; }

    public string Reason { get; }
}
